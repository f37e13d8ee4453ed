"""Who gets a citizen: rules on shares of a whole, and on loads."""

from collections.abc import Iterable

from sim.model.jit import rule


def added(values: Iterable[float]) -> float:
    """Sum in the order given, rounded at each step: what every engine computes, on every version of Python."""
    total = 0.0
    for value in values:
        total += value
    return total


@rule
def birth_day(u: float) -> int:
    """Day of birth in the month-less calendar by which citizens are divided: 0 to 364."""
    return int(u * 365.0)


@rule
def birth_share(day: int) -> float:
    """Where a birth day lies on the unit interval (the middle of the day): divides citizens among departments."""
    return (day + 0.5) / 365.0


@rule
def month_share(day: int) -> float:
    """Where a birth day lies within its twelfth of the year: divides the citizens of a department.

    By another part of the date than departments, or a department's share of the year would be all one list's.
    """
    return (12 * day + 6) % 365 / 365.0


@rule
def relative_load(citizens: int, weight: float) -> float:
    """Load by which the least loaded is found: citizens by weight (full-time share or size)."""
    return citizens / weight


@rule
def may_take(donor_citizens: int, donor_share: float, own_citizens: int, own_share: float) -> bool:
    """Whether moving one citizen from donor to own list leaves the donor no worse off than the receiver."""
    return (donor_citizens - 1) / donor_share >= (own_citizens + 1) / own_share
