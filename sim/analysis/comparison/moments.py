"""Paired moments of many figures at once, replication by replication, in memory that does not grow with them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import note_text, notes, t_interval
from sim.analysis.rounding import differences, equal

Floats = NDArray[np.float64]


class Intervals(NamedTuple):
    """Statistics of figures in A and in a baseline B, each of the figures' shape; NaN: cannot be computed.

    Attributes
    ----------
    mean, baseline_mean, difference, ci95_low, ci95_high, sd_difference, correlation, variance_reduction,
    interval_note
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
    interval_note: NDArray[np.str_]


class PairedMoments:
    """Running means and powers of A, B and A - B (Welford 1962; Pébay 2008), for arrays of figures.

    The same replications in the same order give the same bits. Differences that rounding alone can make are none
    (see `sim.analysis.rounding`).

    Parameters
    ----------
    shape
        Of the arrays added.
    per_draw
        Of runs with a posterior: replications of each draw, which follow each other. Their means count as one.
    """

    def __init__(self, shape: tuple[int, ...], per_draw: int = 1) -> None:
        self._per_draw = per_draw
        self._held: list[tuple[Floats, Floats]] = []
        self._pairs = np.zeros(shape, np.int64)
        self._n = np.zeros(shape, np.int64)
        self._undefined = np.zeros(shape, np.int64)
        self._unequal = np.zeros(shape, np.bool_)
        # Rows: A, B, A - B.
        self._means = np.zeros((3, *shape))
        self._squares = np.zeros((3, *shape))
        self._lowest = np.full((3, *shape), np.inf)
        self._highest = np.full((3, *shape), -np.inf)
        self._cubes = np.zeros(shape)  # Of A - B.

    def add(self, a: Floats, b: Floats) -> None:
        """Add the figures of one replication; NaN: undefined in it."""
        both = ~(np.isnan(a) | np.isnan(b))
        self._pairs += both
        self._undefined += ~both
        self._unequal |= (differences(a, b) != 0) & ~(np.isnan(a) & np.isnan(b))
        if self._per_draw == 1:
            self._take(a, b)
            return
        self._held.append((a, b))
        if len(self._held) == self._per_draw:
            self._take_held()

    def _take_held(self) -> None:
        """Take the means of the replications of one draw."""
        a, b = (np.stack(rows) for rows in zip(*self._held, strict=True))
        self._held.clear()
        both = ~(np.isnan(a) | np.isnan(b))
        counts = both.sum(axis=0)
        means = (np.where(both, rows, 0.0).sum(axis=0) / np.maximum(counts, 1) for rows in (a, b))
        self._take(*(np.where(counts > 0, mean, np.nan) for mean in means))

    def _take(self, a: Floats, b: Floats) -> None:
        both = ~(np.isnan(a) | np.isnan(b))
        d = differences(a, b)
        self._n += both
        rows = np.stack([a, b, d])
        self._lowest = np.minimum(self._lowest, np.where(both, rows, np.inf))
        self._highest = np.maximum(self._highest, np.where(both, rows, -np.inf))
        values = np.where(both, rows, self._means)
        steps = values - self._means
        n = np.maximum(self._n, 1)
        part = steps[2] / n
        self._cubes += part * (steps[2] * part * (n - 1) * (n - 2) - 3 * self._squares[2])
        self._means += steps / n
        self._squares += steps * (values - self._means)

    def intervals(self) -> Intervals:
        """Compute the statistics of what has been added."""
        if self._held:
            self._take_held()
        n = self._n
        means, variances = self._settled()
        mean, base, difference = np.where(n > 0, means, np.nan)
        var_a, var_b, var_d = np.where(n > 1, variances, np.nan)
        low, high, note = np.full(n.shape, np.nan), np.full(n.shape, np.nan), np.full(n.shape, "", object)
        for count in np.unique(n).tolist():
            of_n = n == count
            low[of_n], high[of_n] = t_interval(difference[of_n], var_d[of_n], count)
            third = self._cubes[of_n] / max(count, 1)
            said = notes(difference[of_n], var_d[of_n], third, count, rare=False)
            note[of_n] = [note_text(one, count) for one in said.tolist()]
        with np.errstate(divide="ignore", invalid="ignore"):
            # var(A - B) = var A + var B - 2 cov(A, B).
            correlation = np.clip((var_a + var_b - var_d) / (2 * np.sqrt(var_a) * np.sqrt(var_b)), -1.0, 1.0)
            gain = np.where(var_d > 0, (var_a + var_b) / var_d, np.nan)
        return Intervals(
            mean=mean,
            baseline_mean=base,
            difference=difference,
            ci95_low=low,
            ci95_high=high,
            sd_difference=np.sqrt(var_d),
            correlation=correlation,
            variance_reduction=gain,
            identical=~self._unequal & (n > 0),
            replications=self._pairs,
            undefined=self._undefined,
            interval_note=note.astype(np.str_),
        )

    def _settled(self) -> tuple[Floats, Floats]:
        """Means and variances; where only rounding differs the variance is 0."""
        some = self._n > 0
        low, high = (np.where(some, ends, 0.0) for ends in (self._lowest, self._highest))
        sizes = np.maximum(np.abs(low), np.abs(high))
        sizes[2] = np.maximum(sizes[0], sizes[1])
        same = equal(low, high, sizes)
        means = np.where(same, (low + high) / 2, self._means)
        return means, np.where(same, 0.0, self._squares / np.maximum(self._n - 1, 1))
