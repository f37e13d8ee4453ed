"""Which differences are none: those that the rounding of floating-point numbers alone can make.

A key figure is made of sums. Adding up m numbers one after the other has an error of at most (m - 1) u times the
sum of their sizes, with u = 2^-53 (Higham 2002, Accuracy and Stability of Numerical Algorithms, section 4.2); the
moments at which tasks begin and end are rounded by u times the horizon, which is as much again. The longest such
sums are the hours of a post, task by task. With up to 2^15 tasks a post the error is at most 2^-37 of the figure,
about 7e-12. Lives that really differ, differ by more: key figures are counts, and sums of times that are drawn from
continuous distributions.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_LONGEST_SUM = 2**15
ERROR = 2 * _LONGEST_SUM * 2.0**-53
"""Bound of the rounding error of a figure, relative to the size of what it is made of."""


def equal(low: Any, high: Any, size: Any) -> Any:
    """Whether numbers (or arrays of them) made of summands of this size differ by rounding alone."""
    return high - low <= ERROR * size


def differences(a: Floats, b: Floats) -> Floats:
    """Subtract; exactly 0 where only rounding differs. NaN stays NaN."""
    d = a - b
    d[equal(0.0, np.abs(d), np.maximum(np.abs(a), np.abs(b)))] = 0.0
    return d


def series_of_differences(a: Floats, b: Floats) -> Floats:
    """Subtract value by value; what differs from 0, or all of one value, by rounding alone is exactly that."""
    d = differences(a, b)
    known = ~np.isnan(d)
    if known.any():
        size = max(np.abs(a[known]).max(), np.abs(b[known]).max())
        d[known] = settled(d[known][None, :], np.array([size]))[0]
    return d


def settled(rows: Floats, sizes: Floats) -> Floats:
    """Make the values of a row exactly equal if they differ by rounding alone.

    Parameters
    ----------
    rows
        A row for each figure, with at least one value, none of them NaN.
    sizes
        Of the largest summand of each row.
    """
    low, high = rows.min(axis=1), rows.max(axis=1)
    same = equal(low, high, sizes)
    return np.where(same[:, None], ((low + high) / 2)[:, None], rows)
