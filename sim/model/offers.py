"""Internships, small jobs and programmes: what they do to exit hazards, and which vendor gets a citizen."""

from sim.model.exits import Hazard
from sim.model.jit import rule

NO_INTERNSHIP, READY, PLACING, SEARCHING, INTERN = range(5)
"""Where a citizen is on the way to an internship; PLACING and SEARCHING: on a consultant's list."""


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
def vendor_score(successes: int, participants: int) -> float:
    """Share of a vendor's participants who left to job or education, with one of each to start from."""
    return (successes + 1.0) / (participants + 2.0)
