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


def band(values: Floats) -> Band:
    """Summarise over the first axis; replications in which a figure is undefined (NaN) are left out of it."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    some = np.maximum(n, 1)
    mean = np.where(n > 0, np.where(known, values, 0.0).sum(axis=0) / some, np.nan)
    squares = np.square(np.where(known, values - mean, 0.0))
    sd = np.sqrt(squares.sum(axis=0) / np.maximum(n - 1, 1))
    t = np.array([t_quantile(count - 1) if count > 1 else np.nan for count in range(int(n.max(initial=0)) + 1)])
    half = t[n] * sd / np.sqrt(some)
    if known.all():
        ends = np.quantile(values, (0.05, 0.95), axis=0)
    else:
        flat, shape = values.reshape(len(values), -1), values.shape[1:]
        columns = [c[~np.isnan(c)] for c in flat.T]
        ends = np.array([np.quantile(c, (0.05, 0.95)) if len(c) else (np.nan, np.nan) for c in columns]).T
        ends = ends.reshape(2, *shape)
    return Band(mean, mean - half, mean + half, ends[0], ends[1])
