"""A citizen's life with the centre: one stage after another, in each of which everything goes on at once."""

import math

from simpy.events import Event

from sim.catalogue import INFLOW, RETURN
from sim.engine.codes import GONE, PREPARING
from sim.engine.order import Kind
from sim.engine.reference import casework, exit_clock, leaving, meetings
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Citizen
from sim.model import clarification, exits
from sim.model.decisions import Decision
from sim.model.distributions import CONSTANT, Distribution, quantile
from sim.model.parameters import Group
from sim.model.stayers import interval_under_way


def citizen(jc: Centre, c: Citizen) -> Process:
    """A citizen, from entry to exit: each change of scheme begins a new stage."""
    while c.stage != GONE:
        c.stage_ends = Event(jc.clock)
        _begin_stage(jc, c)
        yield c.stage_ends


def _begin_stage(jc: Centre, c: Citizen) -> None:
    group = jc.p.groups[c.group]
    exit_clock.begin(jc, c)
    if group.meets:
        if c.due == math.inf:
            c.due = jc.now + jc.sample(c, Decision.FIRST_MEETING, first_meeting(jc, c, group))
        jc.start(meetings.meetings(jc, c))
    under_way = c.stage == 0 and c.spell == 1 and c.origin != INFLOW
    if group.calls:
        jc.start(meetings.contacts(jc, c, under_way=under_way))
    if jc.p.meetings.outreach:
        jc.start(meetings.outreach(jc, c))
    if group.stays:
        jc.start(stay(jc, c, under_way=under_way))
    if c.case == PREPARING:
        wait = jc.sample(c, Decision.DOCUMENT_WAIT, jc.p.clarification.document_wait)
        jc.start(casework.case(jc, c, wait * jc.draw(c, Decision.DOCUMENTS_AT_START)))


def first_meeting(jc: Centre, c: Citizen, group: Group) -> Distribution:
    """From entry to the first meeting's due date: the department's own, or the group's."""
    department = jc.p.departments[c.department]
    return department.first_meeting if department.own_first_meeting else group.first_meeting


def stay(jc: Centre, c: Citizen, *, under_way: bool) -> Process:
    """A scheme that ends by itself, such as a resource course; part of it may be over at the start."""
    stage, group = c.stage, jc.p.groups[c.group]
    u = 0.0 if group.stay.kind == CONSTANT else jc.draw(c, Decision.STAY_DURATION)
    weeks = quantile(group.stay, u)
    if under_way and group.stay_elapsed_share > 0.0:
        whole = interval_under_way(group.stay, u)
        weeks = exits.stay_left(whole, group.stay_elapsed_share, jc.draw(c, Decision.STAY_AT_START))
    yield jc.at(jc.now + weeks, Kind.STAY, c.number)
    if c.stage != stage:
        return
    outcome = clarification.pick_by_share(jc.p.groups[c.group].stay_outcomes, jc.draw(c, Decision.STAY_OUTCOME))
    if outcome != RETURN:
        leaving.goes_to(jc, c, outcome)
    elif c.came_from >= 0:
        leaving.changes_scheme(jc, c, c.came_from)
    else:
        jc.start(stay(jc, c, under_way=False))
