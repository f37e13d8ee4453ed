"""Policies with a date: they act from their date on, and the rest of everybody's life stays as it was."""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np

from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from tests.engine.running import Centre, Columns, config, happened, table

EVERYTHING = Path(__file__).with_name("everything.toml")
START = date(2018, 1, 1)
MUCH = {
    "staffing": {"citizens_per_coordinator": 5, "absence": {"spells_per_year": 20}},
    "departments": {"one": {"coordinators": 1, "booking": "own_calendar"}},
    "roles": {"company_consultant": {"posts": 6}},
    "groups": {"ready": {"inflow_per_week": 9, "exits": {"job": {"hazard_per_week": 0.2}}}},
    "rehabilitation_team": {"slots_per_meeting": 9},
    "discretionary": {"extra_meeting": "none"},
}


def log(overrides: Mapping[str, Any], replication: int = 0, until: float = math.inf) -> dict[str, object]:
    """Everything that happens in the centre with every mechanism, under other policies, to the last bit.

    For speed by the compiled engine, which gives the same under dated policies too (`tests/engine_equality`).
    """
    p = build(load(EVERYTHING, overrides).config)
    events = table(simulate(p, 1, replication, events=True, engine="compiled"), "events")
    shown = events["weeks"] < until
    bits: dict[str, object] = {name: values[shown].tobytes() for name, values in events.items()}
    # The posts of a policy to come are counted in the numbers, but not in the names.
    bits["resource"] = [p.names.resources[r] if r >= 0 else "" for r in events["resource"][shown].tolist()]
    return bits


def from_week(week: float, fragment: Mapping[str, Any]) -> dict[str, Any]:
    """A single policy from a week on."""
    return {"changes.policy": {"date": START + timedelta(weeks=week), **fragment}}


def test_nothing_of_a_policy_happens_before_its_date() -> None:
    for replication in range(3):
        policy = from_week(20, MUCH)
        first = log({}, replication, until=20)
        assert first == log(policy, replication, until=20)
        assert len(cast("list[str]", first["resource"])) > 1000
        assert log({}, replication) != log(policy, replication)


def test_a_policy_dated_at_the_horizon_or_later_is_the_identical_run() -> None:
    assert log(from_week(40, MUCH)) == log(from_week(400, MUCH)) == log({})


def test_a_policy_that_states_what_is_in_force_is_the_identical_run() -> None:
    today = {"groups": {"sick": {"inflow_per_week": 0.5}}, "departments": {"one": {"coordinators": 3.5}}}
    assert log(from_week(20, today)) == log({})


def test_a_policy_in_two_parts_with_one_date_is_the_identical_run() -> None:
    parts = [{key: value} for key, value in MUCH.items()]
    day = START + timedelta(weeks=20)
    split = {f"changes.part{i}": {"date": day, **part} for i, part in enumerate(reversed(parts))}
    assert log(split) == log(from_week(20, MUCH))


def test_a_policy_dated_before_the_first_day_is_in_force_from_the_beginning() -> None:
    fragment = {"groups": {"ready": {"inflow_per_week": 9, "meetings": {"interval_weeks": 2}}}}
    stated = {"groups.ready.inflow_per_week": 9, "groups.ready.meetings.interval_weeks": 2}
    assert log(from_week(0, fragment)) == log(from_week(-9, fragment)) == log(stated) != log({})


def test_what_waits_is_counted_in_the_planned_hours_in_force() -> None:
    """Ten times the hours a package: the backlog of the week after is larger, on both engines."""
    more = from_week(20, {"clarification": {"hours_per_package": 20}})
    p, q = (build(load(EVERYTHING, {"run.coordinator_period_weeks": 1, **policy}).config) for policy in ({}, more))
    for engine in ("simpy", "compiled"):
        before, after = (table(simulate(one, 1, 0, engine=engine), "coordinators") for one in (p, q))
        hours = [
            [float(k["backlog_hours"][k["from_weeks"] == week].sum()) for week in (19, 20)] for k in (before, after)
        ]
        assert hours[0][0] == hours[1][0]
        assert 0.0 < 2 * hours[0][1] < hours[1][1]


def test_those_whom_a_policy_does_not_touch_live_the_same_life() -> None:
    text = """
    [run]
    start = 2018-01-01
    horizon_weeks = 60
    [groups.touched]
    benefit = "x"
    stock = 300
    inflow_per_week = 5
    exits.job = { hazard_per_week = 0.01 }
    [groups.other]
    benefit = "x"
    stock = 300
    inflow_per_week = 5
    exits = { job = { hazard_per_week = 0.01 }, other = { hazard_per_week = 0.02 } }
    [departments.centre]
    coordinators = 3
    [staffing]
    net_hours_per_week = 30
    """
    policy = {"changes.x": {"date": date(2018, 7, 2), "groups": {"touched": {"inflow_per_week": 1}}}}
    policy["changes.x"]["groups"]["touched"]["exits"] = {"job": {"hazard_per_week": 0.05}}  # type: ignore[index]
    base, changed = Centre(text), Centre(text, overrides=policy)
    lives = []
    for centre in (base, changed):
        c = centre.citizens
        other = c["group"] == 1
        lives.append({name: c[name][other] for name in ("entry_weeks", "exit_weeks", "destination")})
    for name, values in lives[0].items():
        np.testing.assert_array_equal(values, lives[1][name])
    assert len(lives[0]["exit_weeks"]) > 500
    left = [float((c.citizens["destination"][c.citizens["group"] == 0] >= 0).sum()) for c in (base, changed)]
    assert left[1] > left[0]


def citizens(text: str, replication: int) -> Columns:
    """The citizens of one replication, for speed by the compiled engine."""
    return table(simulate(build(config(text)), 1, replication, engine="compiled"), "citizens")


HAZARDS = """
[run]
start = 2018-01-01
horizon_weeks = 60
[groups.g]
benefit = "x"
stock = 20000
exits = { job = { hazard_per_week = 0.02 }, other = { hazard_per_week = 0.01 } }
[departments.centre]
coordinators = 10
[staffing]
net_hours_per_week = 30
[changes.up]
date = 2018-03-12
groups.g.exits.job.hazard_per_week = 0.06
[changes.off]
date = 2018-05-21
groups.g.exits.job.hazard_per_week = 0
[changes.on]
date = 2018-07-30
groups.g.exits = { job = { hazard_per_week = 0.03 }, other = { hazard_per_week = 0.02 } }
"""


def test_hazards_change_on_the_date() -> None:
    """20,000 citizens: in each part of the time a deviation of a hazard of 10 to 20 % is found (power 90 %)."""
    c = citizens(HAZARDS, 0)
    exit_weeks = np.where(np.isnan(c["exit_weeks"]), np.inf, c["exit_weeks"])
    there = len(exit_weeks)
    for begins, ends, job, other in (
        (0, 10, 0.02, 0.01),
        (10, 20, 0.06, 0.01),
        (20, 30, 0, 0.01),
        (30, 60, 0.03, 0.02),
    ):
        here = (exit_weeks >= begins) & (exit_weeks < ends)
        for code, hazard in ((0, job), (5, other)):
            left = int((here & (c["destination"] == code)).sum())
            total = job + other
            share = hazard / total * -math.expm1(-total * (ends - begins))
            if hazard == 0:
                assert left == 0
            else:
                z = (left - there * share) / math.sqrt(there * share * (1 - share))
                print(f"weeks {begins}-{ends}, exit {code}: {left} of {there}, z {z:+.2f}")
                assert abs(z) < 4
        there -= int(here.sum())


def test_arrivals_change_on_the_date() -> None:
    """In each part of the time the number is Poisson: 1,600 to 4,800 arrivals, so 8 to 13 % more are found."""
    text = """
    [run]
    start = 2018-01-01
    horizon_weeks = 80
    [groups.g]
    benefit = "x"
    stock = 0
    inflow_per_week = 4
    [departments.centre]
    coordinators = 1
    [staffing]
    net_hours_per_week = 30
    [changes.up]
    date = 2018-05-21
    groups.g.inflow_per_week = 12
    [changes.off]
    date = 2018-10-08
    groups.g.inflow_per_week = 0
    [changes.on]
    date = 2019-02-25
    groups.g.inflow_per_week = 8
    """
    arrivals = np.concatenate([citizens(text, r)["arrival_weeks"] for r in range(20)])
    for begins, ends, rate in ((0, 20, 4), (20, 40, 12), (40, 60, 0), (60, 80, 8)):
        came = int(((arrivals >= begins) & (arrivals < ends)).sum())
        expected = 20 * rate * (ends - begins)
        if rate == 0:
            assert came == 0
        else:
            z = (came - expected) / math.sqrt(expected)
            print(f"weeks {begins}-{ends}: {came} of {expected}, z {z:+.2f}")
            assert abs(z) < 4


def test_absence_changes_on_the_date() -> None:
    """Spells are Poisson while somebody is there: 250 to 2,000 of them a part, so 12 to 33 % more are found."""
    text = """
    [run]
    start = 2018-01-01
    horizon_weeks = 156
    [groups.g]
    benefit = "x"
    stock = 0
    [departments.centre]
    coordinators = 100
    [staffing]
    net_hours_per_week = 30
    [staffing.absence]
    spells_per_year = 2.5
    duration_weeks = 0.001
    [changes.up]
    date = 2019-01-01
    staffing.absence.spells_per_year = 20
    [changes.off]
    date = 2019-12-31
    staffing.absence = "none"
    """
    spells = np.array(Centre(text).times("absence_starts"))
    up, off = 365 / 7, 729 / 7
    for begins, ends, per_year in ((0, up, 2.5), (up, off, 20), (off, 156, 0)):
        fell = int(((spells >= begins) & (spells < ends)).sum())
        expected = 100 * per_year * (ends - begins) / 52.1775
        if per_year == 0:
            assert fell == 0
        else:
            z = (fell - expected) / math.sqrt(expected)
            print(f"weeks {begins:.0f}-{ends:.0f}: {fell} of {expected:.0f}, z {z:+.2f}")
            assert abs(z) < 4


def posts_over_time(text: str) -> dict[float, float]:
    """Full-time posts by the moment from which there are so many."""
    centre = Centre(text)
    shares = {f"coordinator {i}": post.full_time_share for i, post in enumerate(centre.parameters.posts)}
    there = sum(post.full_time_share for post in centre.parameters.posts if post.starts < 0)
    found = {0.0: round(there, 9)}
    for event in centre.log:
        if event.activity in ("hired", "post_cut"):
            there += shares[event.resource] if event.activity == "hired" else -shares[event.resource]
            found[event.weeks] = round(there, 9)
    return found


def test_posts_are_what_the_policy_states() -> None:
    text = """
    [run]
    start = 2018-01-01
    horizon_weeks = 60
    [groups.g]
    benefit = "x"
    stock = 100
    [staffing]
    net_hours_per_week = 30
    citizens_per_coordinator = 40
    [changes.more]
    date = 2018-03-12
    staffing = { citizens_per_coordinator = 20, hiring_delay_weeks = 3 }
    [changes.fewer]
    date = 2018-05-21
    departments.centre.coordinators = 1.2
    """
    assert posts_over_time(text) == {0.0: 2.5, 10.0: 2.0, 13.0: 5.0, 20.0: 1.0, 23.0: 1.2}


def test_a_role_that_comes_at_a_date_does_nothing_before() -> None:
    overrides = from_week(20, {"roles": {"preparation_unit": {"posts": 2}, "company_consultant": {"posts": 3}}})
    overrides |= {"roles.preparation_unit.posts": 0, "roles.company_consultant.posts": 0}
    p = build(load(EVERYTHING, overrides).config)
    done = happened(simulate(p, 1, 0, events=True), p.names)
    for activity, role in (("package_starts", "preparation unit"), ("placement_starts", "company consultant")):
        by = {
            early: {e.resource.rsplit(" ", 1)[0] for e in done if e.activity == activity and (e.weeks < 20) == early}
            for early in (True, False)
        }
        assert by[True] == {"coordinator"}
        assert role in by[False]
    assert all(e.weeks >= 20 for e in done if e.activity in ("handover_starts", "taken_on"))


def test_more_places_are_given_at_once() -> None:
    vendors = {"programmes": {"mentor": {"vendors": {"south": {"places": 30}}}}}
    base = build(load(EVERYTHING).config)
    more = build(load(EVERYTHING, from_week(20, vendors)).config)
    logs = [happened(simulate(p, 1, 1, events=True), p.names) for p in (base, more)]
    begun = [sum(e.activity == "programme_starts" and e.weeks == 20 for e in log) for log in logs]
    assert begun[1] > begun[0] + 5
