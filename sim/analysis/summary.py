"""What replications say of a KPI: mean, spread, and the 95 % confidence interval of the mean."""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.tables.column import number, text, whole

Floats = NDArray[np.float64]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Statistics(NamedTuple):
    """Statistics of one KPI over replications; NaN where they cannot be computed.

    Attributes
    ----------
    mean, sd
        Mean and standard deviation (n - 1; NaN below two replications).
    ci95_low, ci95_high
        95 % confidence interval of the mean by Student's t.
    p05, p25, p50, p75, p95
        Quantiles over replications, straight lines between the observed values.
    replications, undefined
        Replications used, and those left out because the KPI is undefined (NaN) in them.
    """

    mean: float
    sd: float
    ci95_low: float
    ci95_high: float
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    replications: int
    undefined: int


SUMMARY_COLUMNS = (
    text("variant", "Name of the config."),
    text("kpi", "Name of the KPI: a column of the replications table."),
    text("unit", "Unit of the KPI; of all figures of the row but the counts."),
    number("mean", "", "Mean over the replications in which the KPI is defined."),
    number("sd", "", "Standard deviation between replications (n - 1)."),
    number("ci95_low", "", "Lower end of the 95 % confidence interval of the mean (Student's t)."),
    number("ci95_high", "", "Upper end of the 95 % confidence interval of the mean (Student's t)."),
    number("p05", "", "5 % quantile over replications."),
    number("p25", "", "25 % quantile over replications."),
    number("p50", "", "Median over replications."),
    number("p75", "", "75 % quantile over replications."),
    number("p95", "", "95 % quantile over replications."),
    whole("replications", "replications", "Those in which the KPI is defined."),
    whole(
        "undefined",
        "replications",
        "Left out: those in which the KPI is undefined (nothing to take a mean of).",
    ),
)
"""Columns of a summary: what it is of, and a KPI's `Statistics` in their order."""


def summarise(values: Floats) -> Statistics:
    """Compute the statistics of one KPI.

    Sums are exactly rounded, so that no order of summation shows in the files.

    Parameters
    ----------
    values
        One value a replication; NaN: undefined in it.
    """
    *figures, replications, undefined = summarise_many(values[None, :, None])[0, 0].tolist()
    return Statistics._make([*figures, int(replications), int(undefined)])


def summarise_many(values: Floats) -> Floats:
    """Compute the statistics of many KPIs of many points at once, with the same bits as one by one.

    Parameters
    ----------
    values
        Point x replication x KPI; NaN: undefined in the replication.

    Returns
    -------
    numpy.ndarray
        Point x KPI x statistic, in the order of `Statistics`.
    """
    points, replications, kpis = values.shape
    rows = values.transpose(0, 2, 1).reshape(points * kpis, replications)
    defined = ~np.isnan(rows)
    counts = defined.sum(axis=1)
    found = np.full((points * kpis, len(Statistics._fields)), np.nan)
    found[:, -2], found[:, -1] = counts, replications - counts
    for n in np.unique(counts[counts > 0]).tolist():
        of_n = np.flatnonzero(counts == n)
        found[of_n, :-2] = _figures(rows[of_n][defined[of_n]].reshape(len(of_n), n))
    return found.reshape(points, kpis, len(Statistics._fields))


def _figures(used: Floats) -> Floats:
    """Mean, spread, interval and quantiles of each row; no NaN among the values."""
    n = used.shape[1]
    mean = _sums(used) / n
    sd = half_width = np.full(len(used), np.nan)
    if n > 1:
        deviations = used - mean[:, None]
        sd = np.sqrt(_sums(deviations * deviations) / (n - 1))
        half_width = t_quantile(n - 1) * sd / math.sqrt(n)
    quantiles = np.quantile(used, QUANTILES, axis=1)
    return np.stack([mean, sd, mean - half_width, mean + half_width, *quantiles], axis=1)


def _sums(rows: Floats) -> Floats:
    """Sum each row, exactly rounded."""
    return np.array([math.fsum(row.tolist()) for row in rows])


@cache
def t_quantile(degrees_of_freedom: int) -> float:
    """Student's t that 2.5 % exceed."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, 0.975))
