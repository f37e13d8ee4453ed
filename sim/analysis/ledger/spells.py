"""Weeks on benefit and weeks after it, split by calendar quarter and by step of the refund ladder."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


class Spell(NamedTuple):
    """A part of some citizens' time.

    Attributes
    ----------
    citizens
        Their row numbers.
    begin, end
        In weeks since the start date; a spell still open ends at infinity.
    """

    citizens: Codes
    begin: Floats
    end: Floats


def overlap(entry: Floats, begin: Floats, end: Floats, edges: Floats, steps: Floats) -> Floats:
    """Add up, over spells, the weeks in each step of weeks on benefit and each quarter.

    A spell's weeks in quarter q and step s are those between max(begin, edges[q], entry + steps[s]) and
    min(end, edges[q + 1], entry + steps[s + 1]); the last step has no end.

    Parameters
    ----------
    entry
        Start of the benefit, from which weeks on benefit count.
    begin, end
        Of the spells.
    edges
        Of the quarters, one more than there are.
    steps
        Weeks on benefit at which a step begins, rising from 0.

    Returns
    -------
    numpy.ndarray
        Weeks by step and quarter.
    """
    weeks = np.zeros((len(steps), len(edges) - 1))
    upper = [*steps[1:], np.inf]
    for s, (low, high) in enumerate(zip(steps, upper, strict=True)):
        first = np.maximum(begin, entry + low)
        last = np.minimum(end, entry + high)
        inside = last > first
        first, last = first[inside], last[inside]
        for q in range(len(edges) - 1):
            parts = np.minimum(last, edges[q + 1]) - np.maximum(first, edges[q])
            weeks[s, q] = parts[parts > 0.0].sum()
    return weeks


def stages(citizens: Mapping[str, NDArray[np.generic]], course: int) -> Iterator[tuple[Codes, Spell]]:
    """List the time with the centre by group: (group of each citizen, spell).

    A citizen changes group by a resource course and back. The table holds the first course's start and the start
    of the present group, which tell the rest: whoever is back had the course in between. Only a second return
    within the observed weeks would leave some weeks of the first in the course.

    Parameters
    ----------
    citizens
        Columns group, group_at_end (codes), arrival_weeks, scheme_weeks, resource_course_weeks, exit_weeks.
    course
        Code of the resource course's group; -1: none.
    """
    group, now = (np.asarray(citizens[name], np.int64) for name in ("group", "group_at_end"))
    arrival, since, course_from, left = (
        np.asarray(citizens[name], np.float64)
        for name in ("arrival_weeks", "scheme_weeks", "resource_course_weeks", "exit_weeks")
    )
    end = np.where(np.isnan(left), np.inf, left)
    everybody = np.arange(len(group))
    changed = since > arrival
    # In the course before the present group: from its start, or, if that was before the start date, from the past.
    back = changed & (now != course) & (course >= 0)
    known = ~np.isnan(course_from) & (course_from < since)
    course_begin = np.where(known, course_from, -np.inf)
    yield now, Spell(everybody, np.where(changed, since, arrival), end)
    between = np.flatnonzero(back)
    yield np.full(len(between), course), Spell(between, np.maximum(course_begin, arrival)[between], since[between])
    first_end = np.where(back, course_begin, since)
    before = np.flatnonzero(changed & (first_end > arrival))
    yield group[before], Spell(before, arrival[before], first_end[before])
