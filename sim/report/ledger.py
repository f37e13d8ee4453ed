"""A ledger in the terminal, laid out as the budget notes' tables: 1,000 kr, a column a calendar year."""

import math
from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.table import Table

from sim.analysis.ledger import Ledger
from sim.analysis.ledger.ledger import Figure
from sim.analysis.ledger.lines import BOTH, IN_ALL, STATE, Line
from sim.report.terminal import UNDEFINED, console

_THOUSAND = 1000.0
_NEGLIGIBLE = 1e-9


def print_ledger(ledger: Ledger, stream: TextIO) -> None:
    """Print a ledger: the differences by calendar year, then the business case.

    Lines that differ in no replication are left out; the files have all.

    Parameters
    ----------
    ledger
        From `sim.ledger`.
    stream
        Where to.
    """
    printer = console(stream)
    who, pairs = f"{ledger.variant} minus {ledger.baseline}", f"{ledger.replications:,} pairs of replications"
    for unit, text in (
        ("kr", f"1,000 kr, price level {ledger.price_year}"),
        ("years", "full-time and person-years"),
    ):
        printer.print(f"{who}, {text}, {pairs}", style="bold")
        printer.print(_lines(ledger, [line for line in ledger.line_names if line.unit == unit]))
    printer.print(f"{who}, business case, present values", style="bold")
    printer.print(_case(ledger))
    printer.print(f" differences: {ledger.variant} minus {ledger.baseline}; below 0: it costs less, or has fewer")
    printer.print(
        " 95 % intervals of the mean, paired by replication; in brackets: not in the totals, for comparison"
    )
    printer.print()
    for note in ledger.notes:
        printer.print(f"note: {note}")


def _lines(ledger: Ledger, lines: Sequence[Line]) -> Table:
    kr = lines[0].unit == "kr"
    table = _table()
    table.add_column("")
    if kr:
        table.add_column("payer")
    shown = [j for j, period in enumerate(ledger.periods) if period.kind == "year"]
    for j in shown:
        table.add_column(ledger.periods[j].name, justify="right")
    table.add_column("in all", justify="right")
    table.add_column("95 % interval", justify="right")
    if kr:
        table.add_column(f"present value at {100.0 * ledger.discount_rate:.3g} % a year", justify="right")
    section = ""
    for line in lines:
        i = ledger.line_names.index(line)
        if _same(ledger, line) or (line == IN_ALL[BOTH] and _same(ledger, IN_ALL[STATE])):
            continue
        if line.section != section and section:
            table.add_section()
        section = line.section
        table.add_row(*_row(ledger, i, line, shown, kr=kr))
    return table


def _same(ledger: Ledger, line: Line) -> bool:
    """No difference in any replication and period."""
    i = ledger.line_names.index(line)
    return bool(ledger.intervals.identical[i].all())


def _row(ledger: Ledger, i: int, line: Line, shown: Sequence[int], *, kr: bool) -> list[str]:
    found = ledger.intervals
    scale, decimals = (_THOUSAND, 0) if kr else (1.0, 1)

    def text(value: float) -> str:
        return UNDEFINED if math.isnan(value) else f"{round(value / scale, decimals) + 0.0:,.{decimals}f}"

    name = line.name if line.section in ("total", "quantities") else f"{line.section}: {line.name}"
    cells = [name if line.counted or line.section in ("total", "quantities") else f"({name})"]
    if kr:
        cells.append(line.payer)
    cells += [text(found.difference[i, j]) for j in (*shown, 0)]
    low, high = found.ci95_low[i, 0], found.ci95_high[i, 0]
    constant = math.isnan(low) or high - low <= _NEGLIGIBLE * max(1.0, abs(high))
    cells.append("" if constant else f"{text(low)} to {text(high)}")
    if kr:
        cells.append(text(found.difference[i, 1]))
    return cells


def _case(ledger: Ledger) -> Table:
    table = _table()
    for header in ("", "unit"):
        table.add_column(header)
    for header in ("value", "95 % interval"):
        table.add_column(header, justify="right")
    for figure in ledger.figures:
        table.add_row(*_figure(figure, ledger))
    return table


def _figure(figure: Figure, ledger: Ledger) -> tuple[str, str, str, str]:
    scale, unit, decimals = 1.0, figure.unit, 2
    if figure.unit == "kr":
        scale, unit, decimals = 1.0 / _THOUSAND, "1,000 kr", 0
    elif figure.unit == "share":
        scale, unit, decimals = 100.0, "%", 0

    def text(value: float) -> str:
        if math.isinf(value):
            return f"not by the end of {ledger.periods[0].name[-4:]}"
        return UNDEFINED if math.isnan(value) else f"{round(scale * value, decimals) + 0.0:,.{decimals}f}"

    known = not math.isnan(figure.ci95_low)
    interval = f"{text(figure.ci95_low)} to {text(figure.ci95_high)}" if known else UNDEFINED
    return figure.name, unit, text(figure.value), interval


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)
