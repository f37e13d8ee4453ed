"""Screening of new citizens for those who tend to stay long."""

from sim.model.jit import rule


@rule
def is_target(frailty_below: float, frailty: float, long_history: bool) -> bool:
    """Whether a screening looks for this citizen: of low frailty, or (bound 0) with a long unemployment history."""
    if frailty_below > 0.0:
        return frailty < frailty_below
    return long_history


@rule
def is_flagged(target: bool, sensitivity: float, specificity: float, u: float) -> bool:
    """Whether a screening flags a citizen: `sensitivity` of the target, 1 - `specificity` of the others."""
    if target:
        return u < sensitivity
    return u < 1.0 - specificity
