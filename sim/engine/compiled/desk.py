"""Somebody at work: one task at a time, by priority and due date (as `sim.engine.reference.desk`)."""

from sim.catalogue import Activity
from sim.engine.codes import BUSY
from sim.engine.codes import ENDS as ENDS_OF_TASKS
from sim.engine.compiled import casework, meetings, offers, staffing
from sim.engine.compiled.clock import at
from sim.engine.compiled.layout import citizen_at, member_at, post_at, team_at
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.queues import first_task
from sim.engine.compiled.recorder import record_missed, record_work
from sim.engine.compiled.tasks import on_duty, role_of, take_out
from sim.engine.order import Kind
from sim.engine.steps import staff as steps
from sim.model import staff
from sim.model.parameters import FIRST_POST
from sim.model.work import (
    CLARIFICATION,
    CONTACT,
    EXTRA_MEETING,
    HANDOVER,
    MEETING,
    MENTORING,
    OUTREACH,
    PLACEMENT,
    TASK_KINDS,
    is_discretionary,
)

ENDS = tuple(int(activity) for activity in ENDS_OF_TASKS)
FOLLOW_UP_ENDS = int(Activity.FOLLOW_UP_ENDS)


@jitted
def desk(w: World, k: Record) -> None:
    """Somebody who is free turns to what comes next."""
    if k.post_cut:
        staffing.give_up_post(w, k)
    elif k.resigning:
        staffing.vacancy(w, k)
    elif k.absence_weeks > 0.0:
        staffing.absence(w, k)
    elif k.leave_due > 0.0:
        staffing.leave(w, k)
    else:
        task = next_task(w, k)
        if task >= 0:
            work_on(w, k, task)
        else:
            k.bell = True


@jitted
def work_on(w: World, k: Record, task: int) -> None:
    """Begin a task."""
    c, kind = citizen_at(w, task // TASK_KINDS), task % TASK_KINDS
    take_out(w, c, kind)
    k.citizen, k.stage, k.held, k.phase = c.number, c.stage, True, staffing.WORKING
    k.log_end = FOLLOW_UP_ENDS if kind == PLACEMENT and c.followed_up else ENDS[kind]
    hours = _begin(w, k, c, kind)
    productivity = staff.productivity(w.now, k.learning_until, role_of(w, k).learning_productivity)
    k.weeks = staff.task_weeks(hours, k.hours_per_week, productivity)
    k.worked = staff.hours_worked(hours, productivity)
    if not k.held:
        extra = 1.0 if kind == EXTRA_MEETING else 0.0
        record_missed(w, c.number, FIRST_POST + k.number, extra, k.worked, k.weeks)
    steps.changes_state(k, w.now, BUSY, kind)
    at(w, w.now + k.weeks, Kind.POST.value, k.number, 0, 0)


@jitted
def _begin(w: World, k: Record, c: Record, kind: int) -> float:
    if kind == MEETING:
        return meetings.begin_meeting(w, k, c)
    if kind == CONTACT:
        return meetings.begin_contact(w, k, c)
    if kind == CLARIFICATION:
        return casework.begin_package(w, k, c)
    if kind == HANDOVER:
        return offers.begin_handover(w, k, c)
    if kind == PLACEMENT:
        if c.followed_up:
            return offers.begin_follow_up(w, k, c)
        return offers.begin_placement(w, k, c)
    if kind == MENTORING:
        return offers.begin_mentoring(w, k, c)
    if kind == EXTRA_MEETING:
        return meetings.begin_extra(w, k, c)
    return meetings.begin_outreach(w, k, c)


@jitted
def ready(w: World, k: Record) -> None:
    """A task is done, or somebody starts or is back; then the desk, and the citizen who waited."""
    if k.phase == staffing.WORKING:
        kind = k.task_kind
        steps.task_done(k, w.now, k.weeks)
        if k.held:
            record_work(w, k.log_end, k.citizen, FIRST_POST + k.number, k.worked, k.weeks)
        at(w, w.now, Kind.DESK.value, k.number, 0, 0)
        c = citizen_at(w, k.citizen)
        if c.stage == k.stage:
            _goes_on(w, c, kind, k.held)
        return
    if k.phase == staffing.HIRING:
        staffing.hired(w, k)
    elif k.phase == staffing.VACANT:
        staffing.successor_starts(w, k)
    else:
        staffing.back_at_work(w, k)
    if k.employed:
        at(w, w.now, Kind.DESK.value, k.number, 0, 0)


@jitted
def _goes_on(w: World, c: Record, kind: int, held: bool) -> None:
    """What a citizen does when the task is done."""
    if kind == MEETING:
        meetings.meeting_done(w, c, held)
    elif kind == CONTACT:
        meetings.calls_later(w, c)
    elif kind == CLARIFICATION:
        casework.package_done(w, c)
    elif kind == HANDOVER:
        offers.handed_over(w, c)
    elif kind == PLACEMENT:
        offers.placement_done(w, c)
    elif kind == EXTRA_MEETING:
        if held:
            meetings.met(w, c)
    elif kind == OUTREACH:
        meetings.outreach_done(w, c)


@jitted
def next_task(w: World, k: Record) -> int:
    """Choose from the own queue, or with nothing else to do from that of a colleague who is away."""
    role = role_of(w, k)
    steps.update_credit(k, w.now, role.protected_share)
    own = first_task(w, k.queue, k.credit > 0.0)
    if role.colleagues_cover and not _is_real(own):
        d = team_at(w, k.team)
        if not d.pooled and d.left_behind == 0:
            return own
        for i in range(d.posts + 1):
            away = member_at(w, d.first_post + i).post if i < d.posts else d.unassigned
            colleague = post_at(w, away)
            if not on_duty(colleague):
                task = first_task(w, colleague.queue, False)
                if _is_real(task):
                    return task
    return own


@jitted
def _is_real(task: int) -> bool:
    """Whether there is a task and it is not discretionary."""
    return task >= 0 and not is_discretionary(task % TASK_KINDS)
