"""Shows both uncertainties of runs with a posterior apart: what is not known of the parameters, and chance."""

from collections.abc import Iterable, Mapping

from sim.analysis.components import Components
from sim.analysis.kpis import KPIS
from sim.report.view import Cell, Interval, Number, View, figure, key_figures, narrowest, scale_of, unit_text

LEGEND = (
    "over the draws: 95 % interval of the expected figure: what is not known of the parameters "
    "(docs/calibration.md)",
    "draws, sd: standard deviation of the expected figure from draw to draw",
    "chance, sd: standard deviation between replications of one draw",
    "chance, error: standard error of the mean by chance alone, which more replications take away",
)


def uncertainty_views(found: Mapping[str, Mapping[str, Components]], *, everything: bool) -> tuple[View, ...]:
    """Show both uncertainties of key figures.

    Parameters
    ----------
    found
        By what is shown (a variant, or a difference) and KPI.
    everything
        All KPIs instead of the headline ones.
    """
    shown = [kpi for kpi in KPIS if kpi.headline or everything]
    return tuple(
        components_view(
            name,
            ((kpi.label, kpi.unit, of_name[kpi.name]) for kpi in shown),
            signed=False,
        )
        for name, of_name in found.items()
    )


def components_view(name: str, rows: Iterable[tuple[str, str, Components]], *, signed: bool) -> View:
    """Make the table of some figures.

    Parameters
    ----------
    name
        What they are of.
    rows
        Label, unit and components of each figure.
    signed
        Whether means are shown with a plus.
    """
    made = [_row(label, unit, one, signed=signed) for label, unit, one in rows]
    columns = key_figures(
        figure("mean"), figure("over the draws"), figure("draws, sd"), figure("chance, sd"), figure("chance, error")
    )
    return View(f"{name}: parameters and chance apart", columns, tuple(made))


def _row(label: str, unit: str, one: Components, *, signed: bool) -> tuple[Cell, ...]:
    scale = scale_of(unit)
    decimals = narrowest([scale * one.mean_se])
    return (
        label,
        unit_text(unit),
        Number(scale * one.mean, decimals, signed),
        Interval(scale * one.low, scale * one.high, decimals, signed),
        Number(scale * one.between_sd, decimals),
        Number(scale * one.within_sd, decimals),
        Number(scale * one.chance_se, decimals),
    )
