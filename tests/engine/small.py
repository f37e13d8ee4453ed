"""A centre small enough to follow by hand: 10 hours a week, so that an hour is a tenth of a week."""

from collections.abc import Mapping
from typing import Any

from tests.engine.running import Centre

HEAD = """
[run]
start = 2018-01-01
horizon_weeks = {horizon}
[population]
stock = {stock}
"""
MEETINGS = """
[meetings]
preparation_hours = 0.5
conversation_hours = 1.0
journal_hours = 0.5
"""


def small(
    body: str,
    *,
    stock: int = 1,
    horizon: int = 20,
    replication: int = 0,
    overrides: Mapping[str, Any] | None = None,
    engine: str = "simpy",
) -> Centre:
    """Simulate a config of a few lines."""
    staffing = "" if "[staffing]" in body else "[staffing]\nnet_hours_per_week = 10\n"
    departments = "" if "[departments" in body else "[departments.centre]\ncoordinators = 1\n"
    text = HEAD.format(horizon=horizon, stock=stock) + staffing + departments + body
    return Centre(text, replication=replication, overrides=overrides, engine=engine)
