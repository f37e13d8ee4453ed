"""Policies with a date: from then on other values are in force; what has been drawn or begun keeps its time."""

from sim.engine.order import Kind
from sim.engine.reference.arrivals import inflow, next_arrival
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.exit_clock import hazards_change
from sim.engine.reference.places import next_in_line, next_to_course
from sim.engine.reference.staffing import strain_changes
from sim.engine.reference.tasks import call
from sim.model.distributions import rescaled
from sim.model.parameters import Parameters


def dated_changes(jc: Centre) -> Process:
    """The dates from which other values are in force."""
    for epoch in jc.p.epochs:
        yield jc.at(epoch.since, Kind.CHANGE, 0)
        _change(jc, epoch.parameters)


def _change(jc: Centre, p: Parameters) -> None:
    """Put other values in force: exponential waits go on at the new rate, and everybody looks up what is new."""
    before = jc.p
    jc.p = jc.recorder.p = p
    for team in jc.teams:
        team.role = p.roles[team.parameters.role]
    for k in jc.posts:
        strain_changes(jc, k, before.roles[k.team.parameters.role])
    for g, group in enumerate(p.groups):
        _inflow_changes(jc, g, before.groups[g].inflow, group.inflow)
    for c in jc.present.values():
        hazards_change(jc, c, before.groups[c.group])
    for course, programme in zip(jc.courses, p.programmes, strict=True):
        for i, (old, new) in enumerate(zip(course.parameters.vendors, programme.vendors, strict=True)):
            course.free[i] += new.places - old.places
        course.parameters = programme
        next_to_course(jc, course)
    for team in jc.teams:
        next_in_line(jc, team)
    for k in jc.posts:
        if k.on_duty:
            call(jc, k)


def _inflow_changes(jc: Centre, g: int, was: float, rate: float) -> None:
    """Move the next arrival of a group if its rate has changed."""
    source = jc.sources[g]
    if rate == was:
        return
    if was > 0.0 and rate > 0.0:
        source.due = rescaled(jc.now, source.due, was, rate)
    else:
        next_arrival(jc, g)
    source.clock += 1
    jc.start(inflow(jc, g))
