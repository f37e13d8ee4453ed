"""Queues: a coordinator's waiting tasks (indexed heaps), and lines in order of arrival.

A task is the pair of citizen and kind, numbered ``citizen * TASK_KINDS + kind``: nobody has two of a kind waiting.
A heap lies in one block of memory, so that a look at a queue stays within some lines of it; a full block is left for
one of twice the size. Each task knows its place in its heap, so that a withdrawn one is gone at once.
"""

from sim.engine.compiled.layout import (
    citizen_at,
    heap_at,
    line_at,
    place_at,
    queue_at,
    task_at,
    team_at,
    waiting_at,
)
from sim.engine.compiled.memory import Record, World, inline, jitted
from sim.model.work import CLARIFICATION, EXTRA_MEETING, TASK_KINDS, is_discretionary, task_order

CASES, REAL, EXTRA, SPARE = range(4)
"""Heaps of a queue: what in a busy centre waits for ever is not in the others' way."""
HEAPS = 4
SMALLEST_BLOCK = 8


@inline
def heap_of(queue: int, kind: int) -> int:
    """Heap in which a kind of task waits."""
    if kind == CLARIFICATION:
        heap = CASES
    elif kind == EXTRA_MEETING:
        heap = EXTRA
    else:
        heap = SPARE if is_discretionary(kind) else REAL
    return queue * HEAPS + heap


@inline
def goes_first(a: Record, b: Record) -> bool:
    """Whether one waiting task comes before another."""
    if a.priority == b.priority and a.due != b.due:
        return bool(a.due < b.due)  # What the rule says too, of nearly all pairs.
    return task_order(a.priority, a.due, a.task // TASK_KINDS, a.task % TASK_KINDS) < task_order(
        b.priority, b.due, b.task // TASK_KINDS, b.task % TASK_KINDS
    )


@inline
def _place(w: World, heap: Record, i: int, due: float, priority: int, task: int) -> None:
    x = waiting_at(w, heap.first + i)
    x.due, x.priority, x.task = due, priority, task
    task_at(w, task).place = i


@inline
def _rise(w: World, heap: Record, i: int, held: Record) -> None:
    """Put a task that is held outside of the heap at the free place i, or above those that it comes before."""
    while i > 0:
        above = (i - 1) >> 1
        other = waiting_at(w, heap.first + above)
        if not goes_first(held, other):
            break
        _place(w, heap, i, other.due, other.priority, other.task)
        i = above
    _place(w, heap, i, held.due, held.priority, held.task)


@inline
def _sink(w: World, heap: Record, i: int) -> int:
    """Let the first of those below the free place i move up, and so on; returns the place that is free at last."""
    n = heap.count
    below = 2 * i + 1
    while below < n:
        lower = waiting_at(w, heap.first + below)
        if below + 1 < n and goes_first(waiting_at(w, heap.first + below + 1), lower):
            below += 1
            lower = waiting_at(w, heap.first + below)
        _place(w, heap, i, lower.due, lower.priority, lower.task)
        i = below
        below = 2 * i + 1
    return i


@inline
def _make_room(w: World, heap: Record) -> None:
    """Give a heap a block of twice the size."""
    capacity, size = max(2 * heap.capacity, SMALLEST_BLOCK), 0
    while SMALLEST_BLOCK << size < capacity:
        size += 1
    first = w.free_blocks[size]
    if first >= 0:
        w.free_blocks[size] = waiting_at(w, first).task
    elif w.used_waiting + capacity <= w.capacity_waiting:
        first = w.used_waiting
        w.used_waiting += capacity
    else:
        w.overflow = True
        return
    for i in range(heap.count):
        x, old = waiting_at(w, first + i), waiting_at(w, heap.first + i)
        x.due, x.priority, x.task = old.due, old.priority, old.task
    if heap.capacity > 0:
        waiting_at(w, heap.first).task = w.free_blocks[size - 1]
        w.free_blocks[size - 1] = heap.first
    heap.first, heap.capacity = first, capacity


@jitted
def put(w: World, queue: int, task: int, due: float, priority: int) -> None:
    """Add a task to a queue."""
    kind = task % TASK_KINDS
    heap, q = heap_at(w, heap_of(queue, kind)), queue_at(w, queue)
    if heap.count + 1 >= heap.capacity:
        _make_room(w, heap)
        if w.overflow:
            return
    task_at(w, task).queue = queue
    q.waiting[kind] += 1
    _count_real(w, q, kind, 1)
    i = heap.count
    heap.count = i + 1
    held = waiting_at(w, heap.first + i + 1)  # Behind the last.
    held.due, held.priority, held.task = due, priority, task
    _rise(w, heap, i, held)


@jitted
def remove(w: World, task: int) -> None:
    """Take a task out of its queue."""
    x, kind = task_at(w, task), task % TASK_KINDS
    if x.queue < 0:
        return  # There was no room for it: the replication is about to be run again with more.
    heap, q, i = heap_at(w, heap_of(x.queue, kind)), queue_at(w, x.queue), x.place
    x.queue = -1
    q.waiting[kind] -= 1
    _count_real(w, q, kind, -1)
    n = heap.count - 1
    heap.count = n
    if i < n:
        # The last one takes the place, or nearly always one far below it.
        last, above = waiting_at(w, heap.first + n), waiting_at(w, heap.first + max(0, (i - 1) >> 1))
        if i == 0 or not goes_first(last, above):
            i = _sink(w, heap, i)
        _rise(w, heap, i, last)


@inline
def waiting(w: World, task: int) -> Record:
    """Priority and due date of a task that waits."""
    x = task_at(w, task)
    return waiting_at(w, heap_at(w, heap_of(x.queue, task % TASK_KINDS)).first + x.place)


@inline
def _count_real(w: World, q: Record, kind: int, change: int) -> None:
    """Count what is not discretionary, in the queue and in all queues of the department that are left behind."""
    if not is_discretionary(kind):
        q.real += change
        if q.left_behind:
            team_at(w, q.team).left_behind += change


@inline
def leave_behind(w: World, queue: int, left_behind: bool) -> None:
    """Note that nobody, or again somebody, is there for an own queue."""
    q = queue_at(w, queue)
    if q.left_behind != left_behind:
        q.left_behind = left_behind
        team_at(w, q.team).left_behind += q.real if left_behind else -q.real


@inline
def first_task(w: World, queue: int, cases_first: bool) -> int:
    """Return the task to do next (it stays in the queue), -1: none; `cases_first`: clarification before all else."""
    best = -1
    for h in range(queue * HEAPS, queue * HEAPS + HEAPS):
        heap = heap_at(w, h)
        if heap.count > 0:
            if best < 0 or goes_first(waiting_at(w, heap.first), waiting_at(w, best)):
                best = heap.first
            if h == queue * HEAPS + CASES and cases_first:
                break
    return int(waiting_at(w, best).task) if best >= 0 else -1


@inline
def join(w: World, line: int, citizen: int, stage: int, kind: int) -> None:
    """Join the end of a line."""
    i = w.free_place
    if i >= 0:
        w.free_place = place_at(w, i).next
    elif w.used_places < w.capacity_places:
        i = w.used_places
        w.used_places += 1
    else:
        w.overflow = True
        return
    place = place_at(w, i)
    place.citizen, place.stage, place.kind, place.next = citizen, stage, kind, -1
    ends = line_at(w, line)
    if ends.last >= 0:
        place_at(w, ends.last).next = i
    else:
        ends.first = i
    ends.last = i


@inline
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


@inline
def skip_gone(w: World, line: int) -> int:
    """Drop those at the front whose stage is over; returns the number of the first place, -1: the line is empty."""
    while line_at(w, line).first >= 0:
        i = line_at(w, line).first
        if still_there(w, place_at(w, i)):
            return int(i)
        leave_front(w, line)
    return -1


@inline
def still_there(w: World, place: Record) -> bool:
    """Whether the one in this place is still in the stage in which the place was taken."""
    return bool(citizen_at(w, place.citizen).stage == place.stage)
