"""When something happened first."""

import math

from sim.model.jit import step


@step
def first(known: float, now: float) -> float:
    """Time at which something happened first; NaN: not until now."""
    return now if math.isnan(known) else known
