"""Queues: a coordinator's waiting tasks (pairing heaps), and lines in order of arrival.

A task is the pair of citizen and kind, numbered ``citizen * TASK_KINDS + kind``: nobody has two of a kind waiting.
The heaps are linked through the tasks themselves (Fredman, Sedgewick, Sleator and Tarjan, "The pairing heap", 1986),
so a queue takes no room of its own and a withdrawn task is gone at once.
"""

from sim.engine.compiled.layout import citizen_at, department_at, line_at, place_at, queue_at, task_at
from sim.engine.compiled.memory import Record, World, inner
from sim.model.work import CLARIFICATION, TASK_KINDS, is_discretionary, task_order


@inner
def goes_first(w: World, a: int, b: int) -> bool:
    """Whether task a comes before task b."""
    x, y = task_at(w, a), task_at(w, b)
    return task_order(x.priority, x.due, a // TASK_KINDS, a % TASK_KINDS) < task_order(
        y.priority, y.due, b // TASK_KINDS, b % TASK_KINDS
    )


@inner
def meld(w: World, a: int, b: int) -> int:
    """Make one heap of two; returns its first task."""
    if a < 0:
        return b
    if b < 0:
        return a
    if goes_first(w, b, a):
        a, b = b, a
    x, y = task_at(w, a), task_at(w, b)
    y.next = x.child
    if x.child >= 0:
        task_at(w, x.child).previous = b
    y.previous = a
    x.child = b
    return a


@inner
def meld_all(w: World, first: int) -> int:
    """Make one heap of all the heaps in a row: pair by pair, then from the back."""
    row = -1
    while first >= 0:
        a = first
        x = task_at(w, a)
        b = x.next
        first = -1
        if b >= 0:
            y = task_at(w, b)
            first = y.next
            y.next = y.previous = -1
        x.next = x.previous = -1
        a = meld(w, a, b)
        task_at(w, a).next = row
        row = a
    heap = -1
    while row >= 0:
        x = task_at(w, row)
        following = x.next
        x.next = -1
        heap = meld(w, heap, row)
        row = following
    return heap


@inner
def without(w: World, heap: int, task: int) -> int:
    """Take a task out of its heap; returns the heap's first task."""
    x = task_at(w, task)
    below = meld_all(w, x.child)
    x.child = -1
    if task == heap:
        return below
    previous = task_at(w, x.previous)
    if previous.child == task:
        previous.child = x.next
    else:
        previous.next = x.next
    if x.next >= 0:
        task_at(w, x.next).previous = x.previous
    x.next = x.previous = -1
    return meld(w, heap, below)


@inner
def put(w: World, queue: int, task: int) -> None:
    """Add a task to a queue."""
    x, q, kind = task_at(w, task), queue_at(w, queue), task % TASK_KINDS
    x.queue = queue
    x.child = x.next = x.previous = -1
    q.waiting[kind] += 1
    _count_real(w, q, kind, 1)
    if kind == CLARIFICATION:
        q.cases = meld(w, q.cases, task)
    else:
        q.others = meld(w, q.others, task)


@inner
def remove(w: World, task: int) -> None:
    """Take a task out of its queue."""
    x, kind = task_at(w, task), task % TASK_KINDS
    q = queue_at(w, x.queue)
    x.queue = -1
    q.waiting[kind] -= 1
    _count_real(w, q, kind, -1)
    if kind == CLARIFICATION:
        q.cases = without(w, q.cases, task)
    else:
        q.others = without(w, q.others, task)


@inner
def _count_real(w: World, q: Record, kind: int, change: int) -> None:
    """Count what is not discretionary, in the queue and in all queues of the department that are left behind."""
    if not is_discretionary(kind):
        q.real += change
        if q.left_behind:
            department_at(w, q.department).left_behind += change


@inner
def leave_behind(w: World, queue: int, left_behind: bool) -> None:
    """Note that nobody, or again somebody, is there for an own queue."""
    q = queue_at(w, queue)
    if q.left_behind != left_behind:
        q.left_behind = left_behind
        department_at(w, q.department).left_behind += q.real if left_behind else -q.real


@inner
def first_task(w: World, queue: int, cases_first: bool) -> int:
    """Return the task to do next (it stays in the queue), -1: none; `cases_first`: clarification before all else."""
    q = queue_at(w, queue)
    case, other = q.cases, q.others
    if case < 0:
        return int(other)
    if other < 0 or cases_first or goes_first(w, case, other):
        return int(case)
    return int(other)


@inner
def join(w: World, line: int, citizen: int, stage: int, kind: int) -> None:
    """Join the end of a line."""
    i = w.free_place
    if i >= 0:
        w.free_place = place_at(w, i).next
    elif w.used_places < w.room_places:
        i = w.used_places
        w.used_places += 1
    else:
        w.full = True
        return
    place = place_at(w, i)
    place.citizen, place.stage, place.kind, place.next = citizen, stage, kind, -1
    ends = line_at(w, line)
    if ends.last >= 0:
        place_at(w, ends.last).next = i
    else:
        ends.first = i
    ends.last = i


@inner
def leave_front(w: World, line: int) -> None:
    """Let the first in a line leave it."""
    ends = line_at(w, line)
    i = ends.first
    place = place_at(w, i)
    ends.first = place.next
    if ends.first < 0:
        ends.last = -1
    place.next = w.free_place
    w.free_place = i


@inner
def skip_gone(w: World, line: int) -> int:
    """Drop those at the front whose stage is over; returns the number of the first place, -1: the line is empty."""
    while line_at(w, line).first >= 0:
        i = line_at(w, line).first
        if still_there(w, place_at(w, i)):
            return int(i)
        leave_front(w, line)
    return -1


@inner
def still_there(w: World, place: Record) -> bool:
    """Whether the one in this place is still in the stage in which the place was taken."""
    return bool(citizen_at(w, place.citizen).stage == place.stage)
