"""Identities that hold exactly in every replication: of the shipped configs, and of generated ones."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.config import load
from sim.model.assembly import build
from tests.engine import identities, places
from tests.engine.running import SHIPPED, Centre, shipped

EVERYTHING = Path(__file__).parent / "everything.toml"
CHANGES = Path(__file__).parent / "everything_changes.toml"
CALENDAR = Path(__file__).parent / "everything_calendar.toml"


@pytest.fixture(autouse=True)
def seen() -> Iterator[Counter[str]]:
    """Every run is watched week by week; how many places and people in line there were to check."""
    with places.watched() as seen:
        yield seen


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("warm_up", [0, 10])
def test_shipped_configs(name: str, warm_up: int) -> None:
    overrides = {"run.horizon_weeks": 30, "run.warm_up_weeks": warm_up, "population.stock": 300}
    identities.check(Centre(shipped(name, overrides)))


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_configs_in_full(name: str) -> None:
    for replication in range(3):
        identities.check(Centre(shipped(name), replication=replication))


@pytest.mark.parametrize("replication", [0, 1, 2, *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 9))])
def test_every_mechanism_at_once(replication: int, seen: Counter[str]) -> None:
    centre = Centre(build(load(EVERYTHING).config), replication=replication)
    identities.check(centre)
    assert min(seen[what] for what in ("places", "in line", "in programmes")) > 20
    if replication == 0:
        # The config does what it is for: everything that can happen happens.
        assert {e.activity for e in centre.log} == set(centre.parameters.names.activities)


@pytest.mark.parametrize("replication", [0, 1, *(pytest.param(n, marks=pytest.mark.long) for n in range(2, 9))])
def test_policies_that_change(replication: int) -> None:
    identities.check(Centre(build(load(CHANGES).config), replication=replication))


OFF = st.just("none")


def durations(longest: float) -> st.SearchStrategy[Any]:
    """A distribution, degenerate and discrete ones (with ties) included."""
    mean = st.floats(0.1, longest).map(lambda x: round(x, 3))
    return st.one_of(
        st.sampled_from([0, 1, longest]),
        mean,
        mean.map(lambda m: {"exponential": {"mean": m}}),
        mean.map(lambda m: {"gamma": {"mean": m, "cv": 1.5}}),
        st.lists(st.sampled_from([0, 1, 2, longest]), min_size=1, max_size=3).map(
            lambda values: {"empirical": {"values": values}}
        ),
    )


OVERRIDES = st.fixed_dictionaries(
    {
        "run.horizon_weeks": st.integers(1, 30),
        "run.warm_up_weeks": st.sampled_from([0, 0, 0, 7]),
        "run.coordinator_period_weeks": st.integers(1, 13),
        "population.stock": st.integers(0, 60),
    },
    optional={
        "groups.ready.inflow_per_week": st.sampled_from([0, 0.3, 5]),
        "groups.ready.frailty": st.just(1),
        "groups.ready.meetings": OFF,
        "groups.sick.meetings": OFF,
        "groups.ready.contacts": OFF,
        "groups.ready.clarification": OFF,
        "groups.ready.internships": OFF,
        "groups.ready.small_jobs": OFF,
        "groups.course.stay.duration_weeks": durations(20),
        "departments.one.queue": st.just("pooled"),
        "departments.one.coordinators": st.sampled_from([0.3, 1, 6]),
        "departments.two.fill_from": st.just("centre"),
        "departments.two.fill_to": OFF,
        "departments.three.queue": st.just("own"),
        "departments.three.fill_to": st.just(20),
        "staffing.net_hours_per_week": st.sampled_from([2, 40]),
        "staffing.protected_clarification_share": st.sampled_from([0.0, 0.5]),
        "staffing.learning": OFF,
        "staffing.absence": OFF,
        "staffing.absence.cover": st.just("list_waits"),
        "staffing.turnover": OFF,
        "staffing.turnover.list_goes_to": st.just("successor"),
        "staffing.turnover.per_year": st.just(15),
        "staffing.turnover.vacancy_weeks": durations(10),
        "staffing.changes": st.just([]),
        "assignment.department": st.sampled_from(["birth_date", "lowest_caseload", "round_robin"]),
        "assignment.coordinator": st.sampled_from(["random", "birth_date", "round_robin"]),
        "caseload.measured": st.just("centre"),
        "meetings.time_pressure": OFF,
        "calendar": st.just(True),
        "meetings.effect": OFF,
        "meetings.conversation_hours": durations(3),
        "meetings.no_show_hours": st.just(0),
        "meetings.bookings.invited.no_show_share": st.sampled_from([0.0, 0.9]),
        "meetings.bookings.invited.next_try_weeks": durations(3),
        "discretionary.extra_meeting": OFF,
        "discretionary.outreach": OFF,
        "clarification.packages": st.just(1),
        "clarification.document_wait_weeks": durations(4),
        "rehabilitation_team.slots_per_meeting": st.sampled_from([0, 5]),
        "rehabilitation_team.resource_course_group": OFF,
        "roles.company_consultant.posts": st.sampled_from([0, 3]),
        "roles.company_consultant.does": st.just(["placement", "meeting", "contact", "outreach"]),
        "roles.service_centre": OFF,
        "roles.preparation_unit": OFF,
        "internships.citizen_moves": st.booleans(),
        "internships.another_share": st.sampled_from([0.0, 0.9]),
        "internships.follow_up_hours": durations(2),
        "internships.hired_share": st.sampled_from([0.0, 1.0]),
        "internships.search_weeks": durations(5),
        "programmes.mentor.duration_weeks": durations(6),
    },
)


GENERATED = settings(
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


@settings(GENERATED, max_examples=40)
@given(OVERRIDES, st.integers(0, 2**32 - 1))
def test_generated_configs(overrides: dict[str, Any], replication: int) -> None:
    """Forty: each key is changed in 19 of them at least, and each two keys together in 18 at least."""
    identities_hold(overrides, replication)


@pytest.mark.long
@settings(GENERATED, max_examples=400)
@given(OVERRIDES, st.integers(0, 2**32 - 1))
def test_four_hundred_generated_configs(overrides: dict[str, Any], replication: int) -> None:
    identities_hold(overrides, replication)


def identities_hold(overrides: dict[str, Any], replication: int) -> None:
    """Check a replication of a config that can be."""
    for key in [key for key, value in overrides.items() if key.startswith("groups.ready.") and value == "none"]:
        overrides[key.replace("ready", "active")] = "none"  # Meetings move citizens between groups that are alike.
    if "groups.ready.meetings" in overrides:
        overrides |= {f"groups.{group}.reassessed": "none" for group in ("ready", "active")}
    off = [key for key, value in overrides.items() if value == "none"]
    wanted = {k: v for k, v in overrides.items() if not any(k.startswith(f"{table}.") for table in off)}
    file = CALENDAR if wanted.pop("calendar", False) else EVERYTHING
    identities.check(Centre(build(load(file, wanted).config), replication=replication))
