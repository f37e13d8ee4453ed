"""Differences by group and by department, as small panels of dots."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.paired import Paired, paired
from sim.analysis.course.people import TOLD
from sim.catalogue import Reached
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.differences import decimals_of
from sim.report.views.people import PER, sentence, short
from sim.report.views.picture import Dot, Dots, Picture
from sim.report.views.shown import Variant

Floats = NDArray[np.float64]
_EVENTS = (
    Reached.JOB,
    Reached.RESOURCE_COURSE,
    Reached.PENSION,
    Reached.AWARDED,
    Reached.DECIDED,
    Reached.INTERNSHIP,
)


class Part(NamedTuple):
    """A group or a department: its name, and by replication and event of `_EVENTS` the shares in A and in B."""

    name: str
    ours: Floats
    theirs: Floats


def by_part(language: Language, a: Variant, b: Variant, kind: str) -> Picture | None:
    """Draw what differs by group or by department; None: there is but one, or the two runs have others.

    Parameters
    ----------
    language
        In which it is told.
    a, b
        The variant and the baseline.
    kind
        "groups" (at entry) or "departments" (at exit or horizon).
    """
    names = [list(one.run.config[kind]) for one in (a, b)]
    if names[0] != names[1]:
        return None
    parts = [part for i, name in enumerate(names[0]) if (part := _part(language, a, b, kind, i, name)) is not None]
    if len(parts) < 2:
        return None
    panels, alts = [], []
    rows: list[tuple[Cell, ...]] = []
    ends = []
    for e, event in enumerate(_EVENTS):
        found = [(part.name, paired(part.ours[:, e], part.theirs[:, e], a.per_draw), part) for part in parts]
        known = [
            (name, one, part) for name, one, part in found if one.replications and one.mean + one.baseline_mean > 0
        ]
        if not known:
            continue
        dots = [_dot(language, name, one, part.ours[:, e] - part.theirs[:, e]) for name, one, part in known]
        low = min(min(dot.p05, dot.low, dot.value) for dot in dots)
        high = max(max(dot.p95, dot.high, dot.value) for dot in dots)
        title = short(language, event)
        panels.append(Dots(title, tuple(dots), even_ticks(language, high, lowest=low, most=4, signed=True)))
        alts.append(f"{title}: {', '.join(f'{dot.label} {dot.text} ({dot.interval})' for dot in dots)}")
        rows += [_row(title, name, one) for name, one, _ in known]
        ends.append(len(rows) - 1)
    title = language.say("What differs by group" if kind == "groups" else "What differs by department")
    caption = language.say(
        "{a} minus {b}, per 1,000 starting citizens of the group or department. Dot: expected difference. Dark line: its "
        "95 % interval. Pale bar: 9 in 10 single runs.",
        a=a.label,
        b=b.label,
    )
    headings = (a.label, b.label, language.say("difference"), language.say("95 % interval"))
    view = View(title, (Column(""), Column(""), *(figure(h) for h in headings)), tuple(rows), frozenset(ends[:-1]))
    return Picture(f"by_{kind}_{a.key}", title, caption, tuple(panels), tuple(alts), view)


def _part(language: Language, a: Variant, b: Variant, kind: str, i: int, name: str) -> Part | None:
    """Take one part of both courses; None: too few citizens start in it to tell anything."""
    events = [1 + TOLD.index(event) for event in _EVENTS]
    shares = []
    for variant in (a, b):
        of = variant.course.by_group if kind == "groups" else variant.course.by_department
        number = of[:, i, :1]
        if number.mean() < 1.0:
            return None
        shares.append(
            np.divide(of[:, i, events], number, out=np.full((len(of), len(events)), np.nan), where=number > 0)
        )
    return Part(sentence(language.name(name)), *shares)


def _dot(language: Language, name: str, found: Paired, differences: Floats) -> Dot:
    decimals = decimals_of(found, PER)
    value, low, high = (PER * v for v in (found.difference, found.ci95_low, found.ci95_high))
    p05, p95 = (PER * float(v) for v in np.quantile(differences[~np.isnan(differences)], (0.05, 0.95)))
    text, interval = language.number(value, decimals, signed=True), language.interval(low, high, decimals)
    if np.isnan(low):
        low = high = value
    return Dot(name, value, low, high, p05, p95, text, interval)


def _row(event: str, name: str, found: Paired) -> tuple[Cell, ...]:
    return (
        event,
        name,
        Number(PER * found.mean, 1),
        Number(PER * found.baseline_mean, 1),
        Number(PER * found.difference, 1, signed=True),
        Interval(PER * found.ci95_low, PER * found.ci95_high, 1, note=found.interval_note),
    )
