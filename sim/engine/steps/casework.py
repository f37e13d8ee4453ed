"""Steps of clarification."""

from sim.engine.codes import NO_CASE, PREPARING, SUBMITTED
from sim.engine.steps import Record
from sim.model import clarification
from sim.model.jit import step


@step
def need_recognised(c: Record, now: float, packages: int) -> None:
    """A case begins, with so many work packages to do."""
    c.case = PREPARING
    c.packages_left = packages
    c.seen.recognised_weeks = now


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
