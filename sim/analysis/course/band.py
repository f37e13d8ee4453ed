"""A figure over replications: its mean with the 95 % interval, and where 9 in 10 single runs lie."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import t_quantile

Floats = NDArray[np.float64]


class Band(NamedTuple):
    """Statistics over replications, of any shape; NaN where they cannot be computed.

    Attributes
    ----------
    mean, low, high
        Mean and its 95 % interval by Student's t. Where all replications agree the interval is the mean itself.
    p05, p95
        5 % and 95 % quantiles: 9 in 10 runs lie between them.
    """

    mean: Floats
    low: Floats
    high: Floats
    p05: Floats
    p95: Floats

    def at(self, *place: int) -> "Band":
        """Give the band of one figure, or of a part of them."""
        return Band(*(values[place] for values in self))

    def scaled(self, factor: float) -> "Band":
        """Multiply by a factor above 0."""
        return Band(*(factor * values for values in self))


def band(values: Floats, per_draw: int = 1) -> Band:
    """Summarise over the first axis; replications in which a figure is undefined (NaN) are left out of it.

    Parameters
    ----------
    values
        By replication, in order, and whatever else.
    per_draw
        Of a run with a posterior: replications of each draw. The interval of the mean then counts the means of draws
        as independent; the quantiles are of replications all the same.
    """
    known = ~np.isnan(values)
    mean = _mean(values, known)
    half = _half_width(values if per_draw == 1 else _of_draws(values, per_draw))
    if known.all():
        ends = np.quantile(values, (0.05, 0.95), axis=0)
    else:
        flat, shape = values.reshape(len(values), -1), values.shape[1:]
        columns = [c[~np.isnan(c)] for c in flat.T]
        ends = np.array([np.quantile(c, (0.05, 0.95)) if len(c) else (np.nan, np.nan) for c in columns]).T
        ends = ends.reshape(2, *shape)
    return Band(mean, mean - half, mean + half, ends[0], ends[1])


def _mean(values: Floats, known: NDArray[np.bool_]) -> Floats:
    n = known.sum(axis=0)
    return np.where(n > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(n, 1), np.nan)


def _half_width(values: Floats) -> Floats:
    """Half of the interval by Student's t of independent values."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    squares = np.square(np.where(known, values - _mean(values, known), 0.0))
    sd = np.sqrt(squares.sum(axis=0) / np.maximum(n - 1, 1))
    t = np.array([t_quantile(count - 1) if count > 1 else np.nan for count in range(int(n.max(initial=0)) + 1)])
    return np.asarray(t[n] * sd / np.sqrt(np.maximum(n, 1)), np.float64)


def _of_draws(values: Floats, per_draw: int) -> Floats:
    """Mean of each draw; the last one may have fewer replications."""
    blocks = [values[first : first + per_draw] for first in range(0, len(values), per_draw)]
    return np.array([_mean(block, ~np.isnan(block)) for block in blocks])
