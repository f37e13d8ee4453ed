"""Steps that count the work that waits."""

from sim.engine.steps import Record
from sim.model.jit import step
from sim.model.work import FIRST_SPARE


@step
def backlog_hours(waiting: Record, planned_hours: Record) -> float:
    """Planned hours of the work that waits in a queue, from its tasks by kind; discretionary work does not count."""
    hours = 0.0
    for kind in range(FIRST_SPARE):
        hours += waiting[kind] * planned_hours[kind]
    return hours
