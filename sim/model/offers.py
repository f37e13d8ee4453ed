"""Internships, small jobs and programmes: what they do to exit hazards, and which vendor gets a citizen."""

from sim.model.exits import Hazard
from sim.model.jit import rule

NO_INTERNSHIP, READY, PLACING, SEARCHING, INTERN = range(5)
"""Where a citizen is on the way to an internship; PLACING and SEARCHING: on a consultant's list."""

NO_CRITERION, FREE_PLACES, JOBS, INTERNSHIPS = range(4)
"""By what a vendor is chosen."""


@rule
def finds_place(placeable: bool, search_weeks: float, give_up_weeks: float) -> bool:
    """Whether the search ends in an internship before it is given up."""
    return placeable and search_weeks <= give_up_weeks


@rule
def offers_factor(h: Hazard, interning: bool, after_internship: bool, in_small_job: bool, programme: float) -> float:
    """Factor on a hazard of everything the citizen takes part in.

    Parameters
    ----------
    interning, after_internship
        In internship now; within `after_weeks` of the last one.
    programme
        Factor of the programme on this hazard, 1 if none.
    """
    factor = 1.0
    if interning:
        factor = factor * h.lock_in
    elif after_internship:
        factor = factor * h.after_internship
    if in_small_job:
        factor = factor * h.small_job
    return factor * programme


@rule
def vendor_score(criterion: int, free: int, participants: int, successes: int, internships: int) -> float:
    """Score of a vendor by one criterion: the highest is preferred.

    By results it is the share of participants who left to job or education, or internships begun per participant,
    with one success in two participants to start from.
    """
    if criterion == FREE_PLACES:
        return float(free)
    if criterion == JOBS:
        return (successes + 1.0) / (participants + 2.0)
    if criterion == INTERNSHIPS:
        return (internships + 1.0) / (participants + 2.0)
    return 0.0


@rule
def is_better(first: float, second: float, best_first: float, best_second: float) -> bool:
    """Whether a vendor goes before the best so far: by the first criterion, where that is equal by the second."""
    return first > best_first or (first == best_first and second > best_second)
