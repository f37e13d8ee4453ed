"""What is written down while time passes (the counterpart of `sim.engine.reference.recorder`)."""

import math

from sim.engine.codes import ABSENT, BUSY, FLOWS, HELD, IN, OFF, OUT, PREPARING, SUBMITTED, TIMELY
from sim.engine.compiled.layout import (
    WEEK_COUNTS,
    citizen_at,
    coordinator_at,
    flows_at,
    logged_at,
    period_at,
    queue_at,
    week_at,
)
from sim.engine.compiled.memory import Record, World, inner
from sim.model.offers import INTERN, PLACING, READY, SEARCHING
from sim.model.work import CONTACT, MEETING, TASK_KINDS

FLOW_COUNT = len(FLOWS)


@inner
def note(w: World, did: int, citizen: int, resource: int, value: float) -> None:
    """Write an event into the log, if one is kept."""
    if not w.logging or not w.now >= 0.0:
        return
    if w.logged == w.room_log:
        w.full = True
        return
    row = logged_at(w, w.logged)
    row.citizen, row.activity, row.weeks, row.resource, row.value = citizen, did, w.now, resource, value
    w.logged += 1


@inner
def flow(w: World, group: int, which: int) -> None:
    """Count one in a flow of the week."""
    flows_at(w, group).v[which] += 1


@inner
def changes_scheme(w: World, c: Record, group: int) -> None:
    """A citizen goes from one group to another."""
    flow(w, c.group, OUT)
    flow(w, group, IN)


@inner
def meeting(w: World, c: Record, wait: float, length: float, timely: bool) -> None:
    """A planned meeting begins."""
    c.seen.meetings_due += 1
    c.seen.meetings_held += 1
    c.seen.meeting_wait_weeks += wait
    c.seen.meeting_length += length
    flow(w, c.group, HELD)
    if timely:
        c.seen.meetings_timely += 1
        flow(w, c.group, TIMELY)


@inner
def closes_meetings(c: Record, now: float) -> None:
    """At the end of a stage or of time: a planned meeting that is overdue was due and not held."""
    if c.due < now:
        c.seen.meetings_due += 1


@inner
def first(known: float, now: float) -> float:
    """Time at which something happened first."""
    return now if math.isnan(known) else known


@inner
def list_changes(k: Record, now: float) -> None:
    """Account for the list as it was until now."""
    k.list_area += k.load * (now - k.list_since)
    k.list_since = now


@inner
def changes_state(k: Record, now: float, doing: int, task_kind: int) -> None:
    """Account for what the coordinator did until now, and note what comes next."""
    weeks = now - k.doing_since
    if k.doing != OFF:
        k.employed_weeks += weeks
    if k.doing == ABSENT:
        k.absent_weeks += weeks
    elif k.doing == BUSY:
        k.hours[k.task_kind] += weeks * k.hours_per_week
    k.doing, k.task_kind, k.doing_since = doing, task_kind, now


@inner
def opens(w: World) -> None:
    """The start date: those present are the starting citizens; what came before is cut."""
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            c.cohort = True
            c.seen = w.nothing_seen
    for i in range(w.post_count):
        close_period(w, coordinator_at(w, i))
    w.period_rows = 0
    w.week_rows = 0
    for g in range(w.group_count):
        for f in range(FLOW_COUNT):
            flows_at(w, g).v[f] = 0
    w.period_from = w.now
    week_rows(w, 0)


@inner
def week_ends(w: World, week: int) -> None:
    """The end of a week; of a period too, every so often and at the horizon."""
    week_rows(w, week)
    if week % w.period == 0 or week == w.horizon:
        for i in range(w.post_count):
            close_period(w, coordinator_at(w, i))
        w.period_number += 1
        w.period_from = w.now


@inner
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
            _count(week_at(w, base + c.group).counts, c, w.now)


@inner
def _count(n: Record, c: Record, now: float) -> None:
    n[0] += 1
    m = 1 + FLOW_COUNT
    if c.waiting & (1 << MEETING):
        n[m] += 1
        n[m + 1] += c.due < now
    if c.waiting & (1 << CONTACT):
        n[m + 2] += 1
    if c.case == PREPARING:
        n[m + 3] += 1
    elif c.case == SUBMITTED:
        n[m + 4] += 1
    if c.internship == READY:
        n[m + 5] += 1
    elif c.internship in (PLACING, SEARCHING):
        n[m + 6] += 1
    elif c.internship == INTERN:
        n[m + 7] += 1
    if c.small_job_now:
        n[m + 8] += 1
    if c.programme >= 0:
        n[m + 9] += 1


@inner
def close_period(w: World, k: Record) -> None:
    """Write the row of a coordinator's period, and begin the next."""
    now = w.now
    list_changes(k, now)
    changes_state(k, now, k.doing, k.task_kind)
    weeks = now - w.period_from
    backlog = 0.0
    q = queue_at(w, k.queue)
    for kind in range(TASK_KINDS):
        backlog += q.waiting[kind] * w.planned_hours[kind]
    row = period_at(w, w.period_rows).numbers
    w.period_rows += 1
    row[0], row[1], row[2] = k.number, k.department, w.period_number
    row[3], row[4], row[5] = w.period_from, now, k.full_time_share
    row[6] = k.list_area / weeks if weeks > 0 else 0.0
    row[7], row[8] = k.employed_weeks, k.absent_weeks
    row[9] = (k.employed_weeks - k.absent_weeks) * k.hours_per_week
    for kind in range(TASK_KINDS):
        row[10 + kind] = k.hours[kind]
        k.hours[kind] = 0.0
    row[10 + TASK_KINDS] = backlog
    row[11 + TASK_KINDS] = k.resignations
    k.list_area = k.employed_weeks = k.absent_weeks = 0.0
    k.resignations = 0
