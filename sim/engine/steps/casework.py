"""Steps of clarification."""

from sim.engine.codes import NO_CASE, PREPARING, SUBMITTED
from sim.engine.steps import Record
from sim.engine.steps.first import first
from sim.model import clarification
from sim.model.clarification import BACK
from sim.model.jit import step


@step
def need_recognised(c: Record, now: float, packages: int) -> None:
    """A case begins, with so many work packages to do."""
    c.case = PREPARING
    c.case_since = now
    c.hours_left = 0.0
    c.packages_left = clarification.packages_left_after(packages, c.assessed)
    c.assessed = 0
    c.seen.recognised_weeks = first(c.seen.recognised_weeks, now)


@step
def assessed(c: Record, packages: int) -> None:
    """A programme has written assessments: for the case in preparation, or kept for one to come."""
    if c.case == PREPARING:
        c.packages_left = clarification.packages_left_after(c.packages_left, packages)
    elif c.case == NO_CASE:
        c.assessed = max(c.assessed, packages)


@step
def sitting_begins(c: Record, most: float) -> float:
    """Work on the package in hand for some of its hours; returns them."""
    hours = min(c.hours_left, most)
    c.hours_left -= hours
    return float(hours)


@step
def case_under_way(c: Record, now: float, packages: int, u: float) -> None:
    """A case had begun before the centre was observed: some of its packages are done."""
    c.case = PREPARING
    c.case_since = now
    c.packages_left = packages - clarification.packages_done_at_start(packages, u)


@step
def progress_lost(c: Record, packages: int, share: float, u: float) -> None:
    """A new caseworker does part of what was done anew."""
    c.packages_left += clarification.packages_lost(packages - c.packages_left, share, u)


@step
def submitted(c: Record, now: float) -> None:
    """The case is complete."""
    c.case = SUBMITTED
    c.seen.submitted_weeks = first(c.seen.submitted_weeks, now)


@step
def decided(c: Record, now: float, decision: int, again_after: float) -> None:
    """The rehabilitation team has decided; who is sent back keeps the need, which can be recognised again later."""
    c.case = NO_CASE
    c.seen.decisions += 1
    c.seen.decided_weeks = first(c.seen.decided_weeks, now)
    c.seen.last_decided_weeks = now
    c.seen.decision = decision
    if decision == BACK:
        c.again_from = now + again_after
