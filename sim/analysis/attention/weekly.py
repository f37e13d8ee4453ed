"""The first and the last weeks of a run, replication by replication, all groups together."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.attention.thresholds import PERIOD_WEEKS
from sim.analysis.summary import summarise
from sim.store.arrays import Arrays
from sim.store.run import Run

Floats = NDArray[np.float64]
COLUMNS = (
    "stock",
    "meetings_held",
    "meetings_timely",
    "overdue_meeting",
    "in_clarification",
    "waiting_team",
    "waiting_consultant",
    "in_placement",
    "in_internship",
)


class Change(NamedTuple):
    """Means over the first and the last weeks, and the 95 % interval of last minus first (NaN: unknown)."""

    first: float
    last: float
    low: float
    high: float

    @property
    def grows(self) -> bool:
        """More than chance explains; of one replication, that it has grown."""
        return self.low > 0.0 or (math.isnan(self.low) and self.last > self.first)

    @property
    def shrinks(self) -> bool:
        """Likewise."""
        return self.high < 0.0 or (math.isnan(self.high) and self.last < self.first)


def period(horizon: int) -> int:
    """Weeks that are compared; of a short run its halves."""
    return max(min(PERIOD_WEEKS, horizon // 2), 1)


def changes(run: Run, horizon: int) -> dict[str, Change]:
    """Compare first and last weeks, for each of `COLUMNS` (means of a week) and "timely" (a share).

    Parameters
    ----------
    run
        With weekly tables.
    horizon
        Observed weeks.
    """
    ends = np.array([_ends(rows, horizon) for _, rows in run.arrays("weekly", ("week", *COLUMNS))], np.float64)
    found = {}
    for place, name in enumerate((*COLUMNS, "timely")):
        first, last = ends[:, 0, place], ends[:, 1, place]
        difference = summarise(last - first)
        found[name] = Change(summarise(first).mean, summarise(last).mean, difference.ci95_low, difference.ci95_high)
    return found


def _ends(rows: Arrays, horizon: int) -> Floats:
    """First and last weeks of one replication: end x column, the share in time last."""
    week = rows["week"].astype(np.int64)
    values = np.stack([rows[name] for name in COLUMNS], axis=1).astype(np.float64)
    weeks = period(horizon)
    sums = np.array(
        [values[chosen].sum(axis=0) for chosen in ((week >= 1) & (week <= weeks), week > horizon - weeks)]
    )
    held, timely = sums[:, COLUMNS.index("meetings_held")], sums[:, COLUMNS.index("meetings_timely")]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = timely / held
    return np.concatenate([sums / weeks, share[:, None]], axis=1)
