"""Nothing drifts: under a constant policy, after a warm-up, the second year is like the first but for chance.

``python -m pytest tests/engine/test_drift.py -m "long or not long" -s -q`` prints the z-score of every quantity. Of
waits the table of citizens knows only those that began under observation; queues stand for them (Little's law).
"""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.tables.records import Replication
from tests.engine.running import CONFIGS, table

BOUND = 4.0
DIRECTIONS = Path(__file__).parent / "directions.toml"
YEAR = 52
FRAIL = {"groups.citizens.frailty": {"gamma": {"mean": 1, "cv": 0.7}}}
QUEUES = (
    "stock", "waiting_meeting", "overdue_meeting", "in_clarification", "waiting_team", "waiting_consultant",
    "in_placement", "in_internship", "entries", "exits_job", "meetings_held", "meetings_timely",
)  # fmt: skip


def of_year(run: Replication, year: int) -> dict[str, float]:
    """Means over the weeks of a year, and the mean frailty of those present at the quarters' ends."""
    weekly, c = table(run, "weekly"), table(run, "citizens")
    inside = (weekly["week"] > year * YEAR) & (weekly["week"] <= (year + 1) * YEAR)
    found = {name: float(weekly[name][inside].sum()) / YEAR for name in QUEUES}
    left = np.where(np.isnan(c["exit_weeks"]), np.inf, c["exit_weeks"])
    quarters = [year * YEAR + 13 * (i + 1) for i in range(4)]
    present = [(c["arrival_weeks"] <= at) & (left > at) for at in quarters]
    found["frailty"] = float(np.mean([c["frailty"][here].mean() for here in present]))
    return found


def drifts(config: Path, overrides: Mapping[str, Any], replications: int) -> dict[str, float]:
    """Z-score of second year less first, quantity by quantity, from the spread of the replications."""
    loaded = load(config, {"run.horizon_weeks": 2 * YEAR, **overrides}).config
    p = build(loaded)
    runs = [simulate(p, loaded.run.seed, r, engine="compiled") for r in range(replications)]
    first, second = ([of_year(run, year) for run in runs] for year in (0, 1))
    found = {}
    for name in first[0]:
        before, after = (np.array([year[name] for year in years]) for years in (first, second))
        change = after - before
        se = change.std(ddof=1) / math.sqrt(replications)
        found[name] = float(change.mean() / se) if se > 0.0 else 0.0
        print(f"{config.stem} {name}: {before.mean():.4g}, then {after.mean():.4g}, z {found[name]:+.2f}")
    return found


def test_nothing_drifts_where_everything_waits() -> None:
    """Cases, consultants and the team all have more to do than they can; exits alone keep the queues finite."""
    assert all(abs(z) < BOUND for z in drifts(DIRECTIONS, FRAIL | {"run.warm_up_weeks": 520}, 24).values())


def test_without_a_warm_up_it_would_be_seen() -> None:
    """The queues of the same centre are empty at first: what the test above finds."""
    found = drifts(DIRECTIONS, FRAIL | {"run.warm_up_weeks": 0}, 24)
    assert min(found["waiting_consultant"], found["waiting_team"]) > BOUND


@pytest.mark.long
@pytest.mark.parametrize("caseload", [50, 130, 200])
def test_nothing_drifts_in_the_shipped_centre(caseload: int) -> None:
    """The caseload is there from the beginning, where the shipped variants change it at a date.

    Forty years before the start: after twenty the mean frailty of those who stay is still falling.
    """
    constant = {"run.warm_up_weeks": 2080, "staffing.citizens_per_coordinator": caseload}
    found = drifts(CONFIGS / "jki_base.toml", constant, 100)
    assert all(abs(z) < BOUND for z in found.values())
