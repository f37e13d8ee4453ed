"""What a comparison shows: differences with their 95 % intervals, and what pairing gained."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sim.analysis.comparison.differences import Difference
from sim.analysis.kpis import KPIS
from sim.analysis.periods import MEASURES, PeriodDifferences
from sim.catalogue import EVERYONE
from sim.report.attention import look_lines
from sim.report.intervals import explained
from sim.report.view import (
    IDENTICAL,
    UNDEFINED,
    Cell,
    Column,
    Estimate,
    Interval,
    Number,
    Page,
    View,
    figure,
    key_figures,
    narrowest,
    p_value,
    scale_of,
    unit_text,
)
from sim.study.comparison import Comparison

BY = ("kpi", "year", "quarter", "group")
"""By what differences can be shown."""
_SIDE_BY_SIDE = 3
"""More variants than this stand below each other."""
_SMALL_P = 0.05
_PAIRING = "significance, and what pairing gained"
_INTERVAL = (
    "95 % interval: holds the expected difference in 95 of 100 such comparisons; more replications narrow it; "
    "pp: percentage points"
)


class Adjusted(NamedTuple):
    """A KPI's difference, and its p-value adjusted over the differences shown."""

    of: Difference
    p: float


class Compared(NamedTuple):
    """A figure in two variants.

    Attributes
    ----------
    unit
        Of the means and the difference.
    mean, baseline_mean, difference, ci95_low, ci95_high, identical, interval_note, replications
        As in `sim.analysis.comparison.paired.Paired`.
    """

    unit: str
    mean: float
    baseline_mean: float
    difference: float
    ci95_low: float
    ci95_high: float
    identical: bool
    interval_note: str
    replications: int


_STATISTICS = Compared._fields[1:]


class Cells(NamedTuple):
    """How a figure in two variants is shown."""

    mean: Number
    baseline_mean: Number
    difference: Cell
    interval: Interval


def comparison_page(comparison: Comparison, *, by: str, everything: bool, side_by_side: bool = True) -> Page:
    """Show a comparison.

    Parameters
    ----------
    comparison
        What is shown.
    by
        One of `BY`: differences in the KPIs, or in the measures of the weekly tables by year, quarter or group.
    everything
        All KPIs or measures instead of the headline ones.
    side_by_side
        Whether a few variants may stand beside each other.
    """
    if by == "kpi":
        views, legend = _kpis(comparison, everything=everything, side_by_side=side_by_side)
    else:
        views = tuple(_by_period(found, by, everything=everything) for found in comparison.by_period_rows)
        base = comparison.baseline.name
        legend = (
            _paired(f"each minus {base}"),
            _INTERVAL,
            "each interval is for its figure alone; nothing is adjusted for how many are shown",
            *_of_periods(comparison.by_period_rows, by, everything=everything),
        )
    return Page(
        views,
        legend=legend if views else (),
        notes=comparison.notes,
        look=look_lines(comparison.look),
    )


def _of_periods(rows: Sequence[PeriodDifferences], by: str, *, everything: bool) -> tuple[str, ...]:
    """Explain the notes on the differences shown."""
    shown = [place for place, measure in enumerate(MEASURES) if measure.headline or everything]
    return explained(
        (one.interval_note, one.replications)
        for found in rows
        for place in shown
        for _, one in _of_measure(found, by, place, MEASURES[place].unit)
        if not one.identical
    )


def cells(of: Compared) -> Cells:
    """Show both means, difference and interval, to two digits of the half-width."""
    scale, suffix = scale_of(of.unit), " pp" if of.unit == "share" else ""
    decimals = narrowest([scale * (of.ci95_high - of.ci95_low) / 2])
    mean, base = (Number(scale * value, decimals) for value in (of.mean, of.baseline_mean))
    if of.identical:
        return Cells(mean, base, IDENTICAL, Interval(math.nan, math.nan, decimals, signed=True))
    return Cells(
        mean,
        base,
        Number(scale * of.difference, decimals, signed=True, suffix=suffix),
        Interval(scale * of.ci95_low, scale * of.ci95_high, decimals, signed=True, note=of.interval_note),
    )


def compared(row: Difference) -> Compared:
    """Take what is shown of a KPI's difference."""
    return Compared(row.unit, *(getattr(row.paired, name) for name in _STATISTICS))


def _kpis(
    comparison: Comparison, *, everything: bool, side_by_side: bool
) -> tuple[tuple[View, ...], tuple[str, ...]]:
    shown = [kpi.name for kpi in KPIS if kpi.headline or everything]
    rows = [
        Adjusted(one, one.p_holm if everything else one.p_holm_headline)
        for one in comparison.rows
        if one.kpi in shown
    ]
    tests = sum(not math.isnan(row.p) for row in rows)
    base = comparison.baseline.name
    said = explained(
        (row.of.paired.interval_note, row.of.paired.replications) for row in rows if not row.of.paired.identical
    )
    p_legend = (
        "p: how probable so large a difference is by chance alone, if the two were alike; below 0.05 is hardly "
        f"chance (paired t test, Holm-adjusted for the {tests} differences tested)"
    )
    if len(comparison.runs) == 1:
        name = comparison.runs[0].name
        legend = (
            _paired(f"{name} minus {base}"),
            _INTERVAL,
            f"larger: share of the replications in which {name} is larger than {base}, ties counted half; "
            "whether larger is better depends on the figure",
            p_legend,
            f"correlation: 1 where {name} and {base} rise and fall together from replication to replication, "
            "0 where they do not",
            "saved: replications saved by pairing, of each variant: so many more would be needed for an interval as "
            "narrow as this if the two did not share their luck; below 0: pairing cost some",
            *said,
        )
        return (_one(rows),), legend
    difference = _paired(f"each minus {base}")
    if len(comparison.runs) <= _SIDE_BY_SIDE and side_by_side:
        return (_side_by_side(comparison, rows),), (difference, _INTERVAL, f"*: p below 0.05; {p_legend}", *said)
    return (_below(comparison, rows),), (difference, _INTERVAL, p_legend, *said)


def _paired(what: str) -> str:
    return f"difference: {what}, paired by replication: both have the same citizens with the same luck"


def _one(rows: Sequence[Adjusted]) -> View:
    """One variant: differences and what pairing gained."""
    first = rows[0].of
    most = max(row.of.paired.replications + row.of.paired.undefined for row in rows)
    names = (first.variant, first.baseline)
    gained = (figure(heading, part=_PAIRING) for heading in ("larger", "p", "correlation", "saved"))
    return View(
        f"{first.variant} minus {first.baseline}, {most:,} pairs of replications",
        key_figures(*_columns(names), *gained),
        tuple((_label(row.of.kpi), unit_text(row.of.unit), *cells(compared(row.of)), *_gained(row)) for row in rows),
        names=names,
    )


def _gained(row: Adjusted) -> tuple[Cell, ...]:
    figures = row.of.paired
    if figures.identical:
        return (UNDEFINED,) * 4
    return (
        Number(figures.larger_share, 2),
        p_value(row.p),
        Number(figures.correlation, 2),
        Number(figures.replications_saved, 0),
    )


def _side_by_side(comparison: Comparison, rows: Sequence[Adjusted]) -> View:
    base = comparison.baseline.name
    headings = (base, *(f"{run.name} minus {base}" for run in comparison.runs))
    made = []
    for kpi in dict.fromkeys(row.of.kpi for row in rows):
        of_kpi = [row for row in rows if row.of.kpi == kpi]
        first = of_kpi[0].of
        beside: list[Cell] = [cells(compared(first)).baseline_mean]
        for row in of_kpi:
            _, _, difference, interval = cells(compared(row.of))
            mark = "*" if row.p < _SMALL_P else ""
            beside.append(Estimate(difference, interval, mark) if isinstance(difference, Number) else difference)
        made.append((_label(kpi), unit_text(first.unit), *beside))
    columns = key_figures(*(Column(heading, right=True) for heading in headings))
    return View(f"minus {base}: difference (95 % interval)", columns, tuple(made))


def _below(comparison: Comparison, rows: Sequence[Adjusted]) -> View:
    base = comparison.baseline.name
    made: list[tuple[Cell, ...]] = []
    ends = []
    for kpi in dict.fromkeys(row.of.kpi for row in rows):
        label = _label(kpi)
        for row in (row for row in rows if row.of.kpi == kpi):
            unit = unit_text(row.of.unit) if label else ""
            made.append((label, unit, row.of.variant, *cells(compared(row.of)), p_value(row.p)))
            label = ""
        ends.append(len(made) - 1)
    columns = key_figures(Column("variant"), *_columns(("mean", "baseline")), figure("p"))
    return View(f"minus {base}", columns, tuple(made), frozenset(ends), ("variant", base))


def _by_period(found: PeriodDifferences, by: str, *, everything: bool) -> View:
    most = int((found.intervals.replications + found.intervals.undefined).max())
    what = "by group, all weeks" if by == "group" else f"by {by}, all groups"
    names = (found.variant, found.baseline)
    made: list[tuple[Cell, ...]] = []
    ends = []
    for place, measure in enumerate(MEASURES):
        if not (measure.headline or everything):
            continue
        label, unit = measure.label, unit_text(measure.unit)
        for key, one in _of_measure(found, by, place, measure.unit):
            made.append((label, unit, key, *cells(one)))
            label = unit = ""
        ends.append(len(made) - 1)
    return View(
        f"{found.variant} minus {found.baseline}, {what}, {most:,} pairs of replications",
        key_figures(Column(by), *_columns(names)),
        tuple(made),
        frozenset(ends),
        names,
    )


def _columns(names: tuple[str, str]) -> tuple[Column, ...]:
    short = (figure(name, short=letter) for name, letter in zip(names, "AB", strict=True))
    return (*short, figure("difference"), figure("95 % interval"))


def _of_measure(found: PeriodDifferences, by: str, measure: int, unit: str) -> Iterator[tuple[str, Compared]]:
    for p, period in enumerate(found.periods):
        for g, group in enumerate(found.groups):
            if (by == "group" and period.kind == "total") or (period.kind == by and group == EVERYONE):
                figures = {name: getattr(found.intervals, name)[p, g, measure].item() for name in _STATISTICS}
                yield (group if by == "group" else period.name), Compared(unit, **figures)


def _label(kpi: str) -> str:
    return next(one.label for one in KPIS if one.name == kpi)
