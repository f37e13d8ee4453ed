"""Steps of meetings and contacts."""

import math

from sim.engine.steps import Record
from sim.model.jit import step


@step
def meeting_under_way(c: Record, now: float, rest: float, age: float) -> None:
    """The centre is observed from a moment between two meetings."""
    c.due = now + rest
    c.last_meeting = now - age
    c.last_length = 1.0


@step
def meeting_begins(c: Record, wait: float, length: float, timely: bool) -> None:
    """A planned meeting begins after `wait` weeks in the queue; `length` is a share of the planned one."""
    c.seen.meetings_due += 1
    c.seen.meetings_held += 1
    if timely:
        c.seen.meetings_timely += 1
    c.seen.meeting_wait_weeks += wait
    c.seen.meeting_length += length
    c.due = math.inf
    c.last_length = length
    c.extras = 0


@step
def sanctioned(c: Record, now: float) -> None:
    """A sanction follows a missed meeting."""
    c.seen.sanctions += 1
    c.last_sanction = now


@step
def extra_meeting_begins(c: Record, achieves: float) -> None:
    """An extra meeting begins; it achieves a share of what a planned one does."""
    c.seen.extra_meetings += 1
    c.last_length = achieves
    c.extras += 1


@step
def contact_answered(c: Record, wait: float) -> None:
    """A coordinator answers a contact after `wait` weeks."""
    c.seen.contacts += 1
    c.seen.contact_wait_weeks += wait


@step
def met(c: Record, now: float) -> None:
    """A meeting is over."""
    c.met += 1
    c.last_meeting = now


@step
def close_meetings(c: Record, now: float) -> None:
    """At the end of a stage or of time: a planned meeting that is overdue was due and not held."""
    if c.due < now:
        c.seen.meetings_due += 1
