"""Space-filling designs, Latin hypercubes and Sobol' points, and their values on a factor's scale."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.config.experiment.schema import Design


def unit_points(design: Design, dimensions: int) -> NDArray[np.float64]:
    """Draw a design's points in the unit cube: one row a point, one column a factor.

    The points are those of `scipy.stats.qmc`, from the design's own seed. The first points of a longer
    Sobol' sequence are those of a shorter one.
    """
    from scipy.stats import qmc

    if design.sobol is not None:
        sequence = qmc.Sobol(dimensions, scramble=True, seed=np.random.default_rng(design.sobol.seed))
        return np.asarray(sequence.random(design.sobol.points), np.float64)
    assert design.latin_hypercube is not None
    cube = qmc.LatinHypercube(dimensions, seed=np.random.default_rng(design.latin_hypercube.seed))
    return np.asarray(cube.random(design.latin_hypercube.points), np.float64)


def on_scale(units: Sequence[float], low: float, high: float, *, log: bool, whole: bool) -> list[float]:
    """Stretch numbers between 0 and 1 to the range from `low` to `high`.

    Parameters
    ----------
    units
        Numbers in [0, 1).
    low, high
        Ends of the range.
    log
        Even in the logarithm.
    whole
        Round to whole numbers: those of the range from half below `low` to half above `high`, so that the
        ends are as likely as the numbers between them.
    """
    begin, end = (low - 0.5, high + 0.5) if whole else (low, high)
    if log:
        begin, end = math.log(begin), math.log(end)
    values = [begin + unit * (end - begin) for unit in units]
    if log:
        values = [math.exp(value) for value in values]
    if whole:
        return [min(max(math.floor(value + 0.5), int(low)), int(high)) for value in values]
    return [min(max(value, low), high) for value in values]
