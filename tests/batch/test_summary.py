"""The statistics of a KPI, against scipy and numpy."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import sim
from sim.analysis.summary import SUMMARY_COLUMNS, summarise
from sim.store.read import read
from tests.batch.tiny import make, tiny


@pytest.mark.parametrize("n", [2, 3, 30, 1000])
def test_mean_spread_and_interval(n: int) -> None:
    values = np.random.default_rng(n).gamma(2.0, 3.0, n)
    found = summarise(values)
    assert found.mean == pytest.approx(values.mean(), rel=1e-14)
    assert found.sd == pytest.approx(values.std(ddof=1), rel=1e-13)
    interval = stats.ttest_1samp(values, 0.0).confidence_interval(0.95)
    assert (found.ci95_low, found.ci95_high) == pytest.approx((interval.low, interval.high), rel=1e-12)
    quantiles = [found.p05, found.p25, found.p50, found.p75, found.p95]
    assert quantiles == pytest.approx(stats.mstats.mquantiles(values, [0.05, 0.25, 0.5, 0.75, 0.95], 1, 1))
    assert (found.replications, found.undefined) == (n, 0)


def test_undefined_replications_are_left_out_and_counted() -> None:
    with_gaps = summarise(np.array([math.nan, 1.0, 3.0, math.nan, 8.0]))
    assert with_gaps._replace(undefined=0) == summarise(np.array([1.0, 3.0, 8.0]))
    assert (with_gaps.mean, with_gaps.p50, with_gaps.replications, with_gaps.undefined) == (4.0, 3.0, 3, 2)


def test_the_order_of_replications_does_not_show() -> None:
    values = np.random.default_rng(1).lognormal(0.0, 4.0, 501)
    assert summarise(values) == summarise(values[::-1].copy())


def test_one_replication_has_a_mean_and_no_spread() -> None:
    found = summarise(np.array([2.5]))
    assert (found.mean, found.p05, found.p95, found.replications) == (2.5, 2.5, 2.5, 1)
    assert [math.isnan(x) for x in (found.sd, found.ci95_low, found.ci95_high)] == [True] * 3


def test_no_replication_has_nothing() -> None:
    found = summarise(np.array([math.nan, math.nan]))
    assert np.isnan(found[:-3]).all()
    assert (found.replications, found.undefined, found.interval_note) == (0, 2, "")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("summary")
    return make(tiny(folder), folder / "run", 7)


def test_summary_of_a_run(directory: Path) -> None:
    replications = read(directory, "replications")
    summary = read(directory, "summary").set_index("kpi")
    assert list(summary.index) == list(replications.columns[2:])
    stock = replications["mean_stock"]
    k = stats.t.ppf(0.975, 6) ** 2 * stock.var() / (7 * stock.mean())
    low = stock.mean() + k / 2 - math.sqrt(k * stock.mean() + k * k / 4)
    assert summary.loc["mean_stock", "unit"] == "citizens"
    assert summary.loc["mean_stock", "ci95_low"] == pytest.approx(low, rel=1e-12)
    assert summary.loc["mean_stock", "p25"] == pytest.approx(stock.quantile(0.25), rel=1e-14)
    # There is no clarification in this config.
    assert replications["weeks_submitted_to_decided"].count() == 0
    assert list(summary.loc["weeks_submitted_to_decided", ["replications", "undefined"]]) == [0, 7]
    assert summary["mean"].isna()["weeks_submitted_to_decided"]


def test_csv_says_the_same(directory: Path) -> None:
    text = (directory / "summary.csv").read_bytes().decode("utf-8")
    header, *lines = text.splitlines()
    assert header == ",".join(column.name for column in SUMMARY_COLUMNS)
    assert "tiny,weeks_submitted_to_decided,weeks,,,,,,,,,,0,7," in lines
    assert "\r" not in text
    summary = read(directory, "summary")
    for line, row in zip(csv.reader(lines), summary.itertuples(index=False), strict=True):
        assert [*line[:3], line[-1]] == [row.variant, row.kpi, row.unit, row.interval_note]
        found = [float(cell or "nan") for cell in line[3:-1]]
        assert found == pytest.approx(list(row[3:-1]), rel=0, abs=0, nan_ok=True)


def test_a_danish_csv_stays_danish_until_another_form_is_asked_for(directory: Path) -> None:
    config, english = directory.parent / "tiny.toml", (directory / "summary.csv").read_bytes()
    sim.run(config, out=directory, csv="da")
    danish = (directory / "summary.csv").read_bytes()
    assert danish.startswith("\ufeffvariant;kpi;unit;mean;sd;".encode())
    assert danish.count(b"\n") == english.count(b"\n")
    sim.run(config, out=directory)
    assert (directory / "summary.csv").read_bytes() == danish
    sim.run(config, out=directory, csv="en")
    assert (directory / "summary.csv").read_bytes() == english
