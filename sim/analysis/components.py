"""Two uncertainties apart: what is not known of the parameters, and chance between replications.

In a run with a posterior, replications come in blocks: each block has the parameters of one draw. A figure's
variance has then two components (the analysis of variance of one random factor; Searle, Casella and McCulloch 1992,
chapter 3):

    within w = sum over draws and replications of (x - mean of its draw)^2 / (N - D)
    between b = (sum over draws of n (mean of the draw - mean)^2 / (D - 1) - w) / n0, and 0 where that is below 0
    n0 = (N - sum of n^2 / N) / (D - 1)

with D draws of n replications each, N in all (n0 is n where all draws have n). The variance of the mean is D / (D -
1) x sum over draws of (n / N)^2 (mean of the draw - mean)^2, with D - 1 degrees of freedom: replications of one draw
are no independent witnesses. Of it, w / N is chance alone, which more replications of the same draws would take
away.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Components(NamedTuple):
    """A figure's variance by its components; NaN: cannot be computed.

    Attributes
    ----------
    mean
        Over all replications.
    between_sd
        Standard deviation of the expected figure from draw to draw: what is not known of the parameters.
    low, high
        95 % interval of the expected figure over the draws: quantiles of the draws' means, which are drawn together
        by sqrt(b / (b + w / n)) so that their chance does not widen it.
    within_sd
        Standard deviation between replications of one draw: chance.
    chance_se
        Standard error of the mean by chance alone, sqrt(w / N).
    mean_se
        Standard error of the mean by both.
    draws, replications
        Of which it is made.
    """

    mean: float
    between_sd: float
    low: float
    high: float
    within_sd: float
    chance_se: float
    mean_se: float
    draws: int
    replications: int


def components(values: Floats, per_draw: int) -> Components:
    """Tell the components of a figure.

    Parameters
    ----------
    values
        One value a replication, in order; NaN: undefined in it.
    per_draw
        Replications that follow each other have the same draw, so many at a time.
    """
    known = ~np.isnan(values)
    draw = np.arange(len(values))[known] // per_draw
    x = values[known]
    nothing = math.nan
    if len(x) == 0:
        return Components(nothing, nothing, nothing, nothing, nothing, nothing, nothing, 0, 0)
    _, place, counts = np.unique(draw, return_inverse=True, return_counts=True)
    means = np.bincount(place, x) / counts
    total, many = len(x), len(counts)
    mean = math.fsum(x.tolist()) / total
    if many < 2:
        return Components(mean, nothing, nothing, nothing, nothing, nothing, nothing, many, total)
    off = means - mean
    mean_se = math.sqrt(many / (many - 1) * float(((counts / total) ** 2 * off**2).sum()))
    if total == many:  # One replication a draw: the components cannot be told apart.
        return Components(mean, nothing, nothing, nothing, nothing, nothing, mean_se, many, total)
    within = float(((x - means[place]) ** 2).sum()) / (total - many)
    n0 = (total - float((counts**2).sum()) / total) / (many - 1)
    between = max((float((counts * off**2).sum()) / (many - 1) - within) / n0, 0.0)
    shrunk = mean + off * np.sqrt(between / np.maximum(between + within / counts, 1e-300))
    low, high = np.quantile(shrunk, [0.025, 0.975]).tolist()
    chance = math.sqrt(within / total)
    return Components(mean, math.sqrt(between), low, high, math.sqrt(within), chance, mean_se, many, total)


def effective(values: Floats, per_draw: int) -> tuple[float, int]:
    """Variance and number of independent values that give the mean its standard error: se^2 = variance / number."""
    found = components(values, per_draw)
    return found.mean_se**2 * found.draws, found.draws
