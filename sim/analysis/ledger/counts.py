"""What one replication holds that costs money, counted by calendar quarter and without prices."""

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.spells import Floats, Spell, overlap, stages
from sim.catalogue import DESTINATIONS, Origin

Table = Mapping[str, NDArray[np.generic]]
CITIZEN_COLUMNS = (
    "citizen", "group", "group_at_end", "department", "entry_weeks", "arrival_weeks", "exit_weeks", "destination",
    "person", "spell",
)  # fmt: skip
STARTING_COLUMNS = ("group", "origin", "number", "cohort")
"""What tells the starting citizens apart: the same person in every variant."""
SCHEME_COLUMNS = ("citizen", "weeks", "group")
COORDINATOR_COLUMNS = (
    "coordinator", "role", "from_weeks", "to_weeks", "full_time_share", "employed_weeks", "resignations",
)  # fmt: skip
WEEKLY_COLUMNS = ("week", "group", "in_programme", "in_internship", "in_small_job")


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
    saved
        Share of the benefit of each group that is not paid during a small job.
    treated
        By department: when its posts differ between the two runs (from, to; from > to: never). The citizens with
        the department meanwhile are those treated; if no department's posts differ, everybody is.
    posts
        Of each post, by its number: from when and until when there is one.
    roles
        How many roles there are.
    warm_up
        Weeks were simulated before the start.
    first_weeks
        By destination: weeks after the exit for which some are paid another benefit first; 0: nobody is.
    """

    quarters: Quarters
    steps: Floats
    schemes: NDArray[np.int64]
    scheme_count: int
    saved: Floats
    treated: tuple[tuple[float, float], ...]
    posts: tuple[tuple[float, float], ...]
    roles: int
    warm_up: bool
    first_weeks: tuple[float, ...] = (0.0,) * len(DESTINATIONS)


class Counts(NamedTuple):
    """One replication's quantities.

    Attributes
    ----------
    benefit
        Weeks on benefit by scheme, refund step and quarter.
    saved
        Weeks for which no benefit is paid because of small jobs, by scheme and quarter.
    after
        Weeks since the exit by destination, last scheme, refund step and quarter.
    after_first
        Of these, those within `first_weeks` of the exit.
    filled
        Full-time weeks of posts while filled, by role and quarter.
    programme, internship
        Participant-weeks by quarter.
    treated
        Citizens treated.
    starting
        After a warm-up a number for each of the starting citizens, the same in every variant; otherwise none.
    """

    benefit: Floats
    saved: Floats
    after: Floats
    after_first: Floats
    filled: Floats
    programme: Floats
    internship: Floats
    treated: int
    starting: NDArray[np.int64]


def count(citizens: Table, schemes: Table, coordinators: Table, weekly: Table, frame: Frame) -> Counts:
    """Count one replication.

    Weeks that lie across the end of a quarter are divided in proportion. Participants are those at the end of each
    week, taken for the whole week.
    """
    edges = frame.quarters.edges
    week = np.asarray(weekly["week"], np.float64)
    after, after_first = _after(citizens, frame)
    return Counts(
        benefit=_benefit(citizens, schemes, frame),
        saved=_saved(weekly, frame),
        after=after,
        after_first=after_first,
        filled=_filled(coordinators, frame),
        programme=_spread(week - 1.0, week, weekly["in_programme"], edges),
        internship=_spread(week - 1.0, week, weekly["in_internship"], edges),
        treated=int(treated(citizens, frame.treated).sum()),
        starting=_starting(citizens) if frame.warm_up else np.zeros(0, np.int64),
    )


def _benefit(citizens: Table, schemes: Table, frame: Frame) -> Floats:
    entry = np.asarray(citizens["entry_weeks"], np.float64)
    weeks = np.zeros((frame.scheme_count, len(frame.steps), len(frame.quarters.years)))
    for group, spell in stages(citizens, schemes):
        _add(weeks, frame.schemes[group], entry, spell, frame)
    return weeks


def _saved(weekly: Table, frame: Frame) -> Floats:
    week, group = (np.asarray(weekly[name], np.int64) for name in ("week", "group"))
    weeks = np.asarray(weekly["in_small_job"], np.float64) * frame.saved[group]
    of_schemes = [frame.schemes[group] == s for s in range(frame.scheme_count)]
    edges = frame.quarters.edges
    return np.array([_spread(week[own] - 1.0, week[own], weeks[own], edges) for own in of_schemes])


def _after(citizens: Table, frame: Frame) -> tuple[Floats, Floats]:
    """Weeks since the exit, and of these the first ones."""
    entry, left = (np.asarray(citizens[name], np.float64) for name in ("entry_weeks", "exit_weeks"))
    destination, group = (np.asarray(citizens[name], np.int64) for name in ("destination", "group_at_end"))
    weeks = np.zeros((len(DESTINATIONS), frame.scheme_count, len(frame.steps), len(frame.quarters.years)))
    first = np.zeros_like(weeks)
    until = next_spells(citizens)
    for d in range(len(DESTINATIONS)):
        gone = np.flatnonzero(destination == d)
        spell = Spell(gone, left[gone], until[gone])
        scheme = frame.schemes[group[gone]]
        _add(weeks[d], scheme, entry, spell, frame)
        if frame.first_weeks[d] > 0:
            soon = spell._replace(end=np.minimum(spell.end, spell.begin + frame.first_weeks[d]))
            _add(first[d], scheme, entry, soon, frame)
    return weeks, first


def next_spells(citizens: Table) -> Floats:
    """When each citizen comes back; infinite: not until the horizon."""
    person, spell = (np.asarray(citizens[name], np.int64) for name in ("person", "spell"))
    order = np.lexsort((spell, person))
    arrival = np.asarray(citizens["arrival_weeks"], np.float64)
    until = np.full(len(person), np.inf)
    again = np.flatnonzero(person[order][1:] == person[order][:-1])
    until[order[again]] = arrival[order[again + 1]]
    return until


def _add(weeks: Floats, scheme: NDArray[np.int64], entry: Floats, spell: Spell, frame: Frame) -> None:
    """Add the weeks of spells to those of each spell's scheme."""
    for s in range(frame.scheme_count):
        own = scheme == s
        weeks[s] += overlap(
            entry[spell.citizens[own]], spell.begin[own], spell.end[own], frame.quarters.edges, frame.steps
        )


def _filled(coordinators: Table, frame: Frame) -> Floats:
    """Full-time weeks of posts while filled, by role and quarter.

    The table holds how many weeks of a period somebody was there, not when. Where nobody resigned and the post was
    not cut, they are the last of the period: a vacancy can only have ended. Otherwise they are spread over the part
    of the period in which there is a post; who is busy on the day of the cut stays until the task is done.
    """
    number, role = (np.asarray(coordinators[name], np.int64) for name in ("coordinator", "role"))
    begin, end, full_time, weeks, resignations = (
        np.asarray(coordinators[name], np.float64)
        for name in ("from_weeks", "to_weeks", "full_time_share", "employed_weeks", "resignations")
    )
    starts, cut = np.array(frame.posts).reshape(-1, 2)[number].T
    there = np.maximum(begin, starts)
    hired = (resignations == 0) & (cut >= end)
    first = np.where(hired, np.maximum(end - weeks, there), there)
    last = np.where(hired, end, np.minimum(end, np.maximum(cut, there + weeks)))
    own = [role == r for r in range(frame.roles)]
    worked = full_time * weeks
    return np.array([_spread(first[r], last[r], worked[r], frame.quarters.edges) for r in own])


def _spread(
    begin: NDArray[np.generic], end: NDArray[np.generic], amount: NDArray[np.generic], edges: Floats
) -> Floats:
    """Divide amounts, each spread evenly from `begin` to `end`, among quarters."""
    first, last, whole = (np.asarray(values, np.float64) for values in (begin, end, amount))
    length = np.where(last > first, last - first, 1.0)
    inside = [np.minimum(last, b) - np.maximum(first, a) for a, b in pairwise(edges.tolist())]
    return np.array([float((whole * np.maximum(weeks, 0.0) / length).sum()) for weeks in inside])


def _starting(citizens: Table) -> NDArray[np.int64]:
    """Number the starting citizens, in rising order."""
    group, origin, number, there = (np.asarray(citizens[name], np.int64) for name in STARTING_COLUMNS)
    # Codes are few and numbers below 2**31, so no two get the same.
    return np.sort(((group * len(Origin) + origin << 32) + number)[there > 0])


def treated(citizens: Table, windows: tuple[tuple[float, float], ...]) -> NDArray[np.bool_]:
    """Say of each citizen whether it was with a department while its posts differ; everybody, if none do."""
    department = np.asarray(citizens["department"], np.int64)
    arrival, left = (np.asarray(citizens[name], np.float64) for name in ("arrival_weeks", "exit_weeks"))
    end = np.where(np.isnan(left), np.inf, left)
    begins, ends = np.array(windows).T
    if (begins >= ends).all():
        return np.ones(len(department), np.bool_)
    there: NDArray[np.bool_] = (arrival < ends[department]) & (end > begins[department])
    return there
