"""The tables of a ledger as they are written, with the unit and meaning of every column."""

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from sim.analysis.comparison.moments import Intervals
from sim.analysis.ledger.figures import Figure
from sim.analysis.ledger.lines import Line
from sim.tables.arrow import table_of
from sim.tables.column import flag, number, text, whole

_HEAD = (
    text("variant", "The run A."),
    text("baseline", "The run B it is compared with. Differences are A - B."),
    whole("price_year", "", "Price level of amounts."),
    number("discount_rate", "a year", "Of present values."),
    text("later_rates", "Other discount rates of later years; no value: none."),
)
_STATISTICS = ("mean", "baseline_mean", "difference", "ci95_low", "ci95_high")
LINES = (
    *_HEAD,
    text("section", "Part of the ledger."),
    text("line", "What it is; of an exit with what it counts as."),
    text("payer", "municipality, state, or both; none for quantities."),
    text("unit", "kr, or years: full-time years of staff, person-years of citizens."),
    flag("counted", "In the totals? What is not is there for comparison."),
    text("period_kind", "total, present value, year or quarter."),
    text("period", "Which one."),
    number("mean", "", "Mean in A over the pairs of replications; no value: not known."),
    number("baseline_mean", "", "Mean in B over the same replications."),
    number("difference", "", "Mean of A - B."),
    number("ci95_low", "", "Lower end of its 95 % confidence interval (paired, Student's t)."),
    number("ci95_high", "", "Upper end of that interval."),
    whole("replications", "replications", "Pairs."),
)
FIGURES = (
    *_HEAD,
    text("figure", "What it is; see docs/money.md."),
    text("unit", "kr (present value), weeks per treated citizen, years, or share."),
    number("value", "", "Mean; of a probability the share of replications; no value: cannot be computed."),
    number("ci95_low", "", "Lower end of its 95 % interval (Student's t; of a probability Wilson's)."),
    number("ci95_high", "", "Upper end of that interval."),
    whole("replications", "replications", "Those in which it is defined."),
)


class Head(NamedTuple):
    """What every row begins with: the two runs, the price level, and the rates of present values."""

    variant: str
    baseline: str
    price_year: int
    discount_rate: float
    later_rates: str | None


def lines_table(
    head: Head, lines: Sequence[Line], spans: Sequence[tuple[str, str]], intervals: Intervals
) -> pa.Table:
    """One row per line and span (its kind and its name); `intervals` by line and span."""
    rows = (
        (
            *head, line.section, line.name, line.payer or None, line.unit, line.counted, *span,
            *(float(getattr(intervals, name)[i, j]) for name in _STATISTICS),
            int(intervals.replications[i, j]),
        )
        for i, line in enumerate(lines)
        for j, span in enumerate(spans)
    )  # fmt: skip
    return table_of(LINES, rows, {})


def figures_table(head: Head, figures: Sequence[Figure]) -> pa.Table:
    """One row per figure of the business case."""
    return table_of(FIGURES, ((*head, *figure) for figure in figures), {})
