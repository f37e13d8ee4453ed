"""Steps that count the work that waits."""

from sim.engine.steps import Record
from sim.model.jit import step
from sim.model.work import CONTACT, FIRST_SPARE, MEETING


@step
def backlog_hours(waiting: Record, planned_hours: Record) -> float:
    """Planned hours of the work that waits in a queue, from its tasks by kind; discretionary work does not count."""
    hours = 0.0
    for kind in range(FIRST_SPARE):
        hours += waiting[kind] * planned_hours[kind]
    return hours


@step
def pressing_hours(waiting: Record, planned_hours: Record) -> float:
    """Planned hours of the meetings and contacts that wait in a queue: waiting cases shorten no meeting."""
    return float(waiting[MEETING] * planned_hours[MEETING] + waiting[CONTACT] * planned_hours[CONTACT])
