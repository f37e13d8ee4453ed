"""Which rows of the event log belong together: the start and the end of the same activity."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sim.catalogue import Activity, Task
from sim.tables.records import Table

HOURS_PER_WEEK = 168.0
"""Of the calendar, nights and weekends included."""
ACTIVITY = tuple(Activity)
"""By code."""
_STARTS, _ENDS = "_STARTS", "_ENDS"
ENDS_OF: Mapping[Activity, Activity] = {
    activity: Activity[activity.name.removesuffix(_STARTS) + _ENDS]
    for activity in Activity
    if activity.name.endswith(_STARTS)
}
"""The end of each activity that has one, by its start."""
STARTS_OF: Mapping[Activity, Activity] = {end: start for start, end in ENDS_OF.items()}
_OF_TASK: Mapping[Task, tuple[Activity, ...]] = {
    Task.MEETING: (Activity.MEETING_STARTS,),
    Task.CONTACT: (Activity.CONTACT_STARTS,),
    Task.CLARIFICATION: (Activity.PACKAGE_STARTS,),
    Task.HANDOVER: (Activity.HANDOVER_STARTS,),
    Task.PLACEMENT: (Activity.PLACEMENT_STARTS, Activity.FOLLOW_UP_STARTS),
    Task.MENTORING: (Activity.MENTORING_STARTS,),
    Task.EXTRA_MEETING: (Activity.EXTRA_MEETING_STARTS,),
    Task.OUTREACH: (Activity.OUTREACH_STARTS,),
}
TASK_OF: Mapping[Activity, Task] = {start: task for task, starts in _OF_TASK.items() for start in starts}
"""Which work it is that a row begins; a no-show, which is one too, has it in its value."""
SPELLS = (Activity.INTERNSHIP_STARTS, Activity.SMALL_JOB_STARTS, Activity.PROGRAMME_STARTS)
"""What a citizen takes part in; it ends with the scheme at the latest, and then no end is written."""
_STAGE_ENDS = (Activity.SCHEME_CHANGES, Activity.LEAVES)


class Done(NamedTuple):
    """Something that was done or happened, from its start to its end.

    Attributes
    ----------
    activity
        Its first row's; of what has a start and an end, the start's.
    citizen, resource, value
        As in the log, of the start where that is known. Of work `resource` is who did it.
    start, end
        Weeks. NaN: a start before the start date that is not known, an end that is not reached at the horizon. What
        takes no time has both at once.
    rows
        Of the log: the first, and the one that ends it (-1: there is none).
    working_hours
        That it took; NaN: it is no work, or not done.
    """

    activity: Activity
    citizen: int
    resource: int
    value: float
    start: float
    end: float
    rows: tuple[int, int]
    working_hours: float = math.nan

    @property
    def task(self) -> Task | None:
        """The kind of work that it is; None: no work."""
        if self.activity is Activity.NO_SHOW:
            return Task.EXTRA_MEETING if self.value else Task.MEETING
        return TASK_OF.get(self.activity)


def paired(events: Table) -> list[Done]:
    """Pair the rows of an event log, in order of their first rows.

    Work is paired by citizen and resource, absence and leave by resource, internships, small jobs and programmes by
    citizen. What runs when the citizen leaves or changes scheme ends then. Work that was going on at the start date
    has a start that its hours tell.
    """
    made: dict[int, Done] = {}
    going_on: dict[tuple[Activity, int, int], int] = {}
    for row, e in enumerate(_rows(events)):
        activity = ACTIVITY[e.activity]
        if activity in ENDS_OF:
            going_on[_key(activity, e.citizen, e.resource)] = row
            made[row] = Done(activity, e.citizen, e.resource, e.value, e.weeks, math.nan, (row, -1))
        elif activity in STARTS_OF:
            start = STARTS_OF[activity]
            first = going_on.pop(_key(start, e.citizen, e.resource), None)
            if first is not None:
                made[first] = made[first]._replace(end=e.weeks, rows=(first, row), working_hours=e.working_hours)
            else:
                since = e.weeks - e.calendar_hours / HOURS_PER_WEEK
                made[row] = Done(start, e.citizen, e.resource, 0.0, since, e.weeks, (row, row), e.working_hours)
        else:
            weeks = 0.0 if math.isnan(e.calendar_hours) else e.calendar_hours / HOURS_PER_WEEK
            done = Done(
                activity, e.citizen, e.resource, e.value, e.weeks, e.weeks + weeks, (row, -1), e.working_hours
            )
            made[row] = done
            if activity in _STAGE_ENDS:
                for spell in SPELLS:
                    first = going_on.pop(_key(spell, e.citizen, -1), None)
                    if first is not None:
                        made[first] = made[first]._replace(end=e.weeks)
    return [made[row] for row in sorted(made)]


class _Row(NamedTuple):
    citizen: int
    activity: int
    weeks: float
    resource: int
    value: float
    working_hours: float
    calendar_hours: float


def _rows(events: Table) -> Iterator[_Row]:
    return map(_Row._make, zip(*(events[name].tolist() for name in _Row._fields), strict=True))


def _key(start: Activity, citizen: int, resource: int) -> tuple[Activity, int, int]:
    """What the rows of one activity share: of spells who takes part, of work also who does it."""
    return start, citizen, -1 if start in SPELLS else resource
