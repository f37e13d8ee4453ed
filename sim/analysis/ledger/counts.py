"""What one replication holds that costs money, counted by calendar quarter and without prices."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.spells import Floats, Spell, overlap, stages
from sim.catalogue import DESTINATIONS

Table = Mapping[str, NDArray[np.generic]]
CITIZEN_COLUMNS = (
    "group", "group_at_end", "department", "entry_weeks", "scheme_weeks", "resource_course_weeks", "exit_weeks",
    "destination",
)  # fmt: skip
COORDINATOR_COLUMNS = ("from_weeks", "to_weeks", "full_time_share", "employed_weeks")
WEEKLY_COLUMNS = ("week", "in_programme", "in_internship")


class Frame(NamedTuple):
    """By what a run's replications are counted.

    Attributes
    ----------
    quarters
        The calendar.
    steps
        Weeks on benefit at which a refund step of any scheme begins.
    schemes
        Number of the benefit scheme of each group.
    scheme_count
        How many schemes there are.
    course
        Code of the resource course's group; -1: none.
    treated
        By department: when its posts differ between the two runs (from, to; from > to: never). The citizens with
        the department meanwhile are those treated; if no department's posts differ, everybody is.
    """

    quarters: Quarters
    steps: Floats
    schemes: NDArray[np.int64]
    scheme_count: int
    course: int
    treated: tuple[tuple[float, float], ...]


class Counts(NamedTuple):
    """One replication's quantities.

    Attributes
    ----------
    benefit
        Weeks on benefit by scheme, refund step and quarter.
    after
        Weeks since the exit by destination, last scheme, refund step and quarter.
    filled
        Full-time weeks of coordinators' posts while filled, by quarter.
    programme, internship
        Participant-weeks by quarter.
    treated
        Citizens treated.
    """

    benefit: Floats
    after: Floats
    filled: Floats
    programme: Floats
    internship: Floats
    treated: int


def count(citizens: Table, coordinators: Table, weekly: Table, frame: Frame) -> Counts:
    """Count one replication.

    Coordinators' periods and weeks that lie across the end of a quarter are divided in proportion. Participants are
    those at the end of each week, taken for the whole week.
    """
    edges = frame.quarters.edges
    week = np.asarray(weekly["week"], np.float64)
    full_time, employed = (
        np.asarray(coordinators[name], np.float64) for name in ("full_time_share", "employed_weeks")
    )
    return Counts(
        benefit=_benefit(citizens, frame),
        after=_after(citizens, frame),
        filled=_spread(coordinators["from_weeks"], coordinators["to_weeks"], full_time * employed, edges),
        programme=_spread(week - 1.0, week, weekly["in_programme"], edges),
        internship=_spread(week - 1.0, week, weekly["in_internship"], edges),
        treated=_treated(citizens, frame.treated),
    )


def _benefit(citizens: Table, frame: Frame) -> Floats:
    entry = np.asarray(citizens["entry_weeks"], np.float64)
    weeks = np.zeros((frame.scheme_count, len(frame.steps), len(frame.quarters.years)))
    for group, spell in stages(citizens, frame.course):
        _add(weeks, frame.schemes[group], entry, spell, frame)
    return weeks


def _after(citizens: Table, frame: Frame) -> Floats:
    entry, left = (np.asarray(citizens[name], np.float64) for name in ("entry_weeks", "exit_weeks"))
    destination, group = (np.asarray(citizens[name], np.int64) for name in ("destination", "group_at_end"))
    weeks = np.zeros((len(DESTINATIONS), frame.scheme_count, len(frame.steps), len(frame.quarters.years)))
    for d in range(len(DESTINATIONS)):
        gone = np.flatnonzero(destination == d)
        spell = Spell(gone, left[gone], np.full(len(gone), np.inf))
        _add(weeks[d], frame.schemes[group[gone]], entry, spell, frame)
    return weeks


def _add(weeks: Floats, scheme: NDArray[np.int64], entry: Floats, spell: Spell, frame: Frame) -> None:
    """Add the weeks of spells to those of each spell's scheme."""
    for s in range(frame.scheme_count):
        own = scheme == s
        weeks[s] += overlap(
            entry[spell.citizens[own]], spell.begin[own], spell.end[own], frame.quarters.edges, frame.steps
        )


def _spread(
    begin: NDArray[np.generic], end: NDArray[np.generic], amount: NDArray[np.generic], edges: Floats
) -> Floats:
    """Divide amounts, each spread evenly from `begin` to `end`, among quarters."""
    first, last, whole = (np.asarray(values, np.float64) for values in (begin, end, amount))
    length = np.where(last > first, last - first, 1.0)
    inside = [np.minimum(last, b) - np.maximum(first, a) for a, b in pairwise(edges.tolist())]
    return np.array([float((whole * np.maximum(weeks, 0.0) / length).sum()) for weeks in inside])


def _treated(citizens: Table, windows: tuple[tuple[float, float], ...]) -> int:
    department = np.asarray(citizens["department"], np.int64)
    entry, left = (np.asarray(citizens[name], np.float64) for name in ("entry_weeks", "exit_weeks"))
    end = np.where(np.isnan(left), np.inf, left)
    begins, ends = np.array(windows).T
    if (begins >= ends).all():
        return len(department)
    return int(((entry < ends[department]) & (end > begins[department])).sum())
