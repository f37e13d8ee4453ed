"""What a ledger shows: variants beside each other, and each by calendar year as the budget notes' tables."""

import math
from collections.abc import Sequence

from sim.analysis.ledger import Ledger
from sim.analysis.ledger.ledger import Figure
from sim.analysis.ledger.lines import BOTH, IN_ALL, STATE, Line
from sim.report.view import Cell, Column, Interval, Number, Page, View

_THOUSAND = 1000.0
_NEGLIGIBLE = 1e-9


def ledger_page(ledger: Ledger) -> Page:
    """Show a ledger in detail: the differences by calendar year, then the business case.

    Lines that differ in no replication are left out; the files have all.
    """
    who, pairs = f"{ledger.variant} minus {ledger.baseline}", f"{ledger.replications:,} pairs of replications"
    views = [
        _lines(ledger, [line for line in ledger.line_names if line.unit == unit], f"{who}, {text}, {pairs}")
        for unit, text in (
            ("kr", f"1,000 kr, price level {ledger.price_year}"),
            ("years", "full-time and person-years"),
        )
    ]
    legend = (
        f"differences: {who}; below 0: it costs less, or has fewer",
        "95 % intervals of the mean, paired by replication; in brackets: not in the totals, for comparison",
    )
    return Page((*views, _case(ledger, f"{who}, business case, present values")), legend=legend, notes=ledger.notes)


def _lines(ledger: Ledger, lines: Sequence[Line], title: str) -> View:
    kr = lines[0].unit == "kr"
    shown = [j for j, period in enumerate(ledger.periods) if period.kind == "year"]
    rate = f"present value at {100.0 * ledger.discount_rate:.3g} % a year"
    columns = [
        Column(""),
        *([Column("payer")] if kr else []),
        *(Column(heading, right=True) for heading in (*(ledger.periods[j].name for j in shown), "in all")),
        Column("95 % interval", right=True),
        *([Column(rate, right=True)] if kr else []),
    ]
    rows: list[tuple[Cell, ...]] = []
    ends = []
    section = ""
    for line in lines:
        if _same(ledger, line) or (line == IN_ALL[BOTH] and _same(ledger, IN_ALL[STATE])):
            continue
        if line.section != section and section:
            ends.append(len(rows) - 1)
        section = line.section
        rows.append(_row(ledger, line, shown, kr=kr))
    return View(title, tuple(columns), tuple(rows), frozenset(ends))


def _same(ledger: Ledger, line: Line) -> bool:
    """No difference in any replication and period."""
    i = ledger.line_names.index(line)
    return bool(ledger.intervals.identical[i].all())


def _row(ledger: Ledger, line: Line, shown: Sequence[int], *, kr: bool) -> tuple[Cell, ...]:
    i, found = ledger.line_names.index(line), ledger.intervals
    scale, decimals = (_THOUSAND, 0) if kr else (1.0, 1)

    def number(value: float) -> Number:
        return Number(value / scale, decimals)

    name = line.name if line.section in ("total", "quantities") else f"{line.section}: {line.name}"
    low, high = found.ci95_low[i, 0], found.ci95_high[i, 0]
    constant = math.isnan(low) or high - low <= _NEGLIGIBLE * max(1.0, abs(high))
    return (
        name if line.counted or line.section in ("total", "quantities") else f"({name})",
        *((line.payer,) if kr else ()),
        *(number(found.difference[i, j]) for j in (*shown, 0)),
        "" if constant else Interval(low / scale, high / scale, decimals),
        *((number(found.difference[i, 1]),) if kr else ()),
    )


def _case(ledger: Ledger, title: str) -> View:
    columns = (Column(""), Column("unit"), Column("value", right=True), Column("95 % interval", right=True))
    return View(title, columns, tuple(_figure(figure, ledger) for figure in ledger.figures))


def _figure(figure: Figure, ledger: Ledger) -> tuple[Cell, ...]:
    scale, unit, decimals = 1.0, figure.unit, 2
    if figure.unit == "kr":
        scale, unit, decimals = 1.0 / _THOUSAND, "1,000 kr", 0
    elif figure.unit == "share":
        scale, unit, decimals = 100.0, "%", 0
    value: Cell = Number(scale * figure.value, decimals)
    if math.isinf(figure.value):
        value = f"not by the end of {ledger.periods[0].name[-4:]}"
    return figure.name, unit, value, Interval(scale * figure.ci95_low, scale * figure.ci95_high, decimals)
