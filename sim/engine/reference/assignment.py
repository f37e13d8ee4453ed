"""Who gets a citizen: departments, coordinators, and the division of lists."""

import math
from collections.abc import Sequence
from itertools import islice

from sim.engine.reference.centre import Centre
from sim.engine.reference.lists import change_caseworker, keeps_list, new_caseworker, put_on_list, take_off_list
from sim.engine.reference.state import Citizen, Post, Team
from sim.engine.reference.tasks import move_tasks
from sim.model import assignment as rules
from sim.model.decisions import Decision
from sim.model.parameters import BIRTH_DATE, LOWEST_CASELOAD, RANDOM


def allocate(jc: Centre, c: Citizen) -> None:
    """Give a new citizen a department and a coordinator."""
    put_on_list(jc, c, choose_coordinator(jc, c, choose_team(jc, c)))


def choose_team(jc: Centre, c: Citizen) -> Team:
    """Choose the department by policy among those that serve the citizen's group."""
    departments = zip(jc.teams, jc.p.departments, strict=False)
    serving = [(team, d.weight) for team, d in departments if d.serves[c.group] and d.weight > 0.0]
    teams, weights = [team for team, _ in serving], [weight for _, weight in serving]
    if len(teams) == 1:
        return teams[0]
    policy = jc.p.policy.department
    if policy == RANDOM:
        return teams[_by_weight(weights, jc.draw(c, Decision.DEPARTMENT))]
    if policy == BIRTH_DATE:
        return teams[_by_weight(weights, rules.birth_share(c.birth_day))]
    if policy == LOWEST_CASELOAD:
        loads = [rules.relative_load(team.citizens, weight) for team, weight in serving]
        return teams[loads.index(min(loads))]
    jc.turn += 1
    return teams[(jc.turn - 1) % len(teams)]


def choose_coordinator(jc: Centre, c: Citizen, team: Team) -> Post:
    """Choose a coordinator of the department by policy; nobody employed: the list of those who wait."""
    employed = [k for k in team.posts if k.employed]
    if not employed:
        return team.unassigned
    policy = jc.p.policy.coordinator
    if policy == LOWEST_CASELOAD:
        return min(employed, key=_load)
    if policy == RANDOM:
        return employed[_by_weight([k.full_time_share for k in employed], jc.draw(c, Decision.COORDINATOR))]
    if policy == BIRTH_DATE:
        return employed[_by_weight([k.full_time_share for k in employed], rules.month_share(c.birth_day))]
    team.turn += 1
    return employed[(team.turn - 1) % len(employed)]


def divide_list(jc: Centre, k: Post) -> None:
    """Divide the list of a coordinator who has left among the colleagues, and those who would come back to it."""
    for c in list(k.citizens.values()):
        change_caseworker(jc, c, choose_coordinator(jc, c, k.team))
    for c in elsewhere(jc, k):
        new = choose_coordinator(jc, c, k.team)
        if new is not k:
            c.home = new
            new_caseworker(jc, c, new, k.number)
            move_tasks(jc, c)


def elsewhere(jc: Centre, k: Post) -> list[Citizen]:
    """List those who are on another role's list and would come back to this one."""
    return [c for c in jc.present.values() if c.home is k]


def comes_back(jc: Centre, c: Citizen) -> None:
    """Come back to the coordinator, or to another one if nobody has that list any more."""
    home, c.home = c.home, None
    assert home is not None  # Only those who changed over come back.
    k = home if keeps_list(home) else choose_coordinator(jc, c, home.team)
    take_off_list(jc, c)
    put_on_list(jc, c, k)
    if k is not home:
        new_caseworker(jc, c, k, home.number)
    move_tasks(jc, c)


def fill_list(jc: Centre, k: Post) -> None:
    """Give a new coordinator a fair part: those who wait for one, then from the fullest lists, by lot."""
    team = k.team
    divide_list(jc, team.unassigned)
    donors = [d for d in team.posts if d is not k and d.employed]
    while donors:
        donor = max(donors, key=lambda d: (_load(d)[0], -d.number))
        if not rules.may_take(donor.load, donor.full_time_share, k.load, k.full_time_share):
            return
        change_caseworker(jc, _by_lot(jc, k, donor), k)


def transfer_from_centre(jc: Centre, team: Team) -> Citizen | None:
    """Move one citizen, drawn by lot, from the fullest list of the other departments; None: there is none."""
    departments = zip(jc.teams, jc.p.departments, strict=False)
    donors = [k for t, d in departments if t is not team and d.fill_to == 0.0 for k in _lists(t)]
    serves = jc.p.departments[team.number].serves
    for donor in sorted(donors, key=_fullest):
        eligible = [c for c in donor.citizens.values() if serves[c.group]]
        if eligible:
            c = eligible[int(jc.draw(team.lots, Decision.HANDED_OVER) * len(eligible))]
            change_caseworker(jc, c, choose_coordinator(jc, c, team))
            return c
    return None


def _lists(team: Team) -> list[Post]:
    return [team.unassigned, *team.posts]


def _fullest(k: Post) -> tuple[float, int]:
    """Sorts the fullest list first, and before all the list of those who have no coordinator."""
    return (-_load(k)[0] if k.full_time_share > 0.0 else -math.inf, k.number)


def _by_lot(jc: Centre, receiver: Post, donor: Post) -> Citizen:
    """Draw one of the donor's citizens; the lot is the receiver's."""
    index = int(jc.draw(receiver, Decision.HANDED_OVER) * donor.load)
    return next(islice(donor.citizens.values(), index, None))


def _load(k: Post) -> tuple[float, int]:
    return rules.relative_load(k.load, k.full_time_share), k.number


def _by_weight(weights: Sequence[float], u: float) -> int:
    """Index of the interval, among intervals of these lengths, in which `u` of the whole lies."""
    left = u * rules.added(weights)
    for i, weight in enumerate(weights[:-1]):
        if left < weight:
            return i
        left -= weight
    return len(weights) - 1
