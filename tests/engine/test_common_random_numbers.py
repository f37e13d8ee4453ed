"""Common random numbers: whom a policy does not touch lives the identical life, bit for bit."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.parameters import FIRST_POST, Parameters
from sim.tables.records import Replication, TableName
from tests.engine.running import SHIPPED, Columns, happened, shipped, table

TWO = Path(__file__).parent / "two_departments.toml"
EVERYTHING = Path(__file__).parent / "everything.toml"

Life = list[tuple[str, float, str, str]]


def two_departments(overrides: dict[str, Any] | None = None) -> Parameters:
    return build(load(TWO, overrides).config)


def lives(p: Parameters, run: Replication, group: str) -> dict[tuple[str, int], Life]:
    """All that happened to each citizen of a group, by origin and number, with names that no variant moves."""
    posts = {}
    for i, post in enumerate(p.posts):
        team = p.teams[post.team]
        who = f"{p.names.departments[team.department]} {p.names.roles[team.role]} {post.ordinal}"
        posts[p.names.resources[FIRST_POST + i]] = who
    c = table(run, "citizens")
    known = {
        int(number): (p.names.origins[origin], int(ordinal))
        for number, g, origin, ordinal in zip(c["citizen"], c["group"], c["origin"], c["number"], strict=True)
        if p.names.groups[g] == group
    }
    told: dict[tuple[str, int], Life] = {key: [] for key in known.values()}
    for e in happened(run, p.names):
        if e.citizen in known:
            value = repr(e.value)
            if e.activity == "caseworker_changes" and e.value >= 0:
                value = posts[p.names.resources[FIRST_POST + int(e.value)]]
            told[known[e.citizen]].append((e.activity, e.weeks, posts.get(e.resource, e.resource), value))
    return told


def simulated(p: Parameters, group: str, replication: int = 0) -> dict[tuple[str, int], Life]:
    return lives(p, simulate(p, 1, replication, events=True), group)


BENEFIT_ONLY = {"benefit": "cash_benefit", "inflow_per_week": 2.0, "exits": {"job": {"hazard_per_week": 0.05}}}
PROGRAMME = {
    "groups": ["west"],
    "referral_share_per_meeting": 0.5,
    "duration_weeks": {"exponential": {"mean": 5}},
    # Lifts the bound of every group's hazard of a job by three levels of the field.
    "during_factor": 10.0,
    "affects": ["job"],
    "vendors": {"first": {"places": 5}},
}
WEST: dict[str, dict[str, Any]] = {
    "more coordinators": {"departments.west.coordinators": 4},
    "fewer coordinators": {"departments.west.coordinators": 0.5},
    "larger inflow": {"groups.west.inflow_per_week": 3.0},
    "more stock": {"population.stock": 90, "groups.west.stock_share": 2 / 3, "groups.east.stock_share": 1 / 3},
    "topped up from the pool": {"departments.west.fill_to": 40},
    "self booking": {"departments.west.booking": "self_booking"},
    "pooled queue": {"departments.west.queue": "pooled"},
    "more consultants": {"departments.west.posts.company_consultant": 3},
    "higher hazard": {"groups.west.exits.job.hazard_per_week": 0.03},
    "steeper response": {"groups.west.exits.job.caseload.power.elasticity": 2.0},
    "another way out": {"groups.west.exits.education": {"hazard_per_week": 0.02}},
    "another distribution": {"groups.west.meetings.interval_weeks": 5},
    "a programme that lifts every bound": {"programmes.western": PROGRAMME},
    "posts cut and added": {
        "staffing.changes": [
            {"date": date(2018, 3, 1), "department": "west", "posts": -1},
            {"date": date(2018, 5, 1), "department": "west", "posts": 2},
        ]
    },
}


@pytest.fixture(scope="module")
def east() -> dict[tuple[str, int], Life]:
    return simulated(two_departments(), "east")


@pytest.fixture(scope="module")
def west() -> dict[tuple[str, int], Life]:
    return simulated(two_departments(), "west")


@pytest.mark.parametrize("policy", WEST)
def test_untouched_citizens_live_identical_lives(
    policy: str, east: dict[tuple[str, int], Life], west: dict[tuple[str, int], Life]
) -> None:
    changed = two_departments(WEST[policy])
    run = simulate(changed, 1, 0, events=True)
    assert lives(changed, run, "east") == east
    assert lives(changed, run, "west") != west


def test_another_group_in_the_centre_moves_nobody(east: dict[tuple[str, int], Life]) -> None:
    changed = two_departments(
        {"groups.new": BENEFIT_ONLY, "departments.new": {"groups": ["new"], "coordinators": 3}}
    )
    run = simulate(changed, 1, 0, events=True)
    assert lives(changed, run, "east") == east
    assert len(lives(changed, run, "new")) > 50


def test_the_bound_is_lifted_for_the_untouched_too() -> None:
    """What makes the test above with a programme sharp: the field of the untouched has levels more."""
    job = 0
    before, after = two_departments(), two_departments({"programmes.western": PROGRAMME})
    assert after.groups[1].hazards[job].levels >= before.groups[1].hazards[job].levels + 3


def test_all_kinds_of_events_are_compared(east: dict[tuple[str, int], Life]) -> None:
    """The comparison is of full lives: nearly everything that can happen to a citizen happens in the east."""
    seen = {activity for life in east.values() for activity, *_ in life}
    never = {"contact_elsewhere", "follow_up_starts", "follow_up_ends", "scheme_changes"}
    about_staff = {"hired", "resigns", "post_cut", "absence_starts", "absence_ends", "leave_starts", "leave_ends"}
    assert set(two_departments().names.activities) - seen == never | about_staff


def people(p: Parameters, replication: int) -> dict[tuple[int, int, int], tuple[Any, ...]]:
    """What citizens bring with them, by group, origin and number."""
    c: Columns = table(simulate(p, 7, replication, engine="compiled"), "citizens")
    keys = zip(c["group"].tolist(), c["origin"].tolist(), c["number"].tolist(), strict=True)
    brought = zip(
        c["frailty"].tolist(),
        c["long_history"].tolist(),
        c["right_scheme"].tolist(),
        c["entry_weeks"].tolist(),
        strict=True,
    )
    return dict(zip(keys, brought, strict=True))


def test_the_same_people_come_to_every_caseload() -> None:
    overrides = {"run.horizon_weeks": 52, "run.warm_up_weeks": 13}
    at_130, at_50 = (people(shipped(f"{n}_per_worker", overrides), 2) for n in (130, 50))
    assert len(at_130) > 910
    assert at_130 == at_50


def test_the_same_people_come_where_the_stock_grows() -> None:
    """More stock only adds people: those who are in both are the same and come at the same times."""
    changes = {"run.horizon_weeks": 26, "run.warm_up_weeks": 0, "roles.company_consultant.posts": 1}
    small = people(shipped("130_per_worker", changes | {"population.stock": 200}), 0)
    large = people(shipped("130_per_worker", changes | {"population.stock": 400}), 0)
    assert small.items() < large.items()
    assert len(large) == len(small) + 200


def test_a_mechanism_nobody_meets_changes_nothing() -> None:
    p = two_departments()
    idle = two_departments(
        {
            "small_jobs.affects": ["job", "education"],
            "programmes.empty": {**PROGRAMME, "groups": ["west"], "referral_share_per_meeting": 0.0},
            "contacts.handled_elsewhere_share": 0.0,
            "groups.west.exits.education": {"hazard_per_week": 0.0},
        }
    )
    for group in ("west", "east"):
        assert simulated(p, group, 3) == simulated(idle, group, 3)


def digest(run: Replication) -> dict[TableName, str]:
    """A fingerprint of every table."""
    told: dict[TableName, str] = {}
    for name, columns in run.tables.items():
        text = hashlib.sha256()
        for column, values in columns.items():
            text.update(column.encode())
            text.update(np.ascontiguousarray(values).tobytes())
        told[name] = text.hexdigest()
    return told


def everything() -> Parameters:
    return build(load(EVERYTHING).config)


def test_a_replication_is_a_pure_function() -> None:
    """The same again after others have run; another replication, and another seed, differ in every table."""
    p = everything()
    first = digest(simulate(p, 1, 0, events=True))
    other = digest(simulate(p, 1, 1, events=True))
    reseeded = digest(simulate(p, 2, 0, events=True))
    assert digest(simulate(p, 1, 0, events=True)) == first
    assert digest(simulate(everything(), 1, 0, events=True)) == first
    for name, told in first.items():
        assert len({told, other[name], reseeded[name]}) == 3, name


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_recorded_changes_no_other_table(name: str) -> None:
    p = shipped(name, {"run.horizon_weeks": 13, "run.warm_up_weeks": 4, "population.stock": 300})
    with_log = digest(simulate(p, 5, 4, events=True))
    del with_log["events"]
    assert digest(simulate(p, 5, 4)) == with_log
    del with_log["weekly"]
    assert digest(simulate(p, 5, 4, weekly=False)) == with_log
    assert digest(simulate(p, 5, 4, weekly=False, engine="compiled")) == with_log


ELSEWHERE = """
import json
from sim.engine import simulate
from tests.engine.test_common_random_numbers import digest, everything
print(json.dumps(digest(simulate(everything(), 1, 0, events=True))))
"""


@pytest.mark.parametrize("hash_seed", ["12345", pytest.param("0", marks=pytest.mark.long)])
def test_another_process_with_another_hash_seed_gives_the_same(hash_seed: str) -> None:
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert json.loads(told.stdout) == digest(simulate(everything(), 1, 0, events=True))
