"""What a sweep shows, row by row, and how times and sizes are said."""

import math
from pathlib import Path

import pytest

from sim.analysis.kpis import KPIS
from sim.config.experiment import load_experiment
from sim.report.sweep import duration, estimate_lines, plan_page, plus_minus, points_page, short_cell, size
from sim.report.view import View
from sim.store.results import SummaryRow
from sim.study.estimate import Estimate, Range
from tests.batch.sweeping import experiment

NAN = float("nan")


def summary(point: str, kpi: str, unit: str, mean: float, half: float) -> SummaryRow:
    return SummaryRow(point, kpi, unit, mean, NAN, mean - half, mean + half, NAN, NAN, NAN, NAN, NAN, 2, 0, "")


def texts(view: View) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in view.rows]


@pytest.mark.parametrize(
    ("rows", "unit", "expected"),
    [
        ([(0.5, 0.0234), (0.25, 0.0101)], "share", ["50.0 ±2.3", "25.0 ±1.0"]),
        ([(1234.5, 12.3), (10.0, NAN)], "weeks", ["1,234 ±12", "10"]),
        ([(2.0, 0.0), (NAN, NAN)], "weeks", ["2.0 ±0.0", "-"]),
        ([(3.14159, 0.0001)], "weeks", ["3.142 ±0.000"]),
    ],
)
def test_figures(rows: list[tuple[float, float]], unit: str, expected: list[str]) -> None:
    kpi = KPIS[0]._replace(unit=unit)
    made = [summary("v", kpi.name, unit, mean, half) for mean, half in rows]
    assert [str(cell) for cell in plus_minus(kpi, made)] == expected


def test_how_numbers_are_said() -> None:
    assert [duration(s) for s in (0.34, 12.4, 89, 91, 3599, 7500)] == [
        "0.3 s", "12 s", "89 s", "2 min", "1 h 0 min", "2 h 5 min",
    ]  # fmt: skip
    assert [size(b) for b in (820e3, 3.14e6, 26.4e6, 12.3e9)] == ["820 kB", "3.1 MB", "26 MB", "12 GB"]
    assert [short_cell(c) for c in (None, True, 50.0, 0.137812, "random", 3)] == [
        "none", "true", "50", "0.1378", "random", "3",
    ]  # fmt: skip


def test_a_plan(tmp_path: Path) -> None:
    (view,) = plan_page(load_experiment(experiment(tmp_path))).views
    assert view.title == "small: 4 points x 7 replications"
    assert [column.heading for column in view.columns] == ["number", "point", "citizens_per_coordinator", "hours"]
    assert texts(view) == [
        ["1", "citizens_per_coordinator=10+hours=full", "10", "full"],
        ["2", "citizens_per_coordinator=10+hours=half", "10", "half"],
        ["3", "citizens_per_coordinator=20+hours=full (baseline)", "20", "full"],
        ["4", "citizens_per_coordinator=20+hours=half", "20", "half"],
    ]


def test_a_long_plan(tmp_path: Path) -> None:
    loaded = load_experiment(experiment(tmp_path, ("[10, 20]", str(list(range(5, 25))))))
    rows = texts(plan_page(loaded).views[0])
    assert [row[0] for row in rows] == [*map(str, range(1, 11)), "...", "38", "39", "40"]
    assert rows[10] == ["...", "(27 more)", "", ""]


def made_up(tmp_path: Path, change: tuple[str, str] = ("", "")) -> tuple[list[View], tuple[str, ...]]:
    """Points whose only figures that differ are the mean stock, 100 in the first point, 101 in the second ..."""
    loaded = load_experiment(experiment(tmp_path, change))
    summaries = {
        point.name: {
            kpi.name: summary(point.name, kpi.name, kpi.unit, 100.0 + number, 2.5)
            if kpi.name == "mean_stock"
            else summary(point.name, kpi.name, kpi.unit, NAN if kpi.name == "timely_share" else 0.5, 0.25)
            for kpi in KPIS
        }
        for number, point in enumerate(loaded.points)
    }
    page = points_page(loaded, summaries)
    return list(page.views), page.below


def test_few_points_are_all_shown(tmp_path: Path) -> None:
    (view,), below = made_up(tmp_path)
    assert view.title == "small: mean ± half the 95 % interval"
    assert [column.heading for column in view.columns] == [
        "citizens_per_coordinator",
        "hours",
        "mean stock, citizens",
    ]
    assert texts(view) == [
        ["10", "full", "100.0 ±2.5"],
        ["10", "half", "101.0 ±2.5"],
        ["* 20", "full", "102.0 ±2.5"],
        ["20", "half", "103.0 ±2.5"],
    ]
    assert view.keys == 2
    assert below[0] == "the same in every point: all citizens per full-time coordinator 0.50 ±0.25 citizens"
    assert below[-1] == "undefined in every point: meetings held in time"


def test_of_many_points_the_extremes(tmp_path: Path) -> None:
    (view,), _ = made_up(tmp_path, ("[10, 20]", str(list(range(10, 22)))))
    assert view.title == (
        "small: lowest and highest mean (± half the 95 % interval) of 24 points; all in summary.csv"
    )
    assert texts(view) == [
        [
            "mean stock", "citizens", "100.0 ±2.5", "citizens_per_coordinator=10+hours=full",
            "123.0 ±2.5", "citizens_per_coordinator=21+hours=half",
        ]
    ]  # fmt: skip


def test_what_it_will_take() -> None:
    found = Estimate(5, 8, 15, 1.5, 900, Range(100.0, 80.0, 120.0), 10.0, Range(2e6, 1.5e6, 2.5e6))
    assert estimate_lines(found, 2, 8, 1000, 4e8)[:4] == [
        "replications to run: 900 (100 of 1,000 are finished already)",
        "time: about 60 s with 2 workers that do not hinder each other (50 s to 70 s)",
        "memory: about 400 MB for each worker, 800 MB in all",
        "disk: about 2.0 MB (1.5 MB to 2.5 MB)",
    ]
    assert estimate_lines(found._replace(left=0), 1, 8, 900, 4e8) == [
        "replications to run: 0 (900 of 900 are finished already)",
        "memory: about 400 MB for each worker, 400 MB in all",
        "disk: 2.0 MB",
    ]
    unknown = found._replace(seconds=Range(100.0, 0.0, math.inf))
    assert estimate_lines(unknown, 1, 8, 900, 4e8)[1] == "time: about 2 min with 1 worker (10 s to unknown)"
