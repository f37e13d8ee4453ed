"""Net cost in the report of a sweep is that of a ledger, wherever it is shown; or the report says why it is not."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.analysis.ledger.judged import NET, judged
from sim.analysis.ledger.net import net_costs
from sim.analysis.ledger.reading import TABLES
from sim.errors import UsageError
from sim.report.language import DANISH, ENGLISH
from sim.report.view import Estimate
from sim.report.views.sweep.figures import table
from sim.report.views.sweep.pictures import lines
from sim.report.views.sweep.swept import Swept, swept
from sim.report.views.sweep.what_if import what_if
from sim.report.views.sweep_document import sweep_document
from sim.report.views.sweep_money import NET_COST, priced
from sim.store.run import open_runs


@pytest.fixture(scope="module")
def of(sweep: Path) -> Swept:
    runs = open_runs(sweep)
    base = next(run for run in runs if run.variant == "citizens=130+interval_weeks=13")
    return swept(ENGLISH, sweep, runs, base, None)


def test_the_net_cost_of_every_point_is_that_of_its_ledger(of: Swept) -> None:
    assert of.baseline is not None
    base = of.points[of.baseline].run
    for point in of.points[:2]:
        found = judged(point.run, base)[0]
        mean = found.intervals.difference[found.place(NET), 0]
        np.testing.assert_allclose(point.values[NET_COST.kpi].mean(), mean, rtol=1e-12)
    assert of.points[of.baseline].values[NET_COST.kpi].tolist() == [0.0, 0.0, 0.0]
    assert [values.tolist() for values in net_costs([base], base)] == [[0.0, 0.0, 0.0]]


def test_it_stands_in_the_table_the_lines_and_the_sliders(of: Swept) -> None:
    label = "Net cost to the municipality, million kr."
    shown = table(of)
    assert shown.columns[-1].heading == label
    drawn = lines(of)
    assert drawn is not None
    assert drawn.panels[-1].title == label
    assert drawn.caption.endswith(of.money)
    chosen = what_if(of)
    assert chosen.rows[-1] == label
    for row, point in zip(shown.rows, chosen.points, strict=True):
        cell = row[-1]
        assert isinstance(cell, Estimate)
        written = [ENGLISH.cell(cell.mean), ENGLISH.cell(cell.interval)]
        assert point["rows"][-1] == ["-", "-", *written]
    fewest = shown.rows[0][-1]
    assert isinstance(fewest, Estimate)
    assert fewest.mean.value > 1.0  # 50 citizens each instead of 130: more caseworkers.


def test_the_answer_says_where_it_is_lowest_and_highest(of: Swept) -> None:
    made = sweep_document(of)
    assert "Net cost to the municipality, million kr.: " in made.answer
    assert made.money == ""
    without = of._replace(told=of.told[:-1], money="No net cost is shown: ...")
    assert sweep_document(without).money == "No net cost is shown: ..."


def run(tables: tuple[str, ...] = TABLES, **config: object) -> Any:
    return SimpleNamespace(tables=tables, config=config)


@pytest.mark.parametrize(
    ("runs", "base", "english", "danish"),
    [
        ([run()], None, "it needs a baseline, which --baseline names.", "den kræver et udgangspunkt"),
        (
            [run(), run(TABLES[:2])],
            run(),
            "the sweep keeps no table coordinators, weekly. "
            "Repeat it with --tables citizens,schemes,coordinators,weekly.",
            "gemmer ikke tabellen coordinators, weekly. Gentag den med --tables",
        ),
        ([run()], run(), "not all points have prices ([money]).", "ikke alle punkter har priser"),
    ],
)
def test_where_there_is_none_the_report_says_why(runs: list[Any], base: Any, english: str, danish: str) -> None:
    found = priced(ENGLISH, runs, base, None)
    assert found.values == ()
    assert found.note == f"No net cost is shown: {english}"
    assert danish in priced(DANISH, runs, base, None).note


def test_prices_of_a_file_that_cannot_be_used_are_an_error() -> None:
    with pytest.raises(UsageError, match=r"^--money prices.toml: No net cost is shown: it needs a baseline"):
        priced(ENGLISH, [run()], None, Path("prices.toml"))
