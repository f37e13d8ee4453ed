"""Steps that fill the rows of the weekly table and of the coordinators table."""

from sim.engine.codes import FLOWS, PREPARING, SUBMITTED
from sim.engine.steps import Record
from sim.engine.steps.staff import changes_state, list_changes
from sim.model.jit import step
from sim.model.offers import INTERN, PLACING, READY, SEARCHING
from sim.model.work import CONTACT, MEETING, TASK_KINDS

FIRST_STATE = 1 + len(FLOWS)
"""Place of the first count of a state among the counts of a weekly row; the stock and the flows stand before it."""


@step
def count(n: Record, c: Record, now: float) -> None:
    """Count a citizen in the counts of a weekly row."""
    n[0] += 1
    if c.waiting & (1 << MEETING):
        n[FIRST_STATE] += 1
        n[FIRST_STATE + 1] += c.due < now
    if c.waiting & (1 << CONTACT):
        n[FIRST_STATE + 2] += 1
    if c.case == PREPARING:
        n[FIRST_STATE + 3] += 1
    elif c.case == SUBMITTED:
        n[FIRST_STATE + 4] += 1
    if c.internship == READY:
        n[FIRST_STATE + 5] += 1
    elif c.internship in (PLACING, SEARCHING):
        n[FIRST_STATE + 6] += 1
    elif c.internship == INTERN:
        n[FIRST_STATE + 7] += 1
    if c.small_job_now:
        n[FIRST_STATE + 8] += 1
    if c.programme >= 0:
        n[FIRST_STATE + 9] += 1


@step
def close_period(
    row: Record, k: Record, team: Record, role: Record, period: int, since: float, now: float, backlog: float
) -> None:
    """Fill the row of a post's period, in the order of the columns, and begin the next."""
    list_changes(k, now)
    changes_state(k, now, k.doing, k.task_kind)
    weeks = now - since
    on_duty = k.employed_weeks - k.absent_weeks - k.on_leave_weeks
    row[0] = k.number
    row[1] = team.role
    row[2] = team.department
    row[3] = period
    row[4] = since
    row[5] = now
    row[6] = k.full_time_share
    row[7] = k.list_area / weeks if weeks > 0 else 0.0
    row[8] = k.employed_weeks
    row[9] = k.absent_weeks
    row[10] = k.on_leave_weeks
    row[11] = on_duty * role.net_hours_per_week * k.full_time_share
    row[12] = on_duty * k.hours_per_week
    for kind in range(TASK_KINDS):
        row[13 + kind] = k.hours[kind]
        k.hours[kind] = 0.0
    row[13 + TASK_KINDS] = backlog
    row[14 + TASK_KINDS] = k.resignations
    k.list_area = 0.0
    k.employed_weeks = 0.0
    k.absent_weeks = 0.0
    k.on_leave_weeks = 0.0
    k.resignations = 0
