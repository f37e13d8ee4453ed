"""The whole centre over time, by replication: stock and queues by week, caseload, hours by kind of work."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.catalogue import TASKS

Floats = NDArray[np.float64]
Table = Mapping[str, NDArray[np.generic]]

WEEKLY = (
    "stock",
    "meetings_held",
    "meetings_timely",
    "overdue_meeting",
    "in_clarification",
    "waiting_team",
    "waiting_consultant",
    "in_internship",
)
WEEKLY_COLUMNS = ("week", *WEEKLY)
POST_COLUMNS = (
    "role", "from_weeks", "to_weeks", "full_time_share", "caseload", "employed_weeks", "hours_available",
    "backlog_hours", *(f"hours_{task}" for task in TASKS),
)  # fmt: skip
_TIMELY_OVER = 13
"""Weeks over which the share in time is taken: in one week few meetings are held."""


class Centre(NamedTuple):
    """One replication.

    Attributes
    ----------
    weekly
        By column of `WEEKLY` and week, all groups together; week 0 is the start.
    timely
        By week: share begun in time of the meetings held in the last 13 weeks; NaN: none, or too early.
    caseload
        By period of the coordinators' table: citizens on the list per full-time coordinator in post; NaN: none.
    hours
        By role (coordinators first) and kind of work, mean hours a week.
    available, posts
        By role: hours there a week, and full-time posts filled.
    backlog_weeks
        By role: weeks of work that wait at the end, at the hours of the last period; NaN: no hours.
    """

    weekly: Floats
    timely: Floats
    caseload: Floats
    hours: Floats
    available: Floats
    posts: Floats
    backlog_weeks: Floats


def centre(weekly: Table, posts: Table, periods: Floats, roles: int, horizon: int) -> Centre:
    """Count one replication.

    Parameters
    ----------
    weekly, posts
        Columns of the tables weekly and coordinators.
    periods
        Ends of the periods of the coordinators' table, in weeks.
    roles
        How many roles there are.
    horizon
        Observed weeks.
    """
    week = np.asarray(weekly["week"], np.int64)
    sums = np.array([np.bincount(week, np.asarray(weekly[c], np.float64), horizon + 1) for c in WEEKLY], np.float64)
    role, full_time, employed, begin, end, caseload = (
        np.asarray(posts[c], np.float64)
        for c in ("role", "full_time_share", "employed_weeks", "from_weeks", "to_weeks", "caseload")
    )
    own = role == 0
    period = np.searchsorted(periods, end)
    on_lists = np.bincount(period[own], (caseload * (end - begin))[own], len(periods))
    in_post = np.bincount(period[own], (full_time * employed)[own], len(periods))
    hours, available, filled, backlog = [], [], [], []
    last = period == len(periods) - 1
    length = periods[-1] - (periods[-2] if len(periods) > 1 else 0.0)
    for r in range(roles):
        mine = role == r
        hours.append([float(np.asarray(posts[f"hours_{task}"])[mine].sum()) / horizon for task in TASKS])
        there = np.asarray(posts["hours_available"], np.float64)
        available.append(float(there[mine].sum()) / horizon)
        filled.append(float((full_time * employed)[mine].sum()) / horizon)
        pace = float(there[mine & last].sum()) / length
        waiting = float(np.asarray(posts["backlog_hours"])[mine & last].sum())
        backlog.append(waiting / pace if pace > 0.0 else np.nan)
    return Centre(
        sums,
        _timely(sums[WEEKLY.index("meetings_held")], sums[WEEKLY.index("meetings_timely")]),
        np.divide(on_lists, in_post, out=np.full(len(periods), np.nan), where=in_post > 0.0),
        np.array(hours),
        np.array(available),
        np.array(filled),
        np.array(backlog),
    )


def _timely(held: Floats, timely: Floats) -> Floats:
    sums = [np.cumsum(np.concatenate([[0.0], values[1:]])) for values in (held, timely)]
    over = min(_TIMELY_OVER, len(held) - 1)
    both = [np.concatenate([np.full(over, np.nan), s[over:] - s[: len(s) - over]]) for s in sums]
    with np.errstate(invalid="ignore"):
        share: Floats = np.divide(both[1], both[0], out=np.full(len(held), np.nan), where=both[0] > 0.0)
    return share
