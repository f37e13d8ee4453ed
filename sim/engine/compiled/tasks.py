"""Tasks: into the queue of who does them, out of it, from one to another (as `sim.engine.reference.tasks`)."""

from sim.engine.compiled.clock import at
from sim.engine.compiled.layout import does_at, held_at, member_at, other_at, post_at, role_at, task_at, team_at
from sim.engine.compiled.memory import Record, World, inline, jitted
from sim.engine.compiled.queues import put, remove, waiting
from sim.engine.order import Kind
from sim.model.work import TASK_KINDS, is_discretionary


@inline
def role_of(w: World, k: Record) -> Record:
    """Return the role of a post."""
    return role_at(w, team_at(w, k.team).role)


@inline
def place_of(w: World, c: Record, role: int) -> Record:
    """Return the post of a role with which a citizen has a place, and the team for which one waits; -1: none."""
    return held_at(w, c.number * w.role_count + role)


@inline
def who_does(w: World, c: Record, kind: int) -> int:
    """Find who does a kind of task for a citizen (see the reference)."""
    holder: int = c.on_list_of
    if does_at(w, post_at(w, holder).team * TASK_KINDS + kind).v:
        return holder
    other = other_at(w, c.department * TASK_KINDS + kind).v
    if other >= 0:
        team = team_at(w, other)
        place = place_of(w, c, team.role).post
        if place >= 0:
            return int(place)
        if not team.lists and team.open > 0:
            return int(team.unassigned)
    return holder if c.home < 0 else int(c.home)


@inline
def taken_over(w: World, c: Record, kind: int) -> bool:
    """Whether others than the coordinators do a kind of task for the citizen, and somebody of them is there."""
    other = other_at(w, c.department * TASK_KINDS + kind).v
    return bool(other >= 0 and team_at(w, other).open > 0)


@jitted
def submit(w: World, c: Record, kind: int, due: float, priority: int) -> None:
    """Put a task into the queue of who does it for the citizen, and call whoever could begin it at once."""
    number = c.number * TASK_KINDS + kind
    k = post_at(w, who_does(w, c, kind))
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
    """Call who has the task, or an idle colleague who shares the queue or covers the absence."""
    d = team_at(w, k.team)
    if not d.pooled:
        if on_duty(k):
            call(w, k)
            return
        if not role_at(w, d.role).colleagues_cover or is_discretionary(kind):
            return
    for i in range(d.posts):
        candidate = post_at(w, member_at(w, d.first_post + i).post)
        if candidate.bell and on_duty(candidate):
            call(w, candidate)
            return


@inline
def call(w: World, k: Record) -> None:
    """Ring the bell of somebody who sits idle."""
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
    """Move the citizen's waiting tasks to the queues of who does them now."""
    for kind in range(TASK_KINDS):
        if c.waiting & (1 << kind):
            number = c.number * TASK_KINDS + kind
            queue = task_at(w, number).queue
            if queue < 0:
                continue  # There was no room for it (see `queues.remove`).
            k = post_at(w, who_does(w, c, kind))
            if queue != k.queue:
                task = waiting(w, number)
                due, priority = task.due, task.priority
                remove(w, number)
                put(w, k.queue, number, due, priority)
                call_for(w, k, kind)
