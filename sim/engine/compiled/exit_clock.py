"""Exits: the possible moments of every destination in turn (as `sim.engine.reference.exit_clock`)."""

import math

from sim.catalogue import HAZARDS, SMALL_JOB
from sim.engine.compiled import offers
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import hazard
from sim.engine.compiled.layout import hazard_at, moment_at, post_at, stream_at
from sim.engine.compiled.leaving import goes_to
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.order import Kind
from sim.model import exits, staff
from sim.model.distributions import exponential, rescaled
from sim.model.exits import Hazard
from sim.model.offers import INTERN, offers_factor
from sim.model.streams import uniform

HAZARD_COUNT = len(HAZARDS)


@jitted
def begin(w: World, c: Record) -> None:
    """Draw the first possible moment of every destination in every level of its field, and wait for them."""
    spend(w, c)
    for h in range(HAZARD_COUNT):
        own = hazard_at(w, c.group * HAZARD_COUNT + h)
        base = exits.base_hazard(hazard(w, own), c.frailty, c.long_history)
        if base > 0.0:
            for level in range(own.levels):
                _next_moment(w, c, base, own.first_stream + level, level)
    _wait_for_moment(w, c)


@jitted
def spend(w: World, c: Record) -> None:
    """Let the moments that were drawn and have not come never be drawn again: what is known of them is no chance."""
    for stream in range(w.stream_count):
        moment = moment_at(w, c.number * w.stream_count + stream)
        if moment.time < math.inf:
            moment.n += 1
            moment.time = math.inf


@jitted
def _next_moment(w: World, c: Record, base: float, stream: int, level: int) -> None:
    moment = moment_at(w, c.number * w.stream_count + stream)
    u = uniform(c.key, c.ordinal, w.replication, stream_at(w, stream).time, moment.n)
    moment.time = w.now + exponential(base * exits.level_width(level), u)


@jitted
def _first_moment(w: World, c: Record) -> int:
    """Return the stream with the earliest possible moment; the order of streams settles ties."""
    first = c.number * w.stream_count
    best, earliest = 0, math.inf
    for stream in range(w.stream_count):
        time = moment_at(w, first + stream).time
        if time < earliest:
            best, earliest = stream, time
    return best


@jitted
def _wait_for_moment(w: World, c: Record) -> None:
    time = moment_at(w, c.number * w.stream_count + _first_moment(w, c)).time
    at(w, time, Kind.EXIT.value, c.number, c.stage, c.exit_clock)


@jitted
def exit_moment(w: World, c: Record, clock: int) -> None:
    """A possible moment of a destination: the exit, if it lies below the hazard as it is now."""
    if clock != c.exit_clock:
        return
    stream = _first_moment(w, c)
    s = stream_at(w, stream)
    moment = moment_at(w, c.number * w.stream_count + stream)
    n = moment.n
    moment.n = n + 1
    u = uniform(c.key, c.ordinal, w.replication, s.height, n)
    height = exits.level_floor(s.level) + exits.level_width(s.level) * u
    h = hazard(w, hazard_at(w, c.group * HAZARD_COUNT + s.hazard))
    if height < hazard_now(w, c, h):
        if s.hazard != SMALL_JOB:
            moment.time = math.inf
            goes_to(w, c, s.hazard)
            return
        offers.small_job_found(w, c)
    _next_moment(w, c, exits.base_hazard(h, c.frailty, c.long_history), stream, s.level)
    _wait_for_moment(w, c)


@jitted
def hazards_change(w: World, c: Record, before: int, after: int) -> None:
    """Move the possible moments of exits whose base hazard is another now (`before`, `after`: records of groups)."""
    moved = False
    for h in range(HAZARD_COUNT):
        old, new = hazard_at(w, before * HAZARD_COUNT + h), hazard_at(w, after * HAZARD_COUNT + h)
        was = exits.base_hazard(hazard(w, old), c.frailty, c.long_history)
        base = exits.base_hazard(hazard(w, new), c.frailty, c.long_history)
        drawn = old.levels if was > 0.0 else 0
        wanted = new.levels if base > 0.0 else 0
        if base == was and wanted == drawn:
            continue
        moved = True
        for level in range(max(drawn, wanted)):
            moment = moment_at(w, c.number * w.stream_count + new.first_stream + level)
            if level >= wanted:  # It cannot come any more: it is spent, and never drawn again.
                moment.time = math.inf
                moment.n += 1
            elif level >= drawn:
                _next_moment(w, c, base, new.first_stream + level, level)
            else:
                moment.time = rescaled(w.now, moment.time, was, base)
    if moved:
        c.exit_clock += 1
        _wait_for_moment(w, c)


@jitted
def hazard_now(w: World, c: Record, h: Hazard) -> float:
    """Height of a citizen's hazard at this moment, in units of the base hazard."""
    return exits.hazard_multiplier(
        h,
        w.now - c.entry_weeks,
        caseload_now(w, c),
        exits.fading(h.meeting_size * c.last_length, w.now - c.last_meeting, w.meetings.effect_decay),
        exits.fading(h.sanction_size, w.now - c.last_sanction, w.meetings.sanction_decay),
        exits.fading(h.outreach_size, w.now - c.last_outreach, w.meetings.outreach_decay),
        offers_factor(
            h,
            c.internship == INTERN,
            w.now < c.after_internship_until,
            c.small_job_now,
            offers.programme_factor(w, c, h),
        ),
    )


@jitted
def caseload_now(w: World, c: Record) -> float:
    """Citizens per full-time post: on the list the citizen is on, or per coordinator in the whole centre."""
    if w.centre_caseload:
        posts = 0.0
        for i in range(w.post_count):
            k = post_at(w, i)
            if k.employed and k.team < w.department_count:
                posts += k.full_time_share
        return staff.full_time_caseload(w.present, posts)
    k = post_at(w, c.on_list_of)
    return staff.full_time_caseload(k.load, k.full_time_share)
