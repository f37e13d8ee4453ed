"""Tasks: into a queue, out of it, from one coordinator to another."""

from simpy.events import Event

from sim.engine.codes import ENDS
from sim.engine.order import Kind
from sim.engine.reference.centre import Centre
from sim.engine.reference.state import Begin, Citizen, Coordinator, Task, first_real
from sim.model.work import task_order


def submit(jc: Centre, c: Citizen, kind: int, due: float, begin: Begin, priority: int | None = None) -> Task:
    """Put a task into the queue of the citizen's coordinator, and call whoever could begin it at once."""
    first = jc.p.priorities[kind] if priority is None else priority
    order = task_order(first, due, c.number, kind)
    task = Task(c, kind, order, due, jc.now, begin, ENDS[kind], Event(jc.clock), c.stage)
    c.tasks[kind] = task
    c.coordinator.queue.put(task)
    call_for(jc, c.coordinator, task)
    return task


def call_for(jc: Centre, k: Coordinator, task: Task) -> None:
    """Call the coordinator, or an idle colleague who shares the queue or covers the absence."""
    if k.department.parameters.pooled:
        candidates = k.department.coordinators
    elif k.on_duty:
        candidates = [k]
    elif jc.p.staff.colleagues_cover and first_real(task) is not None:
        candidates = k.department.coordinators
    else:
        return
    for candidate in candidates:
        if candidate.on_duty and candidate.bell is not None:
            call(jc, candidate)
            return


def call(jc: Centre, k: Coordinator) -> None:
    """Ring the bell of a coordinator who sits idle."""
    if k.bell is not None:
        jc.clock.ring(k.bell, jc.now, Kind.DESK, k.number)
        k.bell = None


def take_out(task: Task) -> None:
    """Take a waiting task out of its queue."""
    task.citizen.tasks.pop(task.kind, None)
    if task.queue is not None:
        task.queue.remove(task)


def withdraw(c: Citizen, kind: int) -> None:
    """Withdraw the citizen's waiting task of a kind, if there is one."""
    task = c.tasks.get(kind)
    if task is not None:
        take_out(task)


def move_tasks(jc: Centre, c: Citizen) -> None:
    """Move the citizen's waiting tasks to the present coordinator's queue."""
    for task in c.tasks.values():
        if task.queue is not None and task.queue is not c.coordinator.queue:
            task.queue.remove(task)
            c.coordinator.queue.put(task)
            call_for(jc, c.coordinator, task)
