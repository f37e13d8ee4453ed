"""Leaving: exits, and changes of scheme that begin a new stage with the centre."""

from sim.catalogue import Activity
from sim.engine.codes import FLEKSJOB, RESOURCE_COURSE
from sim.engine.reference.assignment import choose_coordinator, choose_team
from sim.engine.reference.centre import Centre
from sim.engine.reference.lists import change_caseworker, take_off_list
from sim.engine.reference.places import next_in_line, release
from sim.engine.reference.state import Citizen, resource_of
from sim.engine.reference.tasks import take_out
from sim.engine.reference.traits import in_new_group
from sim.engine.steps import leaving as steps
from sim.engine.steps.first import first
from sim.engine.steps.meetings import close_meetings
from sim.engine.steps.traits import belongs_here
from sim.model.decisions import Decision


def goes_to(jc: Centre, c: Citizen, destination: int) -> None:
    """Leave for a destination, or change the scheme on the way to it."""
    group = _scheme_on_the_way(jc, c, destination)
    if group >= 0:
        belongs_here(c)
        changes_scheme(jc, c, group)
        return
    _end_stage(jc, c, destination)
    jc.recorder.leaves(c, destination)
    k = c.on_list_of
    jc.record(Activity.LEAVES, c, resource_of(k), float(destination))
    take_off_list(jc, c)
    del jc.present[c.number]
    steps.gone(c, jc.now, destination)
    next_in_line(jc, k.team)
    c.stage_ends.succeed()


def _scheme_on_the_way(jc: Centre, c: Citizen, destination: int) -> int:
    """Group in which the centre keeps a recipient of a resource course, or who waits for a fleksjob; -1: none."""
    p = jc.p.clarification
    if destination == RESOURCE_COURSE:
        c.seen.resource_course_weeks = first(c.seen.resource_course_weeks, jc.now)
        return p.resource_course_group
    if destination == FLEKSJOB:
        c.seen.fleksjob_award_weeks = first(c.seen.fleksjob_award_weeks, jc.now)
        if p.fleksjob_group not in (-1, c.group) and jc.draw(c, Decision.FLEKSJOB_AT_ONCE) >= p.fleksjob_at_once:
            return p.fleksjob_group
    return -1


def changes_scheme(jc: Centre, c: Citizen, group: int) -> None:
    """Begin a new stage in another group; the department changes if it does not serve that group."""
    _end_stage(jc, c, -1)
    jc.recorder.changes_group(c, group, jc.now)
    jc.record(Activity.SCHEME_CHANGES, c, -1, float(group))
    c.on_list_of.by_group[c.group] -= 1
    c.on_list_of.by_group[group] += 1
    steps.scheme_changed(c, jc.now, group)
    in_new_group(jc, c)
    if not jc.p.departments[c.department].serves[group]:
        change_caseworker(jc, c, choose_coordinator(jc, c, choose_team(jc, c)))
    c.stage_ends.succeed()


def _end_stage(jc: Centre, c: Citizen, destination: int) -> None:
    """Withdraw what waits and give up places; an overdue meeting counts as due and not held."""
    close_meetings(c, jc.now)
    for task in list(c.tasks.values()):
        take_out(task)
    release(jc, c, destination)
    steps.stage_over(c)
