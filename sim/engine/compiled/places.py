"""Places that are limited: on lists of other roles and in programmes (as `sim.engine.reference.places`)."""

import math

from sim.catalogue import Activity
from sim.engine.codes import SUCCESSES
from sim.engine.compiled.assignment import comes_back
from sim.engine.compiled.clock import soon
from sim.engine.compiled.layout import (
    citizen_at,
    does_at,
    member_at,
    other_at,
    place_at,
    post_at,
    programme_at,
    row_at,
    seats_at,
    team_at,
)
from sim.engine.compiled.lists import case_changes_hands, changes_over, count_on_list, put_on_list, take_off_list
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.min_tournament import lowest
from sim.engine.compiled.queues import join, leave_front, skip_gone
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import move_tasks, place_of, take_out
from sim.engine.steps.offers import place_given, taken_on
from sim.model.assignment import relative_load
from sim.model.offers import NO_INTERNSHIP, is_better, vendor_score
from sim.model.parameters import FIRST_POST
from sim.model.work import CLARIFICATION, MENTORING, PLACEMENT, TASK_KINDS

STAGE_BEGINS, PLACE_FOR_INTERNSHIP, PLACE_FOR_CASE, PROGRAMME_BEGINS = range(4)
"""Immediate steps (see `clock.soon`)."""
CASES = 0
"""Number of the line of cases that wait for the rehabilitation team; the other lines come after it."""


@jitted
def team_line(w: World, t: int) -> int:
    """Number of the line of citizens who wait for a place on a list of a team."""
    return int(1 + t)


@jitted
def programme_line(w: World, p: int) -> int:
    """Number of the line of those who wait for a programme."""
    return int(1 + w.team_count + p)


@jitted
def release(w: World, c: Record, destination: int) -> None:
    """Give up every place at the end of a stage; a vendor is credited with a job or an education."""
    for role in range(w.role_count):
        place_of(w, c, role).waits_for = -1
    for role in range(w.role_count):
        leave_place(w, c, role, destination < 0)
    c.internship = NO_INTERNSHIP
    c.after_internship_until = -math.inf
    if c.vendor >= 0:
        if destination in SUCCESSES and (c.programme >= 0 or w.now < c.after_programme_until):
            seats_at(w, programme_at(w, c.last_programme).first_vendor + c.vendor).successes += 1
        if c.programme >= 0:
            leave_course(w, c)
    c.programme_wanted = -1
    c.after_programme_until = -math.inf
    c.small_job_now = False


@jitted
def ask_for_place(w: World, c: Record, kind: int) -> bool:
    """Join the line for a place with those who do a kind of task; False: it takes no place, or there is one."""
    number = other_at(w, c.department * TASK_KINDS + kind).v
    if number < 0:
        return False
    team = team_at(w, number)
    if not team.lists or place_of(w, c, team.role).post >= 0:
        return False
    _joins_line(w, c, number)
    return True


@jitted
def department_changed(w: World, c: Record) -> None:
    """Who waits for a place and comes to another department waits there, if there are lists."""
    for role in range(w.role_count):
        place = place_of(w, c, role)
        former = int(place.waits_for)
        if former < 0 or team_at(w, former).department < 0:
            continue
        kind = PLACEMENT if does_at(w, former * TASK_KINDS + PLACEMENT).v else CLARIFICATION
        number = other_at(w, c.department * TASK_KINDS + kind).v
        if number >= 0:
            _joins_line(w, c, number)
        else:
            place.waits_for = -1
            soon(w, _what_waited(w, former), c.number, c.stage)


@jitted
def _joins_line(w: World, c: Record, number: int) -> None:
    place_of(w, c, team_at(w, number).role).waits_for = number
    join(w, team_line(w, number), c.number, c.stage, 0)
    next_in_line(w, number)


@jitted
def _what_waited(w: World, t: int) -> int:
    """What goes on when somebody of a team has taken the citizen on."""
    return PLACE_FOR_INTERNSHIP if does_at(w, t * TASK_KINDS + PLACEMENT).v else PLACE_FOR_CASE


@jitted
def give_place_back(w: World, c: Record, kind: int) -> None:
    """Leave the place, if there is one, on a list of those who do a kind of task, in whatever department."""
    for role in range(w.role_count):
        number = int(place_of(w, c, role).post)
        if number >= 0 and does_at(w, post_at(w, number).team * TASK_KINDS + kind).v:
            leave_place(w, c, role, True)


@jitted
def leave_place(w: World, c: Record, role: int, back: bool) -> None:
    """Leave the place on a role's list; the next in line gets it. Who leaves the centre is on it until then."""
    place = place_of(w, c, role)
    number = int(place.post)
    if number < 0:
        return
    place.post = -1
    k = post_at(w, number)
    if c.on_list_of != number:
        count_on_list(w, k, -1)
    elif back:
        comes_back(w, c)
    else:
        return
    next_in_line(w, k.team)


@jitted
def next_in_line(w: World, t: int) -> None:
    """Give free places on a team's lists to those who have waited longest; nobody waits for a closed team."""
    line, team = team_line(w, t), team_at(w, t)
    while True:
        i = skip_gone(w, line)
        if i < 0:
            return
        c = citizen_at(w, place_at(w, i).citizen)
        place = place_of(w, c, team.role)
        if place.waits_for != t:
            leave_front(w, line)
            continue
        number = -1
        if team.open > 0:
            number = lowest(w, row_at(w, t))
            if number < 0:
                return
        leave_front(w, line)
        if number >= 0:
            _takes_place(w, c, number)
        place.waits_for = -1
        soon(w, _what_waited(w, t), c.number, c.stage)


@jitted
def _takes_place(w: World, c: Record, number: int) -> None:
    """Take a place on a list; who changes over is on that list alone."""
    k = post_at(w, number)
    place_of(w, c, team_at(w, k.team).role).post = number
    places = does_at(w, k.team * TASK_KINDS + PLACEMENT).v
    if places:
        taken_on(c, w.now)
    if w.internships.changes_over and places:
        changes_over(w, c, number)
    else:
        count_on_list(w, k, 1)
    record(w, Activity.TAKEN_ON, c.number, FIRST_POST + number, 0.0)


@jitted
def pass_places_on(w: World, k: Record) -> None:
    """Colleagues take over the places of who has left, whoever has fewest; if there is nobody they wait.

    If the post is closed and nobody is there, the citizens go back to their coordinators.
    """
    role = team_at(w, k.team).role
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0 and place_of(w, c, role).post == k.number:
            colleague = _least_loaded(w, team_at(w, k.team))
            if colleague >= 0:
                _moves_place(w, c, k.number, colleague)
            elif k.post_cut:
                leave_place(w, c, role, True)
                move_tasks(w, c)


@jitted
def _least_loaded(w: World, team: Record) -> int:
    """Number of the post of a team with the lowest load among those where somebody is, full or not; -1: none."""
    best, least = -1, math.inf
    for i in range(team.posts):
        number = member_at(w, team.first_post + i).post
        k = post_at(w, number)
        if k.employed:
            load = relative_load(k.load, k.full_time_share)
            if load < least:
                best, least = number, load
    return best


@jitted
def _moves_place(w: World, c: Record, former: int, new: int) -> None:
    k = post_at(w, new)
    place_of(w, c, team_at(w, k.team).role).post = new
    if c.on_list_of == former:
        take_off_list(w, c)
        put_on_list(w, c, new)
    else:
        count_on_list(w, post_at(w, former), -1)
        count_on_list(w, k, 1)
    if does_at(w, k.team * TASK_KINDS + CLARIFICATION).v:
        case_changes_hands(w, c)
    move_tasks(w, c)


@jitted
def credit_internship(w: World, c: Record) -> None:
    """An internship during the programme or its after-effect is a result of the vendor."""
    if c.vendor >= 0 and (c.programme >= 0 or w.now < c.after_programme_until):
        seats_at(w, programme_at(w, c.last_programme).first_vendor + c.vendor).internships += 1


@jitted
def leave_course(w: World, c: Record) -> None:
    """Leave the programme; the next in line gets the place."""
    p = c.programme
    take_out(w, c, MENTORING)
    seats_at(w, programme_at(w, p).first_vendor + c.vendor).free += 1
    c.programme = -1
    next_to_course(w, p)


@jitted
def next_to_course(w: World, p: int) -> None:
    """Give free places in a programme to those who have waited longest, at the vendor that policy prefers."""
    line, programme = programme_line(w, p), programme_at(w, p)
    while True:
        i = skip_gone(w, line)
        if i < 0:
            return
        vendor = _preferred_vendor(w, programme)
        if vendor < 0:
            return
        c = citizen_at(w, place_at(w, i).citizen)
        leave_front(w, line)
        chosen = seats_at(w, programme.first_vendor + vendor)
        chosen.free -= 1
        chosen.participants += 1
        place_given(c, p, vendor)
        soon(w, PROGRAMME_BEGINS, c.number, c.stage)


@jitted
def _preferred_vendor(w: World, p: Record) -> int:
    """Vendor with a free place that is best by the programme's criteria; -1: all are full."""
    best, best_first, best_second = -1, -1.0, -1.0
    for i in range(p.vendors):
        v = seats_at(w, p.first_vendor + i)
        if v.free > 0:
            first = vendor_score(p.first_criterion, v.free, v.participants, v.successes, v.internships)
            second = vendor_score(p.second_criterion, v.free, v.participants, v.successes, v.internships)
            if is_better(first, second, best_first, best_second):
                best, best_first, best_second = i, first, second
    return best
