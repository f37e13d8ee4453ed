"""Places that are limited: on lists of other roles, in programmes. Taken, given up, passed to the next in line."""

import math

from simpy.events import Event

from sim.catalogue import Activity
from sim.engine.codes import SUCCESSES
from sim.engine.reference.assignment import comes_back
from sim.engine.reference.centre import Centre
from sim.engine.reference.lists import case_changes_hands, changes_over, put_on_list, take_off_list
from sim.engine.reference.state import Citizen, Course, Post, Team, resource_of
from sim.engine.reference.tasks import move_tasks, withdraw
from sim.engine.steps.offers import place_given, taken_on
from sim.engine.steps.staff import list_changes
from sim.model.assignment import relative_load
from sim.model.offers import NO_INTERNSHIP, is_better, vendor_score
from sim.model.work import CLARIFICATION, MENTORING, PLACEMENT


def release(jc: Centre, c: Citizen, destination: int) -> None:
    """Give up every place at the end of a stage; a vendor is credited with a job or an education."""
    c.waits_for.clear()
    for role in sorted(c.places):
        leave_place(jc, c, role, back=destination < 0)
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


def ask_for_place(jc: Centre, c: Citizen, kind: int) -> Event | None:
    """Join the line for a place with those who do a kind of task; None: it takes no place, or there is one."""
    number = jc.p.others[c.department][kind]
    if number < 0:
        return None
    team = jc.teams[number]
    if not team.parameters.lists or team.parameters.role in c.places:
        return None
    taken_on = Event(jc.clock)
    _joins_line(jc, c, team, taken_on)
    return taken_on


def department_changed(jc: Centre, c: Citizen) -> None:
    """Who waits for a place and comes to another department waits there, if there are lists."""
    for role in sorted(c.waits_for):
        former, taken_on = c.waits_for[role]
        if former.parameters.department < 0:
            continue
        number = jc.p.others[c.department][PLACEMENT if former.parameters.does[PLACEMENT] else CLARIFICATION]
        if number >= 0:
            _joins_line(jc, c, jc.teams[number], taken_on)
        else:
            del c.waits_for[role]
            taken_on.succeed()


def _joins_line(jc: Centre, c: Citizen, team: Team, taken_on: Event) -> None:
    c.waits_for[team.parameters.role] = (team, taken_on)
    team.waiting.append((c, c.stage))
    if jc.tracer is not None:
        jc.tracer.in_line(c, team, jc.now)
    next_in_line(jc, team)


def give_place_back(jc: Centre, c: Citizen, kind: int) -> None:
    """Leave the place, if there is one, on a list of those who do a kind of task, in whatever department."""
    for role in sorted(c.places):
        if c.places[role].team.parameters.does[kind]:
            leave_place(jc, c, role)


def leave_place(jc: Centre, c: Citizen, role: int, *, back: bool = True) -> None:
    """Leave the place on a role's list; the next in line gets it. Who leaves the centre is on it until then."""
    k = c.places.pop(role, None)
    if k is None:
        return
    if c.on_list_of is not k:
        list_changes(k, jc.now)
        k.load -= 1
        if jc.tracer is not None:
            jc.tracer.leaves_place(c, k, jc.now)
    elif back:
        comes_back(jc, c)
    else:
        return
    next_in_line(jc, k.team)


def next_in_line(jc: Centre, team: Team) -> None:
    """Give free places on a team's lists to those who have waited longest; nobody waits for a closed team."""
    role = team.parameters.role
    while team.waiting:
        c, stage = team.waiting[0]
        waits_for, taken_on = c.waits_for.get(role, (None, None))
        if c.stage != stage or waits_for is not team or taken_on is None:
            team.waiting.popleft()
            continue
        if team.open > 0:
            free = [k for k in team.posts if k.has_room]
            if not free:
                return
            team.waiting.popleft()
            _takes_place(jc, c, min(free, key=_load))
        else:
            team.waiting.popleft()
        del c.waits_for[role]
        taken_on.succeed()


def _takes_place(jc: Centre, c: Citizen, k: Post) -> None:
    """Take a place on a list; who changes over is on that list alone."""
    c.places[k.team.parameters.role] = k
    if k.team.parameters.does[PLACEMENT]:
        taken_on(c, jc.now)
    if jc.p.internships.changes_over and k.team.parameters.does[PLACEMENT]:
        changes_over(jc, c, k)
    else:
        list_changes(k, jc.now)
        k.load += 1
        if jc.tracer is not None:
            jc.tracer.takes_place(c, k, jc.now)
    jc.record(Activity.TAKEN_ON, c, resource_of(k))


def holders(jc: Centre, k: Post) -> list[Citizen]:
    """List those who have a place with somebody."""
    role = k.team.parameters.role
    return [c for c in jc.present.values() if c.places.get(role) is k]


def pass_places_on(jc: Centre, k: Post) -> None:
    """Colleagues take over the places of who has left, whoever has fewest; if there is nobody they wait.

    If the post is closed and nobody is there, the citizens go back to their coordinators.
    """
    role = k.team.parameters.role
    for c in holders(jc, k):
        colleagues = [other for other in k.team.posts if other.employed]
        if colleagues:
            _moves_place(jc, c, k, min(colleagues, key=_load))
        elif k.post_cut:
            leave_place(jc, c, role)
            move_tasks(jc, c)


def _moves_place(jc: Centre, c: Citizen, former: Post, new: Post) -> None:
    c.places[new.team.parameters.role] = new
    if c.on_list_of is former:
        take_off_list(jc, c)
        put_on_list(jc, c, new)
    else:
        list_changes(former, jc.now)
        former.load -= 1
        list_changes(new, jc.now)
        new.load += 1
        if jc.tracer is not None:
            jc.tracer.leaves_place(c, former, jc.now)
            jc.tracer.takes_place(c, new, jc.now)
    if new.team.parameters.does[CLARIFICATION]:
        case_changes_hands(jc, c)
    move_tasks(jc, c)


def _load(k: Post) -> tuple[float, int]:
    return relative_load(k.load, k.full_time_share), k.number


def credit_internship(jc: Centre, c: Citizen) -> None:
    """An internship during the programme or its after-effect is a result of the vendor."""
    if c.vendor >= 0 and (c.programme >= 0 or jc.now < c.after_programme_until):
        jc.courses[c.last_programme].internships[c.vendor] += 1


def leave_course(jc: Centre, c: Citizen) -> None:
    """Leave the programme; the next in line gets the place."""
    course = jc.courses[c.programme]
    withdraw(c, MENTORING)
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
    """Vendor with a free place that is best by the programme's criteria; -1: all are full."""
    p = course.parameters
    best, best_first, best_second = -1, -1.0, -1.0
    for vendor, free in enumerate(course.free):
        if free > 0:
            results = (free, course.participants[vendor], course.successes[vendor], course.internships[vendor])
            first, second = vendor_score(p.first_criterion, *results), vendor_score(p.second_criterion, *results)
            if is_better(first, second, best_first, best_second):
                best, best_first, best_second = vendor, first, second
    return best
