"""Steps of exits and of changes of scheme."""

import math

from sim.engine.codes import GONE, NO_CASE
from sim.engine.steps import Record
from sim.engine.steps.traits import NO_NEED
from sim.model.jit import step


@step
def stage_over(c: Record) -> None:
    """The stage is over: its case and its next meeting are void."""
    c.case = NO_CASE
    c.due = math.inf


@step
def gone(c: Record, now: float, destination: int) -> None:
    """The citizen has left for a destination."""
    c.stage = GONE
    c.exit_weeks = now
    c.destination = destination


@step
def comes_back(c: Record, former: Record) -> None:
    """The person of a former spell begins another one: the same traits, and draws that go on where they ended."""
    c.person = former.person
    c.spell = former.spell + 1
    c.frailty = former.frailty
    c.long_history = former.long_history
    c.placeable = former.placeable
    c.birth_day = former.birth_day
    c.need = former.need
    c.need_from = former.need_from
    c.again_from = former.again_from
    c.right_scheme = former.need if former.need_from <= c.entry_weeks else NO_NEED
    c.ready_from = former.ready_from
    c.met = former.met
    c.programmes_begun = former.programmes_begun


@step
def reassessed(c: Record, group: int) -> None:
    """The citizen belongs to another group from now on, in the same scheme and stage."""
    c.group = group
    c.seen.reassessments += 1


@step
def scheme_changed(c: Record, now: float, group: int) -> None:
    """A stage begins in a group; in the same one the scheme goes on."""
    c.stage += 1
    if group != c.group:
        c.came_from = c.group
        c.group = group
        c.scheme_since = now
