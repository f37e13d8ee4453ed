"""Summaries of many KPIs at once have the bits of each by itself; names stand in one order."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.analysis.comparison.moments import Intervals
from sim.analysis.comparison.paired import Paired
from sim.analysis.comparison.tables import BY_PERIOD_COLUMNS, COMPARISON_COLUMNS
from sim.analysis.summary import QUANTILES, SUMMARY_COLUMNS, Statistics, summarise, summarise_many, t_quantile
from sim.store.results import SummaryRow

NAN = math.nan


def alone(values: np.ndarray) -> list[float]:
    """The statistics of one KPI, written out."""
    used = values[~np.isnan(values)]
    n, left_out = len(used), len(values) - len(used)
    if n == 0:
        return [NAN] * 9 + [0, left_out]
    mean = math.fsum(used) / n
    sd = half = NAN
    if n > 1:
        sd = math.sqrt(math.fsum((used - mean) * (used - mean)) / (n - 1))
        half = float(stats.t.ppf(0.975, n - 1)) * sd / math.sqrt(n)
    return [mean, sd, mean - half, mean + half, *np.quantile(used, QUANTILES).tolist(), n, left_out]


@pytest.mark.parametrize("replications", [1, 2, 3, 5, 40, 101])
def test_many_at_once_have_the_same_bits(replications: int) -> None:
    random = np.random.default_rng(replications)
    shape = (6, replications, 4)
    values = np.concatenate(
        [random.lognormal(0.0, 3.0, shape), random.integers(0, 3, shape).astype(float), random.normal(size=shape)],
        axis=2,
    )
    values[:, :, ::2][random.random((6, replications, 6)) < 0.2] = NAN
    values[:, :, 4] = NAN
    found = summarise_many(values)
    assert found.shape == (6, 12, len(Statistics._fields))
    for point in range(6):
        for kpi in range(12):
            expected = alone(values[point, :, kpi])
            np.testing.assert_array_equal(found[point, kpi], expected)
            np.testing.assert_array_equal(summarise(values[point, :, kpi]), expected)


def test_counts_are_whole_numbers() -> None:
    found = summarise(np.array([1.0, NAN, 3.0]))
    assert (found.replications, found.undefined) == (2, 1)
    assert type(found.replications) is type(found.undefined) is int


def test_no_points() -> None:
    assert summarise_many(np.zeros((0, 3, 2))).shape == (0, 2, 11)


def test_the_quantile_of_t() -> None:
    assert [t_quantile(n) for n in (1, 9, 1000)] == [float(stats.t.ppf(0.975, n)) for n in (1, 9, 1000)]


def test_columns_are_in_the_order_of_the_statistics() -> None:
    of_summary = tuple(column.name for column in SUMMARY_COLUMNS)
    assert of_summary == ("variant", "kpi", "unit", *Statistics._fields) == SummaryRow._fields
    of_kpis = [column.name for column in COMPARISON_COLUMNS if not column.name.startswith("p_holm")]
    assert of_kpis == ["variant", "baseline", "kpi", "unit", *Paired._fields]
    assert [column.name for column in BY_PERIOD_COLUMNS[-len(Intervals._fields) :]] == list(Intervals._fields)
