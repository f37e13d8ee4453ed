"""Policies with a date: from then on other values are in force (as `sim.engine.reference.changes`).

What can change stands in arrays that hold the values of each time one after another; they are passed in turn.
"""

from sim.catalogue import RIGHT_SCHEMES
from sim.engine.compiled import layout
from sim.engine.compiled.arrivals import next_arrival, waits_for_arrival
from sim.engine.compiled.clock import at
from sim.engine.compiled.exit_clock import HAZARD_COUNT, hazards_change
from sim.engine.compiled.layout import (
    WORLD,
    citizen_at,
    epoch_at,
    group_at,
    post_at,
    programme_at,
    role_at,
    seats_at,
    source_at,
    team_at,
    vendor_at,
)
from sim.engine.compiled.lists import update_load
from sim.engine.compiled.memory import World, advancer, jitted
from sim.engine.compiled.places import next_in_line, next_to_course
from sim.engine.compiled.staffing import strain_changes
from sim.engine.compiled.tasks import call, on_duty
from sim.engine.order import Kind
from sim.model.distributions import rescaled
from sim.model.parameters import Parameters
from sim.model.work import TASK_KINDS

_next_groups = advancer(WORLD, "groups", layout.GROUP)
_next_needs = advancer(WORLD, "needs", layout.NEED)
_next_hazards = advancer(WORLD, "hazards", layout.HAZARD)
_next_departments = advancer(WORLD, "departments", layout.DEPARTMENT)
_next_roles = advancer(WORLD, "roles", layout.ROLE)
_next_admits = advancer(WORLD, "admits", layout.FLAG)
_next_programmes = advancer(WORLD, "programmes", layout.PROGRAMME)
_next_vendors = advancer(WORLD, "vendors", layout.VENDOR)


_SAME_IN_A_RUN = {
    "names", "start", "warm_up", "horizon", "period", "teams", "posts", "others", "exit_streams", "epochs"
}  # fmt: skip
_IN_ARRAYS = {"groups", "needs", "departments", "roles", "programmes"}
_IN_THE_WORLD = {
    "policy", "centre_caseload", "reference_caseload", "priorities", "planned_hours", "meetings", "clarification",
    "internships",
}  # fmt: skip
# Who adds a parameter decides here what a date does to it.
assert set(Parameters._fields) == _SAME_IN_A_RUN | _IN_ARRAYS | _IN_THE_WORLD


@jitted
def waits_for_change(w: World) -> None:
    """Wait for the next date from which other values are in force."""
    if w.next_epoch < w.epoch_count:
        at(w, epoch_at(w, w.next_epoch).since, Kind.CHANGE.value, 0, 0, 0)


@jitted
def change(w: World) -> None:
    """Put other values in force: exponential waits go on at the new rate, and everybody looks up what is new."""
    for i in range(w.post_count):
        k = post_at(w, i)
        role = team_at(w, k.team).role
        strain_changes(w, k, role_at(w, role), role_at(w, w.role_count + role))
    vendors = _vendors(w)
    for i in range(vendors):
        seats_at(w, i).free += vendor_at(w, vendors + i).places - vendor_at(w, i).places
    _inflow_changes(w)
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            hazards_change(w, c, c.group, w.group_count + c.group)
    _takes_next_values(w, vendors)
    for i in range(w.programme_count):
        next_to_course(w, i)
    for i in range(w.post_count):
        update_load(w, post_at(w, i))
    for t in range(w.team_count):
        next_in_line(w, t)
    for i in range(w.post_count):
        k = post_at(w, i)
        if on_duty(k):
            call(w, k)
    waits_for_change(w)


@jitted
def _inflow_changes(w: World) -> None:
    """Move the next arrival of the groups whose rate changes."""
    for g in range(w.group_count):
        source, was, rate = source_at(w, g), group_at(w, g).inflow, group_at(w, w.group_count + g).inflow
        if rate == was:
            continue
        source.clock += 1
        if was > 0.0 and rate > 0.0:
            source.due = rescaled(w.now, source.due, was, rate)
            waits_for_arrival(w, g)
        else:
            next_arrival(w, g, rate)


@jitted
def _vendors(w: World) -> int:
    """Count the vendors of all programmes."""
    count = 0
    for i in range(w.programme_count):
        count += programme_at(w, i).vendors
    return count


@jitted
def _takes_next_values(w: World, vendors: int) -> None:
    _next_groups(w, w.group_count)
    _next_needs(w, len(RIGHT_SCHEMES))
    _next_hazards(w, w.group_count * HAZARD_COUNT)
    _next_departments(w, w.department_count)
    _next_roles(w, w.role_count)
    _next_admits(w, w.programme_count * w.group_count)
    _next_programmes(w, w.programme_count)
    _next_vendors(w, vendors)
    epoch = epoch_at(w, w.next_epoch)
    w.policy = epoch.policy
    w.meetings = epoch.meetings
    w.clarification = epoch.clarification
    w.internships = epoch.internships
    w.centre_caseload = epoch.centre_caseload
    w.reference_caseload = epoch.reference_caseload
    for kind in range(TASK_KINDS):
        w.priorities[kind] = epoch.priorities[kind]
        w.planned_hours[kind] = epoch.planned_hours[kind]
    w.next_epoch += 1
