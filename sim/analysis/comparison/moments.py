"""Paired moments of many figures at once, replication by replication, in memory that does not grow with them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Intervals(NamedTuple):
    """Statistics of figures in A and in a baseline B, each of the figures' shape; NaN: cannot be computed.

    Attributes
    ----------
    mean, baseline_mean, difference, ci95_low, ci95_high, sd_difference, correlation, variance_reduction
        As in `sim.analysis.comparison.paired.Paired`.
    identical
        A equals B in every replication.
    replications, undefined
        Pairs used, and those left out because the figure is undefined in one or both.
    """

    mean: Floats
    baseline_mean: Floats
    difference: Floats
    ci95_low: Floats
    ci95_high: Floats
    sd_difference: Floats
    correlation: Floats
    variance_reduction: Floats
    identical: NDArray[np.bool_]
    replications: NDArray[np.int64]
    undefined: NDArray[np.int64]


class PairedMoments:
    """Running means and squares of A, B and A - B (Welford 1962), for arrays of figures.

    The same replications in the same order give the same bits.

    Parameters
    ----------
    shape
        Of the arrays added.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._n = np.zeros(shape, np.int64)
        self._undefined = np.zeros(shape, np.int64)
        self._unequal = np.zeros(shape, np.bool_)
        # Rows: A, B, A - B.
        self._means = np.zeros((3, *shape))
        self._squares = np.zeros((3, *shape))

    def add(self, a: Floats, b: Floats) -> None:
        """Add the figures of one replication; NaN: undefined in it."""
        both = ~(np.isnan(a) | np.isnan(b))
        self._n += both
        self._undefined += ~both
        self._unequal |= (a != b) & ~(np.isnan(a) & np.isnan(b))
        values = np.where(both, np.stack([a, b, a - b]), self._means)
        steps = values - self._means
        self._means += steps / np.maximum(self._n, 1)
        self._squares += steps * (values - self._means)

    def intervals(self) -> Intervals:
        """Compute the statistics of what has been added."""
        from scipy.special import stdtrit

        n = self._n
        with np.errstate(divide="ignore", invalid="ignore"):
            mean, base, difference = np.where(n > 0, self._means, np.nan)
            var_a, var_b, var_d = np.where(n > 1, self._squares / (n - 1), np.nan)
            half_width = stdtrit(np.maximum(n - 1, 1), 0.975) * np.sqrt(var_d / n)
            # var(A - B) = var A + var B - 2 cov(A, B).
            correlation = np.clip((var_a + var_b - var_d) / (2 * np.sqrt(var_a) * np.sqrt(var_b)), -1.0, 1.0)
            gain = np.where(var_d > 0, (var_a + var_b) / var_d, np.nan)
        return Intervals(
            mean=mean,
            baseline_mean=base,
            difference=difference,
            ci95_low=difference - half_width,
            ci95_high=difference + half_width,
            sd_difference=np.sqrt(var_d),
            correlation=correlation,
            variance_reduction=gain,
            identical=~self._unequal & (n > 0),
            replications=n,
            undefined=self._undefined,
        )
