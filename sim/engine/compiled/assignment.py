"""Who gets a citizen: departments, coordinators' lists, and moves between them (as the reference's assignment)."""

import math

from sim.catalogue import Activity
from sim.engine.codes import PREPARING
from sim.engine.compiled.draws import draw
from sim.engine.compiled.layout import (
    by_group_at,
    citizen_at,
    coordinator_at,
    department_at,
    member_at,
    row_at,
    serves_at,
)
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.min_tournament import load_changes, lowest
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import move_tasks
from sim.engine.steps.casework import progress_lost
from sim.engine.steps.staff import list_changes
from sim.model import assignment as rules
from sim.model.decisions import Decision
from sim.model.parameters import BIRTH_DATE, FIRST_COORDINATOR, LOWEST_CASELOAD, RANDOM


@jitted
def coordinator_resource(k: Record) -> int:
    """Number of a coordinator among the names of resources; -1 for the list of those who wait for one."""
    return int(FIRST_COORDINATOR + k.number if k.number >= 0 else -1)


@jitted
def serves(w: World, d: int, group: int) -> bool:
    """Whether a department serves a group."""
    return bool(serves_at(w, d * w.group_count + group).v)


@jitted
def _takes_new(w: World, d: int, group: int) -> bool:
    return serves(w, d, group) and department_at(w, d).weight > 0.0


@jitted
def choose_team(w: World, c: Record) -> int:
    """Choose the department by policy among those that serve the citizen's group."""
    count, last, whole = 0, -1, 0.0
    for d in range(w.department_count):
        if _takes_new(w, d, c.group):
            count += 1
            last = d
            whole += department_at(w, d).weight
    if count == 1:
        return last
    policy = w.policy.department
    if policy == LOWEST_CASELOAD:
        return _emptiest(w, c.group)
    if policy == RANDOM:
        left = draw(w, c, Decision.DEPARTMENT) * whole
    elif policy == BIRTH_DATE:
        left = rules.birth_share(c.birth_day) * whole
    else:
        w.turn += 1
        return _team_in_turn(w, c.group, (w.turn - 1) % count)
    for d in range(last):
        if _takes_new(w, d, c.group):
            weight = department_at(w, d).weight
            if left < weight:
                return d
            left -= weight
    return last


@jitted
def _emptiest(w: World, group: int) -> int:
    best, least = -1, math.inf
    for d in range(w.department_count):
        if _takes_new(w, d, group):
            team = department_at(w, d)
            load = rules.relative_load(team.citizens, team.weight)
            if load < least:
                best, least = d, load
    return best


@jitted
def _team_in_turn(w: World, group: int, turn: int) -> int:
    for d in range(w.department_count):
        if _takes_new(w, d, group):
            if turn == 0:
                return d
            turn -= 1
    return -1


@jitted
def choose_coordinator(w: World, c: Record, d: int) -> int:
    """Choose a coordinator of the department by policy; nobody employed: the list of those who wait."""
    team, policy = department_at(w, d), w.policy.coordinator
    if policy == LOWEST_CASELOAD:
        least = lowest(w, row_at(w, d))
        return least if least >= 0 else int(team.unassigned)
    count, last, whole = 0, -1, 0.0
    for i in range(team.posts):
        number = member_at(w, team.first_post + i).post
        k = coordinator_at(w, number)
        if k.employed:
            count += 1
            last = number
            whole += k.full_time_share
    if count == 0:
        return int(team.unassigned)
    if policy == RANDOM:
        left = draw(w, c, Decision.COORDINATOR) * whole
    elif policy == BIRTH_DATE:
        left = rules.month_share(c.birth_day) * whole
    else:
        team.turn += 1
        return _coordinator_in_turn(w, team, (team.turn - 1) % count)
    for i in range(team.posts):
        number = member_at(w, team.first_post + i).post
        k = coordinator_at(w, number)
        if k.employed:
            if number == last or left < k.full_time_share:
                return int(number)
            left -= k.full_time_share
    return last


@jitted
def update_load(w: World, k: Record) -> None:
    """Keep the load by which a list is chosen at hand, side by side with the department's others."""
    if k.number >= 0:
        load = rules.relative_load(k.load, k.full_time_share) if k.employed else math.inf
        load_changes(w, row_at(w, k.department), k.place, load)


@jitted
def _coordinator_in_turn(w: World, team: Record, turn: int) -> int:
    for i in range(team.posts):
        number = member_at(w, team.first_post + i).post
        if coordinator_at(w, number).employed:
            if turn == 0:
                return int(number)
            turn -= 1
    return -1


@jitted
def put_on_list(w: World, c: Record, number: int) -> None:
    """Put a citizen at the end of a list."""
    k = coordinator_at(w, number)
    list_changes(k, w.now)
    c.coordinator, c.previous, c.next = number, k.last, -1
    if k.last >= 0:
        citizen_at(w, k.last).next = c.number
    else:
        k.first = c.number
    k.last = c.number
    k.load += 1
    update_load(w, k)
    by_group_at(w, number * w.group_count + c.group).v += 1
    department_at(w, k.department).citizens += 1


@jitted
def take_off_list(w: World, c: Record) -> None:
    """Take a citizen off the list they are on."""
    k = coordinator_at(w, c.coordinator)
    list_changes(k, w.now)
    if c.previous >= 0:
        citizen_at(w, c.previous).next = c.next
    else:
        k.first = c.next
    if c.next >= 0:
        citizen_at(w, c.next).previous = c.previous
    else:
        k.last = c.previous
    k.load -= 1
    update_load(w, k)
    by_group_at(w, c.coordinator * w.group_count + c.group).v -= 1
    department_at(w, k.department).citizens -= 1


@jitted
def change_caseworker(w: World, c: Record, new: int) -> None:
    """Move a citizen, with all that waits, to another list."""
    former = c.coordinator
    if former == new:
        return
    take_off_list(w, c)
    put_on_list(w, c, new)
    new_caseworker(w, c, coordinator_at(w, former).number)
    move_tasks(w, c)


@jitted
def new_caseworker(w: World, c: Record, former: int) -> None:
    """A new face: counted unless the citizen had none before; an open case loses part of its progress."""
    resource = coordinator_resource(coordinator_at(w, c.coordinator))
    record(w, Activity.CASEWORKER_CHANGES, c.number, resource, float(former))
    if former < 0:
        return
    c.seen.caseworker_changes += 1
    if c.case == PREPARING and w.clarification.loss_share > 0.0:
        p = w.clarification
        progress_lost(c, p.packages, p.loss_share, draw(w, c, Decision.PROGRESS_LOSS))


@jitted
def divide_list(w: World, number: int) -> None:
    """Divide a list among the department's employed coordinators."""
    k = coordinator_at(w, number)
    i, left = k.first, k.load
    while left > 0:
        c = citizen_at(w, i)
        i = c.next
        change_caseworker(w, c, choose_coordinator(w, c, k.department))
        left -= 1


@jitted
def fill_list(w: World, number: int) -> None:
    """Give a new coordinator a fair part: those who wait for one, then from the fullest lists, by lot."""
    k = coordinator_at(w, number)
    team = department_at(w, k.department)
    divide_list(w, team.unassigned)
    while True:
        fullest = _fullest_colleague(w, team, number)
        if fullest < 0:
            return
        donor = coordinator_at(w, fullest)
        if not rules.may_take(donor.load, donor.full_time_share, k.load, k.full_time_share):
            return
        i = donor.first
        for _ in range(int(draw(w, k, Decision.HANDED_OVER) * donor.load)):
            i = citizen_at(w, i).next
        change_caseworker(w, citizen_at(w, i), number)


@jitted
def _fullest_colleague(w: World, team: Record, own: int) -> int:
    best, most = -1, -math.inf
    for i in range(team.posts):
        member = member_at(w, team.first_post + i)
        if member.post != own and member.load > most and member.load < math.inf:
            best, most = member.post, member.load
    return best


@jitted
def transfer_from_centre(w: World, d: int) -> bool:
    """Move one citizen, drawn by lot, from the fullest list of the other departments; False: there is none."""
    for t in range(w.department_count):
        if _gives(w, t, d) and _gives_one(w, department_at(w, t).unassigned, d):
            return True
    # Then list after list from the fullest on: each time the next after (load, number) of the last one tried.
    load, number = math.inf, -1
    while True:
        best, most = -1, -math.inf
        for i in range(w.post_count):
            k = coordinator_at(w, i)
            if _gives(w, k.department, d):
                own = rules.relative_load(k.load, k.full_time_share)
                if own > most and (own < load or (own == load and i > number)):
                    best, most = i, own
        if best < 0:
            return False
        if _gives_one(w, best, d):
            return True
        load, number = most, best


@jitted
def _gives(w: World, giver: int, receiver: int) -> bool:
    return giver != receiver and department_at(w, giver).fill_to == 0.0


@jitted
def _gives_one(w: World, donor: int, d: int) -> bool:
    eligible = 0
    for g in range(w.group_count):
        if serves(w, d, g):
            eligible += by_group_at(w, donor * w.group_count + g).v
    if eligible == 0:
        return False
    left = int(draw(w, department_at(w, d), Decision.HANDED_OVER) * eligible)
    c = citizen_at(w, coordinator_at(w, donor).first)
    while left > 0 or not serves(w, d, c.group):
        if serves(w, d, c.group):
            left -= 1
        c = citizen_at(w, c.next)
    change_caseworker(w, c, choose_coordinator(w, c, d))
    return True
