"""What runs with a posterior say besides: intervals that count draws, and a table of both uncertainties."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.components import Components, components, effective
from sim.analysis.intervals import score_interval, t_interval
from sim.analysis.kpis import KPI_NAMES, KPIS
from sim.analysis.rounding import settled
from sim.analysis.summary import Statistics
from sim.store.run import Run
from sim.tables.arrow import Metadata, table_of
from sim.tables.column import number, text, whole

Floats = NDArray[np.float64]

COLUMNS = (
    text("variant", "Name of the config."),
    text("kpi", "Name of the KPI: a column of the replications table."),
    text("unit", "Unit of the KPI, and of all figures of the row but the counts."),
    number("mean", "", "Mean over all replications."),
    number("parameters_sd", "", "Standard deviation of the expected KPI from draw to draw: of the parameters."),
    number("parameters_low", "", "2.5 % quantile of the expected KPI over the draws."),
    number("parameters_high", "", "97.5 % quantile of the expected KPI over the draws."),
    number("chance_sd", "", "Standard deviation between replications of one draw: chance."),
    number("chance_se", "", "Standard error of the mean by chance alone: more replications take it away."),
    number("mean_se", "", "Standard error of the mean by chance and by the number of draws."),
    whole("draws", "draws", "Of the parameters."),
    whole("replications", "replications", "Those in which it is defined."),
)
"""Columns of the table; docs/calibration.md has the formulas."""
OF_DIFFERENCES = "comparison_uncertainty"
"""Name of the table of differences."""
DIFFERENCES = (
    text("variant", "The run that is compared: A."),
    text("baseline", "The run it is compared with: B. All figures are of A - B."),
    *COLUMNS[1:],
)


def with_draws(
    statistics: Sequence[Sequence[Statistics]], values: Floats, highest: Floats, per_draw: int
) -> list[list[Statistics]]:
    """Replace the intervals of means by such that count draws, not replications, as independent.

    Parameters
    ----------
    statistics
        By point and KPI, from `sim.analysis.summary.summarise_many`.
    values
        Point x replication x KPI.
    highest
        Highest possible value of each KPI.
    per_draw
        Replications of each draw.
    """
    return [
        [
            widened(one, values[point, :, kpi], per_draw, float(highest[kpi]))
            for kpi, one in enumerate(of_point)
        ]
        for point, of_point in enumerate(statistics)
    ]  # fmt: skip


def widened(one: Statistics, values: Floats, per_draw: int, highest: float | None) -> Statistics:
    """Replace the interval of one mean; `highest` None: values may be negative."""
    if not one.sd > 0:
        return one
    (even,) = settled(values[~np.isnan(values)][None], np.array([np.nanmax(np.abs(values))]))
    used = np.full_like(values, np.nan)
    used[~np.isnan(values)] = even
    variance, many = effective(used, per_draw)
    mean, spread = np.array([one.mean]), np.array([variance])
    if highest is None:
        low, high = t_interval(mean, spread, many)
    else:
        low, high = score_interval(mean, spread, many, np.array([highest]))
    return one._replace(ci95_low=low.item(), ci95_high=high.item())


def uncertainty_table(variant: str, values: Floats, per_draw: int, metadata: Metadata) -> pa.Table:
    """Tell both uncertainties of every KPI (replication x KPI)."""
    rows = [(variant, kpi.name, kpi.unit, *components(values[:, i], per_draw)) for i, kpi in enumerate(KPIS)]
    return table_of(COLUMNS, rows, metadata)


def components_of(run: Run, baseline: Run | None = None) -> dict[str, Components]:
    """Tell both uncertainties of every KPI of a run, or of its differences from a baseline.

    Parameters
    ----------
    run
        With a posterior.
    baseline
        With the same draws; replications that both have are paired.
    """
    _, values = run.values(KPI_NAMES)
    if baseline is not None:
        _, base = baseline.values(KPI_NAMES)
        pairs = min(len(next(iter(values.values()))), len(next(iter(base.values()))))
        values = {kpi: values[kpi][:pairs] - base[kpi][:pairs] for kpi in KPI_NAMES}
    return {kpi: components(of_kpi, run.manifest.per_draw) for kpi, of_kpi in values.items()}


def differences_table(found: Mapping[str, Mapping[str, Components]], baseline: str, metadata: Metadata) -> pa.Table:
    """Tell both uncertainties of the differences of some variants, by name and KPI, from a baseline."""
    rows = [
        (variant, baseline, kpi.name, kpi.unit, *of_variant[kpi.name])
        for variant, of_variant in found.items()
        for kpi in KPIS
    ]
    return table_of(DIFFERENCES, rows, metadata)
