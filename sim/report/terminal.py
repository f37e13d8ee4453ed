"""The closing table of a run: key figures with their 95 % intervals, one column a variant."""

import math
from collections.abc import Mapping, Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from sim.analysis.kpis import KPIS, Kpi
from sim.store.results import SummaryRow

UNDEFINED = "-"
_WIDE = 200  # Columns of a pipe, which has no edge to wrap at.
_MOST_DECIMALS = 3


def print_kpis(summaries: Mapping[str, Sequence[SummaryRow]], stream: TextIO, *, everything: bool) -> None:
    """Print the key figures of one variant, or of several side by side.

    Colours and wrapping only on a terminal; drawn in ASCII where the stream cannot show more.

    Parameters
    ----------
    summaries
        The summary of each variant, by its name.
    stream
        Where to.
    everything
        All KPIs instead of the headline ones.
    """
    shown = [kpi for kpi in KPIS if kpi.headline or everything]
    by_kpi = {name: {row.kpi: row for row in rows} for name, rows in summaries.items()}
    table = _one_variant(shown, *by_kpi.items()) if len(by_kpi) == 1 else _side_by_side(shown, by_kpi)
    console(stream).print(table)


def figures(kpi: Kpi, rows: Sequence[SummaryRow]) -> list[tuple[str, str]]:
    """Write mean and interval of one KPI in several variants, all to the same number of decimals.

    The narrowest half-width keeps two digits. Shares are in per cent.

    Returns
    -------
    list of tuple
        Mean and "low to high" of each row; "-" where it cannot be computed.
    """
    scale = 100.0 if kpi.unit == "share" else 1.0
    half_widths = [scale * (row.ci95_high - row.ci95_low) / 2 for row in rows]
    decimals = decimals_for(half_widths)

    def text(value: float) -> str:
        return f"{scale * value:,.{decimals}f}"

    return [
        (
            UNDEFINED if math.isnan(row.mean) else text(row.mean),
            UNDEFINED if math.isnan(row.ci95_low) else f"{text(row.ci95_low)} to {text(row.ci95_high)}",
        )
        for row in rows
    ]


def decimals_for(half_widths: Sequence[float]) -> int:
    """Decimals that show two digits of the narrowest half-width; NaN and a constant's rounding do not count."""
    known = [width for width in half_widths if width > 1e-12]
    decimals = 1 - math.floor(math.log10(min(known))) if known else 1
    return min(max(decimals, 0), _MOST_DECIMALS)


def unit_text(kpi: Kpi) -> str:
    """Unit of the figures as shown."""
    return "%" if kpi.unit == "share" else kpi.unit


def _one_variant(shown: Sequence[Kpi], variant: tuple[str, Mapping[str, SummaryRow]]) -> Table:
    name, rows = variant
    table = new_table(name)
    for header in ("mean", "95 % interval", "replications"):
        table.add_column(header, justify="right", no_wrap=True)
    for kpi in shown:
        row = rows[kpi.name]
        mean, interval = figures(kpi, [row])[0]
        table.add_row(kpi.label, unit_text(kpi), mean, interval, f"{row.replications:,}")
    return table


def _side_by_side(shown: Sequence[Kpi], variants: Mapping[str, Mapping[str, SummaryRow]]) -> Table:
    table = new_table("mean (95 % interval)")
    for name in variants:
        table.add_column(name, justify="right")
    for kpi in shown:
        rows = [variant[kpi.name] for variant in variants.values()]
        cells = [mean if interval == UNDEFINED else f"{mean} ({interval})" for mean, interval in figures(kpi, rows)]
        table.add_row(kpi.label, unit_text(kpi), *cells)
    table.add_section()
    counts = (max(row.replications + row.undefined for row in v.values()) for v in variants.values())
    table.add_row("replications", "", *(f"{count:,}" for count in counts))
    return table


def new_table(title: str, *, unit: bool = True) -> Table:
    """Begin a table in the style of all: key figures, and their units, first."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column("key figure", overflow="fold")
    if unit:
        table.add_column("unit", overflow="fold")
    return table


def console(stream: TextIO) -> Console:
    """Give what prints to a stream: colours and wrapping only on a terminal."""
    return Console(file=stream, width=None if stream.isatty() else _WIDE, highlight=False, markup=False, emoji=False)
