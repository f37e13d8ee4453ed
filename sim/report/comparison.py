"""What a comparison shows: differences with their 95 % intervals, and what pairing gained."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.analysis.comparison.differences import Difference
from sim.analysis.kpis import KPIS
from sim.report.attention import look_lines
from sim.report.by_key import KEYS, by_key, nothing_to_show
from sim.report.compared import INTERVAL, STATISTICS, Compared, cells, columns_of, paired_text
from sim.report.intervals import explained
from sim.report.uncertainty import LEGEND, uncertainty_views
from sim.report.view import (
    UNDEFINED,
    Cell,
    Column,
    Estimate,
    Number,
    Page,
    View,
    figure,
    key_figures,
    p_value,
    unit_text,
)
from sim.study.comparison import Comparison

BY = ("kpi", *KEYS)
"""By what differences can be shown."""
_SIDE_BY_SIDE = 3
"""More variants than this stand below each other."""
_SMALL_P = 0.05
_PAIRING = "significance, and what pairing gained"


class Adjusted(NamedTuple):
    """A KPI's difference, and its p-value adjusted over the differences shown."""

    of: Difference
    p: float


def comparison_page(comparison: Comparison, *, by: str, everything: bool, side_by_side: bool = True) -> Page:
    """Show a comparison.

    Parameters
    ----------
    comparison
        What is shown.
    by
        One of `BY`: differences in the KPIs, or figures of the other tables by what tells them apart.
    everything
        All figures instead of the headline ones.
    side_by_side
        Whether a few variants may stand beside each other.
    """
    if by == "kpi":
        views, legend = _kpis(comparison, everything=everything, side_by_side=side_by_side)
        base = comparison.baseline.name
        apart = {f"{name} minus {base}": of_name for name, of_name in comparison.components.items()}
        views += uncertainty_views(apart, everything=everything)
        legend += LEGEND if apart else ()
    else:
        views, legend = by_key(comparison, by, everything=everything)
    return Page(
        views,
        legend=legend if views else (),
        notes=(*comparison.notes, *nothing_to_show(comparison, by, views)),
        look=look_lines(comparison.look),
    )


def compared(row: Difference) -> Compared:
    """Take what is shown of a KPI's difference."""
    return Compared(row.unit, *(getattr(row.paired, name) for name in STATISTICS))


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
            paired_text(f"{name} minus {base}"),
            INTERVAL,
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
    difference = paired_text(f"each minus {base}")
    if len(comparison.runs) <= _SIDE_BY_SIDE and side_by_side:
        return (_side_by_side(comparison, rows),), (difference, INTERVAL, f"*: p below 0.05; {p_legend}", *said)
    return (_below(comparison, rows),), (difference, INTERVAL, p_legend, *said)


def _one(rows: Sequence[Adjusted]) -> View:
    """One variant: differences and what pairing gained."""
    first = rows[0].of
    most = max(row.of.paired.replications + row.of.paired.undefined for row in rows)
    names = (first.variant, first.baseline)
    gained = (figure(heading, part=_PAIRING) for heading in ("larger", "p", "correlation", "saved"))
    return View(
        f"{first.variant} minus {first.baseline}, {most:,} pairs of replications",
        key_figures(*columns_of(names), *gained),
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
    columns = key_figures(Column("variant"), *columns_of(("mean", "baseline")), figure("p"))
    return View(f"minus {base}", columns, tuple(made), frozenset(ends), ("variant", base))


def _label(kpi: str) -> str:
    return next(one.label for one in KPIS if one.name == kpi)
