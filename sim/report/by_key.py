"""What a comparison shows by year, quarter or group, and of incidence: each figure once for every key."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.analysis.comparison.incidence import IncidenceDifferences
from sim.analysis.comparison.moments import Intervals
from sim.analysis.incidence.table import HEADLINE, PAIRS, WITHIN_WEEKS
from sim.analysis.kpis import KPIS
from sim.analysis.kpis_by_part import PartDifferences
from sim.analysis.periods import MEASURES, PeriodDifferences
from sim.catalogue import EVERYONE
from sim.report.compared import INTERVAL, STATISTICS, Compared, cells, columns_of, paired_text
from sim.report.intervals import explained
from sim.report.view import Cell, Column, View, key_figures, unit_text
from sim.study.comparison import Comparison

KEYS = ("year", "quarter", "group", "department", "incidence")
"""By what figures can be told apart."""


class Section(NamedTuple):
    """A figure by key."""

    label: str
    unit: str
    rows: tuple[tuple[str, Compared], ...]


class Sections(NamedTuple):
    """Figures of a variant against the baseline.

    Attributes
    ----------
    title
        What is told, without the names of the variants.
    names
        The variant and the baseline.
    pairs
        Pairs of replications.
    sections
        The figures.
    """

    title: str
    names: tuple[str, str]
    pairs: int
    sections: tuple[Section, ...]


def by_key(comparison: Comparison, by: str, *, everything: bool) -> tuple[tuple[View, ...], tuple[str, ...]]:
    """Show one table a variant; gives the tables and what their words mean."""
    if by == "incidence":
        made = [_of_incidence(found, everything=everything) for found in comparison.incidence_rows]
    elif by == "department":
        made = [_of_departments(found, everything=everything) for found in comparison.by_part_rows]
    else:
        made = [_of_periods(found, by, everything=everything) for found in comparison.by_period_rows]
    heading = "within" if by == "incidence" else by
    legend = (
        paired_text(f"each minus {comparison.baseline.name}"),
        INTERVAL,
        "each interval is for its figure alone; nothing is adjusted for how many are shown",
        *explained(
            (one.interval_note, one.replications)
            for found in made
            for section in found.sections
            for _, one in section.rows
            if not one.identical
        ),
    )
    return tuple(_view(found, heading) for found in made if found.sections), legend


def nothing_to_show(comparison: Comparison, by: str, views: Sequence[View]) -> tuple[str, ...]:
    """Say why there is no table, though the runs have what it is made of."""
    if by != "incidence" or views or not comparison.incidence_rows:
        return ()
    return (f"incidence: nobody is followed for {WITHIN_WEEKS[0]} weeks, so there is nothing to show",)


def _view(found: Sections, heading: str) -> View:
    made: list[tuple[Cell, ...]] = []
    ends = []
    for section in found.sections:
        label, unit = section.label, unit_text(section.unit)
        for key, one in section.rows:
            made.append((label, unit, key, *cells(one)))
            label = unit = ""
        ends.append(len(made) - 1)
    variant, baseline = found.names
    return View(
        f"{variant} minus {baseline}, {found.title}, {found.pairs:,} pairs of replications",
        key_figures(Column(heading), *columns_of(found.names)),
        tuple(made),
        frozenset(ends),
        found.names,
    )


def _of_periods(found: PeriodDifferences, by: str, *, everything: bool) -> Sections:
    shown = [(place, measure) for place, measure in enumerate(MEASURES) if measure.headline or everything]
    return Sections(
        "by group, all weeks" if by == "group" else f"by {by}, all groups",
        (found.variant, found.baseline),
        _pairs(found.intervals),
        tuple(
            Section(measure.label, measure.unit, tuple(_of_measure(found, by, place, measure.unit)))
            for place, measure in shown
        ),
    )


def _of_measure(found: PeriodDifferences, by: str, measure: int, unit: str) -> Iterator[tuple[str, Compared]]:
    for p, period in enumerate(found.periods):
        for g, group in enumerate(found.groups):
            if (by == "group" and period.kind == "total") or (period.kind == by and group == EVERYONE):
                yield (group if by == "group" else period.name), _figures(found.intervals, (p, g, measure), unit)


def _of_departments(found: PartDifferences, *, everything: bool) -> Sections:
    departments = [(p, part.department) for p, part in enumerate(found.parts) if part.group == EVERYONE]
    everybody, *each = departments
    return Sections(
        "by department",
        (found.variant, found.baseline),
        _pairs(found.intervals),
        tuple(
            Section(
                kpi.label,
                kpi.unit,
                tuple((name, _figures(found.intervals, (p, k), kpi.unit)) for p, name in (*each, everybody)),
            )
            for k, kpi in enumerate(KPIS)
            if kpi.headline or everything
        ),
    )


def _of_incidence(found: IncidenceDifferences, *, everything: bool) -> Sections:
    sections = []
    for q, (since, event) in enumerate(PAIRS):
        rows = [
            (f"{weeks} weeks", _figures(found.intervals, (0, q, w), "share")) for w, weeks in enumerate(WITHIN_WEEKS)
        ]
        told = tuple((key, one) for key, one in rows if not math.isnan(one.mean))
        if told and (everything or ((since, event) in HEADLINE and _seen(told))):
            sections.append(Section(f"{event.label}, since {since.label}", "share", told))
    names = (found.variant, found.baseline)
    return Sections("incidence, all citizens", names, _pairs(found.intervals), tuple(sections))


def _seen(rows: Sequence[tuple[str, Compared]]) -> bool:
    return any(one.mean > 0 or one.baseline_mean > 0 for _, one in rows)


def _figures(intervals: Intervals, place: tuple[int, ...], unit: str) -> Compared:
    return Compared(unit, **{name: getattr(intervals, name)[place].item() for name in STATISTICS})


def _pairs(intervals: Intervals) -> int:
    return int((intervals.replications + intervals.undefined).max())
