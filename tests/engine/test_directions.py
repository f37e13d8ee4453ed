"""Directions in which the model must move, paired under common random numbers: the sign with p < 0.001.

``python -m pytest tests/engine/test_directions.py -s -q`` prints each paired difference with its p-value.
"""

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import ttest_1samp

from sim.catalogue import Destination
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.tables.records import Replication, TableName
from tests.engine.running import happened, table

CONFIG = Path(__file__).parent / "directions.toml"
REPLICATIONS = 20
P = 0.001

Measure = Callable[[Replication], float]


def decisions(run: Replication) -> float:
    """Cases that the team decided."""
    return float((~np.isnan(table(run, "citizens")["decided_weeks"])).sum())


def waits_for_team(run: Replication) -> float:
    """Mean weeks from complete to decided; of a case not decided, to the exit or the horizon."""
    c = table(run, "citizens")
    until = np.fmin(np.fmin(c["decided_weeks"], c["exit_weeks"]), 104.0)
    return float(np.nanmean(until - c["submitted_weeks"]))


def internships(run: Replication) -> float:
    """Internships begun."""
    return float(table(run, "citizens")["internships"].sum())


def timely(run: Replication) -> float:
    """Share of the planned meetings held that began by their due date."""
    c = table(run, "citizens")
    return float(c["meetings_timely"].sum() / c["meetings_held"].sum())


def wait_for_meeting(run: Replication) -> float:
    """Mean weeks that a planned meeting waits for somebody's time."""
    c = table(run, "citizens")
    return float(np.nansum(c["meeting_wait_weeks"]) / c["meetings_held"].sum())


def found_ready(run: Replication) -> float:
    """Citizens found ready for an internship."""
    return float((~np.isnan(table(run, "citizens")["ready_weeks"])).sum())


def jobs(run: Replication) -> float:
    """Citizens who left to a job."""
    return float((table(run, "citizens")["destination"] == Destination.JOB).sum())


class Direction(NamedTuple):
    """What is changed, from and to, and what must then rise (+1) or fall (-1)."""

    before: dict[str, Any]
    after: dict[str, Any]
    measure: Measure
    sign: int


FREE_TEAM = {"rehabilitation_team.slots_per_meeting": 20}
COURSE: dict[str, Any] = {
    "referral_share_per_meeting": 0.2,
    "duration_weeks": 8,
    "vendors": {"own": {"places": 200}},
}
MENTOR = {"every_weeks": 1, "hours": 1.5}
SPARE = FREE_TEAM | {"roles.unit.posts": 6}
"""The unit has hours to spare, and the team slots."""
OWN_CASES = FREE_TEAM | {
    "roles.unit.posts": 0,
    "staffing.net_hours_per_week": 22,
    "meetings.time_pressure": {"backlog": {"tolerated_weeks": 0.5, "floor_share": 0.5}},
}
"""Coordinators prepare cases in the time that meetings leave, and hurry meetings where these pile up."""


def hours_a_case(hours: float, packages: int) -> dict[str, Any]:
    """A case of so many hours, in packages with 14 weeks of waits between them in all."""
    return OWN_CASES | {
        "clarification.sitting_hours": 2,
        "clarification.packages": packages,
        "clarification.hours_per_package": {"exponential": {"mean": hours / packages}},
        "clarification.document_wait_weeks": 14 / (packages - 1),
    }


SANCTION = {"after_no_show_share": 1, "hours": 0, "size": 3, "decay_weeks": 13}
REASSESSED = {
    "groups.nearer": {
        "extends": "citizens",
        "stock_share": 0,
        "inflow_per_week": 0,
        "exits": {"job": {"hazard_per_week": 0.03}},
        "reassessed": "none",
        "screening": "none",
    },
    "groups.citizens.reassessed": {"share_per_meeting": 0, "to": {"nearer": 1}},
}
PARTIAL_RETURN = {
    "small_jobs": {"duration_weeks": 26},
    "groups.citizens.small_jobs": {"hazard_per_week": 0.05, "factor": 4},
}
RE_ENTRY = {"from_weeks": [0, 26], "rate_per_week": [0.05, 0.01]}
OUTREACH = {"every_weeks": 13, "hours": 0.1, "size": 0, "decay_weeks": 1}
SCREENING = {"sensitivity": 0.5, "specificity": 0.5, "flagged_group": "nearer"}
DIRECTIONS = {
    "more hours per case, where hours bind: fewer decisions": Direction(
        FREE_TEAM,
        FREE_TEAM | {"clarification.hours_per_package": {"exponential": {"mean": 10}}},
        decisions,
        -1,
    ),
    **{
        f"{hours + 10} hours a case instead of {hours}, in {packages} packages: fewer decisions": Direction(
            hours_a_case(hours, packages), hours_a_case(hours + 10, packages), decisions, -1
        )
        for hours in (10, 20, 30)
        for packages in (2, 8)
    },
    "a scheme that takes more packages: fewer decisions": Direction(
        FREE_TEAM, FREE_TEAM | {"clarification.schemes": {"pension": {"packages": 8}}}, decisions, -1
    ),
    "needs that arise later too: more decisions": Direction(
        FREE_TEAM | {"roles.unit.posts": 4},
        FREE_TEAM | {"roles.unit.posts": 4, "groups.citizens.clarification.arises_per_year": {"fleksjob": 0.2}},
        decisions,
        +1,
    ),
    "more who become ready, with places for all: more internships": Direction(
        {"roles.consultant.list_limit": 1000},
        {
            "roles.consultant.list_limit": 1000,
            "groups.citizens.internships.becomes_ready_per_year": 1.5,
        },
        internships,
        +1,
    ),
    "more team slots: more decisions": Direction(
        {"roles.unit.posts": 4}, {"roles.unit.posts": 4, "rehabilitation_team.slots_per_meeting": 2}, decisions, +1
    ),
    "more team slots: shorter waits for the team": Direction(
        {"roles.unit.posts": 4},
        {"roles.unit.posts": 4, "rehabilitation_team.slots_per_meeting": 2},
        waits_for_team,
        -1,
    ),
    "more consultants, while people wait for them: more internships": Direction(
        {}, {"roles.consultant.posts": 2}, internships, +1
    ),
    "a programme that writes assessments, where the unit's hours bind: more decisions": Direction(
        FREE_TEAM | {"programmes.course": COURSE},
        FREE_TEAM | {"programmes.course": COURSE | {"assessed_packages": 2}},
        decisions,
        +1,
    ),
    "a programme that makes participants ready: more found ready": Direction(
        {"programmes.course": COURSE}, {"programmes.course": COURSE | {"ready_share": 0.5}}, found_ready, +1
    ),
    "coordinators are mentors too: fewer timely meetings": Direction(
        {"programmes.course": COURSE}, {"programmes.course": COURSE | {"mentor": MENTOR}}, timely, -1
    ),
    "mentors of their own beside them: more timely meetings": Direction(
        {"programmes.course": COURSE | {"mentor": MENTOR}},
        {
            "programmes.course": COURSE | {"mentor": MENTOR},
            "roles.mentor": {"does": ["mentoring"], "posts": 3, "net_hours_per_week": 30},
        },
        timely,
        +1,
    ),
    "more coordinators: more found ready": Direction({"departments.centre.coordinators": 1}, {}, found_ready, +1),
    "consultants the bottleneck: a consultant more gives more internships than three coordinators more": Direction(
        {"departments.centre.coordinators": 5},
        {"departments.centre.coordinators": 2, "roles.consultant.posts": 2},
        internships,
        +1,
    ),
    "a unit with hours to spare: what meetings recognise more is decided": Direction(
        SPARE | {"clarification.recognition_share_per_meeting": 0.2}, SPARE, decisions, +1
    ),
    "a department split in two, queues pooled: longer waits for a meeting": Direction(
        {"departments.centre": {"coordinators": 4, "queue": "pooled"}},
        {
            "departments.centre": {"coordinators": 2, "queue": "pooled"},
            "departments.other": {"coordinators": 2, "queue": "pooled"},
        },
        wait_for_meeting,
        +1,
    ),
    "a longer notice: fewer timely meetings": Direction(
        {"meetings.bookings.invited.notice_weeks": 1}, {"meetings.bookings.invited.notice_weeks": 4}, timely, -1
    ),
    "more leave: fewer timely meetings": Direction(
        {"staffing.leave": {"weeks_per_year": 1}}, {"staffing.leave": {"weeks_per_year": 12}}, timely, -1
    ),
    "sanctions after missed meetings: more jobs": Direction(
        {"meetings.sanction": SANCTION | {"after_no_show_share": 0}}, {"meetings.sanction": SANCTION}, jobs, +1
    ),
    "meetings that move citizens to a group nearer a job: more jobs": Direction(
        REASSESSED, REASSESSED | {"groups.citizens.reassessed.share_per_meeting": 0.2}, jobs, +1
    ),
    "a partial return to work: more jobs": Direction(
        PARTIAL_RETURN | {"groups.citizens.small_jobs.hazard_per_week": 0}, PARTIAL_RETURN, jobs, +1
    ),
    "some come back after a job: more jobs": Direction({}, {"groups.citizens.re_entry": RE_ENTRY}, jobs, +1),
    "vacancies found by outreach: more jobs": Direction(
        {"discretionary.outreach": OUTREACH},
        {"discretionary.outreach": OUTREACH | {"vacancy_share": 0.05}},
        jobs,
        +1,
    ),
    "a screening that flags into a group nearer a job: more jobs": Direction(
        REASSESSED, REASSESSED | {"groups.citizens.screening": SCREENING}, jobs, +1
    ),
    "no no-shows: more timely meetings": Direction({}, {"meetings.bookings.invited.no_show_share": 0.0}, timely, +1),
}


def measured(overrides: dict[str, Any], measure: Measure) -> NDArray[np.float64]:
    """A measure in each replication."""
    loaded = load(CONFIG, overrides).config
    p = build(loaded)
    return np.array([measure(simulate(p, loaded.run.seed, r, engine="compiled")) for r in range(REPLICATIONS)])


@pytest.mark.parametrize("name", DIRECTIONS)
def test_direction(name: str) -> None:
    d = DIRECTIONS[name]
    differences = measured(d.after, d.measure) - measured(d.before, d.measure)
    p = float(ttest_1samp(differences, 0.0, alternative="greater" if d.sign > 0 else "less").pvalue)
    print(f"{name}: paired difference {differences.mean():+.4g}, p {p:.2g}, {REPLICATIONS} replications")
    assert p < P


def test_more_consultants_where_nobody_waits_for_them_make_no_internships() -> None:
    """With places for all, a post more changes no internship: each has its own search, whoever does it."""
    idle = {"roles.consultant.list_limit": 1000, "internships.placement_hours": 0}
    more = idle | {"roles.consultant.posts": 2}
    begun = measured(idle, internships)
    assert begun.min() > 0
    assert (begun == measured(more, internships)).all()


def test_more_coordinators_do_not_give_more_internships_when_consultants_are_the_bottleneck() -> None:
    """Those whom they find ready wait: where placement work fills all hours, no more is done of it."""
    full = {"run.warm_up_weeks": 52, "roles.consultant.list_limit": 1000, "internships.placement_hours": 20}
    before, after = (measured(full | {"departments.centre.coordinators": n}, internships) for n in (2, 5))
    difference = after - before
    z = difference.mean() / (difference.std(ddof=1) / math.sqrt(REPLICATIONS))
    print(
        f"more coordinators, consultants the bottleneck: {difference.mean():+.3g} of {before.mean():.4g}, z {z:+.2f}"
    )
    assert before.mean() > 30
    assert abs(z) < 4


def test_a_unit_with_hours_to_spare_decides_what_meetings_recognise() -> None:
    """Twice the posts decide not a case more; what was recognised in time is decided, or the citizen has left."""
    spare = SPARE | {"clarification.document_wait_weeks": 4}
    assert (measured(spare, decisions) == measured(spare | {"roles.unit.posts": 12}, decisions)).all()
    loaded = load(CONFIG, spare).config
    c = table(simulate(build(loaded), loaded.run.seed, 0, engine="compiled"), "citizens")
    weeks = (loaded.clarification.packages - 1) * 4 + 4 if loaded.clarification else 0
    in_time = c["recognised_weeks"] < loaded.run.horizon_weeks - weeks
    assert in_time.sum() > 50
    assert (~np.isnan(c["decided_weeks"]) | ~np.isnan(c["exit_weeks"]))[in_time].all()


@pytest.mark.parametrize("role", ["staffing", "roles.consultant", "roles.unit"])
@pytest.mark.parametrize("posts", [(1, -1), (-1, 1)])
def test_a_post_added_and_cut_at_once_leaves_the_identical_run(role: str, posts: tuple[int, int]) -> None:
    changes = [{"date": date(2018, 6, 1), "posts": n} for n in posts]
    loaded = load(CONFIG, {f"{role}.changes": changes}).config
    with_change, without = build(loaded), build(load(CONFIG).config)
    one, other = (simulate(p, loaded.run.seed, 0, events=True, engine="compiled") for p in (with_change, without))
    for name in one.tables:
        for column, values in table(one, name).items():
            np.testing.assert_array_equal(values, table(other, name)[column], err_msg=column)


FOUND_AT_ONCE = {
    "groups.citizens.inflow_per_week": 0,
    "groups.citizens.exits.job.hazard_per_week": 0,
    "departments.centre.coordinators": 6,
    "groups.citizens.clarification": {"right_scheme_stock": {"fleksjob": 0.3}},
    "groups.citizens.internships": {
        "ready_share_stock": 0.6,
        "becomes_ready_per_year": 0,
        "found_share_per_meeting": 1,
    },
    "clarification.recognition_share_per_meeting": 1,
    "roles.unit.posts": 0,
    "rehabilitation_team.slots_per_meeting": 0,
}


def test_more_meetings_find_out_sooner_and_create_nothing() -> None:
    """Who is ready, and who has a need, is found at the first meeting: the same people, however many meetings."""
    p, often = (
        build(load(CONFIG, FOUND_AT_ONCE | {"groups.citizens.meetings.interval_weeks": weeks}).config)
        for weeks in (13, 6)
    )
    sooner = []
    for r in range(REPLICATIONS):
        few, many = (table(simulate(q, 20180130, r, engine="compiled"), "citizens") for q in (p, often))
        assert many["meetings_held"].sum() > 1.5 * few["meetings_held"].sum()
        for column in ("ready_weeks", "recognised_weeks"):
            found = ~np.isnan(few[column])
            assert 0 < found.sum() < len(found)
            assert (found == ~np.isnan(many[column])).all()
            sooner.append(float((few[column] - many[column])[found].mean()))
    p_value = float(ttest_1samp(sooner, 0.0, alternative="greater").pvalue)
    print(f"twice as many meetings: found {np.mean(sooner):.2g} weeks sooner, p {p_value:.2g}; the same people")
    assert p_value < P


def test_a_post_dated_after_the_horizon_leaves_the_identical_run() -> None:
    """Every citizen, week and event; resources by name, since posts that are never filled have numbers too."""
    loaded = load(CONFIG, {"staffing.changes": [{"date": date(2025, 1, 1), "posts": 2}]}).config
    with_change, without = build(loaded), build(load(CONFIG).config)
    for r in range(3):
        one, other = (
            simulate(p, loaded.run.seed, r, events=True, engine="compiled") for p in (with_change, without)
        )
        keys: tuple[TableName, ...] = ("citizens", "weekly")
        for key in keys:
            for column, values in table(one, key).items():
                np.testing.assert_array_equal(values, table(other, key)[column], err_msg=column)
        told = zip(happened(one, with_change.names), happened(other, without.names), strict=True)
        assert all(repr(a) == repr(b) for a, b in told)


@pytest.mark.parametrize("hours", [20, 40])
def test_packages_alone_change_no_decisions(hours: int) -> None:
    """The same hours and waits in two packages or in eight, where a unit's hours bind: the same within noise."""
    two, eight = (hours_a_case(hours, packages) | {"roles.unit.posts": 0.5} for packages in (2, 8))
    differences = measured(eight, decisions) - measured(two, decisions)
    z = float(differences.mean() / differences.std(ddof=1) * REPLICATIONS**0.5)
    print(
        f"8 packages instead of 2, of {hours} hours in all: paired difference {differences.mean():+.3g}, z {z:+.2f}"
    )
    assert abs(z) < 4
