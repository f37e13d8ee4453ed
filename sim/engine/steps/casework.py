"""Steps of clarification."""

from sim.engine.codes import NO_CASE, PREPARING, SUBMITTED
from sim.engine.steps import Record
from sim.model import clarification
from sim.model.jit import step


@step
def need_recognised(c: Record, now: float, packages: int) -> None:
    """A case begins, with so many work packages to do."""
    c.case = PREPARING
    c.packages_left = clarification.packages_left_after(packages, c.assessed)
    c.assessed = 0
    c.seen.recognised_weeks = now


@step
def assessed(c: Record, packages: int) -> None:
    """A programme has written assessments: for the case in preparation, or kept for one to come."""
    if c.case == PREPARING:
        c.packages_left = clarification.packages_left_after(c.packages_left, packages)
    elif c.case == NO_CASE:
        c.assessed = max(c.assessed, packages)


@step
def case_under_way(c: Record, packages: int, u: float) -> None:
    """A case had begun before the centre was observed: some of its packages are done."""
    c.case = PREPARING
    c.packages_left = packages - clarification.packages_done_at_start(packages, u)


@step
def progress_lost(c: Record, packages: int, share: float, u: float) -> None:
    """A new caseworker does part of what was done anew."""
    c.packages_left += clarification.packages_lost(packages - c.packages_left, share, u)


@step
def submitted(c: Record, now: float) -> None:
    """The case is complete."""
    c.case = SUBMITTED
    c.seen.submitted_weeks = now


@step
def decided(c: Record, now: float, decision: int) -> None:
    """The rehabilitation team has decided."""
    c.case = NO_CASE
    c.needs = False
    c.seen.decided_weeks = now
    c.seen.decision = decision
