"""Summaries of many KPIs at once have the figures of each by itself; names stand in one order."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq

from sim.analysis.comparison.moments import Intervals
from sim.analysis.comparison.paired import Paired, wilson
from sim.analysis.comparison.tables import BY_PERIOD_COLUMNS, COMPARISON_COLUMNS
from sim.analysis.intervals import most_that_show_it, t_quantile
from sim.analysis.summary import QUANTILES, SUMMARY_COLUMNS, Statistics, summarise, summarise_many
from sim.store.results import SummaryRow

NAN = math.nan


def alone(values: np.ndarray, highest: float | None) -> list[Any]:
    """The statistics of one KPI, written out."""
    used = values[~np.isnan(values)]
    n, left_out = len(used), len(values) - len(used)
    if n == 0:
        return [NAN] * 9 + [0, left_out, ""]
    mean, note = math.fsum(used) / n, ""
    sd = low = high = NAN
    if n > 1:
        sd = math.sqrt(math.fsum((used - mean) * (used - mean)) / (n - 1))
        if sd == 0.0:
            note = f"the same in {n}" if mean != 0.0 or highest is None else f"not seen in {n}"
        else:
            low, high = ends(mean, sd, n, highest)
            chance = math.sqrt(6 * (n - 2) / (n + 1) / (n + 3))
            note = "skewed" if abs(stats.skew(used)) > max(math.sqrt(n) / 5, 2 * chance) else ""
    return [mean, sd, low, high, *np.quantile(used, QUANTILES).tolist(), n, left_out, note]


def ends(mean: float, sd: float, n: int, highest: float | None) -> tuple[float, float]:
    """Ends of an interval: the means whose distance is t standard errors, were the variance that of the mean."""
    t, error = float(stats.t.ppf(0.975, n - 1)), sd / math.sqrt(n)
    if highest is None:
        return mean - t * error, mean + t * error

    def room(m: float) -> float:
        return m * (1.0 - m / highest)

    def outside(m: float) -> float:
        return (mean - m) ** 2 * room(mean) - t * t * error * error * room(m)

    top = highest if math.isfinite(highest) else mean + 2 * t * error + (t * error) ** 2 / mean
    return float(brentq(outside, 0.0, mean, xtol=1e-15)), float(brentq(outside, mean, top, xtol=1e-15))


HIGHEST = {"share": 1.0, "count": math.inf, "any": None}


@pytest.mark.parametrize("kind", HIGHEST)
@pytest.mark.parametrize("replications", [1, 2, 3, 5, 40, 101])
def test_many_at_once(replications: int, kind: str) -> None:
    random = np.random.default_rng(replications)
    shape = (6, replications, 4)
    values = {
        "share": random.beta(0.5, 3.0, shape),
        "count": random.lognormal(0.0, 1.0, shape),
        "any": random.standard_normal(shape),
    }[kind]
    values = np.concatenate([values, random.integers(0, 2, shape).astype(float)], axis=2)
    values[:, :, ::2][random.random((6, replications, 4)) < 0.2] = NAN
    values[:, :, 4] = NAN
    values[:, :, 5] = 0.0
    highest = HIGHEST[kind]
    found = summarise_many(values, None if highest is None else np.full(8, highest))
    assert (len(found), {len(of_point) for of_point in found}) == (6, {8})
    for point in range(6):
        for kpi in range(8):
            expected = alone(values[point, :, kpi], highest)
            one = found[point][kpi]
            assert repr(one) == repr(summarise(values[point, :, kpi], highest))
            assert list(one[:-1]) == pytest.approx(expected[:-1], rel=1e-9, abs=1e-12, nan_ok=True)
            assert one.interval_note == expected[-1]


def test_counts_are_whole_numbers() -> None:
    found = summarise(np.array([1.0, NAN, 3.0]))
    assert (found.replications, found.undefined) == (2, 1)
    assert type(found.replications) is type(found.undefined) is int


def test_no_points() -> None:
    assert summarise_many(np.zeros((0, 3, 2)), None) == []


@pytest.mark.parametrize("value", [1 / 3, 0.1, 1e-300, 123.456, 1.0])
@pytest.mark.parametrize("n", [2, 3, 7, 50])
def test_a_constant_has_no_spread_and_no_interval(value: float, n: int) -> None:
    found = summarise(np.full(n, value), 1.0 if value <= 1 else math.inf)
    assert (found.mean, found.sd, found.p05, found.p95) == (value, 0.0, value, value)
    assert [math.isnan(end) for end in (found.ci95_low, found.ci95_high)] == [True, True]
    assert found.interval_note == f"the same in {n}"


def test_a_constant_but_for_rounding_is_one() -> None:
    busy = np.array([1.0, 1.0 + 4e-16, 1.0 - 2e-16, 1.0 + 1e-13])
    found = summarise(busy, 1.0)
    assert (found.sd, found.interval_note) == (0.0, "the same in 4")
    assert busy.min() <= found.mean <= busy.max()
    assert summarise(np.array([1.0, 1.0 - 1e-10]), 1.0).sd == pytest.approx(1e-10 / math.sqrt(2), rel=1e-5)


def test_what_was_never_seen() -> None:
    found = summarise(np.zeros(20), 1.0)
    assert (found.mean, found.sd, found.interval_note) == (0.0, 0.0, "not seen in 20")
    assert math.isnan(found.ci95_high)
    assert summarise(np.zeros(20)).interval_note == "the same in 20"  # A difference of 0 is not unseen.
    assert (summarise(np.zeros(1), 1.0).interval_note, summarise(np.array([NAN]), 1.0).interval_note) == ("", "")
    # By the binomial distribution: none of n with a probability of 5 %.
    assert (1 - most_that_show_it(20)) ** 20 == pytest.approx(0.05)


@given(arrays(np.float64, st.integers(2, 40), elements=st.integers(0, 7).map(lambda n: n / 7)))
def test_intervals_stay_in_range(values: NDArray[np.float64]) -> None:
    for highest in (1.0, math.inf):
        found = summarise(values, highest)
        if not math.isnan(found.ci95_low):
            assert 0.0 <= found.ci95_low < found.mean < found.ci95_high <= highest


@given(arrays(np.float64, st.integers(2, 40), elements=st.integers(0, 8).map(lambda n: n / 8)))
def test_a_share_and_its_complement_have_the_same_interval(values: NDArray[np.float64]) -> None:
    one, other = summarise(values, 1.0), summarise(1.0 - values, 1.0)
    mirrored = (1.0 - other.ci95_high, 1.0 - other.ci95_low)
    assert (one.ci95_low, one.ci95_high) == pytest.approx(mirrored, abs=1e-12, nan_ok=True)


def test_yes_or_no_has_wilson_s_interval() -> None:
    """With the normal quantile in the place of Student's, and n for n - 1, it is Wilson's of the share."""
    n, yes = 4000, 360
    found = summarise(np.repeat([1.0, 0.0], [yes, n - yes]), 1.0)
    _, low, high = wilson(yes, n)
    assert (found.ci95_low, found.ci95_high) == pytest.approx((low, high), rel=2e-4)


def test_the_quantile_of_t() -> None:
    assert [t_quantile(n) for n in (1, 9, 1000)] == [float(stats.t.ppf(0.975, n)) for n in (1, 9, 1000)]


def test_columns_are_in_the_order_of_the_statistics() -> None:
    of_summary = tuple(column.name for column in SUMMARY_COLUMNS)
    assert of_summary == ("variant", "kpi", "unit", *Statistics._fields) == SummaryRow._fields
    of_kpis = [column.name for column in COMPARISON_COLUMNS if not column.name.startswith("p_holm")]
    assert of_kpis == ["variant", "baseline", "kpi", "unit", *Paired._fields]
    assert [column.name for column in BY_PERIOD_COLUMNS[-len(Intervals._fields) :]] == list(Intervals._fields)
