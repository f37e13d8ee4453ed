"""The event log as tools for process mining expect it: one row for each activity, with start and complete."""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from sim.analysis.lives.pairs import ENDS_OF, Done, paired
from sim.catalogue import Activity, Destination, Task, TeamDecision
from sim.model.names import Names
from sim.model.parameters import FIRST_POST, REHABILITATION_TEAM, Parameters
from sim.tables.records import Replication, Table

PROGRAMME = "programme"
"""Role of a vendor."""
_SAME_NAME = {Activity.CONTACT_STARTS: "contact_answered"}
"""Without its ending it would have the name of another activity."""


class Step(NamedTuple):
    """An activity of a case.

    Attributes
    ----------
    case
        Replication and citizen; of what concerns staff alone, replication and post.
    activity
        Its name; of what has a start and an end, that of both.
    start, complete
        On the calendar; None: a start before the start date that is not known, not complete at the horizon.
    resource, role, group, department
        Who does it and in which role; the citizen's group and department at its first row. Empty: none.
    detail
        What the log's value means, in words: destination, decision, new group, due date ... Empty: nothing.
    working_hours
        NaN: no work, or not done.
    replication, citizen
        As in other tables; -1: no citizen.
    """

    case: str
    activity: str
    start: datetime | None
    complete: datetime | None
    resource: str
    role: str
    group: str
    department: str
    detail: str
    working_hours: float
    replication: int
    citizen: int


def activity_name(activity: Activity) -> str:
    """Name of what has a start and an end, or of what happens at once."""
    if activity in _SAME_NAME:
        return _SAME_NAME[activity]
    return activity.key.removesuffix("_starts") if activity in ENDS_OF else activity.key


def steps(done: Replication, p: Parameters) -> Iterator[Step]:
    """Give the activities of one replication in order of their first rows in the event log."""
    events: Table = done.tables["events"]
    groups, departments = events["group"].tolist(), events["department"].tolist()
    start, names = datetime.fromisoformat(p.start), p.names
    for one in paired(events):
        row = one.rows[0]
        resource = names.resources[one.resource] if one.resource >= 0 else ""
        case = resource if one.citizen < 0 else str(one.citizen)
        yield Step(
            f"{done.number}-{case}",
            activity_name(one.activity),
            moment(start, one.start),
            moment(start, one.end),
            resource,
            role_of(one.resource, p),
            names.groups[groups[row]] if groups[row] >= 0 else "",
            names.departments[departments[row]] if departments[row] >= 0 else "",
            detail(one, names, start),
            one.working_hours,
            done.number,
            one.citizen,
        )


def moment(start: datetime, weeks: float) -> datetime | None:
    """Give a moment on the calendar, to the microsecond; None for NaN."""
    return None if math.isnan(weeks) else start + timedelta(weeks=weeks)


def role_of(resource: int, p: Parameters) -> str:
    """Role of a resource; empty: none."""
    if resource < 0:
        return ""
    post = resource - FIRST_POST
    if 0 <= post < len(p.posts):
        return p.names.roles[p.teams[p.posts[post].team].role]
    return p.names.resources[REHABILITATION_TEAM] if resource == REHABILITATION_TEAM else PROGRAMME


def detail(one: Done, names: Names, start: datetime) -> str:
    """Say what the log's value means; see `sim.catalogue.Activity.value_means`."""
    tell = _DETAILS.get(one.activity)
    return "" if tell is None else tell(one.value, names, start)


def _due(value: float, _: Names, start: datetime) -> str:
    due = moment(start, value)
    return "" if due is None else due.date().isoformat()


def _group(value: float, names: Names, _: datetime) -> str:
    return names.groups[int(value)]


_DETAILS: Mapping[Activity, Callable[[float, Names, datetime], str]] = {
    Activity.INVITED: _due,
    Activity.NO_SHOW: lambda value, names, start: Task.EXTRA_MEETING.key if value else Task.MEETING.key,
    Activity.NEED_RECOGNISED: lambda value, names, start: f"{value:.0f}",
    Activity.DECIDED: lambda value, names, start: tuple(TeamDecision)[int(value)].key,
    Activity.SCHEME_CHANGES: _group,
    Activity.FLAGGED: _group,
    Activity.REASSESSED: _group,
    Activity.LEAVES: lambda value, names, start: tuple(Destination)[int(value)].key,
}
