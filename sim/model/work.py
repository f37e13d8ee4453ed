"""The order of a coordinator's work."""

from sim.catalogue import Task
from sim.model.jit import rule

MEETING = int(Task.MEETING)
CONTACT = int(Task.CONTACT)
CLARIFICATION = int(Task.CLARIFICATION)
HANDOVER = int(Task.HANDOVER)
PLACEMENT = int(Task.PLACEMENT)
MENTORING = int(Task.MENTORING)
EXTRA_MEETING = int(Task.EXTRA_MEETING)
OUTREACH = int(Task.OUTREACH)
TASK_KINDS = len(Task)
FIRST_SPARE = min(int(task) for task in Task if task.spare)
"""Kinds of task from this one on are done only with time to spare."""
assert all(task.spare == (task >= FIRST_SPARE) for task in Task)

TaskOrder = tuple[int, float, int, int]


@rule
def task_order(priority: int, due: float, citizen: int, kind: int) -> TaskOrder:
    """Place of a task in a queue: by priority, then due date; citizen and kind settle ties."""
    return (priority, due, citizen, kind)


@rule
def is_discretionary(kind: int) -> bool:
    """Whether the work is done only with time to spare."""
    return kind >= FIRST_SPARE
