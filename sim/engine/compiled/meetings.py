"""Meetings, contacts and what coordinators do with time to spare (as `sim.engine.reference.meetings`)."""

import math

from sim.catalogue import Activity
from sim.engine.codes import JOB
from sim.engine.compiled.casework import look_for_need
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import distribution_of, draw, sample
from sim.engine.compiled.layout import (
    by_group_at,
    department_at,
    group_at,
    member_at,
    post_at,
    queue_at,
    task_at,
    team_at,
)
from sim.engine.compiled.leaving import goes_to
from sim.engine.compiled.lists import resource_of
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.offers import look_for_offers
from sim.engine.compiled.reassessment import reassess
from sim.engine.compiled.recorder import meeting, record
from sim.engine.compiled.tasks import submit, take_out
from sim.engine.order import Kind
from sim.engine.steps import meetings as steps
from sim.engine.steps.backlog import pressing_hours
from sim.model import meetings as rules
from sim.model.decisions import Decision
from sim.model.parameters import FIRST_POST
from sim.model.stayers import rest_of_interval
from sim.model.work import CONTACT, EXTRA_MEETING, MEETING, OUTREACH, TASK_KINDS

INVITES, OPENS = range(2)
"""What an event of a meeting is: the invitation, or the moment from which the meeting can be held."""


@jitted
def calls_next_meeting(w: World, c: Record) -> None:
    """Wait until the citizen is invited to the next planned meeting."""
    notice = department_at(w, c.department).notice
    at(w, rules.invitation(w.now, c.due, w.meetings.window, notice), Kind.MEETING.value, c.number, c.stage, INVITES)


@jitted
def meeting_goes_on(w: World, c: Record, what: int) -> None:
    """The citizen is invited, or invited again; or the meeting can be held from now on."""
    if what == INVITES:
        resource = resource_of(post_at(w, c.on_list_of))
        record(w, Activity.INVITED, c.number, resource, c.due)
        opens = rules.opens(w.now, c.due, w.meetings.window, department_at(w, c.department).notice)
        if opens > w.now:
            at(w, opens, Kind.MEETING.value, c.number, c.stage, OPENS)
            return
    take_out(w, c, EXTRA_MEETING)
    submit(w, c, MEETING, c.due, group_at(w, c.group).meeting_priority)


@jitted
def meeting_done(w: World, c: Record, held: bool) -> None:
    """The meeting is over, or the citizen did not come and is invited again some time later."""
    if not held:
        booking = department_at(w, c.department)
        next_try = sample(w, c, Decision.NEXT_TRY, booking.next_try)
        time = rules.next_invitation(w.now, next_try, booking.notice)
        at(w, time, Kind.MEETING.value, c.number, c.stage, INVITES)
        return
    met(w, c)
    c.due = w.now + sample(w, c, Decision.MEETING_INTERVAL, group_at(w, c.group).meeting_interval)
    calls_next_meeting(w, c)


@jitted
def met(w: World, c: Record) -> None:
    """After a meeting: what it achieved, and an extra one before the next if there will be time."""
    steps.met(c, w.now)
    reassess(w, c)
    look_for_need(w, c)
    look_for_offers(w, c)
    if w.meetings.extra_meetings and c.extras < w.meetings.extra_most:
        at(w, w.now + w.meetings.extra_after, Kind.EXTRA_MEETING.value, c.number, c.stage, 2 * c.met + INVITES)


@jitted
def extra_meeting(w: World, c: Record, asked: int) -> None:
    """An extra meeting some weeks after the last one, if the citizen agrees and no planned one comes first."""
    if c.met != asked >> 1 or c.due == math.inf or c.waiting & (1 << MEETING):
        return
    m = w.meetings
    if asked & 1 == INVITES:
        if m.extra_refused > 0.0 and draw(w, c, Decision.EXTRA_REFUSED) < m.extra_refused:
            return
        if m.extra_notice > 0.0:
            at(w, w.now + m.extra_notice, Kind.EXTRA_MEETING.value, c.number, c.stage, 2 * c.met + OPENS)
            return
    submit(w, c, EXTRA_MEETING, c.due, w.priorities[EXTRA_MEETING])


@jitted
def outreach_after(w: World, c: Record, wait: float) -> None:
    """Wait for the next contact to employers on the citizen's behalf."""
    at(w, w.now + wait, Kind.OUTREACH.value, c.number, c.stage, 0)


@jitted
def outreach(w: World, c: Record) -> None:
    """It is time for contact to employers, if the coordinator has time."""
    submit(w, c, OUTREACH, w.now, w.priorities[OUTREACH])


@jitted
def outreach_done(w: World, c: Record) -> None:
    """Outreach is done; it fades until it is done again."""
    c.last_outreach = w.now
    if _hired_by_outreach(w, c):
        goes_to(w, c, JOB)
        return
    outreach_after(w, c, w.meetings.outreach_every)


@jitted
def calls_under_way(w: World, c: Record) -> None:
    """The centre is observed from a moment between two calls of the citizen."""
    interval = group_at(w, c.group).contact_interval
    u = draw(w, c, Decision.CONTACT_INTERVAL)
    gap = rest_of_interval(distribution_of(w, interval), u, draw(w, c, Decision.CONTACT_AT_START))
    at(w, w.now + gap, Kind.CONTACT.value, c.number, c.stage, 0)


@jitted
def _hired_by_outreach(w: World, c: Record) -> bool:
    """Whether an employer has a vacancy, and hires the citizen."""
    m = w.meetings
    if m.vacancy_share > 0.0 and draw(w, c, Decision.VACANCY_FOUND) < m.vacancy_share:
        c.seen.vacancies += 1
        record(w, Activity.VACANCY_FOUND, c.number, -1, 0.0)
        return bool(draw(w, c, Decision.VACANCY_HIRED) < m.vacancy_hired_share)
    return False


@jitted
def calls_later(w: World, c: Record) -> None:
    """The citizen calls again some time later."""
    gap = sample(w, c, Decision.CONTACT_INTERVAL, group_at(w, c.group).contact_interval)
    at(w, w.now + gap, Kind.CONTACT.value, c.number, c.stage, 0)


@jitted
def contact(w: World, c: Record) -> None:
    """The citizen calls: answered elsewhere, or by the coordinator in due course."""
    if w.meetings.handled_elsewhere > 0.0 and draw(w, c, Decision.CONTACT_ELSEWHERE) < w.meetings.handled_elsewhere:
        record(w, Activity.CONTACT_ELSEWHERE, c.number, -1, 0.0)
        calls_later(w, c)
        return
    record(w, Activity.CONTACT, c.number, -1, 0.0)
    submit(w, c, CONTACT, w.now, group_at(w, c.group).contact_priority)


@jitted
def length_of_meeting(w: World, k: Record) -> float:
    """How long a planned meeting gets, as a share, under the coordinator's time pressure."""
    if w.meetings.pressure == rules.BACKLOG:
        d = team_at(w, k.team)
        hours_per_week = k.hours_per_week
        if d.pooled:
            hours_per_week = 0.0
            for i in range(d.posts):
                colleague = post_at(w, member_at(w, d.first_post + i).post)
                if colleague.employed:
                    hours_per_week += colleague.hours_per_week
        backlog = pressing_hours(queue_at(w, k.queue).waiting, w.planned_hours) / hours_per_week
        m = w.meetings
        return rules.length_by_backlog(backlog, m.tolerated_weeks, m.floor_share, m.ceiling_share)
    if w.meetings.pressure == rules.CALENDAR:
        due = 0.0
        for g in range(w.group_count):
            due += by_group_at(w, k.number * w.group_count + g).v * group_at(w, g).planned_meeting_hours_per_week
        return rules.length_by_calendar(due, w.meetings.calendar_share * k.hours_per_week, w.meetings.floor_share)
    return 1.0


@jitted
def begin_meeting(w: World, k: Record, c: Record) -> float:
    """The citizen comes, or does not: then some time is lost and the meeting is called again."""
    no_show = department_at(w, c.department).no_show
    if no_show > 0.0 and draw(w, c, Decision.NO_SHOW) < no_show:
        k.held = False
        c.seen.no_shows += 1
        return float(w.meetings.no_show_hours + _sanction(w, k, c))
    length = length_of_meeting(w, k)
    hours = (
        sample(w, c, Decision.PREPARATION_HOURS, w.meetings.preparation)
        + sample(w, c, Decision.CONVERSATION_HOURS, w.meetings.conversation)
        + sample(w, c, Decision.JOURNAL_HOURS, w.meetings.journal)
    )
    record(w, Activity.MEETING_STARTS, c.number, FIRST_POST + k.number, length)
    joined = task_at(w, c.number * TASK_KINDS + MEETING).joined
    timely = rules.is_timely(w.now, c.due)
    meeting(w, c, timely)
    steps.meeting_begins(c, w.now - joined, length, timely)
    return hours * length


@jitted
def _sanction(w: World, k: Record, c: Record) -> float:
    """A sanction may follow a missed meeting; returns its hours."""
    m = w.meetings
    if m.sanction_share > 0.0 and draw(w, c, Decision.SANCTION) < m.sanction_share:
        steps.sanctioned(c, w.now)
        record(w, Activity.SANCTION, c.number, FIRST_POST + k.number, 0.0)
        return sample(w, c, Decision.SANCTION_HOURS, m.sanction_hours)
    return 0.0


@jitted
def begin_extra(w: World, k: Record, c: Record) -> float:
    """Begin an extra meeting, if the citizen comes; returns its hours."""
    m = w.meetings
    if m.extra_no_show > 0.0 and draw(w, c, Decision.EXTRA_NO_SHOW) < m.extra_no_show:
        k.held = False
        c.seen.no_shows += 1
        return float(m.no_show_hours)
    record(w, Activity.EXTRA_MEETING_STARTS, c.number, FIRST_POST + k.number, 0.0)
    steps.extra_meeting_begins(c, m.extra_achieves)
    return sample(w, c, Decision.EXTRA_MEETING_HOURS, m.extra_hours)


@jitted
def begin_outreach(w: World, k: Record, c: Record) -> float:
    """Begin outreach; returns its hours."""
    record(w, Activity.OUTREACH_STARTS, c.number, FIRST_POST + k.number, 0.0)
    return sample(w, c, Decision.OUTREACH_HOURS, w.meetings.outreach_hours)


@jitted
def begin_contact(w: World, k: Record, c: Record) -> float:
    """Answer a contact; returns its hours."""
    record(w, Activity.CONTACT_STARTS, c.number, FIRST_POST + k.number, 0.0)
    steps.contact_answered(c, w.now - task_at(w, c.number * TASK_KINDS + CONTACT).joined)
    return sample(w, c, Decision.CONTACT_HOURS, group_at(w, c.group).contact_hours)
