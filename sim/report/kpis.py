"""What the closing table of a run shows: key figures with their 95 % intervals, of one variant or of several."""

from collections.abc import Mapping, Sequence

from sim.analysis.components import Components
from sim.analysis.kpis import KPIS
from sim.analysis.kpis.kpi import Kpi
from sim.report.attention import look_lines
from sim.report.intervals import explained
from sim.report.uncertainty import LEGEND, uncertainty_views
from sim.report.view import (
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
    scale_of,
    unit_text,
)
from sim.store.results import SummaryRow

Summary = Mapping[str, SummaryRow]
"""The summary of a variant, by KPI."""


def kpis_page(
    summaries: Mapping[str, Sequence[SummaryRow]],
    *,
    everything: bool,
    look: Mapping[str, Sequence[str]],
    apart: Mapping[str, Mapping[str, Components]] | None = None,
) -> Page:
    """Show the key figures of one variant, or of several side by side.

    Parameters
    ----------
    summaries
        The summary of each variant, by its name.
    everything
        All KPIs instead of the headline ones.
    look
        What to look at in each variant, by its name.
    apart
        Of variants with a posterior, by name: both uncertainties of each KPI.
    """
    shown = [kpi for kpi in KPIS if kpi.headline or everything]
    by_kpi = {name: {row.kpi: row for row in rows} for name, rows in summaries.items()}
    view = _one_variant(shown, *by_kpi.items()) if len(by_kpi) == 1 else _side_by_side(shown, by_kpi)
    rows = [of_variant[kpi.name] for of_variant in by_kpi.values() for kpi in shown]
    return Page(
        (view, *uncertainty_views(apart or {}, everything=everything)),
        legend=(*explained((row.interval_note, row.replications) for row in rows), *(LEGEND if apart else ())),
        look=look_lines(look),
    )


def means(kpi: Kpi, rows: Sequence[SummaryRow]) -> list[Estimate]:
    """Give mean and interval of one KPI in several variants, all with the decimals of the narrowest interval."""
    scale = scale_of(kpi.unit)
    decimals = narrowest([scale * (row.ci95_high - row.ci95_low) / 2 for row in rows])
    return [
        Estimate(
            Number(scale * row.mean, decimals),
            Interval(scale * row.ci95_low, scale * row.ci95_high, decimals, note=row.interval_note),
        )
        for row in rows
    ]


def _one_variant(shown: Sequence[Kpi], variant: tuple[str, Summary]) -> View:
    name, rows = variant
    cells: list[tuple[Cell, ...]] = []
    for kpi in shown:
        (found,) = means(kpi, [rows[kpi.name]])
        replications = Number(rows[kpi.name].replications, 0)
        cells.append((kpi.label, unit_text(kpi.unit), found.mean, found.interval, replications))
    headings = ("mean", "95 % interval", "replications")
    return View(name, key_figures(*(figure(heading) for heading in headings)), tuple(cells))


def _side_by_side(shown: Sequence[Kpi], variants: Mapping[str, Summary]) -> View:
    columns = key_figures(*(Column(name, right=True) for name in variants))
    of_kpis: list[tuple[Cell, ...]] = [
        (kpi.label, unit_text(kpi.unit), *means(kpi, [rows[kpi.name] for rows in variants.values()]))
        for kpi in shown
    ]
    counts = (max(row.replications + row.undefined for row in v.values()) for v in variants.values())
    last: tuple[Cell, ...] = ("replications", "", *(Number(count, 0) for count in counts))
    return View("mean (95 % interval)", columns, (*of_kpis, last), frozenset({len(of_kpis) - 1}))
