"""Steps of internships, small jobs and programmes."""

import math

from sim.engine.steps import Record
from sim.engine.steps.first import first
from sim.model.jit import step
from sim.model.offers import INTERN, PLACING, READY


@step
def found_ready(c: Record, now: float) -> None:
    """A meeting finds the citizen ready for an internship."""
    c.internship = READY
    c.seen.ready_weeks = first(c.seen.ready_weeks, now)


@step
def taken_on(c: Record, now: float) -> None:
    """The citizen has a place on a list of the role that does placement work."""
    c.seen.taken_on_weeks = first(c.seen.taken_on_weeks, now)


@step
def internship_begins(c: Record, now: float) -> None:
    """An internship begins."""
    c.internship = INTERN
    c.seen.internships += 1
    c.seen.internship_start_weeks = first(c.seen.internship_start_weeks, now)


@step
def internship_over(c: Record, now: float, after_weeks: float) -> None:
    """An internship is over; its effect lasts some weeks more."""
    c.internship = PLACING
    if not math.isnan(c.seen.internship_start_weeks):  # Else it began before the start date.
        c.seen.internship_end_weeks = first(c.seen.internship_end_weeks, now)
    c.after_internship_until = now + after_weeks


@step
def small_job_begins(c: Record, now: float) -> None:
    """A small job begins."""
    c.small_job_now = True
    c.seen.small_jobs += 1
    c.seen.small_job_weeks = first(c.seen.small_job_weeks, now)


@step
def place_given(c: Record, programme: int, vendor: int) -> None:
    """A vendor has a place in a programme for the citizen."""
    c.programme = programme
    c.last_programme = programme
    c.programme_wanted = -1
    c.vendor = vendor


@step
def made_ready(c: Record, now: float) -> None:
    """A programme has made the citizen ready for an internship; a meeting must still find it out."""
    c.ready_from = min(c.ready_from, now)


@step
def programme_begins(c: Record, now: float) -> int:
    """A programme begins; returns how many had begun before."""
    before = c.programmes_begun
    c.programmes_begun = before + 1
    c.seen.programmes += 1
    c.seen.programme_weeks = first(c.seen.programme_weeks, now)
    return int(before)
