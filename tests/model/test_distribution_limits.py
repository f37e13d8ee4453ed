"""Distributions at the limits of what a config may state, against scipy's and against their own definition."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from sim.config.schema.distributions import Distribution as Stated
from sim.model import distributions as dist
from sim.model.assembly.resolve import distribution
from sim.model.gamma import gamma_from_table, gamma_table
from sim.model.normal import normal_quantile

TAILS = [2**-53, 1e-12, 1e-6, 1e-3]
MIDDLE = [0.01, 0.05, 0.1, 0.25, 0.4, 0.425, 0.5, 0.575, 0.6, 0.75, 0.9, 0.95, 0.99, 1 - 1e-6, 1 - 1e-12, 1 - 2**-53]


def resolved(stated: Any) -> dist.Distribution:
    return distribution(Stated.model_validate(stated))


CONTINUOUS: list[tuple[dict[str, Any], Any]] = [
    ({"exponential": {"mean": 3.5}}, stats.expon(scale=3.5)),
    *(
        ({"gamma": {"mean": 20, "cv": cv}}, stats.gamma(1 / cv**2, scale=20 * cv**2))
        for cv in (0.02, 0.1, 0.5, 0.99, 1.0, 1.01, 1.5, 3.0, 5.0)
    ),
    *(({"erlang": {"mean": 2, "stages": k}}, stats.gamma(k, scale=2 / k)) for k in (1, 2, 7, 100, 1000)),
    *(
        (
            {"lognormal": {"mean": 8, "cv": cv}},
            stats.lognorm(math.sqrt(math.log1p(cv**2)), scale=8 / math.sqrt(1 + cv**2)),
        )
        for cv in (0.01, 0.5, 1.0, 5.0)
    ),
    *(
        (
            {"weibull": {"mean": 6, "shape": shape}},
            stats.weibull_min(shape, scale=6 / special.gamma(1 + 1 / shape)),
        )
        for shape in (0.2, 0.7, 1.0, 2.0, 50.0)
    ),
    ({"uniform": {"min": 2, "max": 9}}, stats.uniform(2, 7)),
    ({"triangular": {"min": 4, "mode": 13, "max": 26}}, stats.triang(9 / 22, loc=4, scale=22)),
    ({"triangular": {"min": 0, "mode": 0, "max": 3}}, stats.triang(0, loc=0, scale=3)),
    ({"triangular": {"min": 1, "mode": 3, "max": 3}}, stats.triang(1, loc=1, scale=2)),
]
IDS = [str(stated) for stated, _ in CONTINUOUS]


@pytest.mark.parametrize(("stated", "truth"), CONTINUOUS, ids=IDS)
def test_quantiles_are_scipys(stated: dict[str, Any], truth: Any) -> None:
    d = resolved(stated)
    for u in MIDDLE:
        assert dist.quantile(d, u) == pytest.approx(truth.ppf(u), rel=1e-10)


@pytest.mark.parametrize(("stated", "truth"), CONTINUOUS, ids=IDS)
def test_mean_and_variance(stated: dict[str, Any], truth: Any) -> None:
    """By integrating the quantile function: what a simulation draws from, not what a formula says of it."""
    d = resolved(stated)
    assert d.mean == pytest.approx(truth.mean(), rel=1e-12)
    if truth.std() > 2.5 * truth.mean():
        return  # the integral of so heavy a tail says more of the integrator
    points = {"epsabs": 0, "epsrel": 1e-9, "limit": 400}
    mean = integrate.quad(lambda u: dist.quantile(d, u), 0, 0.5, **points)[0]
    mean += integrate.quad(lambda v: dist.quantile(d, 1 - v), 2**-53, 0.5, **points)[0]
    square = integrate.quad(lambda u: (dist.quantile(d, u) - d.mean) ** 2, 0, 0.5, **points)[0]
    square += integrate.quad(lambda v: (dist.quantile(d, 1 - v) - d.mean) ** 2, 2**-53, 0.5, **points)[0]
    assert mean == pytest.approx(truth.mean(), rel=1e-6)
    assert square == pytest.approx(truth.var(), rel=1e-4)


@pytest.mark.parametrize("u", TAILS)
@pytest.mark.parametrize("cv", [0.1, 0.5, 1.0, 2.0])
def test_the_short_tail_of_the_gamma_keeps_its_digits(u: float, cv: float) -> None:
    d = resolved({"gamma": {"mean": 1, "cv": cv}})
    truth = stats.gamma(1 / cv**2, scale=cv**2).ppf(u)
    assert dist.quantile(d, u) == pytest.approx(truth, rel=1e-9)


@pytest.mark.parametrize("u", [*TAILS, *MIDDLE])
def test_normal_quantile(u: float) -> None:
    assert normal_quantile(u) == pytest.approx(special.ndtri(u), rel=1e-13, abs=1e-16)


@pytest.mark.parametrize(
    ("stated", "value"),
    [({"uniform": {"min": 3, "max": 3}}, 3), ({"triangular": {"min": 2, "mode": 2, "max": 2}}, 2)],
)
def test_degenerate_ones_are_constants(stated: dict[str, Any], value: float) -> None:
    assert [dist.quantile(resolved(stated), u) for u in (1e-9, 0.5, 1 - 1e-9)] == [value] * 3


def test_exponential_gap_of_a_rate() -> None:
    assert dist.exponential(4.0, 0.5) == math.log(2) / 4
    assert dist.exponential(0.0, 0.5) == math.inf


positive = st.floats(0.01, 1000)
STATED = st.one_of(
    positive.map(lambda m: {"exponential": {"mean": m}}),
    st.tuples(positive, st.floats(0.02, 5)).map(lambda x: {"gamma": {"mean": x[0], "cv": x[1]}}),
    st.tuples(positive, st.integers(1, 1000)).map(lambda x: {"erlang": {"mean": x[0], "stages": x[1]}}),
    st.tuples(positive, st.floats(0.01, 5)).map(lambda x: {"lognormal": {"mean": x[0], "cv": x[1]}}),
    st.tuples(positive, st.floats(0.2, 50)).map(lambda x: {"weibull": {"mean": x[0], "shape": x[1]}}),
    st.lists(positive, min_size=3, max_size=3).map(
        lambda x: {"triangular": dict(zip(("min", "mode", "max"), sorted(x), strict=True))}
    ),
    st.lists(positive, min_size=1, max_size=6).map(lambda x: {"empirical": {"values": x}}),
)
unit = st.floats(2**-53, 1 - 2**-53)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(STATED, unit, unit)
def test_more_luck_never_takes_longer(stated: dict[str, Any], u: float, v: float) -> None:
    """Quantiles rise with u (to the accuracy of the last digits), are finite, and are never negative."""
    d = resolved(stated)
    low, high = dist.quantile(d, min(u, v)), dist.quantile(d, max(u, v))
    assert 0 <= low <= high * (1 + 1e-9)
    assert math.isfinite(high)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.floats(0.04, 2500), st.floats(1e-6, 1 - 1e-6))
def test_gamma_inverts_its_distribution_function(shape: float, u: float) -> None:
    x = gamma_from_table(gamma_table(shape), u)
    assert special.gammainc(shape, x) == pytest.approx(u, rel=1e-9)
