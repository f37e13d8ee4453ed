"""The tables of a comparison in the terminal: differences with their intervals, and what pairing gained."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from rich.table import Table

from sim.analysis.differences import Difference
from sim.analysis.kpis import KPIS
from sim.analysis.periods import EVERYONE, MEASURES, PeriodDifferences
from sim.report.terminal import UNDEFINED, console, decimals_for, new_table
from sim.study.comparison import Comparison

VIEWS = ("kpi", "year", "quarter", "group")
_SIDE_BY_SIDE = 3
"""More variants than this stand below each other."""
_WIDE_ENOUGH = 160
"""Columns of a terminal that hold the whole table."""
_SMALL_P = 0.05
_DIFFERENCE = "95 % intervals of the mean difference, paired by replication; pp: percentage points"


class Row(NamedTuple):
    """A KPI's difference, and its p-value adjusted over the differences shown."""

    of: Difference
    p: float


class Line(NamedTuple):
    """What is shown of a difference."""

    unit: str
    mean: float
    baseline_mean: float
    difference: float
    ci95_low: float
    ci95_high: float
    identical: bool


def print_comparison(comparison: Comparison, stream: TextIO, *, view: str, everything: bool) -> None:
    """Print a comparison.

    Parameters
    ----------
    comparison
        What is shown.
    stream
        Where to.
    view
        One of `VIEWS`: differences in the KPIs, or in the measures of the weekly tables by year, quarter or
        group.
    everything
        All KPIs or measures instead of the headline ones.
    """
    printer = console(stream)
    narrow = printer.width < _WIDE_ENOUGH
    if view == "kpi":
        tables, legend = _kpis(comparison, everything=everything, narrow=narrow)
    else:
        tables = [_by(found, view, everything=everything, narrow=narrow) for found in comparison.by_period_rows]
        legend = [_DIFFERENCE, "intervals are for each figure by itself; no adjustment is made for their number"]
    for table in tables:
        printer.print(table)
    if tables:
        for line in legend:
            printer.print(f" {line}")
        printer.print()
    for note in comparison.notes:
        stream.write(f"note: {note}\n")  # Not wrapped: commands are to be copied.


def _kpis(comparison: Comparison, *, everything: bool, narrow: bool) -> tuple[list[Table], list[str]]:
    shown = [kpi.name for kpi in KPIS if kpi.headline or everything]
    rows = [
        Row(one, one.p_holm if everything else one.p_holm_headline) for one in comparison.rows if one.kpi in shown
    ]
    tests = sum(not math.isnan(row.p) for row in rows)
    family = f"Holm-adjusted over the {tests} differences shown (those not 0 throughout)"
    if len(comparison.runs) == 1:
        name = comparison.runs[0].name
        legend = [
            _DIFFERENCE,
            f"larger: share of the replications in which {name} is larger, ties counted half; "
            "whether larger is better depends on the figure",
            f"p: paired t test, {family}",
            "saved: replications more of each that independent random numbers would need for the same interval",
        ]
        return _one(rows, narrow=narrow), legend
    if len(comparison.runs) <= _SIDE_BY_SIDE and not narrow:
        return [_side_by_side(comparison, rows)], [_DIFFERENCE, f"*: p below 0.05 by the paired t test, {family}"]
    return [_below(comparison, rows, narrow=narrow)], [_DIFFERENCE, f"p: paired t test, {family}"]


def _one(rows: Sequence[Row], *, narrow: bool) -> list[Table]:
    """One variant: differences and what pairing gained, in a second table where there is no room for both."""
    first = rows[0].of
    most = max(row.of.paired.replications + row.of.paired.undefined for row in rows)
    title = f"{first.variant} minus {first.baseline}, {most:,} pairs of replications"
    table = _begun(title, (first.variant, first.baseline), narrow=narrow)
    _add_figures(table, (first.variant, first.baseline), narrow=narrow)
    pairing = new_table("significance, and what pairing gained", unit=False) if narrow else table
    for header in ("larger", "p", "correlation", "saved"):
        pairing.add_column(header, justify="right", no_wrap=True)
    for row in rows:
        label, gained = _label(row.of.kpi), _gained(row)
        differences = (*_named(label, row.of.unit, narrow=narrow), *texts(_line(row.of)))
        table.add_row(*differences, *(() if narrow else gained))
        if narrow:
            pairing.add_row(label, *gained)
    return [table, pairing] if narrow else [table]


def _gained(row: Row) -> tuple[str, str, str, str]:
    figures = row.of.paired
    if figures.identical:
        return (UNDEFINED,) * 4
    return (
        _number(figures.larger_share, 2),
        _p_text(row.p),
        _number(figures.correlation, 2),
        _number(figures.replications_saved, 0),
    )


def _side_by_side(comparison: Comparison, rows: Sequence[Row]) -> Table:
    base = comparison.baseline.name
    table = new_table(f"minus {base}: difference (95 % interval)")
    table.add_column(base, justify="right")
    for run in comparison.runs:
        table.add_column(f"{run.name} minus {base}", justify="right")
    for kpi in dict.fromkeys(row.of.kpi for row in rows):
        of_kpi = [row for row in rows if row.of.kpi == kpi]
        cells = []
        for row in of_kpi:
            _, _, difference, interval = texts(_line(row.of))
            mark = "*" if row.p < _SMALL_P else ""
            cells.append(difference if interval == UNDEFINED else f"{difference}{mark} ({interval})")
        first = of_kpi[0].of
        table.add_row(_label(kpi), _unit(first.unit), texts(_line(first))[1], *cells)
    return table


def _below(comparison: Comparison, rows: Sequence[Row], *, narrow: bool) -> Table:
    base = comparison.baseline.name
    table = _begun(f"minus {base}", ("variant", base), narrow=narrow)
    table.add_column("variant", overflow="fold")
    _add_figures(table, ("mean", "baseline"), narrow=narrow)
    table.add_column("p", justify="right", no_wrap=True)
    for kpi in dict.fromkeys(row.of.kpi for row in rows):
        label = _label(kpi)
        for row in (row for row in rows if row.of.kpi == kpi):
            named = _named(label, row.of.unit, narrow=narrow)
            table.add_row(*named, row.of.variant, *texts(_line(row.of)), _p_text(row.p))
            label = ""
        table.add_section()
    return table


def _by(found: PeriodDifferences, view: str, *, everything: bool, narrow: bool) -> Table:
    most = int((found.intervals.replications + found.intervals.undefined).max())
    what = "by group, all weeks" if view == "group" else f"by {view}, all groups"
    names = (found.variant, found.baseline)
    table = _begun(
        f"{found.variant} minus {found.baseline}, {what}, {most:,} pairs of replications", names, narrow=narrow
    )
    table.add_column(view, overflow="fold")
    _add_figures(table, names, narrow=narrow)
    for place, measure in enumerate(MEASURES):
        if not (measure.headline or everything):
            continue
        label = measure.label
        for key, line in _lines_of(found, view, place, measure.unit):
            table.add_row(*_named(label, measure.unit, narrow=narrow), key, *texts(line))
            label = ""
        table.add_section()
    return table


def _begun(title: str, names: tuple[str, str], *, narrow: bool) -> Table:
    return new_table(f"{title}\nA: {names[0]}, B: {names[1]}" if narrow else title, unit=not narrow)


def _add_figures(table: Table, names: tuple[str, str], *, narrow: bool) -> None:
    for header in (*(("A", "B") if narrow else names), "difference", "95 % interval"):
        table.add_column(header, justify="right", no_wrap=True)


def _named(label: str, unit: str, *, narrow: bool) -> tuple[str, ...]:
    """The first cells of a row; without a label, of one that goes on with the figure above."""
    if narrow:
        return (f"{label} ({_unit(unit)})" if label else "",)
    return label, _unit(unit) if label else ""


def _lines_of(found: PeriodDifferences, view: str, measure: int, unit: str) -> Iterator[tuple[str, Line]]:
    for p, period in enumerate(found.periods):
        for g, group in enumerate(found.groups):
            if (view == "group" and period.kind == "total") or (period.kind == view and group == EVERYONE):
                cells = {name: getattr(found.intervals, name)[p, g, measure].item() for name in Line._fields[1:]}
                yield (group if view == "group" else period.name), Line(unit, **cells)


def _line(row: Difference) -> Line:
    return Line(row.unit, *(getattr(row.paired, name) for name in Line._fields[1:]))


def texts(line: Line) -> tuple[str, str, str, str]:
    """Write both means, difference and interval, to two digits of the half-width."""
    share = line.unit == "share"
    scale, points = (100.0, " pp") if share else (1.0, "")
    decimals = decimals_for([scale * (line.ci95_high - line.ci95_low) / 2])

    def signed(value: float) -> str:
        # No "-0.0".
        return f"{round(scale * value, decimals) + 0.0:+,.{decimals}f}"

    mean, base = (_number(scale * value, decimals) for value in (line.mean, line.baseline_mean))
    if line.identical:
        return mean, base, "identical", UNDEFINED
    difference = UNDEFINED if math.isnan(line.difference) else f"{signed(line.difference)}{points}"
    known = not math.isnan(line.ci95_low)
    interval = f"{signed(line.ci95_low)} to {signed(line.ci95_high)}" if known else UNDEFINED
    return mean, base, difference, interval


def _label(kpi: str) -> str:
    return next(one.label for one in KPIS if one.name == kpi)


def _unit(unit: str) -> str:
    return "%" if unit == "share" else unit


def _number(value: float, decimals: int) -> str:
    return UNDEFINED if math.isnan(value) else f"{round(value, decimals) + 0.0:,.{decimals}f}"


def _p_text(p: float) -> str:
    if math.isnan(p):
        return UNDEFINED
    return "<0.001" if p < 0.001 else f"{p:.3f}"
