"""Clarification: work packages, and what the rehabilitation team decides."""

from sim.catalogue import TeamDecision
from sim.model.jit import rule

BACK = int(TeamDecision.BACK)


@rule
def packages_done_at_start(packages: int, u: float) -> int:
    """Packages finished in a case that is under way at the start: 0 to packages - 1, all equally likely."""
    return int(u * packages)


@rule
def packages_left_after(left: int, assessed: int) -> int:
    """Packages to do when assessments have saved some: somebody still has to complete the case, so 1 at least."""
    return max(left - assessed, min(left, 1))


@rule
def packages_lost(done: int, loss_share: float, u: float) -> int:
    """Finished packages lost with a change of caseworker: `done x loss_share` on average."""
    return min(done, int(done * loss_share + u))


@rule
def decision(right_scheme: int, agreement: float, u: float) -> int:
    """Code of what the rehabilitation team decides: the right scheme with a share of `agreement`, else back."""
    return right_scheme if u < agreement else BACK


@rule
def pick_by_share(cumulative: tuple[float, ...], u: float) -> int:
    """Index drawn with the probabilities whose running sums are `cumulative` (the last one is 1)."""
    i = 0
    while i + 1 < len(cumulative) and cumulative[i] <= u:
        i += 1
    return i
