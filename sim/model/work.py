"""The order of a coordinator's work."""

from sim.model.jit import rule

MEETING, CONTACT, CLARIFICATION, HANDOVER, PLACEMENT, EXTRA_MEETING, OUTREACH = range(7)
"""Kinds of task, in the order of `sim.engine.records.TASKS`."""
TASK_KINDS = 7

TaskOrder = tuple[int, float, int, int]


@rule
def task_order(priority: int, due: float, citizen: int, kind: int) -> TaskOrder:
    """Place of a task in a queue: by priority, then due date; citizen and kind settle ties."""
    return (priority, due, citizen, kind)


@rule
def is_discretionary(kind: int) -> bool:
    """Whether the work is done only with time to spare."""
    return kind >= EXTRA_MEETING
