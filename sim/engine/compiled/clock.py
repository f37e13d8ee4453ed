"""Time: the queue of events in the documented order, and the immediate steps between two events.

The queue is a calendar: an event is put, unsorted, on the page of its time, and only the events of the page that
is open are kept in order, in a heap (Brown, "Calendar queues", Communications of the ACM 31, 1988). All times are
known to lie between the start and the horizon, so pages need no turning back.
"""

from sim.engine.compiled.layout import due_at, event_at, page_at, step_at
from sim.engine.compiled.memory import Record, World, inner

NUMBERS = 40
"""Bits of an event's rank that hold the entity's number; the kind stands above them."""


@inner
def before(a: Record, b: Record) -> bool:
    """Whether one event comes before another: by time, kind and number, then by who asked first."""
    if a.time != b.time:
        return bool(a.time < b.time)
    if a.rank != b.rank:
        return bool(a.rank < b.rank)
    return bool(a.serial < b.serial)


@inner
def at(w: World, time: float, kind: int, number: int, stage: int, met: int) -> None:
    """Let something happen at `time`, unless the world has ended by then."""
    if not time < w.end:
        return
    i = w.free_event
    if i >= 0:
        w.free_event = event_at(w, i).next
    elif w.used_events < w.room_events:
        i = w.used_events
        w.used_events += 1
    else:
        w.full = True
        return
    w.serial += 1
    w.event_count += 1
    new = event_at(w, i)
    new.time, new.rank, new.serial, new.stage, new.met = time, (kind << NUMBERS) | number, w.serial, stage, met
    page = page_of(w, time)
    if page > w.page:
        turned = page_at(w, page)
        new.next = turned.v
        turned.v = i
    else:
        _push(w, i)


@inner
def page_of(w: World, time: float) -> int:
    """Page of the calendar on which a time stands; a later time never stands on an earlier page."""
    return int((time + w.warm_up) * w.pages_per_week)


@inner
def next_event(w: World) -> int:
    """Take the next event off the queue; returns its number, -1: there is none."""
    if w.event_count == 0:
        return -1
    while w.due_count == 0:
        w.page += 1
        page = page_at(w, w.page)
        i = page.v
        page.v = -1
        while i >= 0:
            following = event_at(w, i).next
            _push(w, i)
            i = following
    w.event_count -= 1
    first = int(due_at(w, 0).v)
    n = w.due_count - 1
    w.due_count = n
    last = due_at(w, n).v
    moved = event_at(w, last)
    i = 0
    while True:
        below = 2 * i + 1
        if below >= n:
            break
        lower = event_at(w, due_at(w, below).v)
        if below + 1 < n:
            right = event_at(w, due_at(w, below + 1).v)
            if before(right, lower):
                below += 1
                lower = right
        if before(moved, lower):
            break
        due_at(w, i).v = due_at(w, below).v
        i = below
    due_at(w, i).v = last
    return first


@inner
def _push(w: World, event: int) -> None:
    """Add an event to the heap of the page that is open."""
    new = event_at(w, event)
    i = w.due_count
    w.due_count = i + 1
    while i > 0:
        above = (i - 1) >> 1
        other = due_at(w, above).v
        if before(event_at(w, other), new):
            break
        due_at(w, i).v = other
        i = above
    due_at(w, i).v = event


@inner
def done_with(w: World, event: int) -> None:
    """Give an event's place free for another."""
    event_at(w, event).next = w.free_event
    w.free_event = event


@inner
def soon(w: World, what: int, citizen: int, stage: int) -> None:
    """Let a citizen take a step when the present one is done, in order of asking, before the next event."""
    if w.last_step == w.room_steps:
        w.full = True
        return
    s = step_at(w, w.last_step)
    s.what, s.citizen, s.stage = what, citizen, stage
    w.last_step += 1
