"""Extremes by name: each config must really reach the extreme, and both engines must agree there."""

from typing import Any

import numpy as np
import pytest

from sim.catalogue import Destination
from sim.model.assembly import build
from sim.tables.records import Replication
from tests.engine_equality.compare import assert_equal, rows
from tests.engine_equality.configs import START, valid


def config(stock: int = 30, horizon: int = 12, **changes: Any) -> dict[str, Any]:
    """A centre whose times all tie: everything takes a constant time, and a whole or half number of weeks."""
    raw: dict[str, Any] = {
        "run": {"start": START, "horizon_weeks": horizon},
        "population": {"stock": stock},
        "groups": {
            "ready": {
                "benefit": "cash_benefit",
                "stock_share": 1.0,
                "inflow_per_week": 1.0,
                "exits": {"job": {"hazard_per_week": 0.02}},
                "meetings": {"interval_weeks": 2.0, "first_within_weeks": 1.0},
                "contacts": {"interval_weeks": 1.0, "hours": 1.0},
            }
        },
        "staffing": {"citizens_per_coordinator": 10.0, "net_hours_per_week": 8.0},
        "meetings": {
            "preparation_hours": 0.0,
            "conversation_hours": 1.0,
            "journal_hours": 0.0,
            "bookings": {"invited": {"notice_weeks": 1.0}},
        },
    }
    for path, value in changes.items():
        table = raw
        *above, key = path.split("__")
        for name in above:
            table = table.setdefault(name, {})
        table[key] = value
    return raw


def agreed(raw: dict[str, Any]) -> Replication:
    return assert_equal(build(valid(raw)), 5, 0)


def test_nobody_works_here() -> None:
    r = agreed(config(departments={"centre": {"coordinators": 0.0}}))
    assert rows(r, "coordinators") == 0
    assert r.tables["citizens"]["meetings_held"].sum() == 0


def test_one_citizen_and_nobody_comes() -> None:
    r = agreed(config(stock=1, groups__ready__inflow_per_week=0.0))
    assert rows(r, "citizens") == 1


def test_an_empty_centre() -> None:
    r = agreed(config(stock=0, groups__ready__inflow_per_week=0.0, departments={"centre": {"coordinators": 1.0}}))
    assert rows(r, "citizens") == rows(r, "events") == 0


@pytest.mark.parametrize("caseload", [1.0, 1000.0])
def test_caseloads(caseload: float) -> None:
    r = agreed(config(stock=200, staffing__citizens_per_coordinator=caseload))
    posts = len(np.unique(r.tables["coordinators"]["coordinator"]))
    assert posts == max(1, round(200 / caseload))


@pytest.mark.parametrize("queue", ["own", "pooled"])
def test_constant_durations_tie(queue: str) -> None:
    r = agreed(config(departments={"centre": {"queue": queue}}, groups__ready__elapsed_weeks=4.0))
    weeks = r.tables["events"]["weeks"]
    assert len(np.unique(weeks)) < len(weeks) / 2


def test_events_at_the_horizon_never_happen() -> None:
    stay = {"duration_weeks": 4.0, "elapsed_share_stock": 0.0, "outcomes": {"fleksjob": 1.0}}
    r = agreed(config(horizon=4, groups__ready__stay=stay))
    assert r.tables["events"]["weeks"].max() < 4.0
    assert not (r.tables["citizens"]["destination"] == Destination.FLEKSJOB).any()


def test_room_is_made_where_the_first_guess_is_too_small() -> None:
    """A department filled from the pool to 30 times the stock: more citizens than room is made for."""
    r = agreed(config(stock=10, departments={"centre": {"coordinators": 10.0, "fill_to": 30.0}}))
    assert rows(r, "citizens") > 300
