"""The tables of a comparison in the terminal: differences with their intervals, and what pairing gained."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from rich.table import Table

from sim.analysis.differences import Difference
from sim.analysis.kpis import KPIS
from sim.analysis.periods import EVERYONE, MEASURES, PeriodDifferences
from sim.batch.comparison import Comparison
from sim.report.terminal import UNDEFINED, console, decimals_for, new_table

VIEWS = ("kpi", "year", "quarter", "group")
_SIDE_BY_SIDE = 3
"""More variants than this stand below each other."""


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
    if view == "kpi":
        tables, legend = _kpis(comparison, everything=everything)
    else:
        tables = [_by(found, view, everything=everything) for found in comparison.by_period_rows]
        legend = [
            _DIFFERENCE,
            "intervals are for each figure by itself; no adjustment is made for their number",
        ]
    printer = console(stream)
    for table in tables:
        printer.print(table)
    if tables:
        for line in legend:
            printer.print(f" {line}")
        printer.print()
    for note in comparison.notes:
        printer.print(f"note: {note}")


_DIFFERENCE = "95 % intervals of the mean difference, paired by replication; pp: percentage points"


def _kpis(comparison: Comparison, *, everything: bool) -> tuple[list[Table], list[str]]:
    shown = [kpi.name for kpi in KPIS if kpi.headline or everything]
    rows = [row for row in comparison.rows if row.kpi in shown]
    tests = sum(not math.isnan(row.paired.p_value) for row in rows)
    family = f"p: paired t test, Holm-adjusted over the {tests} differences shown (those not 0 throughout)"
    if len(comparison.runs) == 1:
        name = comparison.runs[0].name
        legend = [
            _DIFFERENCE,
            f"larger: share of the replications in which {name} is larger, ties counted half; "
            "whether larger is better depends on the figure",
            family,
            "saved: replications more of each that independent random numbers would need for the same interval",
        ]
        return [_one(rows, everything=everything)], legend
    if len(comparison.runs) <= _SIDE_BY_SIDE:
        marks = "*: p below 0.05 by the paired t test, Holm-adjusted over the"
        legend = [_DIFFERENCE, f"{marks} {tests} differences shown (those not 0 throughout)"]
        return [_side_by_side(comparison, rows, everything=everything)], legend
    return [_below(comparison, rows, everything=everything)], [_DIFFERENCE, family]


def _one(rows: Sequence[Difference], *, everything: bool) -> Table:
    first = rows[0]
    most = max(row.paired.replications + row.paired.undefined for row in rows)
    table = new_table(f"{first.variant} minus {first.baseline}, {most:,} pairs of replications")
    for header in (first.variant, first.baseline, "difference", "95 % interval"):
        table.add_column(header, justify="right")
    for header in ("larger", "p", "correlation", "saved"):
        table.add_column(header, justify="right", no_wrap=True)
    for row in rows:
        figures = row.paired
        mean, base, difference, interval = texts(_line(row))
        pairing = (
            (UNDEFINED,) * 4
            if figures.identical
            else (
                _number(figures.larger_share, 2),
                _p_text(_adjusted(row, everything=everything)),
                _number(figures.correlation, 2),
                _number(figures.replications_saved, 0),
            )
        )
        table.add_row(_label(row.kpi), _unit(row.unit), mean, base, difference, interval, *pairing)
    return table


def _side_by_side(comparison: Comparison, rows: Sequence[Difference], *, everything: bool) -> Table:
    base = comparison.baseline.name
    table = new_table(f"minus {base}: difference (95 % interval)")
    table.add_column(base, justify="right")
    for run in comparison.runs:
        table.add_column(f"{run.name} minus {base}", justify="right")
    for kpi in dict.fromkeys(row.kpi for row in rows):
        of_kpi = [row for row in rows if row.kpi == kpi]
        cells = []
        for row in of_kpi:
            _, _, difference, interval = texts(_line(row))
            mark = "*" if _adjusted(row, everything=everything) < 0.05 else ""
            cells.append(difference if interval == UNDEFINED else f"{difference}{mark} ({interval})")
        table.add_row(_label(kpi), _unit(of_kpi[0].unit), texts(_line(of_kpi[0]))[1], *cells)
    return table


def _below(comparison: Comparison, rows: Sequence[Difference], *, everything: bool) -> Table:
    base = comparison.baseline.name
    table = _sections(f"minus {base}", "variant", ("variant's", f"{base}'s"))
    table.add_column("p", justify="right", no_wrap=True)
    for kpi in dict.fromkeys(row.kpi for row in rows):
        label = _label(kpi)
        for row in (row for row in rows if row.kpi == kpi):
            p = _p_text(_adjusted(row, everything=everything))
            table.add_row(label, _unit(row.unit), row.variant, *texts(_line(row)), p)
            label = ""
        table.add_section()
    return table


def _by(found: PeriodDifferences, view: str, *, everything: bool) -> Table:
    most = int((found.intervals.replications + found.intervals.undefined).max())
    what = "by group, all weeks" if view == "group" else f"by {view}, all groups"
    title = f"{found.variant} minus {found.baseline}, {what}, {most:,} pairs of replications"
    table = _sections(title, view, (found.variant, found.baseline))
    for place, measure in enumerate(MEASURES):
        if not (measure.headline or everything):
            continue
        label = measure.label
        for key, line in _lines_of(found, view, place, measure.unit):
            table.add_row(label, _unit(measure.unit), key, *texts(line))
            label = ""
        table.add_section()
    return table


def _lines_of(found: PeriodDifferences, view: str, measure: int, unit: str) -> Iterator[tuple[str, Line]]:
    for p, period in enumerate(found.periods):
        for g, group in enumerate(found.groups):
            if (view == "group" and period.kind == "total") or (period.kind == view and group == EVERYONE):
                cells = {name: getattr(found.intervals, name)[p, g, measure].item() for name in Line._fields[1:]}
                yield (group if view == "group" else period.name), Line(unit, **cells)


def _sections(title: str, key: str, means: tuple[str, str]) -> Table:
    table = new_table(title)
    table.add_column(key, no_wrap=True)
    for header in (*means, "difference", "95 % interval"):
        table.add_column(header, justify="right")
    return table


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


def _adjusted(row: Difference, *, everything: bool) -> float:
    return row.p_holm if everything else row.p_holm_headline


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
