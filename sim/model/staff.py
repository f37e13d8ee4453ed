"""Staff: hours, learning, protected time, and how absence and turnover follow the caseload."""

import math

from sim.catalogue import WEEKS_PER_YEAR
from sim.model.jit import rule

_HOURS_PER_WEEK = 168.0


@rule
def full_time_caseload(citizens: int, full_time_share: float) -> float:
    """Citizens per full-time post; the list itself where nobody holds it."""
    return citizens / full_time_share if full_time_share > 0.0 else float(citizens)


@rule
def productivity(now: float, learning_until: float, while_learning: float) -> float:
    """Work done an hour, of an experienced coordinator's."""
    return while_learning if now < learning_until else 1.0


@rule
def task_weeks(hours: float, hours_per_week: float, productivity: float) -> float:
    """Calendar weeks that `hours` of work take a coordinator with `hours_per_week` effective hours."""
    return hours / (hours_per_week * productivity)


@rule
def was_there_before(begins: float, first: float) -> bool:
    """Whether who begins in a post is part of the state in which time begins; on the first day it is an event."""
    return begins < first


@rule
def hours_worked(hours: float, productivity: float) -> float:
    """Hours that a task of so many `hours` takes of who does it."""
    return hours / productivity


@rule
def calendar_hours(weeks: float) -> float:
    """Hours on the calendar, nights and weekends included."""
    return weeks * _HOURS_PER_WEEK


@rule
def strain(caseload: float, reference: float, elasticity: float, max_factor: float) -> float:
    """Factor on absence and turnover rates: (caseload / reference) ** elasticity, at most `max_factor`."""
    if elasticity == 0.0:
        return 1.0
    if caseload <= 0.0:
        return 0.0
    return min(max_factor, math.exp(elasticity * math.log(caseload / reference)))


@rule
def strain_accepted(u: float, factor: float, elasticity: float, max_factor: float) -> bool:
    """Thinning: whether a moment drawn at the highest rate counts at today's."""
    return elasticity == 0.0 or u * max_factor < factor


@rule
def highest_rate(per_year: float, elasticity: float, max_factor: float) -> float:
    """Rate a week at which moments are drawn: the highest that strain can make it."""
    return per_year * (1.0 if elasticity == 0.0 else max_factor) / WEEKS_PER_YEAR


@rule
def leave_begins(spell: int, spells_per_year: int, weeks: float, u: float) -> float:
    """When a spell of leave begins, in weeks since the first simulated moment.

    Every year has as many parts as spells, and each spell lies within its part, at any place alike: so a full year
    has all of its leave.
    """
    part = WEEKS_PER_YEAR / spells_per_year
    return spell * part + u * (part - weeks)


@rule
def protected_credit(credit: float, weeks_on_duty: float, protected_hours_per_week: float, spent: float) -> float:
    """Hours of protected time that clarification still has a claim to.

    It grows by the protected hours of each week on duty, up to one week's, and shrinks by the hours
    clarification was given. While it is above 0 clarification goes first.
    """
    return min(protected_hours_per_week, credit + weeks_on_duty * protected_hours_per_week - spent)
