"""How many replications are enough: a sequential rule on the absolute half-width (see docs/comparison.md)."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.analysis.summary import t_quantile

MINIMUM = 50
"""First look. Where the spread is judged from fewer, the rule stops too often just when it is underestimated
(the coverages are in docs/comparison.md)."""
MAXIMUM = 10_000
GROWTH = 4
"""No stage is more than this many times the one before: one lucky or unlucky look does little harm."""
STEP = 10
"""Stages after the first are multiples of this."""
NO_SPREAD = 2 * MINIMUM
"""Looks at fewer replications do not believe that a KPI never varies: by the rule of three, one that differs in
3 % of the replications would show by then with 95 % probability."""


def half_width(values: NDArray[np.float64]) -> float:
    """Half-width of the 95 % t interval of the mean over the replications in which the values are defined.

    Infinite below two.
    """
    used = values[~np.isnan(values)]
    n = len(used)
    if n < 2:
        return math.inf
    deviations = used - math.fsum(used) / n
    return t_quantile(n - 1) * math.sqrt(math.fsum(deviations * deviations) / (n - 1) / n)


def next_look(values: NDArray[np.float64], target: float, maximum: int) -> int:
    """Say how many replications to have at the next look; as many as there are: enough.

    It stops if the half-width is at most `target` (or `maximum` is reached), and otherwise proposes the number
    at which it would be, were the spread what it is now: n (half-width / target)^2, rounded up to a multiple of
    `STEP` and at most `GROWTH` n. The answer depends on the values alone, never on how they were computed.

    Parameters
    ----------
    values
        Of all replications up to this look; NaN: undefined in it.
    target
        Wanted half-width, in the values' unit; above 0.
    maximum
        Replications that are not exceeded.
    """
    n = len(values)
    if n >= maximum:
        return n
    now = half_width(values)
    if now <= target:
        return n if now > 0 or n >= NO_SPREAD else min(NO_SPREAD, maximum)
    wanted = min(n * (now / target) ** 2, float(GROWTH * n))
    stage = STEP * max(math.ceil(wanted / STEP), n // STEP + 1)
    return min(stage, maximum)
