"""Who a saving comes from: benefits and what follows the exit, divided by what has become of each person's exit."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.ledger.counts import Counts, Frame, Table, next_spells, treated
from sim.analysis.ledger.lines import MUNICIPALITY, NOBODY, STATE, Amounts, Line, lines
from sim.analysis.ledger.persons import LABELS, Change, changes
from sim.analysis.ledger.pricing import Pricing
from sim.analysis.ledger.spells import Codes, Floats, Spell, overlap_by, stages
from sim.catalogue import DESTINATIONS, Destination

SECTION = "by person"
EFFECT = ("benefits", "after the exit")
"""Sections of the ledger that the lines by person divide."""


REACHED = (Destination.JOB, Destination.EDUCATION)
"""Destinations that count as a success."""


class Rows(NamedTuple):
    """The tables of one replication that tell of persons."""

    citizens: Table
    schemes: Table


class Persons(NamedTuple):
    """One pair of replications, person by person.

    Attributes
    ----------
    ours, theirs
        Lines of A and of B by `Change`: kr of each payer, and person-years on benefit; amounts by quarter.
    numbers
        Persons by `Change`.
    treated, reached, reached_before
        Persons treated (in B), and of these those who are in a job or education at the end of the ledger in A, in B.
    """

    ours: Amounts
    theirs: Amounts
    numbers: Codes
    treated: int
    reached: int
    reached_before: int


def person_lines() -> tuple[Line, ...]:
    """List the lines by person: of each payer in the order of `Change`, then person-years on benefit."""
    kr = [kr_line(change, payer) for payer in (MUNICIPALITY, STATE) for change in Change]
    return (*kr, *(years_line(change) for change in Change))


def kr_line(change: Change, payer: str) -> Line:
    """Give the line of what is paid for the persons of a change: benefits and what follows the exit."""
    return Line(SECTION, LABELS[change], payer, "kr", counted=False)


def years_line(change: Change) -> Line:
    """Give the line of the years on benefit of the persons of a change."""
    return Line(SECTION, LABELS[change], NOBODY, "years", counted=False)


def by_person(ours: Rows, theirs: Rows, counts: Sequence[Counts], pricings: Sequence[Pricing]) -> Persons:
    """Divide what a pair of replications pays for benefits and after exits by persons.

    The lines of all persons together are those of the ledger.

    Parameters
    ----------
    ours, theirs
        Tables of A and of B.
    counts, pricings
        Of A and of B.
    """
    end = float(pricings[1].frame.quarters.edges[-1])
    matched = changes(ours.citizens, theirs.citizens, end)
    of_rows = matched.ours, matched.theirs
    made = [_amounts(*each) for each in zip((ours, theirs), of_rows, counts, pricings, strict=True)]
    people = [
        np.bincount(of[_heads(rows)], minlength=len(Change))
        for rows, of in zip((ours, theirs), of_rows, strict=True)
    ]
    numbers = people[0].copy()
    numbers[Change.UNPAIRED] += people[1][Change.UNPAIRED]
    who = np.unique(matched.of_theirs[treated(theirs.citizens, pricings[1].frame.treated)])
    reached = (matched.left & np.isin(matched.destination, REACHED))[:, who].sum(axis=1)
    return Persons(made[0], made[1], numbers, len(who), int(reached[0]), int(reached[1]))


def _heads(rows: Rows) -> Codes:
    """First row of each person."""
    return np.unique(np.asarray(rows.citizens["person"], np.int64), return_index=True)[1]


def _amounts(rows: Rows, change: Codes, counts: Counts, of: Pricing) -> Amounts:
    q = of.frame.quarters
    nobody = {role: np.zeros(len(q.years)) for role in of.posts}
    made: Amounts = {}
    for c, counted in zip(Change, _divided(rows, change, counts, of.frame), strict=True):
        priced = lines(counted, nobody, of.money, of.schemes, of.frame)
        for payer in (MUNICIPALITY, STATE):
            paid = [v for line, v in priced.items() if line.section in EFFECT and line.payer == payer]
            made[kr_line(c, payer)] = np.sum(paid, axis=0)
        made[years_line(c)] = counted.benefit.sum(axis=(0, 1)) / q.year_weeks
    return made


def _divided(rows: Rows, change: Codes, counts: Counts, frame: Frame) -> list[Counts]:
    """Divide what is counted of persons; what small jobs save is divided as the weeks on benefit of their scheme."""
    benefit = _benefit(rows, change, frame)
    after, first = _after(rows, change, frame)
    every = counts.benefit.sum(axis=1)
    nothing = {name: np.zeros_like(getattr(counts, name)) for name in ("filled", "programme", "internship")}
    return [
        counts._replace(
            benefit=benefit[c],
            saved=counts.saved * np.divide(benefit[c].sum(axis=1), every, out=np.zeros_like(every), where=every > 0),
            after=after[c],
            after_first=first[c],
            **nothing,
        )
        for c in Change
    ]


def _benefit(rows: Rows, change: Codes, frame: Frame) -> Floats:
    """Weeks on benefit by change, scheme, step and quarter."""
    entry = np.asarray(rows.citizens["entry_weeks"], np.float64)
    shape = (len(Change), frame.scheme_count)
    weeks = np.zeros((*shape, len(frame.steps), len(frame.quarters.years)))
    for group, spell in stages(rows.citizens, rows.schemes):
        labels = change[spell.citizens] * frame.scheme_count + frame.schemes[group]
        weeks += _by(labels, shape, entry, spell, frame)
    return weeks


def _after(rows: Rows, change: Codes, frame: Frame) -> tuple[Floats, Floats]:
    """Weeks since the exit by change, destination, scheme, step and quarter, and of these the first ones."""
    c = rows.citizens
    entry, left = (np.asarray(c[name], np.float64) for name in ("entry_weeks", "exit_weeks"))
    destination, group = (np.asarray(c[name], np.int64) for name in ("destination", "group_at_end"))
    gone = np.flatnonzero(destination >= 0)
    to = destination[gone]
    spell = Spell(gone, left[gone], next_spells(c)[gone])
    shape = (len(Change), len(DESTINATIONS), frame.scheme_count)
    labels = (change[gone] * len(DESTINATIONS) + to) * frame.scheme_count + frame.schemes[group[gone]]
    soon = np.minimum(spell.end, spell.begin + np.array(frame.first_weeks)[to])
    return (
        _by(labels, shape, entry, spell, frame),
        _by(labels, shape, entry, spell._replace(end=soon), frame),
    )


def _by(labels: Codes, shape: tuple[int, ...], entry: Floats, spell: Spell, frame: Frame) -> Floats:
    edges, steps, count = frame.quarters.edges, frame.steps, int(np.prod(shape))
    weeks = overlap_by(labels, count, entry[spell.citizens], spell.begin, spell.end, edges, steps)
    return weeks.reshape(*shape, len(steps), len(edges) - 1)
