"""The same person in two variants: by hand, a pure shift in time, and the division of a real ledger."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.by_person import SECTION
from sim.analysis.ledger.counts import Table
from sim.analysis.ledger.figures import PERSONS, SAVING
from sim.analysis.ledger.persons import LABELS, PERSON_COLUMNS, Change, changes
from sim.catalogue import DESTINATIONS, Origin
from tests.analysis.ledger.small import CONFIG, make_runs

JOB, PENSION = DESTINATIONS.index("job"), DESTINATIONS.index("pension")
END = 100.0
OPEN = math.nan


def table(*rows: dict[str, float]) -> Table:
    """Rows of a citizens table: new citizens of one group who arrive at 0 and are still there, unless stated."""
    usual: dict[str, float] = {
        "group": 0, "origin": Origin.INFLOW, "first_department": 0, "spell": 1, "entry_weeks": 0.0,
        "arrival_weeks": 0.0, "exit_weeks": OPEN, "destination": -1,
    }  # fmt: skip
    full = [{**usual, "number": i, "person": i, **row} for i, row in enumerate(rows)]
    return {name: np.array([row[name] for row in full], np.float64) for name in PERSON_COLUMNS}


def left(weeks: float, to: int = JOB, **more: float) -> dict[str, float]:
    return {"exit_weeks": weeks, "destination": to, **more}


STAYS: dict[str, float] = {}


def test_each_change_by_hand() -> None:
    cases: list[tuple[dict[str, float], dict[str, float], Change]] = [
        (left(20), left(30), Change.SOONER),
        (left(30), left(20), Change.LATER),
        (left(20), left(20), Change.ALIKE),
        (STAYS, STAYS, Change.ALIKE),
        (left(20), left(30, PENSION), Change.ELSEWHERE),
        (left(20), left(20, PENSION), Change.ELSEWHERE),
        (left(20), STAYS, Change.ONLY_HERE),
        (STAYS, left(20), Change.ONLY_THERE),
        (left(20), left(END + 1), Change.ONLY_HERE),  # Behind the end of the ledger it is still there.
        (left(END), left(END + 1), Change.ONLY_HERE),
    ]
    a, b = table(*(case[0] for case in cases)), table(*(case[1] for case in cases))
    ours, theirs, *_ = changes(a, b, END)
    assert ours.tolist() == theirs.tolist() == [case[2] for case in cases]


def test_persons_are_told_apart_by_group_origin_and_number_and_the_pools_also_by_department() -> None:
    """The order of the rows is another one; numbers of rows play no part."""
    a = table(
        left(20, number=7, group=1),
        left(20, number=7, group=0),
        left(20, number=7, origin=Origin.STOCK),
        left(20, number=0, origin=Origin.POOL, first_department=1),
        left(20, number=0, origin=Origin.POOL, first_department=0),
    )
    b = table(
        left(20, number=0, origin=Origin.POOL, first_department=1),
        {"number": 7, "origin": Origin.STOCK},
        left(20, number=7, group=0),
        left(30, number=7, group=1),
        left(20, number=8, group=1),
    )
    ours, theirs, *_ = changes(a, b, END)
    assert ours.tolist() == [Change.SOONER, Change.ALIKE, Change.ONLY_HERE, Change.ALIKE, Change.UNPAIRED]
    assert theirs.tolist() == [Change.ALIKE, Change.ONLY_HERE, Change.ALIKE, Change.SOONER, Change.UNPAIRED]


def test_all_spells_of_a_person_count_together() -> None:
    """In A the person has come back and left again, 35 weeks in all; in B the first spell lasts 40."""
    back = {"origin": Origin.RETURNED, "spell": 2, "person": 0, "number": 0, "arrival_weeks": 50}
    a = table(left(20), left(65, **back))
    for b, expected in (
        (table(left(40)), Change.SOONER),
        (table(left(30)), Change.LATER),
        (table(left(40, PENSION)), Change.ELSEWHERE),
        (table(STAYS), Change.ONLY_HERE),
    ):
        ours, theirs, *_ = changes(a, b, END)
        assert ours.tolist() == [expected] * 2
        assert theirs.tolist() == [expected]


def test_who_came_back_before_the_start_is_told_apart_by_the_entry() -> None:
    """Their first spells are not in the table, and they may have had the same number in two groups."""
    back = {"origin": Origin.RETURNED, "spell": 2, "number": 7}
    first, second = {**back, "entry_weeks": -5.0, "person": 0}, {**back, "entry_weeks": -9.0, "person": 1}
    a, b = table({**first, **left(20)}, {**second, **left(20)}), table({**second, **left(20)}, {**first, **left(30)})
    b["person"][:] = [0, 1]
    ours, theirs, *_ = changes(a, b, END)
    assert ours.tolist() == [Change.SOONER, Change.ALIKE]
    assert theirs.tolist() == [Change.ALIKE, Change.SOONER]


def test_weeks_before_the_start_do_not_count() -> None:
    ours, *_ = changes(table(left(20, arrival_weeks=-50)), table(left(20, arrival_weeks=-10)), END)
    assert ours.tolist() == [Change.ALIKE]


def test_nobody() -> None:
    ours, theirs, *_ = changes(table(), table(), END)
    assert (ours.size, theirs.size) == (0, 0)


@given(st.lists(st.floats(0, 90), min_size=1, max_size=30), st.floats(0.001, 9))
def test_a_pure_shift_avoids_nobody(exits: list[float], by: float) -> None:
    """Everybody leaves by the end, in B so many weeks later."""
    a, b = table(*map(left, exits)), table(*(left(week + by) for week in exits))
    for found in changes(a, b, END)[:2]:
        assert set(found.tolist()) == {Change.SOONER}


STAY = """\
extends = "base.toml"
run.replications = 3
population.stock = 60
groups.ready.stock_share = 0.0
groups.ready.inflow_per_week = 0.0
groups.course.stock_share = 1.0
groups.course.stay = { duration_weeks = WEEKS, outcomes = { job = 1, pension = 0, return = 0 } }
"""


def test_a_pure_shift_of_real_runs_avoids_exactly_nothing(tmp_path: Path) -> None:
    """All leave their course to a job, in one run after at most 40 weeks, in the other after twice as many."""
    (tmp_path / "base.toml").write_text(CONFIG, encoding="utf-8")
    for name, most in (("short", 40), ("long", 80)):
        text = STAY.replace("WEEKS", f"{{ uniform = {{ min = 0, max = {most} }} }}")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        sim.run(tmp_path / f"{name}.toml", out=tmp_path / name)
    made = sim.ledger(tmp_path / "short", tmp_path / "long")
    persons = {figure.name.removeprefix(PERSONS): figure.value for figure in made.persons}
    assert persons == {**dict.fromkeys(LABELS.values(), 0.0), LABELS[Change.SOONER]: 60.0}
    lines = made.by_person
    avoided = lines["line"].isin([LABELS[c] for c in Change if c != Change.SOONER])
    assert (lines[avoided][["mean", "baseline_mean", "difference"]] == 0.0).all(axis=None)
    assert (lines[~avoided & (lines["period_kind"] == "total")]["difference"] < 0.0).all()


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("persons"))


@pytest.fixture(scope="module")
def ledger(runs: Path) -> Ledger:
    """With a benefit after the exit, some on another first, displacement: every line that persons divide."""
    file = runs / "prices.toml"
    file.write_text(
        "[money]\ndisplacement_share = 0.3\n[money.destinations.pension]\n"
        'counts_as = "benefit"\nbenefit = { refund_ladder = { kr_per_month = 17_000 } }\n'
        "first = { share = 0.5, weeks = 20, benefit = { refund_ladder = { kr_per_month = 9_000 } } }\n",
        encoding="utf-8",
    )
    return sim.ledger(runs / "pilot", runs / "base", money=file)


def test_persons_add_up_to_the_benefits_and_what_follows_the_exit(ledger: Ledger) -> None:
    """In A, in B and in the difference; for each payer and in every period, the present value included."""
    key = ["payer", "period_kind", "period"]
    values = ["mean", "baseline_mean", "difference"]
    parts = ledger.by_person[ledger.by_person["unit"] == "kr"]
    effect = ledger.lines[ledger.lines["section"].isin(["benefits", "after the exit"])]
    persons, lines = (x.groupby(key)[values].sum() for x in (parts, effect))
    pd.testing.assert_frame_equal(persons, lines, check_exact=False, rtol=1e-12, atol=1e-4)
    saving = next(figure.value for figure in ledger.figures if figure.name == SAVING)
    assert -persons.loc["municipality"].loc["present value"]["difference"].sum() == pytest.approx(saving)
    assert set(ledger.by_person["section"]) == {SECTION}
    assert not ledger.by_person["counted"].any()
    years = ledger.by_person[ledger.by_person["unit"] == "years"].groupby(key[1:])[values].sum()
    on = ledger.lines[ledger.lines["line"].str.startswith("on ")].groupby(key[1:])[values].sum()
    pd.testing.assert_frame_equal(years, on, check_exact=False, rtol=1e-12, atol=1e-9)


def test_persons_are_those_of_the_citizens_tables(ledger: Ledger, runs: Path) -> None:
    """An independent count in pandas: tables of both runs joined by group, origin and number."""
    key = ["replication", "group", "origin", "number"]
    end = (pd.Timestamp("2020-06-29") - pd.Timestamp("2018-01-01")).days / 7  # 130 weeks
    a, b = (
        pd.read_parquet(runs / name / "citizens").set_index(key)[["exit_weeks", "destination"]].add_suffix(side)
        for name, side in (("pilot", "_a"), ("base", "_b"))
    )
    both = a.join(b, how="outer")
    out = {side: both[f"exit_weeks_{side}"] <= end for side in "ab"}
    same = out["a"] & out["b"] & (both["destination_a"].astype(str) == both["destination_b"].astype(str))
    expected = {
        Change.SOONER: same & (both["exit_weeks_a"] < both["exit_weeks_b"]),
        Change.LATER: same & (both["exit_weeks_a"] > both["exit_weeks_b"]),
        Change.ELSEWHERE: out["a"] & out["b"] & ~same,
        Change.ONLY_HERE: out["a"] & ~out["b"],
        Change.ONLY_THERE: ~out["a"] & out["b"],
    }
    found = {figure.name.removeprefix(PERSONS): figure for figure in ledger.persons}
    for change, who in expected.items():
        assert found[LABELS[change]].value == pytest.approx(who.sum() / 6), change
    assert all(expected[change].any() for change in (Change.SOONER, Change.ELSEWHERE, Change.ONLY_HERE))
    assert found[LABELS[Change.UNPAIRED]].value == 0
    assert sum(figure.value for figure in ledger.persons) == pytest.approx(len(both) / 6)
    weeks = (both["exit_weeks_b"].fillna(end) - both["exit_weeks_a"].fillna(end))[
        expected[Change.ONLY_HERE]
    ].sum() / 6
    rows = ledger.by_person[
        (ledger.by_person["line"] == LABELS[Change.ONLY_HERE])
        & (ledger.by_person["unit"] == "years")
        & (ledger.by_person["period_kind"] == "year")
    ]
    days = rows["period"].map({"2018": 365, "2019": 365, "2020": 366})
    assert (-rows["difference"] * days).sum() / 7 == pytest.approx(weeks)
