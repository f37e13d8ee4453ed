"""Inputs of the social investment model: they multiply out to the ledger, and what is not known is left empty."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.lines import EFFORT, IN_ALL, KEPT_OUT, MUNICIPALITY, REGION, STATE, Line
from sim.analysis.ledger.som import YEARS, Part, Row, Why, inputs
from tests.analysis.ledger.small import make_runs

LADDER = """\
[money]
displacement_share = 0.3
destinations.pension = { counts_as = "benefit", benefit = { refund_ladder = { kr_per_month = 17_000 } }, first = \
{ share = 0.5, weeks = 20, benefit = { refund_ladder = { kr_per_month = 9_000 } } } }
budget.clinic = { covers = "other", kr_per_year = 40_000, payer = "region", first_year = 2018, last_year = 2018 }
"""
FLAT = """\
[money]
benefits.cash_benefit = { flat = { kr_per_year = 115_000 } }
benefits.resource_course = { flat = { kr_per_year = 140_000 } }
destinations.pension = { counts_as = "benefit", benefit = { flat = { kr_per_year = 170_000 } }, first = \
{ share = 0.5, weeks = 20, benefit = { flat = { kr_per_year = 90_000 } } } }
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("som"))


def ledger_of(runs: Path, prices: str) -> Ledger:
    (runs / "prices.toml").write_text(prices, encoding="utf-8")
    return sim.ledger(runs / "pilot", runs / "base", money=runs / "prices.toml")


@pytest.fixture(scope="module", params=["ladder", "flat"])
def ledger(runs: Path, request: pytest.FixtureRequest) -> Ledger:
    return ledger_of(runs, {"ladder": LADDER, "flat": FLAT}[request.param])


def by_year(ledger: Ledger, line: Line, column: str = "difference") -> np.ndarray:
    """The line's calendar years, as the public table has them."""
    lines = ledger.lines
    payer = lines["payer"].isna() if line.payer == "" else lines["payer"] == line.payer
    own = (
        (lines["section"] == line.section) & (lines["line"] == line.name) & payer & (lines["period_kind"] == "year")
    )
    return lines[own][column].to_numpy()


def rows(ledger: Ledger, part: Part) -> list[Row]:
    return [row for row in inputs(ledger) if row.part == part]


def one(ledger: Ledger, part: Part, payer: str = "") -> Row:
    (row,) = (row for row in rows(ledger, part) if row.payer == payer)
    return row


WEEKS = np.array([365, 365, 366]) / 7


def test_participants_and_successes_are_those_of_the_citizens_tables(runs: Path) -> None:
    """Treated are those of department one in B in the first year; in A they are the same persons."""
    ledger = ledger_of(runs, LADDER)
    key = ["replication", "group", "origin", "number"]
    a, b = (pd.read_parquet(runs / name / "citizens").set_index(key) for name in ("pilot", "base"))
    treated = (b["department"] == "one") & (b["arrival_weeks"] < 365 / 7) & ~(b["exit_weeks"] <= 0)
    success = [run["destination"].isin(["job", "education"]).reindex(b.index[treated]) for run in (a, b)]
    assert one(ledger, Part.PARTICIPANTS).total == pytest.approx(treated.sum() / 6)
    assert one(ledger, Part.SUCCESS).total == pytest.approx(success[0].mean())
    assert one(ledger, Part.WITHOUT).total == pytest.approx(success[1].mean())
    assert one(ledger, Part.SUCCESS).total > one(ledger, Part.WITHOUT).total > 0


def test_participants_times_success_rate_times_consequence_is_the_ledger(ledger: Ledger) -> None:
    successes = one(ledger, Part.PARTICIPANTS).total * one(ledger, Part.SUCCESS).total
    found = rows(ledger, Part.CONSEQUENCE)
    assert [row.item for row in found] == [
        line for line in ledger.line_names if line.name.startswith(("on ", "after exit: "))
    ]
    for row in found:
        assert row.item is not None
        years = by_year(ledger, row.item)
        if row.item.name == "after exit: disability pension":
            first = row.item._replace(name=f"{row.item.name}, paid first")
            years = years - by_year(ledger, first)
        assert successes * np.array(row.years[:3]) == pytest.approx(years * WEEKS, abs=1e-9)
        assert row.total == pytest.approx(sum(row.years[:3]))
        assert np.isnan(row.years[3:]).all()
        assert len(row.years) == YEARS
        assert row.why == (Why.AFTER,)


def test_costs_consequences_and_result_add_up(ledger: Ledger) -> None:
    """For each payer that is known: the savings on those who succeed less what the effort costs are the result."""
    successes = one(ledger, Part.PARTICIPANTS).total * one(ledger, Part.SUCCESS).total
    assert np.array(one(ledger, Part.RUNNING, MUNICIPALITY).years[:3]) == pytest.approx(by_year(ledger, EFFORT))
    for payer in (MUNICIPALITY, STATE):
        result = np.array(one(ledger, Part.RESULT, payer).years[:3])
        assert result == pytest.approx(-by_year(ledger, IN_ALL[payer]), nan_ok=True)
        cost = np.nan_to_num(np.array(one(ledger, Part.RUNNING, payer).years or (0.0,) * YEARS)[:3])
        effect = successes * np.array(one(ledger, Part.AMOUNT, payer).years[:3])
        assert result == pytest.approx(-cost - effect, abs=1e-6, nan_ok=True)


def test_prices_times_weeks_are_what_is_paid_in_the_baseline(ledger: Ledger) -> None:
    """Of every scheme and exit, for both payers; a price that is not known, or never paid, is empty."""
    known = 0
    for row in rows(ledger, Part.PRICE):
        assert row.item is not None
        what = row.item.name.rpartition(" (")[0]
        name = f"on {row.item.name}" if row.item.section == "benefits" else f"after exit: {what}"
        paid = by_year(ledger, row.item, "baseline_mean")
        if row.payer == REGION:
            assert math.isnan(row.total)
            assert row.why == (Why.REGION,)
            continue
        if math.isnan(row.total):
            assert (row.why == (Why.FLAT,)) == bool(np.isnan(paid).all())
            assert np.isnan(paid).all() or row.why == (Why.NO_WEEKS,)
            continue
        known += 1
        weeks = in_baseline(ledger, what if what == KEPT_OUT else name)
        assert row.total * weeks == pytest.approx(float(paid.sum()), abs=1e-6)
    assert known >= 6


def in_baseline(ledger: Ledger, name: str) -> float:
    line = Line("quantities", name, "", "years", counted=False)
    years = by_year(ledger, line, "baseline_mean")
    first = line._replace(name=f"{name}, paid first")
    if first in ledger.line_names:
        years = years - by_year(ledger, first, "baseline_mean")
    return float((years * WEEKS).sum())


def test_what_is_not_known_is_empty_with_its_reason(runs: Path) -> None:
    ladder, flat = (ledger_of(runs, text) for text in (LADDER, FLAT))
    for ledger in (ladder, flat):
        for row in rows(ledger, Part.START_UP):
            assert math.isnan(row.total)
            assert row.why == (Why.NOT_APART,)
        assert math.isnan(one(ledger, Part.AMOUNT, REGION).total)
        assert Why.REGION in one(ledger, Part.AMOUNT, REGION).why
        assert one(ledger, Part.RUNNING, STATE).why == (Why.NO_BUDGET,)
    assert one(ladder, Part.RUNNING, REGION).years[:3] == pytest.approx((0.0, 0.0, 0.0))  # In both runs alike.
    assert one(flat, Part.RUNNING, REGION).why == (Why.NO_BUDGET,)
    assert Why.FLAT in one(flat, Part.RESULT, STATE).why
    assert math.isnan(one(flat, Part.RESULT, STATE).total)
    assert Why.FLAT not in one(ladder, Part.RESULT, STATE).why
