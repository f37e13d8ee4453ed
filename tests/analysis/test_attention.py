"""What to look at, before a run and after it, sentence by sentence."""

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.attention import weekly
from sim.analysis.attention.after import (
    NOT_CALIBRATED,
    _drift,
    _hardly_ever,
    _idle,
    _in_vain,
    _overload,
    _short,
    attention,
)
from sim.analysis.attention.before import expected_problems
from sim.analysis.attention.bottleneck import bottleneck
from sim.analysis.attention.weekly import Change
from sim.analysis.summary import Statistics, summarise
from sim.api.run import run
from sim.config import load
from sim.model.assembly import build
from sim.report.attention import look_lines
from sim.store.run import open_runs
from tests.model.test_workload import CENTRE


def written(tmp_path: Path) -> Path:
    file = tmp_path / "centre.toml"
    file.write_text(CENTRE, encoding="utf-8")
    return file


def before(tmp_path: Path, overrides: Mapping[str, object] | None = None) -> list[str]:
    config = load(written(tmp_path), overrides).config
    return [f"{'.'.join(map(str, path))}: {text}" for path, text in expected_problems(config)]


KINDS = "planned meetings 25, unscheduled contacts 5, clarification 19, handovers 2; 50 in all, and"
LEVEL = {
    "groups.a.inflow_per_week": 1.2,
    "groups.a.clarification.right_scheme_inflow.pension": 0.4,
    "groups.a.internships.ready_share_inflow": 0.7275,
    "programmes.p.referral_share_per_meeting": 0,
}
ENOUGH = {"departments.one.coordinators": 1, "departments.two.coordinators": 1.2}
HALF = {"departments.one.coordinators": 0.5, "departments.two.coordinators": 0.5}
PRESSURE = {"meetings.time_pressure": {"backlog": {"tolerated_weeks": 1, "floor_share": 0.5}}}


WANTED = "hours wanted a week: "


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({}, ""),
        (
            {"departments.two.coordinators": 3},
            f"staffing: hours that nobody uses: {WANTED}{KINDS} 4 posts have 96",
        ),
        (
            {"departments.one.coordinators": 0.5, "departments.two.coordinators": 1},
            f"staffing: not all will be done: {WANTED}{KINDS} 1.5 posts have 36; what comes last in [priorities] "
            "will pile up",
        ),
        (HALF, f"staffing: overloaded: {WANTED}{KINDS} 1 posts have 24; meetings will be later every week"),
        (
            HALF | PRESSURE,
            f"staffing: overloaded: {WANTED}{KINDS} 1 posts have 24; meetings will be late or shortened, and "
            "little is left for the rest",
        ),
        (
            dict.fromkeys(HALF, 0.25) | PRESSURE,
            f"staffing: overloaded: {WANTED}{KINDS} 0.5 posts have 12; meetings and contacts alone, as short as "
            "they can be, want 17 hours, so meetings will be later every week",
        ),
        (
            {"departments.one.coordinators": 1.45, "departments.two.coordinators": 0.75},
            "departments.two: overloaded: meetings and contacts want 22 hours a week, and 0.8 posts have 18",
        ),
        (
            {"roles.consultant.posts": 0.4},
            "roles.consultant: about 3.0 citizens a week are found ready for an internship, which takes the posts "
            "of this role 13 hours a week, and they have 10: citizens will wait for them",
        ),
        (
            {"roles.consultant.list_limit": 10},
            "roles.consultant: about 3.0 citizens a week are found ready for an internship, and each is on a list "
            "for 11 weeks: 32 places on lists are wanted, and there are 20",
        ),
        (
            {"rehabilitation_team.slots_per_meeting": 1},
            "rehabilitation_team: 1.0 cases a week need a decision, and the rehabilitation team has 0.5 slots a "
            "week",
        ),
        (
            {"groups.a.inflow_per_week": 3.6, "groups.a.clarification.right_scheme_inflow.pension": 0.15},
            "population.stock: 3.6 citizens come a week, and by the chances of exit the stock goes from 120 to "
            "about 272 in 100 weeks: more come than leave, and the coordinators will be overloaded before the end",
        ),
    ],
)
def test_what_cannot_fit_is_told_before_the_run(tmp_path: Path, overrides: Mapping[str, object], told: str) -> None:
    assert before(tmp_path, {**LEVEL, **ENOUGH, **overrides}) == ([told] if told else [])


def test_each_time_between_changes_is_looked_at_by_itself(tmp_path: Path) -> None:
    target = {"departments.one.coordinators": "none", "departments.two.coordinators": "none"}
    dated = {"date": date(2018, 7, 1), "staffing": {"citizens_per_coordinator": 20}}
    asked = {**LEVEL, **target, "staffing.citizens_per_coordinator": 120, "changes.more": dated}
    assert before(tmp_path, asked) == [
        f"staffing: until 2018-07-01: overloaded: {WANTED}{KINDS} 0.5 posts at the start have 12; meetings will be "
        "later every week",
        f"staffing: from 2018-07-01: hours that nobody uses: {WANTED}{KINDS} 3 posts have 72",
    ]


def test_programmes_without_places_for_their_referrals(tmp_path: Path) -> None:
    referred = {"programmes.p.referral_share_per_meeting": 0.1}
    assert before(tmp_path, {**LEVEL, **ENOUGH, **referred}) == [
        "programmes.p: referrals want 31 places, and there are 13"
    ]


def known(mean: float, half: float = 0.0) -> Statistics:
    return summarise(np.array([mean]))._replace(ci95_low=mean - half, ci95_high=mean + half)


RISE = Change(10.0, 400.0, 380.0, 400.0)
STOCK = Change(1000.0, 1500.0, 490.0, 510.0)
LATE = Change(0.9, 0.32, -0.6, -0.56)


def test_overload() -> None:
    def told(busy: float, overdue: Change, timely: Change) -> list[str]:
        figures = {"overdue_meeting": overdue, "timely": timely, "stock": STOCK}
        return list(_overload({"busy_share": known(busy)}, figures, 13))

    in_use = "overloaded: coordinators' hours are 100.0 % in use, and "
    overdue = "in the last 13 weeks 400 of 1,500 citizens have a meeting overdue"
    timely = "meetings begun in time fall from 90 to 32 %"
    level = Change(400.0, 400.0, -5.0, 5.0)
    unclear = Change(0.9, 0.32, -1.3, 0.1)
    assert told(1.0, RISE, LATE) == [f"{in_use}{overdue}, after 10 in the first 13; {timely}"]
    assert told(1.0, level, unclear) == [f"{in_use}{overdue}"]
    assert told(1.0, RISE._replace(last=149.0), LATE) == [f"{in_use}{timely}"]
    assert told(1.0, RISE._replace(last=149.0), unclear) == []
    assert told(1.0, RISE._replace(last=149.0), Change(0.9, 0.81, -0.1, -0.08)) == []
    assert told(0.98, RISE, LATE) == []


def test_drift() -> None:
    assert list(_drift(STOCK, 13)) == [
        "the stock drifts: 1,000 citizens in the first 13 weeks, 1,500 in the last (+500, 95 % interval +490 to "
        "+510; +50 %): more come than leave"
    ]
    assert list(_drift(Change(1000.0, 900.0, math.nan, math.nan), 6)) == [
        "the stock drifts: 1,000 citizens in the first 6 weeks, 900 in the last (-100; -10 %): fewer come than leave"
    ]
    assert list(_drift(Change(1000.0, 1100.0, -1.0, 201.0), 13)) == []
    assert list(_drift(Change(1000.0, 1049.0, 40.0, 58.0), 13)) == []


def test_hours_that_nobody_uses() -> None:
    told = "hours that nobody uses: 15.0 % (13.8 to 16.2) of the other roles'"
    assert list(_idle(known(0.85, 0.012), "other roles'")) == [told]
    assert list(_idle(known(0.9001), "coordinators'")) == []


@pytest.mark.parametrize(("timely", "length"), [(0.63, 0.8), (0.9, 0.58)])
def test_meetings_that_are_always_late_or_cut(timely: float, length: float) -> None:
    kpis = {"busy_share": known(1.0), "timely_share": known(timely), "meeting_length": known(length)}
    assert list(_short(kpis)) == [
        f"short of hours: the coordinators' are 100.0 % in use; {100 * timely:.0f} % of the meetings are in time, "
        f"at {100 * length:.0f} % of their planned length"
    ]
    assert list(_short({**kpis, "busy_share": known(0.95)})) == []
    assert list(_short({**kpis, "timely_share": known(0.8), "meeting_length": known(0.8)})) == []


def test_what_hardly_ever_happens(tmp_path: Path) -> None:
    config = load(written(tmp_path)).config
    kpis = {"internships_per_100_years": known(0.0), "clarifications_per_100_years": known(0.001)}
    assert list(_hardly_ever(config, kpis)) == [
        "hardly ever, though the config has it: internships begun 0 per 100 citizen-years; cases decided by the "
        "rehabilitation team 0.001 per 100 citizen-years"
    ]
    without = load(written(tmp_path), {"groups.a.internships": "none", "groups.a.clarification": "none"}).config
    assert list(_hardly_ever(without, kpis)) == []
    (cases,) = _hardly_ever(config, {**kpis, "internships_per_100_years": known(1.0)})
    assert "internships" not in cases


def test_keys_in_vain_are_those_with_another_value_than_the_default(tmp_path: Path) -> None:
    assert list(_in_vain(load(written(tmp_path)).config)) == []
    config = load(written(tmp_path), {"staffing.citizens_per_coordinator": 50, "caseload.measured": "centre"}).config
    assert list(_in_vain(config)) == [
        "without effect: staffing.citizens_per_coordinator (every department states its own posts or target); "
        "caseload.measured (no exit depends on the caseload)"
    ]


QUIET = dict.fromkeys(weekly.COLUMNS, Change(0.0, 0.0, 0.0, 0.0)) | {"meetings_held": Change(12.0, 12.0, 0.0, 0.0)}
PER_WEEK = 100 * 365.25 / 7 / 1000
"""Per 100 citizen-years, of 1,000 citizens: one a week."""
MEANS = {"mean_stock": 1000.0, "clarifications_per_100_years": PER_WEEK, "internships_per_100_years": 2 * PER_WEEK}


def waiting(**last: float) -> dict[str, Change]:
    return QUIET | {name: Change(value, value, 0.0, 0.0) for name, value in last.items()}


@pytest.mark.parametrize(
    ("queues", "sentence"),
    [
        ({}, ""),
        ({"overdue_meeting": 12 * 4.0}, ""),
        (
            {"overdue_meeting": 120},
            "bottleneck: the coordinators' hours for meetings. In the last weeks 120 citizens have a meeting "
            "overdue, and 12.0 a week are held: 10 weeks of work",
        ),
        ({"in_clarification": 20}, ""),
        (
            {"in_clarification": 66, "overdue_meeting": 120},
            "bottleneck: the coordinators' hours for cases. In the last weeks 66 cases are being prepared, and "
            "1.0 a week are completed: 66 weeks of work, of which 16 are waits for documents",
        ),
        (
            {"waiting_team": 30},
            "bottleneck: the rehabilitation team. In the last weeks 30 complete cases wait for a decision, and "
            "1.0 a week are decided: 30 weeks of work, of which 1 are the way to the next meeting",
        ),
    ],
)
def test_the_bottleneck_is_named(tmp_path: Path, queues: dict[str, float], sentence: str) -> None:
    assert bottleneck(build(load(written(tmp_path)).config), waiting(**queues), MEANS) == sentence


@pytest.mark.parametrize(
    ("taken", "overrides", "who"),
    [
        (60, {}, "the consultants, whose 60 places are taken"),
        (12, {}, "the way to the consultants: a handover, then a place (12 of 60 taken in all)"),
        (
            12,
            {"departments.two.posts.consultant": 0, "departments.one.posts.consultant": 2},
            "the coordinators' hours for handovers, while 12 of the consultants' 60 places are taken",
        ),
        (12, {"roles.consultant.posts": 0}, "the hours for placements"),
    ],
)
def test_whom_those_wait_for_who_are_ready(
    tmp_path: Path, taken: float, overrides: dict[str, object], who: str
) -> None:
    p = build(load(written(tmp_path), overrides).config)
    queues = waiting(waiting_consultant=100, in_placement=taken / 4, in_internship=taken * 3 / 4)
    ready = "In the last weeks 100 citizens are ready for an internship and on nobody's list, and"
    assert bottleneck(p, queues, MEANS) == f"bottleneck: {who}. {ready} 2.0 a week begin one: 50 weeks of work"
    never = {**MEANS, "internships_per_100_years": math.nan}
    assert bottleneck(p, queues, never) == f"bottleneck: {who}. {ready} none begin one"


def test_first_and_last_weeks_are_whole_and_apart() -> None:
    weeks = np.arange(0, 31)
    columns = {"week": np.repeat(weeks, 2), **{name: np.ones(62) for name in weekly.COLUMNS}}
    columns["stock"] = columns["week"].astype(np.float64)  # Two groups: 2 x week.
    columns["meetings_timely"] = np.where(columns["week"] > 17, 0.25, 0.75)
    ends = weekly._ends({name: np.asarray(values) for name, values in columns.items()}, 30)
    assert weekly.period(30) == 13
    assert weekly.period(10) == 5
    assert weekly.period(1) == 1
    stock = weekly.COLUMNS.index("stock")
    assert ends[:, stock].tolist() == [2 * 7.0, 2 * 24.0]
    assert ends[:, -1].tolist() == [0.75, 0.25]


def test_a_change_needs_more_than_chance() -> None:
    assert Change(1.0, 2.0, 0.1, 1.9).grows
    assert not Change(1.0, 2.0, -0.1, 2.1).grows
    assert Change(2.0, 1.0, -1.9, -0.1).shrinks
    assert not Change(2.0, 1.0, -2.1, 0.1).shrinks
    one = Change(1.0, 2.0, math.nan, math.nan)
    assert (one.grows, one.shrinks) == (True, False)


def test_an_overloaded_centre_is_told_after_the_run(tmp_path: Path) -> None:
    """What `sim check` expected has come: see `test_what_cannot_fit_is_told_before_the_run`."""
    overrides = {**LEVEL, **HALF, "groups.a.inflow_per_week": 3.6}
    done = run(written(tmp_path), replications=3, overrides=overrides, out=tmp_path / "out")
    told = [line.split(":")[0] for line in done.notes]
    assert told == ["overloaded", "the stock drifts", "bottleneck", "hours that nobody uses", "not calibrated"]
    assert done.notes[0].startswith("overloaded: coordinators' hours are 99.5 % in use, and in the last 13 weeks ")
    (opened,) = open_runs(tmp_path / "out")
    assert attention(opened) == done.notes
    weeks = done.weekly.query("week > 100 - 13")
    overdue = weeks.groupby("replication")["overdue_meeting"].mean().mean()
    stock = weeks.groupby("replication")["stock"].mean().mean()
    assert f"in the last 13 weeks {overdue:,.0f} of {stock:,.0f} citizens have a meeting overdue" in done.notes[0]


def test_without_weekly_tables(tmp_path: Path) -> None:
    first, *_, last = run(written(tmp_path), replications=1, tables=()).notes
    assert first == "no weekly table is kept: overload, drift of the stock and the bottleneck were not looked for"
    assert last == NOT_CALIBRATED


def test_lines_name_their_runs_unless_they_are_of_all() -> None:
    assert look_lines({"a": ("x", "z"), "b": ("y", "z")}) == ("a: x", "b: y", "z")
    assert look_lines({"a": ("x", "z"), "b": ("x", "z"), "c": ("z",)}) == ("a, b: x", "z")
    assert look_lines({"a": ("x",)}) == ("x",)
    assert look_lines({}) == ()
