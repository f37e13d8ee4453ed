"""Internships, small jobs and programmes, from the meeting that finds a citizen ready to the way back."""

from simpy.events import Event

from sim.catalogue import Activity
from sim.engine.codes import JOB
from sim.engine.order import Kind
from sim.engine.reference import leaving
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.places import (
    ask_for_place,
    credit_internship,
    give_place_back,
    leave_course,
    next_to_course,
)
from sim.engine.reference.state import Citizen, Course, Post, Task, resource_of
from sim.engine.reference.tasks import submit, taken_over, who_does
from sim.engine.reference.traits import becomes_ready
from sim.engine.steps import casework as casework_steps
from sim.engine.steps import offers as steps
from sim.model import meetings
from sim.model import offers as rules
from sim.model.decisions import Decision
from sim.model.distributions import quantile
from sim.model.exits import Hazard
from sim.model.streams import uniform
from sim.model.work import HANDOVER, MENTORING, PLACEMENT


def look_for_offers(jc: Centre, c: Citizen) -> None:
    """At a meeting: find out that a citizen is ready for an internship, refer one to a programme."""
    share = jc.p.groups[c.group].ready_found
    if (
        share > 0.0
        and jc.now >= c.ready_from
        and c.internship == rules.NO_INTERNSHIP
        and meetings.achieved(jc.draw(c, Decision.FOUND_READY), share, c.last_length)
    ):
        steps.found_ready(c, jc.now)
        jc.record(Activity.READY, c)
        jc.start(internship(jc, c))
    for course in jc.courses:
        programme = course.parameters
        if programme.admits[c.group] and c.programme < 0 and c.programme_wanted < 0:
            u = uniform(c.key, c.ordinal, jc.replication, programme.referral_key, c.met)
            if meetings.achieved(u, programme.referral_share, c.last_length):
                c.programme_wanted = course.number
                jc.record(Activity.REFERRED, c)
                jc.start(participation(jc, c, course))


def internship(jc: Centre, c: Citizen) -> Process:
    """Handed over, placed, an intern for some weeks, perhaps again, and back with the coordinator."""
    stage = c.stage
    if taken_over(jc, c, PLACEMENT):
        yield submit(jc, c, HANDOVER, jc.now, _begin_handover).done
        if c.stage != stage:
            return
        if (place := ask_for_place(jc, c, PLACEMENT)) is not None:
            yield place
            if c.stage != stage:
                return
        c.internship = rules.PLACING
    another = True
    while another:
        yield submit(jc, c, PLACEMENT, jc.now, _begin_placement).done
        if c.stage != stage:
            return
        c.internship = rules.SEARCHING
        group = jc.p.groups[c.group]
        weeks = jc.sample(c, Decision.SEARCH, group.search)
        found = rules.finds_place(c.placeable, weeks, group.give_up)
        yield jc.at(jc.now + (weeks if found else group.give_up), Kind.INTERNSHIP, c.number)
        if c.stage != stage:
            return
        if found:
            yield from _intern(jc, c)
            if c.stage != stage:
                return
        else:
            jc.record(Activity.SEARCH_GIVEN_UP, c, _placer(jc, c))
        share = jc.p.internships.another_share
        another = found and share > 0.0 and jc.draw(c, Decision.ANOTHER_INTERNSHIP) < share
    c.internship = rules.NO_INTERNSHIP
    becomes_ready(jc, c)
    give_place_back(jc, c, PLACEMENT)


def _intern(jc: Centre, c: Citizen) -> Process:
    stage = c.stage
    steps.internship_begins(c, jc.now)
    credit_internship(jc, c)
    jc.record(Activity.INTERNSHIP_STARTS, c, _placer(jc, c))
    weeks = jc.sample(c, Decision.INTERNSHIP_DURATION, jc.p.internships.duration)
    yield jc.at(jc.now + weeks, Kind.INTERNSHIP, c.number)
    if c.stage != stage:
        return
    p = jc.p.internships
    steps.internship_over(c, jc.now, p.after_weeks)
    jc.record(Activity.INTERNSHIP_ENDS, c, _placer(jc, c))
    hired_share = jc.p.groups[c.group].hired_share
    if hired_share > 0.0 and jc.draw(c, Decision.HIRED) < hired_share:
        leaving.goes_to(jc, c, JOB)
        return
    if p.follows_up:
        task = submit(jc, c, PLACEMENT, jc.now, _begin_follow_up)
        task.ends = Activity.FOLLOW_UP_ENDS
        yield task.done


def small_job_found(jc: Centre, c: Citizen) -> None:
    """A few hours of ordinary work a week, if the citizen has none yet."""
    if c.small_job_now:
        return
    steps.small_job_begins(c, jc.now)
    jc.record(Activity.SMALL_JOB_STARTS, c)
    jc.start(small_job(jc, c))


def small_job(jc: Centre, c: Citizen) -> Process:
    """The small job's weeks."""
    stage = c.stage
    weeks = jc.sample(c, Decision.SMALL_JOB_DURATION, jc.p.groups[c.group].small_job)
    yield jc.at(jc.now + weeks, Kind.SMALL_JOB, c.number)
    if c.stage == stage:
        c.small_job_now = False
        jc.record(Activity.SMALL_JOB_ENDS, c)


def participation(jc: Centre, c: Citizen, course: Course) -> Process:
    """Wait for a place in a programme, take part, and some time of its effect after it."""
    stage = c.stage
    begins = Event(jc.clock)
    course.waiting.append((c, stage, begins))
    next_to_course(jc, course)
    yield begins
    if c.stage != stage:
        return
    p = course.parameters
    vendor = p.vendors[c.vendor]
    n = steps.programme_begins(c, jc.now)
    jc.record(Activity.PROGRAMME_STARTS, c, vendor.resource)
    if p.mentored:
        jc.start(mentoring(jc, c, course))
    u = uniform(c.key, c.ordinal, jc.replication, p.duration_key, n)
    yield jc.at(jc.now + quantile(p.duration, u), Kind.PROGRAMME, c.number)
    if c.stage != stage:
        return
    p = course.parameters
    c.after_programme_until = jc.now + p.after_weeks
    if p.ready_share > 0.0 and jc.draw(c, Decision.READY_BY_PROGRAMME) < p.ready_share:
        steps.made_ready(c, jc.now)
    casework_steps.assessed(c, p.assessed_packages)
    jc.record(Activity.PROGRAMME_ENDS, c, vendor.resource)
    leave_course(jc, c)


def mentoring(jc: Centre, c: Citizen, course: Course) -> Process:
    """A mentor's time again and again during a programme; left out while the last time still waits."""
    stage, n = c.stage, c.programmes_begun
    while True:
        yield jc.at(jc.now + course.parameters.mentor_every, Kind.MENTORING, c.number)
        if c.stage != stage or c.programme < 0 or c.programmes_begun != n:
            return
        if MENTORING not in c.tasks:
            submit(jc, c, MENTORING, jc.now, _begin_mentoring)


def programme_factor(jc: Centre, c: Citizen, h: Hazard) -> float:
    """Factor on a hazard of the programme a citizen is in, or was in not long ago."""
    if c.last_programme < 0 or not h.programmes >> c.last_programme & 1:
        return 1.0
    if c.programme >= 0:
        p = jc.p.programmes[c.programme]
        return p.during * p.vendors[c.vendor].factor
    if jc.now < c.after_programme_until:
        return jc.p.programmes[c.last_programme].after
    return 1.0


def _placer(jc: Centre, c: Citizen) -> int:
    """Who places the citizen: the one with whom there is a place, or who does placement work."""
    return resource_of(who_does(jc, c, PLACEMENT))


def _begin_handover(jc: Centre, k: Post, task: Task) -> float:
    jc.record(Activity.HANDOVER_STARTS, task.citizen, resource_of(k))
    return jc.sample(task.citizen, Decision.HANDOVER_HOURS, jc.p.internships.handover_hours)


def _begin_placement(jc: Centre, k: Post, task: Task) -> float:
    jc.record(Activity.PLACEMENT_STARTS, task.citizen, resource_of(k))
    return jc.sample(task.citizen, Decision.PLACEMENT_HOURS, jc.p.internships.placement_hours)


def _begin_mentoring(jc: Centre, k: Post, task: Task) -> float:
    c = task.citizen
    jc.record(Activity.MENTORING_STARTS, c, resource_of(k))
    return jc.sample(c, Decision.MENTORING_HOURS, jc.p.programmes[c.programme].mentor_hours)


def _begin_follow_up(jc: Centre, k: Post, task: Task) -> float:
    jc.record(Activity.FOLLOW_UP_STARTS, task.citizen, resource_of(k))
    return jc.sample(task.citizen, Decision.FOLLOW_UP_HOURS, jc.p.internships.follow_up_hours)
