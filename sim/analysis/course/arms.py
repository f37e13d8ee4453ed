"""Departments of one run as the arms of a trial: what the citizens of each reach."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.incidence.table import FIRST
from sim.catalogue import Destination, Reached
from sim.store.run import Run

Floats = NDArray[np.float64]

TOLD: tuple[Reached, ...] = (
    Reached.JOB,
    Reached.EDUCATION,
    Reached.SMALL_JOB,
    Reached.INTERNSHIP,
    Reached.RESOURCE_COURSE,
    Reached.AWARDED,
    Reached.PENSION,
    Reached.DECIDED,
)
"""What is told of starting citizens; then comes the share of meetings held in time, of all citizens."""
_MEETINGS = ("meetings_timely", "meetings_due")


class Arms(NamedTuple):
    """Counts by replication, department, and outcome (`TOLD`, then meetings in time).

    Attributes
    ----------
    reached
        Starting citizens who have reached it by the horizon; meetings held in time.
    of
        Starting citizens; meetings that were due.
    """

    reached: Floats
    of: Floats

    @property
    def shares(self) -> Floats:
        """Shares of each department; NaN: there is nobody."""
        return _share(self.reached, self.of)

    def gaps(self, one: int) -> Floats:
        """Give how far the share of one department exceeds that of all others together: replication x outcome."""
        others = [np.delete(counts, one, axis=1).sum(axis=1) for counts in self]
        return self.shares[:, one] - _share(*others)


def arms(run: Run, replications: int) -> Arms:
    """Count what the citizens of each department reach.

    A citizen counts in the department of the arrival, wherever they end: a trial is read as it was allotted.

    Parameters
    ----------
    run
        With the table citizens.
    replications
        Only the first so many.

    Raises
    ------
    UsageError
        If the table is damaged.
    """
    count = len(run.config["departments"])
    columns = (
        "cohort", "first_department", "destination", *_MEETINGS, *(FIRST[event] for event in TOLD if event in FIRST)
    )  # fmt: skip
    made = []
    for number, citizens in run.arrays("citizens", columns):
        if number == replications:
            break
        made.append(_counted(citizens, count))
    reached, of = (np.stack(counts) for counts in zip(*made, strict=True))
    return Arms(reached, of)


def _counted(citizens: Mapping[str, NDArray[np.generic]], departments: int) -> tuple[Floats, Floats]:
    cohort = np.asarray(citizens["cohort"], np.bool_)
    place = np.asarray(citizens["first_department"], np.int64)

    def by_department(rows: NDArray[np.bool_], counts: NDArray[np.generic]) -> Floats:
        return np.bincount(place[rows], np.asarray(counts, np.float64)[rows], departments).astype(np.float64)

    has = [_has(citizens, event) for event in TOLD]
    everyone = np.ones(len(cohort), np.bool_)
    timely, due = (by_department(everyone, citizens[name]) for name in _MEETINGS)
    starting = by_department(cohort, cohort)
    reached = np.stack([*(by_department(cohort, one) for one in has), timely], axis=1)
    return reached, np.stack([*[starting] * len(TOLD), due], axis=1)


def _has(citizens: Mapping[str, NDArray[np.generic]], event: Reached) -> NDArray[np.bool_]:
    if event in FIRST:
        return ~np.isnan(np.asarray(citizens[FIRST[event]], np.float64))
    return np.asarray(np.asarray(citizens["destination"], np.int64) == Destination[event.name], np.bool_)


def _share(reached: Floats, of: Floats) -> Floats:
    shares: Floats = np.divide(reached, of, out=np.full(of.shape, np.nan), where=of > 0)
    return shares
