"""Meetings: when they are called, how long they get, and what they achieve."""

from sim.model.jit import rule

NO_PRESSURE, BACKLOG, CALENDAR = range(3)


@rule
def invitation(now: float, due: float, window: float, notice: float) -> float:
    """Time at which the citizen is invited: with notice before the window opens, or at once."""
    return max(now, due - window - notice)


@rule
def opens(now: float, due: float, window: float, notice: float) -> float:
    """Earliest time of the meeting to which the citizen is invited now: after the notice, within the window."""
    return max(now + notice, due - window)


@rule
def next_invitation(now: float, next_try: float, notice: float) -> float:
    """Time at which a citizen who did not come is invited again: with notice before the next try, or at once."""
    return now + max(next_try - notice, 0.0)


@rule
def is_timely(begun: float, due: float) -> bool:
    """A meeting is timely if it begins by its due date."""
    return begun <= due


@rule
def length_by_backlog(
    backlog_weeks: float, tolerated_weeks: float, floor_share: float, ceiling_share: float
) -> float:
    """Length of a meeting, as a share of the planned one, when `backlog_weeks` of work wait in the queue.

    In proportion to tolerated / waiting weeks, between the floor and the ceiling: with a ceiling of 1 full length up
    to the tolerated backlog, with a higher one longer meetings where less waits.
    """
    if backlog_weeks * ceiling_share <= tolerated_weeks:
        return ceiling_share
    return max(floor_share, tolerated_weeks / backlog_weeks)


@rule
def length_by_calendar(due_hours_per_week: float, meeting_hours_per_week: float, floor_share: float) -> float:
    """Length of a meeting, as a share of the planned one, so that the meetings due fit into the calendar.

    Parameters
    ----------
    due_hours_per_week
        What the list's meetings would take at full length.
    meeting_hours_per_week
        What the calendar sets aside.
    """
    if due_hours_per_week <= meeting_hours_per_week:
        return 1.0
    return max(floor_share, meeting_hours_per_week / due_hours_per_week)


@rule
def achieved(u: float, share: float, length: float) -> bool:
    """Whether a meeting achieves what one of full length achieves with probability `share`."""
    return u < share * length
