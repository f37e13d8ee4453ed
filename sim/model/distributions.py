"""Durations, hours and factors from one uniform number each: the quantile functions of the distributions.

One uniform a draw (inversion) keeps common random numbers common: a citizen whose search takes long in one
variant is the one whose search takes long in another, also where the distribution's parameters differ.
All functions are plain scalar arithmetic on `math`, so that a compiled engine gives the same bits.
"""

import math
from typing import NamedTuple

from sim.model.gamma import gamma_from_table
from sim.model.jit import rule
from sim.model.normal import normal_quantile

CONSTANT, EXPONENTIAL, GAMMA, LOGNORMAL, WEIBULL, UNIFORM, TRIANGULAR, EMPIRICAL = range(8)


class Distribution(NamedTuple):
    """A distribution as numbers.

    Attributes
    ----------
    kind
        CONSTANT (a: value), EXPONENTIAL (a: mean), GAMMA (a: shape, b: scale, values: `gamma_table`),
        LOGNORMAL (a: mean and b: standard deviation of the logarithm), WEIBULL (a: scale, b: 1 / shape),
        UNIFORM (a: min, b: max), TRIANGULAR (a: min, b: mode, c: max), EMPIRICAL (values and cumulative).
    a, b, c
        Parameters by kind.
    values, cumulative
        Of an empirical distribution: the values and their cumulative probabilities, the last one 1.
        Of a gamma distribution: its table of coefficients, and nothing.
    mean
        Expected value.
    """

    kind: int
    a: float
    b: float
    c: float
    values: tuple[float, ...]
    cumulative: tuple[float, ...]
    mean: float


def constant(value: float) -> Distribution:
    """Return the distribution that always gives `value`."""
    return Distribution(CONSTANT, value, 0.0, 0.0, (), (), value)


@rule
def quantile(d: Distribution, u: float) -> float:
    """Value that `d` stays below with probability `u`, for 0 < u < 1."""
    if d.kind == CONSTANT:
        return d.a
    if d.kind == EXPONENTIAL:
        return -d.a * math.log(1.0 - u)
    if d.kind == GAMMA:
        return d.b * gamma_from_table(d.values, u)
    if d.kind == LOGNORMAL:
        return math.exp(d.a + d.b * normal_quantile(u))
    if d.kind == WEIBULL:
        return d.a * math.exp(d.b * math.log(-math.log(1.0 - u)))
    if d.kind == UNIFORM:
        return d.a + (d.b - d.a) * u
    if d.kind == TRIANGULAR:
        return _triangular_quantile(d.a, d.b, d.c, u)
    return _empirical_quantile(d.values, d.cumulative, u)


@rule
def exponential(rate: float, u: float) -> float:
    """Time to the next event of a Poisson process; infinite where the rate is 0."""
    if rate <= 0.0:
        return math.inf
    return -math.log(1.0 - u) / rate


@rule
def rescaled(now: float, due: float, before: float, after: float) -> float:
    """When the next event of a Poisson process comes that was due at `due`, if its rate changes now.

    The wait that is left is exponential; in units of its mean it stays what it was (memorylessness). Both rates are
    above 0.
    """
    return due if after == before else now + (due - now) * (before / after)


@rule
def _triangular_quantile(low: float, mode: float, high: float, u: float) -> float:
    width = high - low
    if width <= 0.0:
        return low
    if u * width < mode - low:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))


@rule
def _empirical_quantile(values: tuple[float, ...], cumulative: tuple[float, ...], u: float) -> float:
    i = 0
    while cumulative[i] < u:
        i += 1
    return values[i]
