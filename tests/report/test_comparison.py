"""What a comparison shows, row by row."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.analysis.calendar import Period
from sim.analysis.comparison.differences import HEADLINE, Difference
from sim.analysis.comparison.moments import PairedMoments
from sim.analysis.comparison.paired import Paired, paired
from sim.analysis.kpis import KPIS
from sim.analysis.periods import MEASURES, PeriodDifferences
from sim.catalogue import EVERYONE
from sim.report.compared import Compared, cells
from sim.report.comparison import comparison_page
from sim.report.view import View

A = {"mean_stock": (100.0, 102.0, 101.0, 105.0), "timely_share": (0.90, 0.91, 0.92, 0.95)}
B = {"mean_stock": (110.0, 111.0, 112.0, 114.0), "timely_share": (0.80, 0.80, 0.83, 0.84)}
SAME = (1.0, 2.0, 3.0, 4.0)
FEW = (
    "with fewer than 20 replications nobody can see how skewed a figure is: an interval may hold the true value "
    "less often than it says"
)


def difference(variant: str, kpi: str, unit: str, figures: Paired) -> Difference:
    p = figures.p_value
    return Difference(variant, "base", kpi, unit, figures, p, p if kpi in HEADLINE else math.nan)


def comparison(*variants: str) -> Any:
    """Variants that differ from the baseline in two key figures."""
    rows = [
        difference(
            variant, kpi.name, kpi.unit, paired(np.array(A.get(kpi.name, SAME)), np.array(B.get(kpi.name, SAME)))
        )
        for variant in variants
        for kpi in KPIS
    ]
    runs = [SimpleNamespace(name=variant) for variant in variants]
    return SimpleNamespace(
        rows=rows,
        runs=runs,
        baseline=SimpleNamespace(name="base"),
        components={},
        by_period_rows=[],
        notes=("n",),
        look={"few": ("l",)},
    )


def texts(view: View, label: str) -> list[list[str]]:
    return [[str(cell) for cell in cells] for name, *cells in view.rows if name == label]


def line(unit: str, a: tuple[float, ...], b: tuple[float, ...]) -> Compared:
    figures = paired(np.array(a), np.array(b))
    return Compared(unit, *(getattr(figures, name) for name in Compared._fields[1:]))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (
            line("share", (0.90, 0.91, 0.92), (0.80, 0.80, 0.83)),
            ("91.0", "81.0", "+10.0 pp", "+7.5 to +12.5"),
        ),
        (line("citizens", (1000.0, 1400.0), (1500.0, 1700.0)), ("1,200", "1,600", "-400", "-1,671 to +871")),
        (line("weeks", (1.0, 2.0), (1.0, 2.0)), ("1.5", "1.5", "identical", "-")),
        (line("weeks", (1.0,), (2.0,)), ("1.0", "2.0", "-1.0", "-")),
        (line("weeks", (math.nan,), (2.0,)), ("-", "-", "-", "-")),
        (line("weeks", (1.0, 2.0), (0.0, 1.0)), ("1.5", "0.5", "+1.0", "the same in 2")),
    ],
)
def test_figures(shown: Compared, expected: tuple[str, ...]) -> None:
    assert tuple(str(cell) for cell in cells(shown)) == expected


def test_one_variant() -> None:
    page = comparison_page(comparison("few"), by="kpi", everything=False)
    (view,) = page.views
    assert view.title == "few minus base, 4 pairs of replications"
    assert [(column.heading, column.short) for column in view.columns] == [
        ("key figure", ""), ("unit", ""), ("few", "A"), ("base", "B"), ("difference", ""), ("95 % interval", ""),
        ("larger", ""), ("p", ""), ("correlation", ""), ("saved", ""),
    ]  # fmt: skip
    assert [column.part for column in view.columns[6:]] == ["significance, and what pairing gained"] * 4
    assert view.names == ("few", "base")
    assert texts(view, "mean stock") == [
        ["citizens", "102.0", "111.8", "-9.8", "-11.3 to -8.2", "0.00", "<0.001", "0.90", "30"]
    ]
    assert texts(view, "meetings held in time") == [
        ["%", "92.0", "81.8", "+10.2 pp", "+8.7 to +11.8", "1.00", "<0.001", "0.90", "35"]
    ]
    assert texts(view, "hours on clarification") == [["%", "250.0", "250.0", "identical", "-", "-", "-", "-", "-"]]
    assert [str(row[0]) for row in view.rows] == [kpi.label for kpi in KPIS if kpi.headline]
    assert len(page.legend) == 7
    assert page.legend[6] == FEW
    assert "for the 2 differences tested" in page.legend[3]
    assert page.notes == ("n",)


def test_a_few_variants_side_by_side() -> None:
    (view,) = comparison_page(comparison("few", "fewer"), by="kpi", everything=True).views
    assert view.title == "minus base: difference (95 % interval)"
    assert [column.heading for column in view.columns[2:]] == ["base", "few minus base", "fewer minus base"]
    both = "-9.8* (-11.3 to -8.2)"
    assert texts(view, "mean stock") == [["citizens", "111.8", both, both]]
    assert texts(view, "hours on clarification") == [["%", "250.0", "identical", "identical"]]


def test_many_variants_below_each_other() -> None:
    names = ("a", "b", "c", "d")
    for page in (
        comparison_page(comparison(*names), by="kpi", everything=False),
        comparison_page(comparison(*names), by="kpi", everything=False, side_by_side=False),
    ):
        (view,) = page.views
        assert (view.title, view.names) == ("minus base", ("variant", "base"))
        first = next(i for i, row in enumerate(view.rows) if row[0] == "mean stock")
        shown = [[str(cell) for cell in row] for row in view.rows[first : first + 4]]
        assert [row[:3] for row in shown] == [
            ["mean stock", "citizens", "a"], ["", "", "b"], ["", "", "c"], ["", "", "d"],
        ]  # fmt: skip
        assert shown[3][3:] == ["102.0", "111.8", "-9.8", "-11.3 to -8.2", "<0.001"]
        assert first + 3 in view.rules


def test_without_weekly_tables_there_is_nothing_by_year() -> None:
    page = comparison_page(comparison("few"), by="year", everything=False)
    assert (page.views, page.legend, page.notes) == ((), (), ("n",))


def by_period() -> Any:
    """Two groups over one year of two quarters; A has one citizen more in each replication, in every measure."""
    periods = (
        Period("total", "2018-01-01 to 2018-07-01", (1, 2)),
        Period("year", "2018", (1, 2)),
        Period("quarter", "2018Q1", (1,)),
        Period("quarter", "2018Q2", (2,)),
    )
    groups = ("ready", EVERYONE)
    moments = PairedMoments((len(periods), len(groups), len(MEASURES)))
    places = np.arange(len(periods) * len(groups), dtype=np.float64).reshape(len(periods), len(groups), 1)
    for luck in (10.0, 12.0, 14.0):
        base = places + luck + np.zeros((1, 1, len(MEASURES)))
        moments.add(base + 1.0 + (luck == 14.0), base)
    found = PeriodDifferences("few", "base", groups, periods, moments.intervals())
    return SimpleNamespace(by_period_rows=[found], runs=[], baseline=SimpleNamespace(name="base"), notes=(), look={})


@pytest.mark.parametrize(
    ("by", "title", "keys", "baseline_means"),
    [
        ("year", "few minus base, by year, all groups, 3 pairs of replications", ["2018"], ["15.0"]),
        (
            "quarter",
            "few minus base, by quarter, all groups, 3 pairs of replications",
            ["2018Q1", "2018Q2"],
            ["17.0", "19.0"],
        ),
        (
            "group",
            "few minus base, by group, all weeks, 3 pairs of replications",
            ["ready", "(all)"],
            ["12.0", "13.0"],
        ),
    ],
)
def test_by_period_and_group(by: str, title: str, keys: list[str], baseline_means: list[str]) -> None:
    page = comparison_page(by_period(), by=by, everything=False)
    (view,) = page.views
    assert view.title == title
    assert [column.heading for column in view.columns] == [
        "key figure", "unit", by, "few", "base", "difference", "95 % interval",
    ]  # fmt: skip
    headline = [measure for measure in MEASURES if measure.headline]
    assert len(view.rows) == len(headline) * len(keys)
    shown = [[str(cell) for cell in row] for row in view.rows[: len(keys)]]
    assert [row[:2] for row in shown] == [["mean stock at week ends", "citizens"], ["", ""]][: len(keys)]
    assert [row[2] for row in shown] == keys
    assert [row[4] for row in shown] == baseline_means
    assert {(row[5], row[6]) for row in shown} == {("+1.3", "-0.1 to +2.8")}
    assert view.rules == {len(keys) * (i + 1) - 1 for i in range(len(headline))}
    assert page.legend[-2:] == (
        "each interval is for its figure alone; nothing is adjusted for how many are shown",
        FEW,
    )


def test_labels_of_exits_are_those_of_the_catalogue() -> None:
    labels = {measure.name: measure.label for measure in MEASURES}
    assert labels["exits_pension"] == "exits: disability pension"
    assert labels["exits_other"] == "exits: left otherwise (moved, age, death)"
