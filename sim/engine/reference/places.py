"""Places that are limited: on consultants' lists and in programmes. Taken, given up, passed to the next in line."""

import math

from sim.catalogue import Activity
from sim.engine.codes import SUCCESSES
from sim.engine.reference.centre import Centre
from sim.engine.reference.state import Citizen, Consultant, Course, Team
from sim.engine.steps.offers import place_given
from sim.model.assignment import relative_load
from sim.model.offers import NO_INTERNSHIP, vendor_score


def release(jc: Centre, c: Citizen, destination: int) -> None:
    """Give up every place at the end of a stage; a vendor is credited with a job or an education."""
    leave_consultant(jc, c)
    c.internship = NO_INTERNSHIP
    c.after_internship_until = -math.inf
    if c.vendor >= 0:
        course = jc.courses[c.last_programme]
        if destination in SUCCESSES and (c.programme >= 0 or jc.now < c.after_programme_until):
            course.successes[c.vendor] += 1
        if c.programme >= 0:
            leave_course(jc, c)
    c.programme_wanted = -1
    c.after_programme_until = -math.inf
    c.small_job_now = False


def leave_consultant(jc: Centre, c: Citizen) -> None:
    """Leave the consultant's list; the next in line gets the place."""
    v = c.consultant
    if v is not None:
        c.consultant = None
        v.on_list -= 1
        next_to_consultant(jc, v.department)


def next_to_consultant(jc: Centre, team: Team) -> None:
    """Give free places on the consultants' lists to those who have waited longest."""
    while team.waiting_for_consultant:
        c, stage, taken_on = team.waiting_for_consultant[0]
        if c.stage != stage:
            team.waiting_for_consultant.popleft()
            continue
        free = [v for v in team.consultants if v.on_list < v.list_limit]
        if not free:
            return
        team.waiting_for_consultant.popleft()
        v = min(free, key=_consultant_load)
        v.on_list += 1
        c.consultant = v
        jc.record(Activity.CONSULTANT_FOUND, c, jc.p.first_consultant + v.number)
        taken_on.succeed()


def leave_course(jc: Centre, c: Citizen) -> None:
    """Leave the programme; the next in line gets the place."""
    course = jc.courses[c.programme]
    course.free[c.vendor] += 1
    c.programme = -1
    next_to_course(jc, course)


def next_to_course(jc: Centre, course: Course) -> None:
    """Give free places in a programme to those who have waited longest, at the vendor that policy prefers."""
    while course.waiting:
        c, stage, begins = course.waiting[0]
        if c.stage != stage:
            course.waiting.popleft()
            continue
        vendor = _preferred_vendor(course)
        if vendor < 0:
            return
        course.waiting.popleft()
        course.free[vendor] -= 1
        course.participants[vendor] += 1
        place_given(c, course.number, vendor)
        begins.succeed()


def _preferred_vendor(course: Course) -> int:
    """Vendor with a free place and the best results, or the most free places; -1: all are full."""
    best, best_score = -1, -1.0
    for vendor, free in enumerate(course.free):
        if free <= 0:
            continue
        if course.parameters.by_results:
            score = vendor_score(course.successes[vendor], course.participants[vendor])
        else:
            score = float(free)
        if score > best_score:
            best, best_score = vendor, score
    return best


def _consultant_load(v: Consultant) -> tuple[float, int]:
    return relative_load(v.on_list, v.full_time_share), v.number
