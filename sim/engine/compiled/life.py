"""A citizen's life with the centre: exits, and what a stage begins with (as `sim.engine.reference.life`)."""

import math

from sim.catalogue import INFLOW, RETURN
from sim.engine.codes import PREPARING
from sim.engine.compiled import casework, exit_clock, meetings
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, sample
from sim.engine.compiled.layout import department_at, group_at, numbers
from sim.engine.compiled.leaving import changes_scheme, goes_to
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.order import Kind
from sim.model import clarification, exits
from sim.model.decisions import Decision


@jitted
def begin_stage(w: World, c: Record) -> None:
    """Let everything begin that goes on in a stage."""
    group = group_at(w, c.group)
    exit_clock.begin(w, c)
    if group.meets:
        if c.due == math.inf:
            c.due = w.now + sample(w, c, Decision.FIRST_MEETING, _first_meeting(w, c, group))
        meetings.calls_next_meeting(w, c)
    if group.calls:
        meetings.calls_later(w, c)
    if w.meetings.outreach:
        meetings.outreach_after(w, c, w.meetings.outreach_every * draw(w, c, Decision.OUTREACH_START))
    if group.stays:
        stay(w, c, c.stage == 0 and c.spell == 1 and c.origin != INFLOW)
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
