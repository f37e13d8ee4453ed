"""The same person in two variants: who leaves sooner, who leaves in one of them only, and who leaves as before."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.ledger.counts import Table
from sim.analysis.ledger.spells import Codes, Floats
from sim.catalogue import Origin

PERSON_COLUMNS = (
    "group", "origin", "number", "first_department", "person", "spell", "entry_weeks", "arrival_weeks", "exit_weeks",
    "destination",
)  # fmt: skip


class Change(IntEnum):
    """What has become of a person's exit in A against B, seen at the end of the ledger."""

    SOONER = 0
    LATER = 1
    ELSEWHERE = 2
    ONLY_HERE = 3
    ONLY_THERE = 4
    ALIKE = 5
    UNPAIRED = 6


LABELS = {
    Change.SOONER: "postponed: leaves in both, sooner",
    Change.LATER: "postponed: leaves in both, later",
    Change.ELSEWHERE: "leaves in both, for something else",
    Change.ONLY_HERE: "avoided so far: leaves here only",
    Change.ONLY_THERE: "avoided so far: leaves in the baseline only",
    Change.ALIKE: "leaves alike, or in neither",
    Change.UNPAIRED: "in one of the two only",
}


class _People(NamedTuple):
    """The persons of one replication.

    Attributes
    ----------
    of_row
        Person of each row of the citizens table.
    code
        A number of group, origin, department (of the pool) and ordinal, which is the person's in every variant.
    entry
        Of those whose first spell ended before the start: when the one in the table began, for groups change between
        spells. Otherwise NaN.
    left, destination
        Out at the end of the ledger, and where to.
    weeks
        On benefit with the centre until the end of the ledger.
    """

    of_row: Codes
    code: Codes
    entry: Floats
    left: NDArray[np.bool_]
    destination: Codes
    weeks: Floats


class Matched(NamedTuple):
    """The persons of A and B together.

    Attributes
    ----------
    ours, theirs
        `Change` of each row of A and of B.
    of_theirs
        Number of the person of each row of B.
    left, destination
        By run (A, B) and person: out at the end of the ledger, and where to (-1: not in the run, or never left).
    """

    ours: Codes
    theirs: Codes
    of_theirs: Codes
    left: NDArray[np.bool_]
    destination: Codes


def changes(a: Table, b: Table, end: float) -> Matched:
    """Say of each row of two citizens tables what has become of the person's exit.

    Streams belong to persons, so the same group, origin and ordinal (of those topped up from outside also the
    department) is the same person with the same luck in both variants. All spells of a person count together.

    Parameters
    ----------
    a, b
        Columns `PERSON_COLUMNS` of one replication in A and in B.
    end
        Of the ledger, in weeks: who leaves later is still there.

    Returns
    -------
    Matched
        With a `Change` for each row of A and of B. SOONER and LATER leave in both for the same destination, with
        fewer and with more weeks on benefit; ONLY_HERE and ONLY_THERE leave in A, or in B, and are still there in
        the other (censored: they may leave later); UNPAIRED come in one of the two only.
    """
    ours, theirs = _people(a, end), _people(b, end)
    number = _numbered(*(np.concatenate(both) for both in zip(ours[1:3], theirs[1:3], strict=True)))
    i, j = number[: len(ours.code)], number[len(ours.code) :]
    count = int(number.max()) + 1 if len(number) else 0
    there = [np.bincount(one, minlength=count) > 0 for one in (i, j)]
    left, to = np.zeros((2, count), np.bool_), np.full((2, count), -1)
    for side, (one, people) in enumerate(((i, ours), (j, theirs))):
        left[side, one], to[side, one] = people.left, people.destination
    saved = np.bincount(j, theirs.weeks, count) - np.bincount(i, ours.weeks, count)
    same = left[0] & left[1] & (to[0] == to[1])
    change = np.full(count, Change.ALIKE, np.int64)
    change[same & (saved > 0)] = Change.SOONER
    change[same & (saved < 0)] = Change.LATER
    change[left[0] & left[1] & (to[0] != to[1])] = Change.ELSEWHERE
    change[left[0] & ~left[1]] = Change.ONLY_HERE
    change[~left[0] & left[1]] = Change.ONLY_THERE
    change[there[0] != there[1]] = Change.UNPAIRED
    return Matched(change[i][ours.of_row], change[j][theirs.of_row], j[theirs.of_row], left, to)


def _numbered(code: Codes, entry: Floats) -> Codes:
    """Number the persons of both runs from 0, the same person alike."""
    back = ~np.isnan(entry)
    made = code.copy()
    if back.any():
        codes, entries = (np.unique(x[back], return_inverse=True)[1].reshape(-1) for x in (code, entry))
        made[back] = -1 - (codes * (int(entries.max()) + 1) + entries)
    return np.asarray(np.unique(made, return_inverse=True)[1], np.int64).reshape(-1)


def _people(citizens: Table, end: float) -> _People:
    """Gather the rows of each person; a person's first row comes before its others."""
    person, group, origin, number, department = (
        np.asarray(citizens[name], np.int64) for name in ("person", "group", "origin", "number", "first_department")
    )
    entry, arrival, exit_ = (
        np.asarray(citizens[name], np.float64) for name in ("entry_weeks", "arrival_weeks", "exit_weeks")
    )
    _, first, of_row = np.unique(person, return_index=True, return_inverse=True)
    last = np.zeros(len(first), np.int64)
    np.maximum.at(last, of_row, np.arange(len(person)))
    pool, back = origin == Origin.POOL, origin == Origin.RETURNED  # Back: the first spell ended before the start.
    # Fewer than 2**10 groups and departments, and ordinals below 2**31: no two get the same.
    code = ((group * len(Origin) + origin << 10) + np.where(pool, department, 0) << 31) + number
    until = np.fmin(exit_, end)
    return _People(
        of_row=np.asarray(of_row, np.int64),
        code=code[first],
        entry=np.where(back, entry, np.nan)[first],
        left=exit_[last] <= end,
        destination=np.asarray(citizens["destination"], np.int64)[last],
        weeks=np.bincount(of_row, np.maximum(until - np.maximum(arrival, 0.0), 0.0), len(first)).astype(np.float64),
    )
