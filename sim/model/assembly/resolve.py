"""Small steps from what a config says to numbers."""

import math
from collections.abc import Iterable
from typing import TypeVar

from sim.config.schema import distributions as spec
from sim.model import distributions as dist
from sim.model.distributions import Distribution
from sim.model.gamma import gamma_table

T = TypeVar("T")

NEVER = dist.constant(math.inf)
NOTHING = dist.constant(0.0)


def distribution(d: spec.Distribution) -> Distribution:
    """Resolve a distribution of the config into the numbers its quantile function needs."""
    name, form = d.form
    mean = d.mean
    match name:
        case "constant":
            return dist.constant(float(form))
        case "exponential":
            return Distribution(dist.EXPONENTIAL, mean, 0.0, 0.0, (), (), mean)
        case "gamma":
            return _gamma(mean, 1.0 / (form.cv * form.cv))
        case "erlang":
            return _gamma(mean, float(form.stages))
        case "lognormal":
            variance = math.log1p(form.cv * form.cv)
            return Distribution(
                dist.LOGNORMAL, math.log(mean) - variance / 2, math.sqrt(variance), 0.0, (), (), mean
            )
        case "weibull":
            scale = mean / math.gamma(1.0 + 1.0 / form.shape)
            return Distribution(dist.WEIBULL, scale, 1.0 / form.shape, 0.0, (), (), mean)
        case "uniform":
            return Distribution(dist.UNIFORM, form.min, form.max, 0.0, (), (), mean)
        case "triangular":
            return Distribution(dist.TRIANGULAR, form.min, form.mode, form.max, (), (), mean)
    # Values in rising order, so that a larger uniform number gives a longer duration.
    weights = form.weights or [1.0] * len(form.values)
    pairs = sorted((v, w) for v, w in zip(form.values, weights, strict=True) if w > 0)
    values = tuple(v for v, _ in pairs)
    return Distribution(dist.EMPIRICAL, 0.0, 0.0, 0.0, values, cumulative(w for _, w in pairs), mean)


def cumulative(weights: Iterable[float]) -> tuple[float, ...]:
    """Running sums of `weights` as probabilities; the last one is exactly 1."""
    listed = list(weights)
    total = math.fsum(listed)
    return (*(math.fsum(listed[: i + 1]) / total for i in range(len(listed) - 1)), 1.0)


def chosen(own: T | None, general: T) -> T:
    """Return what a group states for itself, or what holds for all."""
    return general if own is None else own


def _gamma(mean: float, shape: float) -> Distribution:
    return Distribution(dist.GAMMA, shape, mean / shape, 0.0, gamma_table(shape), (), mean)
