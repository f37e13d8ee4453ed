"""How large a replication becomes: posts, citizens and events, from the config alone."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.config.schema.counts import entries_a_week, stock_of
from sim.config.schema.hazards import highest_factor
from sim.config.schema.people import Group
from sim.config.schema.posts import initial_posts
from sim.config.schema.ranges import MOST_TRIES, SHORTEST_PAUSE
from sim.config.schema.staff import Absence, Hours, Turnover

_EVENTS_OF_A_TASK = 4
"""It joins the queue, is begun and done, and the desk looks for the next one."""
_STEPS_AFTER_A_MEETING = 11
"""At most: into an internship, through it and back; into a programme and out of it; into another group."""
_EVENTS_OF_A_STAGE = 8
"""What begins anew with a stage."""
_FEWEST_WEEKS = 52
"""Of a year."""


class Size(NamedTuple):
    """What a replication needs room for.

    Attributes
    ----------
    weeks, groups, departments
        Of the config; weeks with those before the start.
    posts, others
        Full-time posts of coordinators and of all other roles, added ones included.
    citizens
        Expected number that ever come, at most.
    events
        Expected number, at most, if durations vary as little as they usually do: of the forms with the widest spread
        up to 18 times as many (see `sim.config.schema.distributions.Distribution.pause`).
    """

    weeks: int
    groups: int
    departments: int
    posts: float
    others: float
    citizens: float
    events: float


def size_of(sections: Mapping[str, Any]) -> Size:
    """Reckon how large a replication becomes.

    Parameters
    ----------
    sections
        Of a valid config, by name.
    """
    run, groups, departments = sections["run"], sections["groups"], sections["departments"]
    weeks = run.warm_up_weeks + run.horizon_weeks
    posts, *others = (_posts_ever(sections, role) for role in (None, *sections["roles"]))
    inflow = math.fsum(entries_a_week(group) for group in groups.values())
    topped_up = max((d.fill_to or 0.0 for d in departments.values() if d.fill_from == "pool"), default=0.0)
    citizens = stock_of(sections) + inflow * weeks + topped_up * posts * (1 + weeks)
    back = max((max(g.re_entry.rate_per_week) for g in groups.values() if g.re_entry is not None), default=0.0)
    citizens *= 1.0 + back * weeks
    of_a_citizen = max(_events_a_week(sections, group) for group in groups.values())
    events = citizens * (_EVENTS_OF_A_STAGE + weeks * of_a_citizen)
    for table, count in zip((sections["staffing"], *sections["roles"].values()), (posts, *others), strict=True):
        events += weeks * _events_of_staff(table, count, citizens) + _EVENTS_OF_A_TASK * count
    team = sections["rehabilitation_team"]
    meets = 1.0 / team.every_weeks if team is not None else 0.0
    events += weeks * (2.0 + len(departments) + meets)
    return Size(weeks, len(groups), len(departments), posts, math.fsum(others), citizens, events)


def _posts_ever(sections: Mapping[str, Any], role: str | None) -> float:
    """Full-time posts of a role, added ones included."""
    table = sections["staffing"] if role is None else sections["roles"][role]
    added = math.fsum(change.posts for change in table.changes if change.posts > 0)
    return math.fsum(initial_posts(sections, role)) + added


def moments_a_week(sections: Mapping[str, Any], group: Group, destination: str) -> float:
    """Moments a week at which a citizen might leave for a destination, if the hazard is as high as it can come."""
    way_out = group.exits[destination]
    base = way_out.hazard_per_week * max(1.0, way_out.long_history_factor)
    return base * highest_factor(sections, group, destination, way_out) if base > 0 else 0.0


def _events_a_week(sections: Mapping[str, Any], group: Group) -> float:
    """Events a week of a citizen with whom everything happens as often as it can."""
    # Moments are drawn up to the next power of 2 above the highest hazard.
    stages = 2.0 * math.fsum(moments_a_week(sections, group, destination) for destination in group.exits)
    if group.stay is not None:
        pause = group.stay.duration_weeks.pause
        stages = stages + 1.0 / pause if pause >= SHORTEST_PAUSE else (stages + 1.0) * MOST_TRIES
    meetings, spare, case = sections["meetings"], sections["discretionary"], sections["clarification"]
    begun = 1.0 + stages  # Each stage begins all of them anew.
    held = tasks = 0.0
    if group.meetings is not None and meetings is not None:
        held = 2.0 * begun / group.meetings.interval_weeks.pause  # At most: a window takes up to half of it.
        tasks += held * MOST_TRIES
        for booking in vars(meetings.bookings).values():
            if booking is not None and booking.no_show_share > 1 - 1 / MOST_TRIES:
                tasks += begun / booking.next_try_weeks.pause
    if group.contacts is not None:
        tasks += begun / group.contacts.interval_weeks.pause
    if spare.extra_meeting is not None:
        held += 1.0 / spare.extra_meeting.after_weeks
        tasks += 1.0 / spare.extra_meeting.after_weeks
    if spare.outreach is not None:
        tasks += 1.0 / spare.outreach.every_weeks + stages
    mentoring = [p.mentor.every_weeks for p in sections["programmes"].values() if p.mentor is not None]
    if mentoring:
        tasks += 1.0 / min(mentoring)
    if case is not None:
        packages = max(case.packages, *(scheme.packages or 0 for scheme in case.schemes.values()), 0)
        if case.sitting_hours is not None:
            own = (scheme.hours_per_package for scheme in case.schemes.values())
            hours = max(
                case.hours_per_package.mean, *(own_hours.mean for own_hours in own if own_hours is not None), 0.0
            )
            packages *= 1.0 + hours / case.sitting_hours
        tasks += packages * (begun + _cases_again(sections, held))
    small_jobs = 2.0 * group.small_jobs.hazard_per_week if group.small_jobs is not None else 0.0
    return stages * _EVENTS_OF_A_STAGE + tasks * _EVENTS_OF_A_TASK + held * _STEPS_AFTER_A_MEETING + small_jobs


def _cases_again(sections: Mapping[str, Any], held: float) -> float:
    """Cases a week that begin anew after the team has sent one back: after a pause, and a session of the team."""
    team = sections["rehabilitation_team"]
    return min(held, 1.0 / max(team.again_after_weeks, team.every_weeks)) if team is not None else 0.0


def _events_of_staff(table: Hours, posts: float, citizens: float) -> float:
    """Events a week of a role's posts; who is away may call all colleagues, and move the list."""
    absence, turnover = table.absence, table.turnover
    away = _moments_a_year(absence, absence.spells_per_year) if absence is not None else 0.0
    away += table.leave.spells_per_year if table.leave is not None else 0.0
    left = _moments_a_year(turnover, turnover.per_year) if turnover is not None else 0.0
    calls = posts if absence is not None and absence.cover == "colleagues" else 1.0
    strained = (away + left) * posts * (_EVENTS_OF_A_TASK + calls) + left * 2.0 * citizens
    return strained / _FEWEST_WEEKS


def _moments_a_year(strain: Absence | Turnover, per_year: float) -> float:
    """Moments a year at which a coordinator might fall ill, or resign."""
    return per_year * (strain.max_factor if strain.caseload_elasticity > 0 else 1.0)
