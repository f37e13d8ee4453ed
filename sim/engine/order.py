"""The order of simultaneous events: one documented key, the same in every engine.

Events are taken by (time, kind, number of the entity). An event's immediate consequences (a task done, the
citizen's next step) are complete before the next event. Desks come after everything else at a moment, so somebody
who is free at 9 o'clock sees all that arrived at 9 o'clock; the weekly count comes last of all.
"""

from enum import IntEnum, auto


class Kind(IntEnum):
    """Kinds of timed events, in their order at equal times."""

    OPENING = 0
    CHANGE = auto()
    POST_CUT = auto()
    POST = auto()
    EXIT = auto()
    STAY = auto()
    CASE = auto()
    INTERNSHIP = auto()
    PROGRAMME = auto()
    SMALL_JOB = auto()
    ARRIVAL = auto()
    RETURN = auto()
    MEETING = auto()
    CONTACT = auto()
    EXTRA_MEETING = auto()
    OUTREACH = auto()
    MENTORING = auto()
    ABSENCE = auto()
    LEAVE = auto()
    RESIGNATION = auto()
    TEAM = auto()
    ALLOCATION = auto()
    DESK = auto()
    WEEK = auto()
