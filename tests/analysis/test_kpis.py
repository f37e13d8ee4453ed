"""Key figures, by hand on small tables."""

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.analysis.kpis import KPIS, kpi_values
from sim.analysis.kpis.equations import total
from sim.analysis.kpis.kpi import Counted
from sim.catalogue import TASKS, WEEKS_PER_YEAR, Destination
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.tables.records import Replication
from tests.batch.tiny import tiny

KPI = {kpi.name: kpi.value for kpi in KPIS}


def counted(**citizens: list[float]) -> Counted:
    """Three citizens, two of them there from the start, who are with the centre for a year and twice half a year."""
    columns = {name: np.array(values, np.float64) for name, values in citizens.items()}
    posts = {
        "full_time_share": np.array([1.0, 0.5]),
        "employed_weeks": np.array([10.0, 20.0]),
        "absent_weeks": np.array([1.0, 4.0]),
        "hours_available": np.array([300.0, 100.0]),
        "hours_net": np.array([400.0, 100.0]),
        **{f"hours_{task}": np.zeros(2) for task in TASKS},
        "hours_meeting": np.array([30.0, 70.0]),
    }
    others = {**posts, "hours_placement": np.array([50.0, 50.0])}
    weeks = np.array([1.0, 0.5, 0.5]) * WEEKS_PER_YEAR
    return Counted(columns, posts, others, np.array([1.0, 1.0, 0.0]), weeks, weeks.sum(), WEEKS_PER_YEAR)


@pytest.mark.parametrize(
    ("kpi", "columns", "expected"),
    [
        ("meetings_per_year", {"meetings_held": [4, 2, 0]}, 6 / 2),
        ("timely_share", {"meetings_timely": [3, 1, 0], "meetings_due": [4, 1, 0]}, 4 / 5),
        ("meeting_length", {"meeting_length": [2.5, 1, 0], "meetings_held": [3, 1, 0]}, 3.5 / 4),
        ("cohort_job_share", {"destination": [Destination.JOB, -1, Destination.JOB]}, 1 / 2),
        ("cohort_on_benefit_share", {"exit_weeks": [math.nan, 3, math.nan]}, 1 / 2),
        ("exits_job_per_100_years", {"destination": [Destination.JOB, -1, Destination.JOB]}, 100 * 2 / 2),
        ("clarifications_per_100_years", {"decided_weeks": [math.nan, 3, 5]}, 100 * 2 / 2),
        ("weeks_submitted_to_decided", {"submitted_weeks": [1, 2, math.nan], "decided_weeks": [3, 3, 9]}, 1.5),
        ("no_show_share", {"no_shows": [1, 0, 0], "meetings_held": [2, 1, 0], "extra_meetings": [0, 1, 0]}, 1 / 5),
        ("mean_stock", {}, 2.0),
        ("entries", {}, 1.0),
        ("hours_meeting_share", {}, 100 / 400),
        ("busy_share", {}, 100 / 400),
        ("busy_of_net_share", {}, 100 / 500),
        ("others_busy_share", {}, 200 / 400),
        ("weeks_ready_to_place", {"ready_weeks": [1, 2, math.nan], "taken_on_weeks": [3, 3, 9]}, 1.5),
        ("absent_share", {}, (1.0 + 0.5 * 4) / (10 + 10)),
    ],
)
def test_by_hand(kpi: str, columns: dict[str, list[float]], expected: float) -> None:
    assert KPI[kpi](counted(**columns)) == pytest.approx(expected, rel=1e-15)


def test_a_mean_over_nothing_is_undefined() -> None:
    assert math.isnan(KPI["timely_share"](counted(meetings_timely=[0, 0, 0], meetings_due=[0, 0, 0])))


def test_rows_of_zeros_and_the_order_of_rows_change_no_sum() -> None:
    values = np.random.default_rng(1).lognormal(0.0, 3.0, 1000)
    assert values.sum() != values[::-1].sum() or values.sum() != np.insert(values, 5, 0.0).sum()
    assert total(values) == total(values[::-1]) == total(np.insert(values, 5, 0.0)) == math.fsum(values)
    assert total(np.full(10, 0.1)) == total(np.full(5, 0.1), np.full(5, 0.1)) == 1.0
    assert total(np.array([2**30, 2**30, 1], np.int32), np.array([0.5])) == 2**31 + 1.5


def test_a_post_after_the_end_changes_no_key_figure(tmp_path: Path) -> None:
    path = tiny(tmp_path, change=("horizon_weeks = 12", "horizon_weeks = 52"))
    later = {"staffing.citizens_per_coordinator": 4, "staffing.changes": [{"date": date(2030, 1, 1), "posts": 1}]}
    found = []
    for settings in ({"staffing.citizens_per_coordinator": 4}, later):
        parameters = build(load(path, settings).config)
        done = [simulate(parameters, 7, number) for number in range(4)]
        found.append([(one, kpi_values(one, parameters)) for one in done])
    for (now, ours), (then, theirs) in zip(*found, strict=True):
        assert _rows(then) > _rows(now)
        assert ours.tobytes() == theirs.tobytes()


def _rows(replication: Replication) -> int:
    return len(replication.tables["coordinators"]["hours_available"])
