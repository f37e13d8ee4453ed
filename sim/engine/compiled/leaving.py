"""Leaving: exits, and changes of scheme that begin a new stage (as `sim.engine.reference.leaving`)."""

from sim.catalogue import Activity
from sim.engine.codes import EXITS, FLEKSJOB, GONE, JOB, RESOURCE_COURSE
from sim.engine.compiled.assignment import choose_coordinator, choose_team, serves
from sim.engine.compiled.clock import at, soon
from sim.engine.compiled.draws import draw
from sim.engine.compiled.layout import by_group_at, group_at, numbers, post_at
from sim.engine.compiled.lists import change_caseworker, resource_of, take_off_list
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import STAGE_BEGINS, next_in_line, release
from sim.engine.compiled.recorder import changes_group, flow, record
from sim.engine.compiled.tasks import take_out
from sim.engine.compiled.traits import in_new_group
from sim.engine.order import Kind
from sim.engine.steps import leaving as steps
from sim.engine.steps.first import first
from sim.engine.steps.meetings import close_meetings
from sim.engine.steps.traits import belongs_here
from sim.model.decisions import Decision
from sim.model.re_entry import weeks_to_return
from sim.model.work import TASK_KINDS


@jitted
def goes_to(w: World, c: Record, destination: int) -> None:
    """Leave for a destination, or change the scheme on the way to it."""
    group = _scheme_on_the_way(w, c, destination)
    if group >= 0:
        belongs_here(c)
        changes_scheme(w, c, group)
        return
    _end_stage(w, c, destination)
    flow(w, c.group, EXITS + destination)
    k = post_at(w, c.on_list_of)
    record(w, Activity.LEAVES, c.number, resource_of(k), float(destination))
    take_off_list(w, c)
    w.present -= 1
    steps.gone(c, w.now, destination)
    next_in_line(w, k.team)
    group = group_at(w, c.group)
    if group.returns and destination == JOB:
        u = draw(w, c, Decision.RE_ENTRY)
        weeks = weeks_to_return(numbers(w, group.return_from), numbers(w, group.return_per_week), u)
        at(w, w.now + weeks, Kind.RETURN.value, c.number, GONE, 0)


@jitted
def _scheme_on_the_way(w: World, c: Record, destination: int) -> int:
    """Group in which the centre keeps a recipient of a resource course, or who waits for a fleksjob; -1: none."""
    p = w.clarification
    if destination == RESOURCE_COURSE:
        c.seen.resource_course_weeks = first(c.seen.resource_course_weeks, w.now)
        return int(p.resource_course_group)
    if destination == FLEKSJOB:
        c.seen.fleksjob_award_weeks = first(c.seen.fleksjob_award_weeks, w.now)
        elsewhere = p.fleksjob_group >= 0 and p.fleksjob_group != c.group
        if elsewhere and draw(w, c, Decision.FLEKSJOB_AT_ONCE) >= p.fleksjob_at_once:
            return int(p.fleksjob_group)
    return -1


@jitted
def changes_scheme(w: World, c: Record, group: int) -> None:
    """Begin a new stage in another group; the department changes if it does not serve that group."""
    _end_stage(w, c, -1)
    changes_group(w, c, group)
    record(w, Activity.SCHEME_CHANGES, c.number, -1, float(group))
    by_group_at(w, c.on_list_of * w.group_count + c.group).v -= 1
    by_group_at(w, c.on_list_of * w.group_count + group).v += 1
    steps.scheme_changed(c, w.now, group)
    in_new_group(w, c)
    if not serves(w, c.department, group):
        change_caseworker(w, c, choose_coordinator(w, c, choose_team(w, c)))
    soon(w, STAGE_BEGINS, c.number, c.stage)


@jitted
def _end_stage(w: World, c: Record, destination: int) -> None:
    """Withdraw what waits and give up places; an overdue meeting counts as due and not held."""
    close_meetings(c, w.now)
    for kind in range(TASK_KINDS):
        take_out(w, c, kind)
    release(w, c, destination)
    steps.stage_over(c)
