"""What replications say of a KPI: mean, spread, and the 95 % confidence interval of the mean."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import LESS_OFTEN, SKEWED, note_text, notes, score_interval, t_interval
from sim.analysis.rounding import settled
from sim.tables.column import number, text, whole

Floats = NDArray[np.float64]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


INTERVAL_NOTE = text(
    "interval_note",
    "not seen in n, the same in n: 0, or one value, in all n replications, so that there is no interval; "
    f"{SKEWED}: {LESS_OFTEN}; empty: nothing to say.",
)


class Statistics(NamedTuple):
    """Statistics of one KPI over replications; NaN where they cannot be computed.

    Attributes
    ----------
    mean, sd
        Mean and standard deviation (n - 1; NaN below two replications).
    ci95_low, ci95_high
        95 % confidence interval of the mean (see docs/intervals.md); NaN: the value is the same in every
        replication, or there are fewer than two.
    p05, p25, p50, p75, p95
        Quantiles over replications, straight lines between the observed values.
    replications, undefined
        Replications used, and those left out because the KPI is undefined (NaN) in them.
    interval_note
        What must be said of the interval; empty: nothing.
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
    interval_note: str


SUMMARY_COLUMNS = (
    text("variant", "Name of the config."),
    text("kpi", "Name of the KPI: a column of the replications table."),
    text("unit", "Unit of the KPI; of all figures of the row but the counts."),
    number("mean", "", "Mean over the replications in which it is defined."),
    number("sd", "", "Standard deviation between replications (n - 1)."),
    number(
        "ci95_low",
        "",
        "Lower end of the 95 % confidence interval of the mean (Wilson's with an effective number, see "
        "docs/intervals.md); no value: the same in every replication, or fewer than two.",
    ),
    number("ci95_high", "", "Upper end of that interval."),
    number("p05", "", "5 % quantile over replications."),
    number("p25", "", "25 % quantile over replications."),
    number("p50", "", "Median over replications."),
    number("p75", "", "75 % quantile over replications."),
    number("p95", "", "95 % quantile over replications."),
    whole("replications", "replications", "Those in which it is defined."),
    whole(
        "undefined",
        "replications",
        "Left out: those in which it is undefined (nothing to take a mean or a share of).",
    ),
    INTERVAL_NOTE,
)
"""Columns of a summary: what it is of, and a KPI's `Statistics` in their order."""
STATISTICS = SUMMARY_COLUMNS[-len(Statistics._fields) :]
"""Of these, the columns of the statistics."""


def summarise(values: Floats, highest: float | None = None) -> Statistics:
    """Compute the statistics of one KPI.

    Sums are exactly rounded, so that no order of summation shows in the files. Values that differ by rounding alone
    are equal (see `sim.analysis.rounding`).

    Parameters
    ----------
    values
        One value a replication; NaN: undefined in it.
    highest
        Values lie between 0 and this (infinite: any above 0); None: they may be negative.
    """
    ((found,),) = summarise_many(values[None, :, None], None if highest is None else np.array([highest]))
    return found


def summarise_many(values: Floats, highest: Floats | None) -> list[list[Statistics]]:
    """Compute the statistics of many KPIs of many points at once, with the same bits as one by one.

    Parameters
    ----------
    values
        Point x replication x KPI; NaN: undefined in the replication.
    highest
        Highest possible value of each KPI, as in `summarise`; None: values may be negative.

    Returns
    -------
    list of list of Statistics
        By point and KPI.
    """
    points, replications, kpis = values.shape
    rows = values.transpose(0, 2, 1).reshape(points * kpis, replications)
    most = None if highest is None else np.tile(highest, points)
    defined = ~np.isnan(rows)
    counts = defined.sum(axis=1)
    found = np.full((points * kpis, len(_FIGURES)), np.nan)
    said = np.zeros(points * kpis, np.int64)
    for n in np.unique(counts[counts > 0]).tolist():
        of_n = np.flatnonzero(counts == n)
        used = rows[of_n][defined[of_n]].reshape(len(of_n), n)
        found[of_n], said[of_n] = _figures(used, None if most is None else most[of_n])
    made = [
        Statistics._make([*figures, n, replications - n, note_text(note, n)])
        for figures, n, note in zip(found.tolist(), counts.tolist(), said.tolist(), strict=True)
    ]
    return [made[first : first + kpis] for first in range(0, points * kpis, kpis)]


_FIGURES = Statistics._fields[:-3]


def _figures(used: Floats, highest: Floats | None) -> tuple[Floats, NDArray[np.int64]]:
    """Mean, spread, interval and quantiles of each row, and notes on the intervals; no NaN among the values."""
    n = used.shape[1]
    used = settled(used, np.abs(used).max(axis=1))
    mean = np.clip(_sums(used) / n, used.min(axis=1), used.max(axis=1))
    deviations = used - mean[:, None]
    squares = deviations * deviations
    variance = _sums(squares) / (n - 1) if n > 1 else np.full(len(used), np.nan)
    third = _sums(squares * deviations) / n
    ends = t_interval(mean, variance, n) if highest is None else score_interval(mean, variance, n, highest)
    quantiles = np.quantile(used, QUANTILES, axis=1)
    figures = np.stack([mean, np.sqrt(variance), *ends, *quantiles], axis=1)
    return figures, notes(mean, variance, third, n, rare=highest is not None)


def _sums(rows: Floats) -> Floats:
    """Sum each row, exactly rounded."""
    return np.array([math.fsum(row.tolist()) for row in rows])
