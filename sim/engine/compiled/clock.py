"""Time: the queue of events in the documented order, and the immediate steps between two events.

Events wait, unsorted, in the list of their week. When a week begins its events are dealt out to pages, and only the
events of the page that is open are kept in order, in a heap: a calendar of two levels (Brown, "Calendar queues",
Communications of the ACM 31, 1988; Tang, Goh and Thng, "Ladder queue", ACM TOMACS 15, 2005). All times lie between
the start and the horizon, so nothing ever turns back. What is near in time is near in memory, which is what counts
in a large centre.
"""

from sim.engine.compiled.layout import (
    CHUNK_EVENTS,
    due_at,
    event_at,
    link_at,
    list_at,
    next_slot_at,
    prefetch_citizen,
    step_at,
)
from sim.engine.compiled.memory import Record, World, inline, jitted
from sim.engine.order import Kind

NUMBERS = 40
"""Bits of an event's sort key that hold the entity's number; the kind stands above them."""
FIRST_OF_CITIZENS, LAST_OF_CITIZENS = Kind.EXIT.value, Kind.MENTORING.value
"""Kinds of event that concern a citizen lie between these, but for arrivals."""


@inline
def before(a: Record, b: Record) -> bool:
    """Whether one event comes before another: by time, kind and number, then by who asked first."""
    if a.time != b.time:
        return bool(a.time < b.time)
    if a.sort_key != b.sort_key:
        return bool(a.sort_key < b.sort_key)
    return bool(a.serial < b.serial)


@inline
def is_of_citizen(kind: int) -> bool:
    """Whether an event of this kind concerns a citizen who is with the centre already."""
    return FIRST_OF_CITIZENS <= kind <= LAST_OF_CITIZENS and kind != Kind.ARRIVAL.value


@inline
def at(w: World, time: float, kind: int, number: int, stage: int, met: int) -> None:
    """Let something happen at `time`, unless the world has ended by then."""
    if not time < w.end:
        return
    w.serial += 1
    w.event_count += 1
    page = page_of(w, time)
    if page >= w.week_pages_end:
        place = _next_in_list(w, page >> w.page_bits)
    elif page > w.page:
        place = _next_in_list(w, w.week_lists + _in_week(w, page))
    elif time == w.now and not w.next_slot_taken:
        w.next_slot_taken = True
        _write(next_slot_at(w, 0), time, (kind << NUMBERS) | number, w.serial, stage, met)
        return
    else:
        _push(w, time, (kind << NUMBERS) | number, w.serial, stage, met)
        return
    if place >= 0:
        _write(event_at(w, place), time, (kind << NUMBERS) | number, w.serial, stage, met)


@inline
def page_of(w: World, time: float) -> int:
    """Page of the calendar on which a time stands; a later time never stands on an earlier page."""
    return int((time + w.warm_up) * (1 << w.page_bits))


@inline
def _in_week(w: World, page: int) -> int:
    return int(page & ((1 << w.page_bits) - 1))


@inline
def next_event(w: World) -> bool:
    """Take the next event off the queue, into the world's `now`, `sort_key`, `stage` and `met`; False: none."""
    if w.event_count == 0:
        return False
    w.event_count -= 1
    if w.next_slot_taken:
        # Asked for at this very moment; nearly always it is next.
        w.next_slot_taken = False
        new = next_slot_at(w, 0)
        if w.due_count == 0 or before(new, due_at(w, 0)):
            _take(w, new)
            return True
        _push(w, new.time, new.sort_key, new.serial, new.stage, new.met)
    while w.due_count == 0:
        _turn_page(w)
        if w.overflow:
            return False  # An event for which there was no room may have been the only one left.
    _take(w, due_at(w, 0))
    _fill_gap(w)
    return True


@inline
def _take(w: World, event: Record) -> None:
    w.now, w.sort_key, w.stage, w.met = event.time, event.sort_key, event.stage, event.met


@inline
def _write(event: Record, time: float, sort_key: int, serial: int, stage: int, met: int) -> None:
    event.time, event.sort_key, event.serial, event.stage, event.met = time, sort_key, serial, stage, met


@inline
def _copy(event: Record, other: Record) -> None:
    _write(event, other.time, other.sort_key, other.serial, other.stage, other.met)


@inline
def _next_in_list(w: World, number: int) -> int:
    """Return the place of one more event in a list, -1: no room."""
    events = list_at(w, number)
    if events.chunk < 0 or events.count == CHUNK_EVENTS:
        chunk = w.free_chunk
        if chunk >= 0:
            w.free_chunk = link_at(w, chunk).v
        elif w.used_chunks < w.capacity_chunks:
            chunk = w.used_chunks
            w.used_chunks += 1
        else:
            w.overflow = True
            return -1
        link_at(w, chunk).v = events.chunk
        events.chunk, events.count = chunk, 0
    place = events.chunk * CHUNK_EVENTS + events.count
    events.count += 1
    return int(place)


@jitted
def _turn_page(w: World) -> None:
    """Open the calendar's next page, and the next week before its first page."""
    w.page += 1
    if w.page == w.week_pages_end:
        w.week_pages_end += 1 << w.page_bits
        _deal_out(w, w.page >> w.page_bits)
    events = list_at(w, w.week_lists + _in_week(w, w.page))
    chunk, count = events.chunk, events.count
    events.chunk = -1
    while chunk >= 0:
        for i in range(count):
            event = event_at(w, chunk * CHUNK_EVENTS + i)
            if is_of_citizen(event.sort_key >> NUMBERS):
                prefetch_citizen(w, event.sort_key & ((1 << NUMBERS) - 1))
            _push(w, event.time, event.sort_key, event.serial, event.stage, event.met)
        chunk, count = _free(w, chunk), CHUNK_EVENTS


@jitted
def _deal_out(w: World, week: int) -> None:
    """Spread the events of a week over its pages."""
    events = list_at(w, week)
    chunk, count = events.chunk, events.count
    events.chunk = -1
    while chunk >= 0:
        for i in range(count):
            event = event_at(w, chunk * CHUNK_EVENTS + i)
            page = page_of(w, event.time)
            place = _next_in_list(w, w.week_lists + _in_week(w, page))
            if place < 0:
                return
            _copy(event_at(w, place), event)
        chunk, count = _free(w, chunk), CHUNK_EVENTS


@inline
def _free(w: World, chunk: int) -> int:
    """Give a chunk free for other events; returns the next one of its list."""
    following = link_at(w, chunk).v
    link_at(w, chunk).v = w.free_chunk
    w.free_chunk = chunk
    return int(following)


@inline
def _fill_gap(w: World) -> None:
    """Take the first event off the heap of the page that is open."""
    n = w.due_count - 1
    w.due_count = n
    moved = due_at(w, n)
    i = 0
    while True:
        below = 2 * i + 1
        if below >= n:
            break
        lower = due_at(w, below)
        if below + 1 < n:
            right = due_at(w, below + 1)
            if before(right, lower):
                below += 1
                lower = right
        if before(moved, lower):
            break
        _copy(due_at(w, i), lower)
        i = below
    _copy(due_at(w, i), moved)


@inline
def _push(w: World, time: float, sort_key: int, serial: int, stage: int, met: int) -> None:
    """Add an event to the heap of the page that is open."""
    i = w.due_count
    if i == w.capacity_due:
        w.overflow = True
        return
    w.due_count = i + 1
    while i > 0:
        above = (i - 1) >> 1
        other = due_at(w, above)
        if other.time < time:
            break
        first_by_key = other.sort_key < sort_key or (other.sort_key == sort_key and other.serial < serial)
        if other.time == time and first_by_key:
            break
        _copy(due_at(w, i), other)
        i = above
    _write(due_at(w, i), time, sort_key, serial, stage, met)


@inline
def soon(w: World, what: int, citizen: int, stage: int) -> None:
    """Let a citizen take a step when the present one is done, in order of asking, before the next event."""
    if w.last_step == w.capacity_steps:
        w.overflow = True
        return
    s = step_at(w, w.last_step)
    s.what, s.citizen, s.stage = what, citizen, stage
    w.last_step += 1
