"""Who gets a citizen: rules on shares of a whole, and on loads."""


def birth_day(u: float) -> int:
    """Day of birth in the month-less calendar by which citizens are divided: 0 to 364."""
    return int(u * 365.0)


def birth_share(day: int) -> float:
    """Where a birth day lies on the unit interval (the middle of the day)."""
    return (day + 0.5) / 365.0


def relative_load(citizens: int, weight: float) -> float:
    """Load by which the least loaded is found: citizens by weight (full-time share or size)."""
    return citizens / weight


def may_take(donor_citizens: int, donor_share: float, own_citizens: int, own_share: float) -> bool:
    """Whether moving one citizen from donor to own list leaves the donor no worse off than the receiver."""
    return (donor_citizens - 1) / donor_share >= (own_citizens + 1) / own_share
