"""A citizen's life with the centre: one stage after another, in each of which everything goes on at once."""

import math

from simpy.events import Event

from sim.catalogue import INFLOW, RETURN, SMALL_JOB
from sim.engine.codes import PREPARING
from sim.engine.order import Kind
from sim.engine.reference import casework, leaving, meetings, offers
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Citizen
from sim.model import assignment, clarification, exits, staff
from sim.model.decisions import Decision
from sim.model.distributions import Distribution, exponential
from sim.model.exits import Hazard
from sim.model.offers import INTERN, offers_factor
from sim.model.parameters import Group
from sim.model.streams import uniform


def citizen(jc: Centre, c: Citizen) -> Process:
    """A citizen, from entry to exit: each change of scheme begins a new stage."""
    while True:
        c.stage_ends = Event(jc.clock)
        _begin_stage(jc, c)
        yield c.stage_ends


def _begin_stage(jc: Centre, c: Citizen) -> None:
    group = jc.p.groups[c.group]
    if any(h.per_week > 0.0 for h in group.hazards):
        jc.start(exit_clock(jc, c))
    if group.meets:
        if c.due == math.inf:
            c.due = jc.now + jc.sample(c, Decision.FIRST_MEETING, first_meeting(jc, c, group))
        jc.start(meetings.meetings(jc, c))
    if group.calls:
        jc.start(meetings.contacts(jc, c))
    if jc.p.meetings.outreach:
        jc.start(meetings.outreach(jc, c))
    if group.stays:
        jc.start(stay(jc, c, under_way=c.stage == 0 and c.origin != INFLOW))
    if c.case == PREPARING:
        wait = jc.sample(c, Decision.DOCUMENT_WAIT, jc.p.clarification.document_wait)
        jc.start(casework.case(jc, c, wait * jc.draw(c, Decision.DOCUMENTS_AT_START)))


def first_meeting(jc: Centre, c: Citizen, group: Group) -> Distribution:
    """From entry to the first meeting's due date: the department's own, or the group's."""
    department = jc.p.departments[c.department]
    return department.first_meeting if department.own_first_meeting else group.first_meeting


def exit_clock(jc: Centre, c: Citizen) -> Process:
    """The possible moments of every destination in turn; the first below the hazard of that moment is the exit."""
    stage, hazards, streams = c.stage, jc.p.groups[c.group].hazards, jc.p.exit_streams
    if not c.moments:
        c.moments = [[0] * len(levels) for levels in streams]
    upcoming: list[tuple[float, int, int]] = []
    bases = [exits.base_hazard(h, c.frailty, c.long_history) for h in hazards]

    def next_moment(hazard: int, level: int) -> None:
        u = uniform(c.key, c.ordinal, jc.replication, streams[hazard][level][0], c.moments[hazard][level])
        time = jc.now + exponential(bases[hazard] * exits.level_width(level), u)
        if time < jc.clock.end:
            upcoming.append((time, hazard, level))

    for hazard, h in enumerate(hazards):
        if bases[hazard] > 0.0:
            for level in range(h.levels):
                next_moment(hazard, level)
    while upcoming:
        moment = min(upcoming)
        upcoming.remove(moment)
        time, hazard, level = moment
        yield jc.at(time, Kind.EXIT, c.number)
        if c.stage != stage:
            return
        n = c.moments[hazard][level]
        c.moments[hazard][level] = n + 1
        u = uniform(c.key, c.ordinal, jc.replication, streams[hazard][level][1], n)
        height = exits.level_floor(level) + exits.level_width(level) * u
        if height < hazard_now(jc, c, hazards[hazard]):
            if hazard == SMALL_JOB:
                offers.small_job_found(jc, c)
            else:
                leaving.goes_to(jc, c, hazard)
                return
        next_moment(hazard, level)


def hazard_now(jc: Centre, c: Citizen, h: Hazard) -> float:
    """Height of a citizen's hazard at this moment, in units of the base hazard."""
    now, m = jc.now, jc.p.meetings
    return exits.hazard_multiplier(
        h,
        weeks_on_benefit=now - c.entry_weeks,
        caseload=caseload_now(jc, c),
        meeting=exits.fading(h.meeting_size * c.last_length, now - c.last_meeting, m.effect_decay),
        sanction=exits.fading(h.sanction_size, now - c.last_sanction, m.sanction_decay),
        outreach=exits.fading(h.outreach_size, now - c.last_outreach, m.outreach_decay),
        offers=offers_factor(
            h,
            c.internship == INTERN,
            now < c.after_internship_until,
            c.small_job_now,
            offers.programme_factor(jc, c, h),
        ),
    )


def caseload_now(jc: Centre, c: Citizen) -> float:
    """Citizens per full-time post: on the list the citizen is on, or per coordinator in the whole centre."""
    if jc.p.centre_caseload:
        posts = assignment.added(k.full_time_share for k in jc.coordinators if k.employed)
        return staff.full_time_caseload(len(jc.present), posts)
    return staff.full_time_caseload(c.on_list_of.load, c.on_list_of.full_time_share)


def stay(jc: Centre, c: Citizen, *, under_way: bool) -> Process:
    """A scheme that ends by itself, such as a resource course; part of it may be over at the start."""
    stage, group = c.stage, jc.p.groups[c.group]
    weeks = jc.sample(c, Decision.STAY_DURATION, group.stay)
    if under_way:
        weeks = exits.stay_left(weeks, group.stay_elapsed_share, jc.draw(c, Decision.STAY_AT_START))
    yield jc.at(jc.now + weeks, Kind.STAY, c.number)
    if c.stage != stage:
        return
    outcome = clarification.pick_by_share(group.stay_outcomes, jc.draw(c, Decision.STAY_OUTCOME))
    if outcome != RETURN:
        leaving.goes_to(jc, c, outcome)
    elif c.came_from >= 0:
        leaving.changes_scheme(jc, c, c.came_from)
    else:
        jc.start(stay(jc, c, under_way=False))
