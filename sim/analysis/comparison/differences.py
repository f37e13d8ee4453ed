"""Differences between variants in every KPI, replication by replication."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.comparison.paired import Paired, holm, paired
from sim.analysis.kpis import KPIS
from sim.store.run import Run

HEADLINE = frozenset(kpi.name for kpi in KPIS if kpi.headline)


class Difference(NamedTuple):
    """A KPI of a variant against the baseline.

    Attributes
    ----------
    variant, baseline
        Names of the runs.
    kpi, unit
        Of the KPI.
    paired
        Its statistics.
    p_holm
        p-value adjusted over all KPIs of all variants compared.
    p_holm_headline
        p-value adjusted over the headline KPIs of all variants compared; NaN for other KPIs.
    """

    variant: str
    baseline: str
    kpi: str
    unit: str
    paired: Paired
    p_holm: float
    p_holm_headline: float


def differences(runs: Sequence[Run], baseline: Run) -> list[Difference]:
    """Compare runs with a baseline in every KPI, over the replications that both have.

    Parameters
    ----------
    runs, baseline
        Finished runs whose replications are pairs (see `sim.analysis.pairing`).

    Returns
    -------
    list of Difference
        In the order of the runs, then of the KPIs.
    """
    units = {kpi.name: kpi.unit for kpi in KPIS}
    base_numbers, base = baseline.values(list(units))
    found: list[tuple[str, str, Paired]] = []
    for run in runs:
        numbers, values = run.values(list(units))
        _, here, there = np.intersect1d(numbers, base_numbers, assume_unique=True, return_indices=True)
        each = run.manifest.per_draw
        found += [(run.name, kpi, paired(values[kpi][here], base[kpi][there], each)) for kpi in units]
    everything = holm([figures.p_value for _, _, figures in found])
    headline = holm([figures.p_value if kpi in HEADLINE else math.nan for _, kpi, figures in found])
    return [
        Difference(name, baseline.name, kpi, units[kpi], figures, of_all, of_headline)
        for (name, kpi, figures), of_all, of_headline in zip(found, everything, headline, strict=True)
    ]


def notes_on_replications(runs: Sequence[Run], baseline: Run) -> list[str]:
    """Say where a run and the baseline have other replications, and how many are common."""
    base, _ = baseline.values([])
    notes = []
    for run in runs:
        numbers, _ = run.values([])
        common = len(np.intersect1d(numbers, base, assume_unique=True))
        if not common == len(numbers) == len(base):
            notes.append(
                f"{run.name} has {len(numbers):,} replications and {baseline.name} {len(base):,}; "
                f"the {common:,} that both have are compared"
            )
    return notes
