"""Tasks: into a queue, out of it, from one coordinator to another (as `sim.engine.reference.tasks`)."""

from sim.engine.compiled.clock import at
from sim.engine.compiled.layout import coordinator_at, department_at, member_at, task_at
from sim.engine.compiled.memory import Record, World, inline, jitted
from sim.engine.compiled.queues import put, remove, waiting
from sim.engine.order import Kind
from sim.model.work import TASK_KINDS, is_discretionary


@jitted
def submit(w: World, c: Record, kind: int, due: float, priority: int) -> None:
    """Put a task into the queue of the citizen's coordinator, and call whoever could begin it at once."""
    number = c.number * TASK_KINDS + kind
    k = coordinator_at(w, c.coordinator)
    task_at(w, number).joined = w.now
    c.waiting |= 1 << kind
    put(w, k.queue, number, due, priority)
    call_for(w, k, kind)


@inline
def on_duty(k: Record) -> bool:
    """Employed and not absent."""
    return bool(k.employed and not k.absent)


@inline
def call_for(w: World, k: Record, kind: int) -> None:
    """Call the coordinator, or an idle colleague who shares the queue or covers the absence."""
    d = department_at(w, k.department)
    if not d.pooled:
        if on_duty(k):
            call(w, k)
            return
        if not w.staff.colleagues_cover or is_discretionary(kind):
            return
    for i in range(d.posts):
        candidate = coordinator_at(w, member_at(w, d.first_post + i).post)
        if candidate.bell and on_duty(candidate):
            call(w, candidate)
            return


@inline
def call(w: World, k: Record) -> None:
    """Ring the bell of a coordinator who sits idle."""
    if k.bell:
        k.bell = False
        at(w, w.now, Kind.DESK.value, k.number, 0, 0)


@inline
def take_out(w: World, c: Record, kind: int) -> None:
    """Take the citizen's waiting task of a kind out of its queue, if there is one."""
    if c.waiting & (1 << kind):
        c.waiting &= ~(1 << kind)
        remove(w, c.number * TASK_KINDS + kind)


@jitted
def move_tasks(w: World, c: Record) -> None:
    """Move the citizen's waiting tasks to the present coordinator's queue."""
    k = coordinator_at(w, c.coordinator)
    for kind in range(TASK_KINDS):
        if c.waiting & (1 << kind):
            number = c.number * TASK_KINDS + kind
            queue = task_at(w, number).queue
            if queue >= 0 and queue != k.queue:  # Below 0: there was no room for it (see `queues.remove`).
                task = waiting(w, number)
                due, priority = task.due, task.priority
                remove(w, number)
                put(w, k.queue, number, due, priority)
                call_for(w, k, kind)
