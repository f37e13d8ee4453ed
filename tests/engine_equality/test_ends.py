"""What `sim check` accepts comes to an end: within the number of events that follows from the config alone."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.schema.size import size_of
from sim.engine import simulate
from sim.engine.compiled import world
from sim.model.assembly import build
from tests.engine_equality.compare import assert_equal
from tests.engine_equality.configs import DESTINATIONS, START, configs, valid
from tests.engine_equality.test_generated import SLOW

FEW, MANY = 40, 200

WIDEST = 18
"""A mean pause may be a ninth of what is reckoned with, and there are at most two events to each (see `pause`)."""


def events_and_bound(raw: dict[str, Any], replication: int = 0) -> tuple[int, float]:
    """How many events were asked for in a replication, and how many there may be."""
    config = valid(raw)
    simulate(build(config), 3, replication, engine="compiled")
    return int(world._memory.last.world["serial"][0]), WIDEST * size_of(dict(config)).events


NEED = {"resource_course": 1.0}
shortest = st.sampled_from(
    [0.01, {"exponential": {"mean": 0.01}}, {"weibull": {"mean": 0.011, "shape": 0.2}},
     {"gamma": {"mean": 1.0, "cv": 5.0}}, {"empirical": {"values": [0.0, 1e6], "weights": [0.99, 0.01]}}]
)  # fmt: skip
anything = st.sampled_from([0.0, 1e-6, 0.5]) | shortest


@st.composite
def restless(draw: Any) -> dict[str, Any]:
    """Everything as often, as short and as strong as it may be, in a centre of two citizens for a few weeks."""
    ways = draw(st.lists(st.sampled_from(DESTINATIONS), unique=True, min_size=1, max_size=2))
    ends = draw(st.sampled_from([{"return": 1.0}, {"return": 0.9, "job": 0.1}, {"job": 1.0}]))
    stay = {"duration_weeks": draw(shortest if ends.get("return", 0.0) > 0.9 else anything), "outcomes": ends}
    group = {
        "benefit": "cash_benefit",
        "inflow_per_week": draw(st.sampled_from([0.0, 1.0])),
        "exits": {way: {"hazard_per_week": draw(st.sampled_from([0.0, 1e-6, 0.5]))} for way in ways},
        "meetings": {"interval_weeks": draw(shortest), "first_within_weeks": 0.0},
        "contacts": {"interval_weeks": draw(shortest), "hours": 0.0},
        "clarification": {
            "right_scheme_stock": NEED,
            "right_scheme_inflow": NEED,
            "arises_per_year": {"resource_course": 365.0},
        },
        "internships": {"ready_share_stock": 1.0, "becomes_ready_per_year": 365.0, "found_share_per_meeting": 1.0},
        "small_jobs": {"hazard_per_week": draw(st.sampled_from([0.0, 10.0]))},
    }
    for way_out in group["exits"].values():
        way_out["caseload"] = {"power": {"elasticity": draw(st.sampled_from([0.0, 1.5]))}}
    tried = draw(st.sampled_from([(0.9, 0.0), (0.99999, 0.01), (0.0, 0.0)]))
    strain = draw(st.sampled_from([{}, {"caseload_elasticity": 5.0, "max_factor": 100.0}]))
    return {
        "run": {"start": START, "horizon_weeks": draw(st.sampled_from([1, 3]))},
        "population": {"stock": 2},
        "groups": {"a": group | {"stock_share": 1.0} | draw(st.sampled_from([{}, {"stay": stay}])),
                   "course": group | {"stay": stay}},
        "departments": {"d": {"coordinators": 2.0, "fill_to": 1.0,
                              "queue": draw(st.sampled_from(["own", "pooled"]))}},
        "caseload": {"reference": draw(st.sampled_from([1.0, 100.0]))},
        "staffing": {
            "net_hours_per_week": 168.0,
            "absence": {"spells_per_year": 365.0, "duration_weeks": draw(anything), "cover": "colleagues"} | strain,
            "turnover": {"per_year": 365.0, "vacancy_weeks": draw(anything)} | strain,
        },
        "meetings": {
            "preparation_hours": 0.0, "conversation_hours": 0.0, "journal_hours": 0.0, "window_weeks": 0.005,
            "bookings": {"invited": {"notice_weeks": 0.0, "no_show_share": tried[0], "next_try_weeks": tried[1]}},
        },
        "discretionary": {
            "extra_meeting": {"after_weeks": 0.01, "hours": 0.0},
            "outreach": {"every_weeks": 0.01, "hours": 0.0, "size": 0.5, "decay_weeks": 1e-6},
        },
        "clarification": {
            "recognition_share_per_meeting": 1.0, "packages": 20, "hours_per_package": 0.0,
            "document_wait_weeks": 0.0, "progress_loss_share": 1.0,
        },
        "rehabilitation_team": {
            "slots_per_meeting": 1_000_000, "every_weeks": 0.1, "resource_course_group": "course",
        },
        "roles": {
            "consultant": {
                "does": ["placement", "meeting"],
                "posts": 1.0,
                "list_limit": 1,
                "net_hours_per_week": 168.0,
            },
            "unit": {
                "does": ["clarification"],
                "posts": 1.0,
                "list_limit": 1,
                "net_hours_per_week": 168.0,
                "shared": True,
            },
        },
        "internships": {
            "handover_hours": 0.0, "citizen_moves": draw(st.booleans()), "placement_hours": 0.0, "search_weeks": 0.0,
            "give_up_weeks": 1e-6, "duration_weeks": 0.0,
        },
        "small_jobs": {"duration_weeks": 0.0},
        "programmes": {
            "p": {"referral_share_per_meeting": 1.0, "duration_weeks": 0.0, "vendors": {"v": {"places": 1}}},
        },
    }  # fmt: skip


@settings(max_examples=FEW, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(restless())
def test_the_most_restless_centre_ends(raw: dict[str, Any]) -> None:
    found, bound = events_and_bound(raw)
    assert 0 < found <= bound


@pytest.mark.long
@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(restless())
def test_many_restless_centres_end_alike_in_both_engines(raw: dict[str, Any]) -> None:
    found, bound = events_and_bound(raw)
    assert 0 < found <= bound
    assert_equal(build(valid(raw)), 3, 0)


@pytest.mark.long
@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(configs())
def test_an_ordinary_centre_ends(raw: dict[str, Any]) -> None:
    found, bound = events_and_bound(raw)
    assert found <= bound
