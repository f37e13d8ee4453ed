"""Who gets a citizen: departments, coordinators, and the division of lists (as the reference's assignment)."""

import math

from sim.engine.compiled.draws import draw
from sim.engine.compiled.layout import (
    by_group_at,
    citizen_at,
    department_at,
    member_at,
    post_at,
    row_at,
    serves_at,
    team_at,
)
from sim.engine.compiled.lists import change_caseworker, keeps_list, new_caseworker, put_on_list, take_off_list
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.min_tournament import lowest
from sim.engine.compiled.tasks import move_tasks
from sim.model import assignment as rules
from sim.model.decisions import Decision
from sim.model.parameters import BIRTH_DATE, LOWEST_CASELOAD, RANDOM


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
            load = rules.relative_load(team_at(w, d).citizens, department_at(w, d).weight)
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
    team, policy = team_at(w, d), w.policy.coordinator
    if policy == LOWEST_CASELOAD:
        least = lowest(w, row_at(w, d))
        return least if least >= 0 else int(team.unassigned)
    count, last, whole = 0, -1, 0.0
    for i in range(team.posts):
        number = member_at(w, team.first_post + i).post
        k = post_at(w, number)
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
        k = post_at(w, number)
        if k.employed:
            if number == last or left < k.full_time_share:
                return int(number)
            left -= k.full_time_share
    return last


@jitted
def _coordinator_in_turn(w: World, team: Record, turn: int) -> int:
    for i in range(team.posts):
        number = member_at(w, team.first_post + i).post
        if post_at(w, number).employed:
            if turn == 0:
                return int(number)
            turn -= 1
    return -1


@jitted
def divide_list(w: World, number: int) -> None:
    """Divide a list among the team's employed coordinators, and those who would come back to it."""
    k = post_at(w, number)
    i, left = k.first, k.load
    while left > 0:
        c = citizen_at(w, i)
        i = c.next
        change_caseworker(w, c, choose_coordinator(w, c, k.team))
        left -= 1
    if not anybody_elsewhere(w):
        return
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0 and c.home == number:
            new = choose_coordinator(w, c, k.team)
            if new != number:
                c.home = new
                new_caseworker(w, c, new, k.number)
                move_tasks(w, c)


@jitted
def anybody_elsewhere(w: World) -> bool:
    """Whether citizens can be on a list of another role than the coordinators'."""
    return bool(w.internships.changes_over and w.team_count > w.department_count)


@jitted
def comes_back(w: World, c: Record) -> None:
    """Come back to the coordinator, or to another one if nobody has that list any more."""
    home = int(c.home)
    c.home = -1
    former = post_at(w, home)
    number = home if keeps_list(w, former) else choose_coordinator(w, c, former.team)
    take_off_list(w, c)
    put_on_list(w, c, number)
    if number != home:
        new_caseworker(w, c, number, former.number)
    move_tasks(w, c)


@jitted
def fill_list(w: World, number: int) -> None:
    """Give a new coordinator a fair part: those who wait for one, then from the fullest lists, by lot."""
    k = post_at(w, number)
    team = team_at(w, k.team)
    divide_list(w, team.unassigned)
    while True:
        fullest = _fullest_colleague(w, team, number)
        if fullest < 0:
            return
        donor = post_at(w, fullest)
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
def transfer_from_centre(w: World, d: int) -> int:
    """Move one citizen, drawn by lot, from the fullest list of the other departments; -1: there is none."""
    for t in range(w.department_count):
        if _gives(w, t, d):
            moved = _gives_one(w, team_at(w, t).unassigned, d)
            if moved >= 0:
                return moved
    # Then list after list from the fullest on: each time the next after (load, number) of the last one tried.
    load, number = math.inf, -1
    while True:
        best, most = -1, -math.inf
        for i in range(w.post_count):
            k = post_at(w, i)
            if k.team < w.department_count and _gives(w, k.team, d):
                own = rules.relative_load(k.load, k.full_time_share)
                if own > most and (own < load or (own == load and i > number)):
                    best, most = i, own
        if best < 0:
            return -1
        moved = _gives_one(w, best, d)
        if moved >= 0:
            return moved
        load, number = most, best


@jitted
def _gives(w: World, giver: int, receiver: int) -> bool:
    return giver != receiver and department_at(w, giver).fill_to == 0.0


@jitted
def _gives_one(w: World, donor: int, d: int) -> int:
    eligible = 0
    for g in range(w.group_count):
        if serves(w, d, g):
            eligible += by_group_at(w, donor * w.group_count + g).v
    if eligible == 0:
        return -1
    left = int(draw(w, team_at(w, d), Decision.HANDED_OVER) * eligible)
    c = citizen_at(w, post_at(w, donor).first)
    while left > 0 or not serves(w, d, c.group):
        if serves(w, d, c.group):
            left -= 1
        c = citizen_at(w, c.next)
    change_caseworker(w, c, choose_coordinator(w, c, d))
    return int(c.number)
