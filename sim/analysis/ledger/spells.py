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


def overlap_by(
    labels: Codes, count: int, entry: Floats, begin: Floats, end: Floats, edges: Floats, steps: Floats
) -> Floats:
    """Add up weeks as `overlap` does, for the spells of each label by themselves.

    Parameters
    ----------
    labels
        A whole number below `count` for each spell.
    entry, begin, end, edges, steps
        As in `overlap`.

    Returns
    -------
    numpy.ndarray
        Weeks by label, step and quarter.
    """
    weeks = np.zeros((count, len(steps), len(edges) - 1))
    upper = [*steps[1:], np.inf]
    for s, (low, high) in enumerate(zip(steps, upper, strict=True)):
        first, last = np.maximum(begin, entry + low), np.minimum(end, entry + high)
        inside = last > first
        first, last, of = first[inside], last[inside], labels[inside]
        for q in range(len(edges) - 1):
            parts = np.minimum(last, edges[q + 1]) - np.maximum(first, edges[q])
            weeks[:, s, q] = np.bincount(of, np.maximum(parts, 0.0), count)
    return weeks


def stages(
    citizens: Mapping[str, NDArray[np.generic]], schemes: Mapping[str, NDArray[np.generic]]
) -> Iterator[tuple[Codes, Spell]]:
    """List the time with the centre by group: (group of each citizen, spell).

    Parameters
    ----------
    citizens
        Columns citizen (rising), group (code at entry), arrival_weeks, exit_weeks.
    schemes
        Columns citizen, weeks, group: every change of scheme, in order of time.
    """
    number, group, changed, new = (
        np.asarray(table[name], np.int64)
        for table, name in ((citizens, "citizen"), (citizens, "group"), (schemes, "citizen"), (schemes, "group"))
    )
    arrival, left, when = (
        np.asarray(table[name], np.float64)
        for table, name in ((citizens, "arrival_weeks"), (citizens, "exit_weeks"), (schemes, "weeks"))
    )
    end = np.where(np.isnan(left), np.inf, left)
    order = np.argsort(changed, kind="stable")
    who, when, new = np.searchsorted(number, changed)[order], when[order], new[order]
    last = np.append(who[1:] != who[:-1], True)[: len(who)]
    yield new, Spell(who, when, np.where(last, end[who], np.append(when[1:], np.inf)[: len(when)]))
    first_end = end.copy()
    first = np.append(True, who[1:] != who[:-1])[: len(who)]
    first_end[who[first]] = when[first]
    yield group, Spell(np.arange(len(group)), arrival, first_end)
