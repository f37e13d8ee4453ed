"""Hiring, absence, resignation, vacancy, cuts: a post over time."""

import math

from sim.catalogue import Activity
from sim.engine.order import Kind
from sim.engine.reference.assignment import divide_list, elsewhere, fill_list
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.lists import case_changes_hands, new_caseworker
from sim.engine.reference.places import holders, next_in_line, pass_places_on
from sim.engine.reference.state import Post, resource_of
from sim.engine.reference.tasks import call, move_tasks
from sim.engine.steps import staff as steps
from sim.model import staff as rules
from sim.model.decisions import Decision
from sim.model.distributions import rescaled
from sim.model.parameters import COORDINATOR, Role
from sim.model.work import CLARIFICATION


def hiring(jc: Centre, k: Post) -> Process:
    """From the date of a new post until somebody starts in it."""
    yield jc.at(k.begins, Kind.POST, k.number)
    if not k.post_cut:
        starts_work(jc, k)
        _gets_a_list(jc, k)


def starts_work(jc: Centre, k: Post) -> None:
    """Somebody new starts in the post and learns."""
    steps.starts_work(k, jc.now, k.team.role.learning_weeks)
    jc.record(Activity.HIRED, None, resource_of(k))
    if not k.opened:
        k.opened = True
        k.team.open += 1
        if k.team.open == 1 and k.team.parameters.role != COORDINATOR:
            for c in jc.present.values():
                move_tasks(jc, c)


def absence(jc: Centre, k: Post) -> Process:
    """Away for a spell; the list waits, or colleagues cover."""
    weeks = steps.falls_away(k, jc.now)
    jc.record(Activity.ABSENCE_STARTS, None, resource_of(k), weeks)
    _ask_colleagues(jc, k)
    yield jc.at(jc.now + weeks, Kind.POST, k.number)
    steps.comes_back(k, jc.now)
    jc.record(Activity.ABSENCE_ENDS, None, resource_of(k))


def leave(jc: Centre, k: Post) -> Process:
    """On leave for a spell; the list waits, or colleagues cover."""
    weeks = steps.goes_on_leave(k, jc.now)
    jc.record(Activity.LEAVE_STARTS, None, resource_of(k), weeks)
    _ask_colleagues(jc, k)
    yield jc.at(jc.now + weeks, Kind.POST, k.number)
    steps.comes_back(k, jc.now)
    jc.record(Activity.LEAVE_ENDS, None, resource_of(k))


def vacancy(jc: Centre, k: Post) -> Process:
    """From resignation until the successor starts."""
    steps.resigns(k, jc.now)
    jc.record(Activity.RESIGNS, None, resource_of(k))
    role = k.team.role
    if role.successor_takes_list:
        _ask_colleagues(jc, k)
    else:
        _gives_list_away(jc, k)
    yield jc.at(jc.now + jc.sample(k, Decision.VACANCY, role.vacancy), Kind.POST, k.number)
    if k.post_cut:
        return
    starts_work(jc, k)
    if k.team.role.successor_takes_list:
        _takes_list(jc, k)
    _gets_a_list(jc, k)


def give_up_post(jc: Centre, k: Post) -> None:
    """Close a post that is cut; its list is divided. Where nobody is left of a role the coordinators do its work."""
    steps.post_closed(k, jc.now)
    if k.opened:
        k.team.open -= 1
    jc.record(Activity.POST_CUT, None, resource_of(k))
    _gives_list_away(jc, k)
    if k.team.open == 0 and k.team.parameters.role != COORDINATOR:
        next_in_line(jc, k.team)
        for c in jc.present.values():
            move_tasks(jc, c)


def _gets_a_list(jc: Centre, k: Post) -> None:
    """Who is new gets a list: a coordinator a part of the others', another role those who wait for a place."""
    if k.team.parameters.role == COORDINATOR:
        fill_list(jc, k)
    else:
        next_in_line(jc, k.team)


def _gives_list_away(jc: Centre, k: Post) -> None:
    """Colleagues get the list of who has left."""
    if k.team.parameters.role == COORDINATOR:
        divide_list(jc, k)
    else:
        pass_places_on(jc, k)


def _takes_list(jc: Centre, k: Post) -> None:
    """A successor takes the list that waited: a new face for everybody on it."""
    if k.team.parameters.role == COORDINATOR:
        for c in (*k.citizens.values(), *elsewhere(jc, k)):
            new_caseworker(jc, c, k, k.number)
    elif k.team.parameters.does[CLARIFICATION]:
        for c in holders(jc, k):
            case_changes_hands(jc, c)


def next_absence(jc: Centre, k: Post) -> None:
    """Draw when somebody may fall ill next."""
    k.next_absence = jc.now + steps.weeks_to_strain(k.team.role.absence, jc.draw(k, Decision.ABSENCE))


def absences(jc: Centre, k: Post) -> Process:
    """When somebody falls ill; a task begun is finished first."""
    clock = k.strain_clock
    while k.next_absence < math.inf:
        yield jc.at(k.next_absence, Kind.ABSENCE, k.number)
        if k.strain_clock != clock:
            return
        role = k.team.role
        gives_in = steps.gives_in(k, role.absence, role.reference, jc.draw(k, Decision.ABSENCE_ACCEPTED))
        if gives_in and k.on_duty and k.absence_weeks == 0.0:
            k.absence_weeks = jc.sample(k, Decision.ABSENCE_DURATION, role.absence_duration)
            call(jc, k)
        next_absence(jc, k)


def leaves(jc: Centre, k: Post) -> Process:
    """When leave is due, spell after spell; a task begun is finished first, and so is an absence."""
    role, first, spell = k.team.role, jc.now, 0
    while True:
        u = jc.draw(k, Decision.LEAVE)
        begins = first + rules.leave_begins(spell, role.leave_spells, role.leave_weeks, u)
        yield jc.at(begins, Kind.LEAVE, k.number)
        spell += 1
        if k.employed:
            k.leave_due += role.leave_weeks
            call(jc, k)


def next_resignation(jc: Centre, k: Post) -> None:
    """Draw when somebody may resign next."""
    k.next_resignation = jc.now + steps.weeks_to_strain(k.team.role.turnover, jc.draw(k, Decision.RESIGNATION))


def resignations(jc: Centre, k: Post) -> Process:
    """When somebody resigns."""
    clock = k.strain_clock
    while k.next_resignation < math.inf:
        yield jc.at(k.next_resignation, Kind.RESIGNATION, k.number)
        if k.strain_clock != clock:
            return
        role = k.team.role
        gives_in = steps.gives_in(k, role.turnover, role.reference, jc.draw(k, Decision.RESIGNATION_ACCEPTED))
        if gives_in and k.employed:
            k.resigning = True
            call(jc, k)
        next_resignation(jc, k)


def strain_changes(jc: Centre, k: Post, before: Role) -> None:
    """Move the next absence and the next resignation if a policy has changed how often they come."""
    role = k.team.role
    absence, was_absence = steps.highest_strain(role.absence), steps.highest_strain(before.absence)
    turnover, was_turnover = steps.highest_strain(role.turnover), steps.highest_strain(before.turnover)
    if absence == was_absence and turnover == was_turnover:
        return
    if was_absence == 0.0 or absence == 0.0:
        next_absence(jc, k)
    else:
        k.next_absence = rescaled(jc.now, k.next_absence, was_absence, absence)
    if was_turnover == 0.0 or turnover == 0.0:
        next_resignation(jc, k)
    else:
        k.next_resignation = rescaled(jc.now, k.next_resignation, was_turnover, turnover)
    k.strain_clock += 1
    jc.start(absences(jc, k))
    jc.start(resignations(jc, k))


def post_cut(jc: Centre, k: Post) -> Process:
    """The day the post is cut: closed as soon as who is in it is back and free; if vacant, at once."""
    yield jc.at(jc.p.posts[k.number].ends, Kind.POST_CUT, k.number)
    k.post_cut = True
    if k.employed:
        call(jc, k)
    else:
        give_up_post(jc, k)


def _ask_colleagues(jc: Centre, k: Post) -> None:
    """Colleagues who sit idle look at the work of one who is away, if that is the policy."""
    if k.team.role.colleagues_cover:
        for colleague in k.team.posts:
            if colleague.on_duty:
                call(jc, colleague)
