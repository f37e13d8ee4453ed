"""A citizen's life with the centre: exits, and what a stage begins with (as `sim.engine.reference.life`)."""

import math

from sim.catalogue import INFLOW, RETURN
from sim.engine.codes import PREPARING
from sim.engine.compiled import casework, exit_clock, meetings
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import distribution_of, draw, draw_unless_constant, sample
from sim.engine.compiled.layout import department_at, group_at, numbers
from sim.engine.compiled.leaving import changes_scheme, goes_to
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.order import Kind
from sim.model import clarification, exits
from sim.model.decisions import Decision
from sim.model.distributions import quantile
from sim.model.stayers import interval_under_way


@jitted
def begin_stage(w: World, c: Record) -> None:
    """Let everything begin that goes on in a stage."""
    group = group_at(w, c.group)
    exit_clock.begin(w, c)
    if group.meets:
        if c.due == math.inf:
            c.due = w.now + sample(w, c, Decision.FIRST_MEETING, _first_meeting(w, c, group))
        meetings.calls_next_meeting(w, c)
    under_way = c.stage == 0 and c.spell == 1 and c.origin != INFLOW
    if group.calls:
        if under_way:
            meetings.calls_under_way(w, c)
        else:
            meetings.calls_later(w, c)
    if w.meetings.outreach:
        meetings.outreach_after(w, c, w.meetings.outreach_every * draw(w, c, Decision.OUTREACH_START))
    if group.stays:
        stay(w, c, under_way)
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
def stay(w: World, c: Record, under_way: bool) -> None:
    """Begin a stay in a scheme that ends by itself, such as a resource course."""
    group = group_at(w, c.group)
    distribution = distribution_of(w, group.stay)
    u = draw_unless_constant(w, c, Decision.STAY_DURATION, group.stay)
    weeks = quantile(distribution, u)
    if under_way and group.stay_elapsed_share > 0.0:
        whole = interval_under_way(distribution, u)
        weeks = exits.stay_left(whole, group.stay_elapsed_share, draw(w, c, Decision.STAY_AT_START))
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
