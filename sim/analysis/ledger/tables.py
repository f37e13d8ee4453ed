"""The tables of a ledger as they are written, with the unit and meaning of every column."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from sim.analysis.ledger.ledger import Ledger

_RUNS = {
    "variant": (pa.string(), "", "The run A."),
    "baseline": (pa.string(), "", "The run B it is compared with. Differences are A - B."),
}
_LEVEL = {
    "price_year": (pa.int64(), "", "Price level of amounts."),
    "discount_rate": (pa.float64(), "a year", "Of present values."),
}
LINES: Mapping[str, tuple[Any, str, str]] = {
    **_RUNS,
    **_LEVEL,
    "section": (pa.string(), "", "Part of the ledger."),
    "line": (pa.string(), "", "What it is; of an exit with what it counts as."),
    "payer": (pa.string(), "", "municipality, state, or both; none for quantities."),
    "unit": (pa.string(), "", "kr, or years: full-time years of staff, person-years of citizens."),
    "counted": (pa.bool_(), "", "In the totals? What is not is there for comparison."),
    "period_kind": (pa.string(), "", "total, present value, year or quarter."),
    "period": (pa.string(), "", "Which one."),
    "mean": (pa.float64(), "", "Mean in A over the pairs of replications."),
    "baseline_mean": (pa.float64(), "", "Mean in B over the same replications."),
    "difference": (pa.float64(), "", "Mean of A - B."),
    "ci95_low": (pa.float64(), "", "Lower end of its 95 % confidence interval (paired, Student's t)."),
    "ci95_high": (pa.float64(), "", "Upper end of that interval."),
    "replications": (pa.int64(), "replications", "Pairs."),
}
FIGURES: Mapping[str, tuple[Any, str, str]] = {
    **_RUNS,
    **_LEVEL,
    "figure": (pa.string(), "", "What it is; see docs/money.md."),
    "unit": (pa.string(), "", "kr (present value), weeks per treated citizen, years, or share."),
    "value": (pa.float64(), "", "Mean; of a probability the share of replications; no value: cannot be computed."),
    "ci95_low": (pa.float64(), "", "Lower end of its 95 % interval (Student's t; of a probability Wilson's)."),
    "ci95_high": (pa.float64(), "", "Upper end of that interval."),
    "replications": (pa.int64(), "replications", "Those in which it is defined."),
}


def lines_table(ledger: "Ledger") -> pa.Table:
    """One row a line and period."""
    found = ledger.intervals
    rows = [
        (
            *_head(ledger), line.section, line.name, line.payer or None, line.unit, line.counted, *period,
            *(float(x[i, j]) for x in (found.mean, found.baseline_mean, found.difference)),
            *(_known(float(x[i, j])) for x in (found.ci95_low, found.ci95_high)),
            int(found.replications[i, j]),
        )
        for i, line in enumerate(ledger.line_names)
        for j, period in enumerate(ledger.spans)
    ]  # fmt: skip
    return _table(LINES, rows)


def figures_table(ledger: "Ledger") -> pa.Table:
    """One row a figure of the business case."""
    rows = [
        (*_head(ledger), f.name, f.unit, *(_known(x) for x in (f.value, f.ci95_low, f.ci95_high)), f.replications)
        for f in ledger.figures
    ]
    return _table(FIGURES, rows)


def _head(ledger: "Ledger") -> tuple[str, str, int, float]:
    return ledger.variant, ledger.baseline, ledger.price_year, ledger.discount_rate


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _table(columns: Mapping[str, tuple[Any, str, str]], rows: list[tuple[Any, ...]]) -> pa.Table:
    schema = pa.schema(
        [
            pa.field(name, kind, metadata={"unit": unit, "description": description})
            for name, (kind, unit, description) in columns.items()
        ]
    )
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.Table.from_arrays([pa.array(v, f.type) for v, f in zip(values, schema, strict=True)], schema=schema)
