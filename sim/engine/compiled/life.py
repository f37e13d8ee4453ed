"""A citizen's life with the centre: exits, and what a stage begins with (as `sim.engine.reference.life`)."""

import math

from sim.catalogue import HAZARDS, INFLOW, RETURN, SMALL_JOB
from sim.engine.codes import PREPARING
from sim.engine.compiled import casework, meetings, offers
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, hazard, sample
from sim.engine.compiled.layout import (
    department_at,
    group_at,
    hazard_at,
    moment_at,
    numbers,
    post_at,
    stream_at,
)
from sim.engine.compiled.leaving import changes_scheme, goes_to
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.order import Kind
from sim.model import clarification, exits, staff
from sim.model.decisions import Decision
from sim.model.distributions import exponential
from sim.model.exits import Hazard
from sim.model.offers import INTERN, offers_factor
from sim.model.streams import uniform

HAZARD_COUNT = len(HAZARDS)


@jitted
def begin_stage(w: World, c: Record) -> None:
    """Let everything begin that goes on in a stage."""
    group = group_at(w, c.group)
    if group.any_hazard:
        _begin_exit_clock(w, c)
    if group.meets:
        if c.due == math.inf:
            c.due = w.now + sample(w, c, Decision.FIRST_MEETING, _first_meeting(w, c, group))
        meetings.calls_next_meeting(w, c)
    if group.calls:
        meetings.calls_later(w, c)
    if w.meetings.outreach:
        meetings.outreach_after(w, c, w.meetings.outreach_every * draw(w, c, Decision.OUTREACH_START))
    if group.stays:
        stay(w, c, c.stage == 0 and c.origin != INFLOW)
    if c.case == PREPARING:
        wait = sample(w, c, Decision.DOCUMENT_WAIT, w.clarification.document_wait)
        casework.case_after(w, c, wait * draw(w, c, Decision.DOCUMENTS_AT_START))


@jitted
def _first_meeting(w: World, c: Record, group: Record) -> int:
    """From entry to the first meeting's due date: the department's own, or the group's."""
    team = department_at(w, c.department)
    which: int = team.first_meeting if team.own_first_meeting else group.first_meeting
    return which


@jitted
def _begin_exit_clock(w: World, c: Record) -> None:
    for stream in range(w.stream_count):
        moment_at(w, c.number * w.stream_count + stream).time = math.inf
    for h in range(HAZARD_COUNT):
        own = hazard_at(w, c.group * HAZARD_COUNT + h)
        base = exits.base_hazard(hazard(w, own), c.frailty, c.long_history)
        if base > 0.0:
            for level in range(own.levels):
                _next_moment(w, c, base, own.first_stream + level, level)
    _wait_for_moment(w, c)


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
    at(w, time, Kind.EXIT.value, c.number, c.stage, 0)


@jitted
def exit_moment(w: World, c: Record) -> None:
    """A possible moment of a destination: the exit, if it lies below the hazard as it is now."""
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
            goes_to(w, c, s.hazard)
            return
        offers.small_job_found(w, c)
    _next_moment(w, c, exits.base_hazard(h, c.frailty, c.long_history), stream, s.level)
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


@jitted
def stay(w: World, c: Record, under_way: bool) -> None:
    """Begin a stay in a scheme that ends by itself, such as a resource course."""
    group = group_at(w, c.group)
    weeks = sample(w, c, Decision.STAY_DURATION, group.stay)
    if under_way:
        weeks = exits.stay_left(weeks, group.stay_elapsed_share, draw(w, c, Decision.STAY_AT_START))
    at(w, w.now + weeks, Kind.STAY.value, c.number, c.stage, 0)


@jitted
def stay_ends(w: World, c: Record) -> None:
    """The end of a stay: out of the centre, or back."""
    group = group_at(w, c.group)
    outcomes = numbers(w, group.stay_outcomes)
    outcome = clarification.pick_by_share(outcomes, draw(w, c, Decision.STAY_OUTCOME))
    if outcome != RETURN:
        goes_to(w, c, outcome)
    elif c.came_from >= 0:
        changes_scheme(w, c, c.came_from)
    else:
        stay(w, c, False)
