"""Tornado: one parameter at a time goes to the low and to the high end of what is believed of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.summary import Statistics, summarise

Floats = NDArray[np.float64]


class Bar(NamedTuple):
    """How far one parameter moves one outcome.

    Attributes
    ----------
    parameter, outcome
        Their places.
    low, high
        Outcome at the parameter's low and at its high end, less the outcome where nothing is moved: means over
        replications with paired intervals, for all points have the same random numbers.
    swing
        Outcome at the high end less at the low end, likewise.
    """

    parameter: int
    outcome: int
    low: Statistics
    high: Statistics
    swing: Statistics


def bars(middle: Floats, low: Floats, high: Floats) -> list[Bar]:
    """Compute the bars of every outcome, those that move it most first.

    Parameters
    ----------
    middle
        Replication x outcome, where nothing is moved.
    low, high
        Parameter x replication x outcome.
    """
    made = []
    for outcome in range(middle.shape[1]):
        of_outcome = [
            Bar(
                parameter,
                outcome,
                summarise(low[parameter, :, outcome] - middle[:, outcome]),
                summarise(high[parameter, :, outcome] - middle[:, outcome]),
                summarise(high[parameter, :, outcome] - low[parameter, :, outcome]),
            )
            for parameter in range(len(low))
        ]
        made += sorted(of_outcome, key=lambda bar: (-_width(bar), bar.parameter))
    return made


def _width(bar: Bar) -> float:
    """Distance between the lowest and the highest of the three points; undefined ones count nothing."""
    ends = [value for value in (0.0, bar.low.mean, bar.high.mean) if not np.isnan(value)]
    return max(ends) - min(ends)


def changes_sign(middle: float, ends: Sequence[float]) -> bool:
    """Whether an outcome has another sign at one of the ends than in the middle."""
    return any(middle * (middle + end) < 0.0 for end in ends if not np.isnan(end))
