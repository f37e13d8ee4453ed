"""The starting citizens week by week: where they are, what they have reached, and which way they went.

They are all followed from the start to the horizon, so the share that has reached something by a week is a plain
share: the estimator of Aalen and Johansen gives the same where nobody is lost from sight.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.incidence.table import FIRST
from sim.analysis.ledger.spells import stages
from sim.catalogue import Destination, Reached, TeamDecision

Floats = NDArray[np.float64]
Table = Mapping[str, NDArray[np.generic]]

TOLD: tuple[Reached, ...] = (
    Reached.JOB,
    Reached.EDUCATION,
    Reached.AWARDED,
    Reached.PENSION,
    Reached.RESOURCE_COURSE,
    Reached.OTHER,
    Reached.DECIDED,
    Reached.INTERNSHIP,
    Reached.SMALL_JOB,
)
"""What is told of; ways out, and what is reached while with the centre."""
UNDECIDED = len(TeamDecision)
"""In `People.ways`: the team has decided nothing."""
CITIZEN_COLUMNS = (
    "citizen", "group", "group_at_end", "department", "cohort", "arrival_weeks", "exit_weeks", "destination",
    "last_decided_weeks", "decision", *(FIRST[event] for event in TOLD if event in FIRST),
)  # fmt: skip
SCHEME_COLUMNS = ("citizen", "weeks", "group")


class People(NamedTuple):
    """One replication's starting citizens; counts.

    Attributes
    ----------
    number
        How many they are.
    reached
        By event of `TOLD` and week (0 to the horizon): who has reached it.
    gone, present
        By destination, and by scheme, and week: who has left for it, and who is with the centre on it.
    ways
        By scheme at the start, last decision of the rehabilitation team (then `UNDECIDED`), and end: destinations,
        then schemes.
    by_group, by_department
        By group at entry, or department at the end: how many they are, then who has reached each event of `TOLD` by
        the horizon.
    """

    number: int
    reached: Floats
    gone: Floats
    present: Floats
    ways: Floats
    by_group: Floats
    by_department: Floats


def people(
    citizens: Table, changes: Table, schemes: NDArray[np.int64], count: int, departments: int, horizon: int
) -> People:
    """Count one replication.

    Parameters
    ----------
    citizens, changes
        Columns of the tables citizens and schemes.
    schemes
        Number of the benefit scheme of each group.
    count
        How many schemes there are.
    departments
        How many departments there are.
    horizon
        Observed weeks.
    """
    cohort = np.asarray(citizens["cohort"], np.bool_)
    left, to = _weeks(citizens, "exit_weeks")[cohort], _codes(citizens, "destination")[cohort]
    gone = np.stack([by_week(left[to == destination], horizon) for destination in Destination])
    reached = [
        by_week(_weeks(citizens, FIRST[event])[cohort], horizon) if event in FIRST else gone[Destination[event.name]]
        for event in TOLD
    ]
    present = np.zeros((count, horizon + 1))
    last_scheme = schemes[_codes(citizens, "group_at_end")]
    at_start = last_scheme.copy()  # Of who leaves at the very start.
    for group, spell in stages(citizens, changes):
        own = cohort[spell.citizens]
        who, scheme, begin, end = spell.citizens[own], schemes[group[own]], spell.begin[own], spell.end[own]
        there = (begin <= 0.0) & (end > 0.0)
        at_start[who[there]] = scheme[there]
        for s in range(count):
            mine = scheme == s
            present[s] += by_week(np.maximum(begin[mine], 0.0), horizon) - by_week(
                np.maximum(end[mine], 0.0), horizon
            )
    decided = ~np.isnan(_weeks(citizens, "last_decided_weeks")[cohort])
    decision = np.where(decided, _codes(citizens, "decision")[cohort], UNDECIDED)
    end_in = np.where(to >= 0, to, len(Destination) + last_scheme[cohort])
    ways = np.zeros((count, UNDECIDED + 1, len(Destination) + count))
    np.add.at(ways, (at_start[cohort], decision, end_in), 1.0)
    has = np.stack([np.ones(len(left)), *(_has(citizens, event, cohort, to) for event in TOLD)])
    groups, places = (
        np.array([np.bincount(_codes(citizens, column)[cohort], row, size) for row in has], np.float64).T
        for column, size in (("group", len(schemes)), ("department", departments))
    )
    return People(int(cohort.sum()), np.stack(reached), gone, present, ways, groups, places)


def _has(citizens: Table, event: Reached, cohort: NDArray[np.bool_], to: NDArray[np.int64]) -> Floats:
    """Say of each starting citizen whether he has reached something by the horizon: 1 or 0."""
    if event in FIRST:
        return np.asarray(~np.isnan(_weeks(citizens, FIRST[event])[cohort]), np.float64)
    return np.asarray(to == Destination[event.name], np.float64)


def by_week(weeks: Floats, horizon: int) -> Floats:
    """Count by week 0 to the horizon what has happened by its end; NaN and later: not."""
    known = weeks[weeks <= horizon]
    return np.cumsum(np.bincount(np.ceil(known).astype(np.int64), minlength=horizon + 1)).astype(np.float64)


def _weeks(table: Table, column: str) -> Floats:
    return np.asarray(table[column], np.float64)


def _codes(table: Table, column: str) -> NDArray[np.int64]:
    return np.asarray(table[column], np.int64)
