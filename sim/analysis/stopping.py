"""How many replications are enough: a sequential rule on the absolute half-width (see docs/comparison.md)."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import score_interval, t_quantile
from sim.analysis.rounding import equal

Floats = NDArray[np.float64]

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


def half_width(values: Floats, highest: float | None = None) -> float:
    """Half the width of the 95 % interval of the mean over the replications in which the values are defined.

    Infinite where there is none: below two values, or if they never vary.

    Parameters
    ----------
    values
        One a replication; NaN: undefined in it.
    highest
        As in `sim.analysis.summary.summarise`, whose interval it is.
    """
    used = values[~np.isnan(values)]
    n = len(used)
    if n < 2 or _alike(used):
        return math.inf
    mean = math.fsum(used) / n
    deviations = used - mean
    variance = math.fsum(deviations * deviations) / (n - 1)
    if highest is None:
        return t_quantile(n - 1) * math.sqrt(variance / n)
    low, high = score_interval(np.array([mean]), np.array([variance]), n, np.array([highest]))
    return float((high - low).item()) / 2


def next_look(values: Floats, target: float, maximum: int, highest: float | None = None) -> int:
    """Say how many replications to have at the next look; as many as there are: enough.

    It stops if the half-width is at most `target` (or `maximum` is reached), and otherwise proposes the number
    at which it would be, were the spread what it is now: n (half-width / target)^2, rounded up to a multiple of
    `STEP` and at most `GROWTH` n. Values that never vary have no half-width; with `NO_SPREAD` of them it stops. The
    answer depends on the values alone, never on how they were computed.

    Parameters
    ----------
    values
        Of all replications up to this look; NaN: undefined in it.
    target
        Wanted half-width, in the values' unit; above 0.
    maximum
        Replications that are not exceeded.
    highest
        As in `half_width`.
    """
    n = len(values)
    if n >= maximum:
        return n
    now = half_width(values, highest)
    if now <= target:
        return n
    if now == math.inf and never_varies(values):
        return n if n >= NO_SPREAD else min(NO_SPREAD, maximum)
    wanted = min(n * (now / target) ** 2, float(GROWTH * n))
    stage = STEP * max(math.ceil(wanted / STEP), n // STEP + 1)
    return min(stage, maximum)


def never_varies(values: Floats) -> bool:
    """Whether two values or more are defined, and all the same but for rounding."""
    used = values[~np.isnan(values)]
    return len(used) > 1 and _alike(used)


def _alike(used: Floats) -> bool:
    low, high = float(used.min()), float(used.max())
    return bool(equal(low, high, max(-low, high)))
