"""Meetings, contacts and what coordinators do with time to spare, from the citizen's side."""

import math

from sim.catalogue import Activity
from sim.engine.codes import JOB
from sim.engine.order import Kind
from sim.engine.reference import casework, leaving, offers
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.reassessment import reassess
from sim.engine.reference.state import Citizen, Post, Task, resource_of
from sim.engine.reference.tasks import submit, withdraw
from sim.engine.steps import meetings as steps
from sim.engine.steps.backlog import pressing_hours
from sim.model import meetings as rules
from sim.model.assignment import added
from sim.model.decisions import Decision
from sim.model.stayers import rest_of_interval
from sim.model.work import CONTACT, EXTRA_MEETING, MEETING, OUTREACH


def meetings(jc: Centre, c: Citizen) -> Process:
    """Planned meetings: invited with notice, held within the window if there is time, again and again."""
    stage = c.stage
    while True:
        notice = jc.p.departments[c.department].notice
        yield jc.at(rules.invitation(jc.now, c.due, jc.p.meetings.window, notice), Kind.MEETING, c.number)
        if c.stage != stage:
            return
        while True:
            jc.record(Activity.INVITED, c, resource_of(c.on_list_of), c.due)
            opens = rules.opens(jc.now, c.due, jc.p.meetings.window, jc.p.departments[c.department].notice)
            if opens > jc.now:
                yield jc.at(opens, Kind.MEETING, c.number)
                if c.stage != stage:
                    return
            withdraw(c, EXTRA_MEETING)
            task = submit(jc, c, MEETING, c.due, _begin_meeting, jc.p.groups[c.group].meeting_priority)
            yield task.done
            if c.stage != stage:
                return
            if task.held:
                break
            booking = jc.p.departments[c.department]
            next_try = jc.sample(c, Decision.NEXT_TRY, booking.next_try)
            yield jc.at(rules.next_invitation(jc.now, next_try, booking.notice), Kind.MEETING, c.number)
            if c.stage != stage:
                return
        met(jc, c)
        c.due = jc.now + jc.sample(c, Decision.MEETING_INTERVAL, jc.p.groups[c.group].meeting_interval)


def met(jc: Centre, c: Citizen) -> None:
    """After a meeting: what it achieved, and an extra one before the next if there will be time."""
    steps.met(c, jc.now)
    reassess(jc, c)
    casework.look_for_need(jc, c)
    offers.look_for_offers(jc, c)
    if jc.p.meetings.extra_meetings and c.extras < jc.p.meetings.extra_most:
        jc.start(extra_meeting(jc, c))


def extra_meeting(jc: Centre, c: Citizen) -> Process:
    """An extra meeting some weeks after the last one, if the citizen agrees and no planned one comes first."""
    met_before, stage = c.met, c.stage
    yield jc.at(jc.now + jc.p.meetings.extra_after, Kind.EXTRA_MEETING, c.number)
    if c.stage != stage or not _between(c, met_before):
        return
    m = jc.p.meetings
    if m.extra_refused > 0.0 and jc.draw(c, Decision.EXTRA_REFUSED) < m.extra_refused:
        return
    if m.extra_notice > 0.0:
        yield jc.at(jc.now + m.extra_notice, Kind.EXTRA_MEETING, c.number)
        if c.stage != stage or not _between(c, met_before):
            return
    task = submit(jc, c, EXTRA_MEETING, c.due, _begin_extra)
    yield task.done
    if c.stage == stage and task.held:
        met(jc, c)


def _between(c: Citizen, met_before: int) -> bool:
    """Whether the last meeting is still the last, and the next planned one cannot be held yet."""
    return c.met == met_before and c.due != math.inf and MEETING not in c.tasks


def outreach(jc: Centre, c: Citizen) -> Process:
    """Contact to employers on the citizen's behalf, if there is time; it fades until it is done again."""
    stage = c.stage
    wait = jc.p.meetings.outreach_every * jc.draw(c, Decision.OUTREACH_START)
    while True:
        yield jc.at(jc.now + wait, Kind.OUTREACH, c.number)
        if c.stage != stage:
            return
        task = submit(jc, c, OUTREACH, jc.now, _begin_outreach)
        yield task.done
        if c.stage != stage:
            return
        c.last_outreach = jc.now
        if _hired_by_outreach(jc, c):
            leaving.goes_to(jc, c, JOB)
            return
        wait = jc.p.meetings.outreach_every


def _hired_by_outreach(jc: Centre, c: Citizen) -> bool:
    """Whether an employer has a vacancy, and hires the citizen."""
    m = jc.p.meetings
    if m.vacancy_share > 0.0 and jc.draw(c, Decision.VACANCY_FOUND) < m.vacancy_share:
        c.seen.vacancies += 1
        jc.record(Activity.VACANCY_FOUND, c)
        return jc.draw(c, Decision.VACANCY_HIRED) < m.vacancy_hired_share
    return False


def contacts(jc: Centre, c: Citizen, *, under_way: bool) -> Process:
    """Unscheduled contacts: the citizen calls, waits for an answer, and some time later calls again."""
    stage = c.stage
    while True:
        interval = jc.p.groups[c.group].contact_interval
        if under_way:
            u = jc.draw(c, Decision.CONTACT_INTERVAL)
            gap = rest_of_interval(interval, u, jc.draw(c, Decision.CONTACT_AT_START))
            under_way = False
        else:
            gap = jc.sample(c, Decision.CONTACT_INTERVAL, interval)
        yield jc.at(jc.now + gap, Kind.CONTACT, c.number)
        if c.stage != stage:
            return
        elsewhere = jc.p.meetings.handled_elsewhere
        if elsewhere > 0.0 and jc.draw(c, Decision.CONTACT_ELSEWHERE) < elsewhere:
            jc.record(Activity.CONTACT_ELSEWHERE, c)
            continue
        jc.record(Activity.CONTACT, c)
        task = submit(jc, c, CONTACT, jc.now, _begin_contact, jc.p.groups[c.group].contact_priority)
        yield task.done
        if c.stage != stage:
            return


def length_of_meeting(jc: Centre, k: Post) -> float:
    """How long a planned meeting gets, as a share, under the coordinator's time pressure."""
    m = jc.p.meetings
    if m.pressure == rules.BACKLOG:
        hours_per_week = k.hours_per_week
        if k.team.parameters.pooled:
            hours_per_week = added(d.hours_per_week for d in k.team.posts if d.employed)
        backlog = pressing_hours(k.queue.waiting, jc.p.planned_hours) / hours_per_week
        return rules.length_by_backlog(backlog, m.tolerated_weeks, m.floor_share, m.ceiling_share)
    if m.pressure == rules.CALENDAR:
        due = 0.0
        for group, citizens in zip(jc.p.groups, k.by_group, strict=True):
            due += citizens * group.planned_meeting_hours_per_week
        return rules.length_by_calendar(due, m.calendar_share * k.hours_per_week, m.floor_share)
    return 1.0


def _begin_meeting(jc: Centre, k: Post, task: Task) -> float:
    """The citizen comes, or does not: then some time is lost and the meeting is called again."""
    c, m = task.citizen, jc.p.meetings
    no_show = jc.p.departments[c.department].no_show
    if no_show > 0.0 and jc.draw(c, Decision.NO_SHOW) < no_show:
        task.held = False
        c.seen.no_shows += 1
        return m.no_show_hours + _sanction(jc, k, c)
    length = length_of_meeting(jc, k)
    hours = (
        jc.sample(c, Decision.PREPARATION_HOURS, m.preparation)
        + jc.sample(c, Decision.CONVERSATION_HOURS, m.conversation)
        + jc.sample(c, Decision.JOURNAL_HOURS, m.journal)
    )
    jc.record(Activity.MEETING_STARTS, c, resource_of(k), length)
    timely = rules.is_timely(jc.now, c.due)
    jc.recorder.meeting(c, timely=timely)
    steps.meeting_begins(c, jc.now - task.joined, length, timely)
    return hours * length


def _sanction(jc: Centre, k: Post, c: Citizen) -> float:
    """A sanction may follow a missed meeting; returns its hours."""
    m = jc.p.meetings
    if m.sanction_share > 0.0 and jc.draw(c, Decision.SANCTION) < m.sanction_share:
        steps.sanctioned(c, jc.now)
        jc.record(Activity.SANCTION, c, resource_of(k))
        return jc.sample(c, Decision.SANCTION_HOURS, m.sanction_hours)
    return 0.0


def _begin_extra(jc: Centre, k: Post, task: Task) -> float:
    c, m = task.citizen, jc.p.meetings
    if m.extra_no_show > 0.0 and jc.draw(c, Decision.EXTRA_NO_SHOW) < m.extra_no_show:
        task.held = False
        c.seen.no_shows += 1
        return m.no_show_hours
    jc.record(Activity.EXTRA_MEETING_STARTS, c, resource_of(k))
    steps.extra_meeting_begins(c, m.extra_achieves)
    return jc.sample(c, Decision.EXTRA_MEETING_HOURS, m.extra_hours)


def _begin_outreach(jc: Centre, k: Post, task: Task) -> float:
    jc.record(Activity.OUTREACH_STARTS, task.citizen, resource_of(k))
    return jc.sample(task.citizen, Decision.OUTREACH_HOURS, jc.p.meetings.outreach_hours)


def _begin_contact(jc: Centre, k: Post, task: Task) -> float:
    c = task.citizen
    jc.record(Activity.CONTACT_STARTS, c, resource_of(k))
    steps.contact_answered(c, jc.now - task.joined)
    return jc.sample(c, Decision.CONTACT_HOURS, jc.p.groups[c.group].contact_hours)
