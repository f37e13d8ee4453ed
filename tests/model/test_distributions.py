"""Quantile functions against scipy's, their means and their order."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from scipy import stats

from sim.config.schema.counts import largest_remainder
from sim.config.schema.distributions import Distribution as Spec
from sim.model.assembly.resolve import cumulative, distribution
from sim.model.distributions import quantile
from sim.model.gamma import gamma_from_table, gamma_table
from sim.model.normal import normal_quantile

TAIL = np.logspace(-12, -1, 34)
U = np.concatenate([TAIL, np.linspace(0.1, 0.9, 81), 1 - TAIL])


def lognormal(mean: float, cv: float) -> Any:
    variance = math.log1p(cv * cv)
    return stats.lognorm(math.sqrt(variance), scale=mean * math.exp(-variance / 2))


CASES = {
    "exponential": ({"exponential": {"mean": 3}}, stats.expon(scale=3)),
    "gamma": ({"gamma": {"mean": 20, "cv": 0.5}}, stats.gamma(4, scale=5)),
    "gamma, shape below 1": ({"gamma": {"mean": 2, "cv": 1.5}}, stats.gamma(1 / 2.25, scale=4.5)),
    "gamma, narrow": ({"gamma": {"mean": 2, "cv": 0.05}}, stats.gamma(400, scale=0.005)),
    "gamma, wide": ({"gamma": {"mean": 2, "cv": 4}}, stats.gamma(1 / 16, scale=32)),
    "erlang": ({"erlang": {"mean": 6, "stages": 3}}, stats.gamma(3, scale=2)),
    "lognormal": ({"lognormal": {"mean": 5, "cv": 0.8}}, lognormal(5, 0.8)),
    "weibull": ({"weibull": {"mean": 5, "shape": 0.7}}, stats.weibull_min(0.7, scale=5 / math.gamma(1 + 1 / 0.7))),
    "uniform": ({"uniform": {"min": 2, "max": 7}}, stats.uniform(2, 5)),
    "triangular": ({"triangular": {"min": 4, "mode": 13, "max": 26}}, stats.triang(9 / 22, 4, 22)),
}


@pytest.mark.parametrize("name", CASES)
def test_quantiles_are_those_of_scipy(name: str) -> None:
    spec, theirs = CASES[name]
    ours = distribution(Spec.model_validate(spec))
    for u in U:
        expected = theirs.ppf(u) if u <= 0.5 else theirs.isf(1.0 - u)
        assert quantile(ours, float(u)) == pytest.approx(expected, rel=2e-10), u


@pytest.mark.parametrize("name", CASES)
def test_the_mean_is_the_one_asked_for(name: str) -> None:
    spec, theirs = CASES[name]
    ours = distribution(Spec.model_validate(spec))
    assert ours.mean == pytest.approx(theirs.mean(), rel=1e-12)
    assert Spec.model_validate(spec).mean == pytest.approx(ours.mean, rel=1e-12)


def test_a_constant_and_observed_values() -> None:
    assert quantile(distribution(Spec.model_validate(7)), 0.3) == 7.0
    spec = {"empirical": {"values": [5, 1, 3, 9], "weights": [1, 2, 1, 0]}}
    ours = distribution(Spec.model_validate(spec))
    assert [quantile(ours, u) for u in (0.01, 0.49, 0.51, 0.74, 0.76, 0.99)] == [1, 1, 3, 3, 5, 5]
    assert ours.mean == pytest.approx(2.5)


def test_compiled_quantiles_equal_plain_python_bit_for_bit() -> None:
    plain_normal = getattr(normal_quantile, "py_func", normal_quantile)
    compiled_gamma: Any = njit(gamma_from_table)
    for u in U:
        assert normal_quantile(u) == plain_normal(u)
        for shape in (0.04, 0.5, 1.0, 2.5, 400.0):
            table = gamma_table(shape)
            assert gamma_from_table(table, u) == compiled_gamma(np.array(table), u)


@given(
    st.sampled_from(sorted(CASES)),
    st.floats(1e-15, 1 - 1e-15),
    st.floats(1e-15, 1 - 1e-15),
)
def test_more_luck_never_means_a_shorter_time(name: str, u: float, v: float) -> None:
    """Common random numbers stay common: quantiles rise with u (to the last few bits of an iteration)."""
    ours = distribution(Spec.model_validate(CASES[name][0]))
    low, high = quantile(ours, min(u, v)), quantile(ours, max(u, v))
    assert low <= high * (1 + 1e-12)


@given(st.integers(0, 10**6), st.lists(st.floats(0.001, 1), min_size=1, max_size=8))
def test_a_whole_is_divided_without_loss(total: int, shares: list[float]) -> None:
    counts = largest_remainder(total, shares)
    assert sum(counts) == total
    for count, share in zip(counts, shares, strict=True):
        assert abs(count - total * share / math.fsum(shares)) < 1.0 + 1e-6


def test_running_sums_end_at_exactly_one() -> None:
    assert cumulative([0.1] * 10)[-1] == 1.0
    assert cumulative([3, 1]) == (0.75, 1.0)
