"""What is written down while time passes (the counterpart of `sim.engine.reference.recorder`)."""

import math

from sim.catalogue import Activity
from sim.engine.codes import FLOWS, HELD, IN, OUT, TIMELY
from sim.engine.compiled.layout import (
    WEEK_COUNTS,
    citizen_at,
    flows_at,
    logged_at,
    period_at,
    post_at,
    queue_at,
    role_at,
    scheme_at,
    team_at,
    week_at,
)
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.steps import rows
from sim.engine.steps.backlog import backlog_hours
from sim.model import staff
from sim.model.parameters import FIRST_POST

FLOW_COUNT = len(FLOWS)


@jitted
def record(w: World, activity: int, citizen: int, resource: int, value: float) -> None:
    """Write an event into the log, if one is kept."""
    _write(w, activity, citizen, resource, value, math.nan, math.nan)


@jitted
def record_work(w: World, activity: int, citizen: int, resource: int, worked: float, weeks: float) -> None:
    """Write the end of a task into the log, if one is kept: its working hours, and its weeks as calendar hours."""
    _write(w, activity, citizen, resource, 0.0, worked, staff.calendar_hours(weeks))


@jitted
def record_missed(w: World, citizen: int, resource: int, value: float, worked: float, weeks: float) -> None:
    """Write a meeting into the log to which the citizen does not come, with the hours that are lost."""
    _write(w, Activity.NO_SHOW, citizen, resource, value, worked, staff.calendar_hours(weeks))


@jitted
def _write(
    w: World, activity: int, citizen: int, resource: int, value: float, working: float, calendar: float
) -> None:
    """Write a row of the log; what concerns no citizen is of a post."""
    if not w.logging or not w.now >= 0.0:
        return
    if w.logged == w.capacity_log:
        w.overflow = True
        return
    row = logged_at(w, w.logged)
    if citizen >= 0:
        c = citizen_at(w, citizen)
        row.group, row.department = c.group, c.department
    else:
        row.group, row.department = -1, team_at(w, post_at(w, resource - FIRST_POST).team).department
    row.working_hours, row.calendar_hours = working, calendar
    row.citizen, row.activity, row.weeks, row.resource, row.value = citizen, activity, w.now, resource, value
    w.logged += 1


@jitted
def flow(w: World, group: int, which: int) -> None:
    """Count one in a flow of the week."""
    flows_at(w, group).v[which] += 1


@jitted
def changes_group(w: World, c: Record, group: int) -> None:
    """A citizen goes from one group to another."""
    if w.scheme_rows == w.capacity_schemes:
        w.overflow = True
        return
    row = scheme_at(w, w.scheme_rows)
    row.citizen, row.weeks, row.from_group, row.group = c.number, w.now, c.group, group
    w.scheme_rows += 1
    flow(w, c.group, OUT)
    flow(w, group, IN)


@jitted
def meeting(w: World, c: Record, timely: bool) -> None:
    """A planned meeting begins."""
    flow(w, c.group, HELD)
    if timely:
        flow(w, c.group, TIMELY)


@jitted
def opens(w: World) -> None:
    """The start date: those present are the starting citizens; what came before is cut."""
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            c.cohort = True
            c.seen = w.nothing_seen
    for i in range(w.post_count):
        close_period(w, post_at(w, i))
    w.period_rows = 0
    w.week_rows = 0
    for g in range(w.group_count):
        for f in range(FLOW_COUNT):
            flows_at(w, g).v[f] = 0
    w.period_from = w.now
    week_rows(w, 0)


@jitted
def week_ends(w: World, week: int) -> None:
    """The end of a week; of a period too, every so often and at the horizon."""
    week_rows(w, week)
    if week % w.period == 0 or week == w.horizon:
        for i in range(w.post_count):
            close_period(w, post_at(w, i))
        w.period_number += 1
        w.period_from = w.now


@jitted
def week_rows(w: World, week: int) -> None:
    """One row a group, if they are kept: how many are where, and the flows of the week."""
    if not w.counting:
        return
    base = w.week_rows
    for g in range(w.group_count):
        row, flows = week_at(w, base + g), flows_at(w, g)
        row.week, row.group = week, g
        row.counts[0] = 0
        for f in range(FLOW_COUNT):
            row.counts[1 + f] = flows.v[f]
            flows.v[f] = 0
        for n in range(1 + FLOW_COUNT, WEEK_COUNTS):
            row.counts[n] = 0
    w.week_rows = base + w.group_count
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            rows.count(week_at(w, base + c.group).counts, c, w.now)


@jitted
def close_period(w: World, k: Record) -> None:
    """Write the row of a post's period, and begin the next."""
    team, backlog = team_at(w, k.team), 0.0
    if not team.pooled:
        backlog += backlog_hours(queue_at(w, k.queue).waiting, w.planned_hours)
    if k.place == 0:  # The first post: what the team as a whole has waiting is counted once.
        backlog += backlog_hours(queue_at(w, post_at(w, team.unassigned).queue).waiting, w.planned_hours)
    row = period_at(w, w.period_rows).numbers
    w.period_rows += 1
    rows.close_period(row, k, team, role_at(w, team.role), w.period_number, w.period_from, w.now, backlog)
