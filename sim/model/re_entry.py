"""Re-entry: when somebody who has left to a job comes back."""

import math

from sim.model.distributions import exponential
from sim.model.jit import rule


@rule
def weeks_to_return(from_weeks: tuple[float, ...], per_week: tuple[float, ...], u: float) -> float:
    """Weeks from the exit to the return, infinite: none, at a rate that is constant between the times `from_weeks`.

    The integrated rate until the return is exponential with mean 1; it is used up piece by piece.
    """
    left = exponential(1.0, u)
    for i in range(len(from_weeks)):
        rate = per_week[i]
        if rate > 0.0:
            if i + 1 == len(from_weeks) or left < rate * (from_weeks[i + 1] - from_weeks[i]):
                return from_weeks[i] + left / rate
            left -= rate * (from_weeks[i + 1] - from_weeks[i])
    return math.inf
