"""The estimator of Aalen and Johansen: shares that competing events have ended, while some are lost from sight."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

LOST = -1
"""The cause of those whom no event has ended: they were followed no longer (censored)."""


def cumulative_incidence(weeks: Floats, causes: Codes, within: Sequence[float], kinds: int) -> Floats:
    """Estimate the share that each of several competing events has ended within so many weeks.

    The estimator of Aalen and Johansen (1978), F(t) = sum over event times u up to t of S(u-) d(u) / n(u), with S by
    Kaplan and Meier. It is computed in the equal form of Efron (1967): everybody weighs 1, who is lost hands the
    weight on to those still followed in equal parts, and F is the weight of those whom the event has ended, as a
    share of all. If nobody is lost before, it is the plain share, exactly.

    Parameters
    ----------
    weeks
        How long each was followed: to the event, or until lost.
    causes
        Which of the events ended it, from 0; -1: none, lost. At equal weeks events come before losses.
    within
        Weeks within which the shares are wanted, the last one included.
    kinds
        Number of events told of. Causes from this number on compete and are not told of.

    Returns
    -------
    numpy.ndarray
        Shares by event and `within`; NaN if there is nobody. After the last who was followed they stay as they are.
    """
    order = in_order(weeks, causes)
    return of_ordered(weeks[order], causes[order], within, kinds)


def in_order(weeks: Floats, causes: Codes) -> Codes:
    """Sort by weeks; at equal weeks events before losses."""
    order = np.argsort(weeks, kind="stable")
    tied = (weeks[order[1:]] == weeks[order[:-1]]).any()
    return np.lexsort((causes == LOST, weeks)) if tied else order


def of_ordered(weeks: Floats, causes: Codes, within: Sequence[float], kinds: int) -> Floats:
    """Do what `cumulative_incidence` does with people who are in order."""
    n = len(weeks)
    if n == 0:
        return np.full((kinds, len(within)), np.nan)
    others = np.arange(n - 1, 0, -1, dtype=np.float64)  # Still followed after each but the last.
    weights = np.ones(n)
    np.cumprod(np.where(causes[:-1] == LOST, (others + 1.0) / others, 1.0), out=weights[1:])
    shares = np.empty((kinds, len(within)))
    for kind in range(kinds):
        ended = np.flatnonzero(causes == kind)
        sums = np.concatenate(([0.0], np.cumsum(weights[ended])))
        shares[kind] = sums[np.searchsorted(weeks[ended], within, side="right")] / n
    return shares
