"""The closing table of a run, row by row."""

import math

import numpy as np

from sim.analysis.kpis import HIGHEST, KPIS
from sim.analysis.summary import summarise
from sim.report.kpis import kpis_page, means
from sim.report.view import View
from sim.store.results import SummaryRow

KPI = {kpi.name: kpi for kpi in KPIS}
HEADLINE = [kpi for kpi in KPIS if kpi.headline]


def row(variant: str, kpi: str, values: list[float]) -> SummaryRow:
    return SummaryRow(
        variant, kpi, KPI[kpi].unit, *summarise(np.array(values, np.float64), HIGHEST[KPIS.index(KPI[kpi])])
    )


def rows(variant: str, **given: list[float]) -> list[SummaryRow]:
    """What is given, and [0.25, 0.75] of every other KPI."""
    return [row(variant, kpi.name, given.get(kpi.name, [0.25, 0.75])) for kpi in KPIS]


def texts(view: View) -> dict[str, list[str]]:
    return {str(label): [str(cell) for cell in cells] for label, *cells in view.rows}


def test_figures_show_as_many_digits_as_the_interval_is_worth() -> None:
    stock = row("v", "mean_stock", [1000.0, 1010.0, 1020.0, 1030.0])
    assert [str(one) for one in means(KPI["mean_stock"], [stock])] == ["1,015 (995 to 1,036)"]
    timely = row("v", "timely_share", [0.9, 0.91, 0.92, 0.93])
    assert [str(one) for one in means(KPI["timely_share"], [timely])] == ["91.5 (89.2 to 93.3)"]


def test_figures_that_cannot_be_computed() -> None:
    one, none = row("v", "mean_stock", [12.34]), row("v", "mean_stock", [math.nan])
    assert [str(cell) for cell in means(KPI["mean_stock"], [one, none])] == ["12.3", "-"]


def test_figures_that_never_differ() -> None:
    same = row("v", "timely_share", [1.0, 1.0])
    assert [str(one) for one in means(KPI["timely_share"], [same])] == ["100.0 (the same in 2)"]
    never = row("v", "timely_share", [0.0] * 20)
    assert [str(one) for one in means(KPI["timely_share"], [never])] == ["0.0 (not seen in 20)"]


def test_notes_on_intervals_are_explained() -> None:
    skewed = [0.99] + [0.1] * 39
    given = {
        "timely_share": [0.0] * 40,
        "meeting_length": [1.0] * 40,
        "busy_share": skewed,
        "mean_stock": [1.0, 2.0],
    }
    page = kpis_page({"a": rows("a", **given)}, everything=False, look={})
    shown = texts(page.views[0])
    assert shown["meetings held in time"][2] == "not seen in 40"
    assert shown["length of a meeting, of the planned"][2] == "the same in 40"
    assert shown["coordinators' hours in use"][2].endswith(", skewed")
    assert page.legend == (
        "not seen in 40: up to 7.2 % of replications may show it (95 % bound)",
        "the same in 40: no interval, since nothing shows how far the mean may be off",
        "skewed: some replications are far from the rest; the interval holds the true value less often than 95 "
        "times in 100; more replications help",
        "with fewer than 20 replications nobody can see how skewed a figure is: an interval may hold the true value "
        "less often than it says",
    )
    enough = {kpi.name: [0.25, 0.75] * 10 for kpi in KPIS}
    assert kpis_page({"a": rows("a", **enough)}, everything=True, look={}).legend == ()


def test_one_variant() -> None:
    page = kpis_page({"a": rows("a", mean_stock=[1000.0, 1010.0, 1020.0, 1030.0])}, everything=False, look={})
    (view,) = page.views
    assert view.title == "a"
    assert [column.heading for column in view.columns] == [
        "key figure", "unit", "mean", "95 % interval", "replications",
    ]  # fmt: skip
    shown = texts(view)
    assert list(shown) == [kpi.label for kpi in HEADLINE]
    assert shown["mean stock"] == ["citizens", "1,015", "995 to 1,036", "4"]
    assert shown["meetings held in time"] == ["%", "50", "1 to 99", "2"]


def test_two_variants_side_by_side() -> None:
    narrow, wide = [10.0, 10.1, 10.2], [10.0, 20.0, 30.0, math.nan]
    page = kpis_page({"a": rows("a", mean_stock=narrow), "b": rows("b", mean_stock=wide)}, everything=True, look={})
    (view,) = page.views
    assert view.title == "mean (95 % interval)"
    assert [column.heading for column in view.columns] == ["key figure", "unit", "a", "b"]
    shown = texts(view)
    assert list(shown) == [*(kpi.label for kpi in KPIS), "replications"]
    assert shown["mean stock"] == ["citizens", "10.10 (9.85 to 10.35)", "20.00 (6.19 to 64.67)"]
    assert shown["replications"] == ["", "3", "4"]
    assert view.rules == {len(KPIS) - 1}
