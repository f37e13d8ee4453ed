"""Tasks: into the queue of who does them, out of it, from one to another."""

from simpy.events import Event

from sim.engine.codes import ENDS
from sim.engine.order import Kind
from sim.engine.reference.centre import Centre
from sim.engine.reference.state import Begin, Citizen, Post, Task, first_real
from sim.model.work import task_order


def who_does(jc: Centre, c: Citizen, kind: int) -> Post:
    """Find who does a kind of task for a citizen.

    That is who has the citizen on the list, if that role does it; else the team that does it in the department: the
    one with whom the citizen has a place, or the team's queue. Coordinators do what nobody else does.
    """
    holder = c.on_list_of
    if holder.team.parameters.does[kind]:
        return holder
    other = jc.p.others[c.department][kind]
    if other >= 0:
        team = jc.teams[other]
        if team.parameters.role in c.places:
            return c.places[team.parameters.role]
        if not team.parameters.lists and team.open > 0:
            return team.unassigned
    return holder if c.home is None else c.home


def taken_over(jc: Centre, c: Citizen, kind: int) -> bool:
    """Whether others than the coordinators do a kind of task for the citizen, and somebody of them is there."""
    other = jc.p.others[c.department][kind]
    return other >= 0 and jc.teams[other].open > 0


def submit(jc: Centre, c: Citizen, kind: int, due: float, begin: Begin, priority: int | None = None) -> Task:
    """Put a task into the queue of who does it for the citizen, and call whoever could begin it at once."""
    k = who_does(jc, c, kind)
    first = jc.p.priorities[kind] if priority is None else priority
    order = task_order(first, due, c.number, kind)
    task = Task(c, kind, order, due, jc.now, begin, ENDS[kind], Event(jc.clock), c.stage)
    c.tasks[kind] = task
    k.queue.put(task)
    call_for(jc, k, task)
    return task


def call_for(jc: Centre, k: Post, task: Task) -> None:
    """Call who has the task, or an idle colleague who shares the queue or covers the absence."""
    if k.team.parameters.pooled:
        candidates = k.team.posts
    elif k.on_duty:
        candidates = [k]
    elif k.team.role.colleagues_cover and first_real(task) is not None:
        candidates = k.team.posts
    else:
        return
    for candidate in candidates:
        if candidate.on_duty and candidate.bell is not None:
            call(jc, candidate)
            return


def call(jc: Centre, k: Post) -> None:
    """Ring the bell of somebody who sits idle."""
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
    """Move the citizen's waiting tasks to the queues of who does them now."""
    for task in c.tasks.values():
        if task.queue is None:
            continue
        k = who_does(jc, c, task.kind)
        if task.queue is not k.queue:
            task.queue.remove(task)
            k.queue.put(task)
            call_for(jc, k, task)
