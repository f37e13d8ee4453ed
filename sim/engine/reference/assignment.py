"""Who gets a citizen: departments, coordinators' lists, and moves between them."""

import math
from collections.abc import Sequence
from itertools import islice

from sim.catalogue import Activity
from sim.engine.codes import PREPARING
from sim.engine.reference.centre import Centre
from sim.engine.reference.state import Citizen, Coordinator, Team, coordinator_resource
from sim.engine.reference.tasks import move_tasks
from sim.engine.steps.casework import progress_lost
from sim.engine.steps.staff import list_changes
from sim.model import assignment as rules
from sim.model.decisions import Decision
from sim.model.parameters import BIRTH_DATE, LOWEST_CASELOAD, RANDOM


def allocate(jc: Centre, c: Citizen) -> None:
    """Give a new citizen a department and a coordinator."""
    put_on_list(jc, c, choose_coordinator(jc, c, choose_team(jc, c)))


def choose_team(jc: Centre, c: Citizen) -> Team:
    """Choose the department by policy among those that serve the citizen's group."""
    serving = [t for t in jc.teams if t.parameters.serves[c.group] and t.parameters.weight > 0.0]
    if len(serving) == 1:
        return serving[0]
    weights = [t.parameters.weight for t in serving]
    policy = jc.p.policy.department
    if policy == RANDOM:
        return serving[_by_weight(weights, jc.draw(c, Decision.DEPARTMENT))]
    if policy == BIRTH_DATE:
        return serving[_by_weight(weights, rules.birth_share(c.birth_day))]
    if policy == LOWEST_CASELOAD:
        loads = [rules.relative_load(t.citizens, w) for t, w in zip(serving, weights, strict=True)]
        return serving[loads.index(min(loads))]
    jc.turn += 1
    return serving[(jc.turn - 1) % len(serving)]


def choose_coordinator(jc: Centre, c: Citizen, team: Team) -> Coordinator:
    """Choose a coordinator of the department by policy; nobody employed: the list of those who wait."""
    employed = [k for k in team.coordinators if k.employed]
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


def put_on_list(jc: Centre, c: Citizen, k: Coordinator) -> None:
    """Put a citizen on a list."""
    list_changes(k, jc.now)
    c.coordinator = k
    k.citizens[c.number] = c
    k.by_group[c.group] += 1
    k.department.citizens += 1


def take_off_list(jc: Centre, c: Citizen) -> None:
    """Take a citizen off the list they are on."""
    k = c.coordinator
    list_changes(k, jc.now)
    del k.citizens[c.number]
    k.by_group[c.group] -= 1
    k.department.citizens -= 1


def change_caseworker(jc: Centre, c: Citizen, new: Coordinator) -> None:
    """Move a citizen, with all that waits, to another list."""
    former = c.coordinator
    if former is new:
        return
    take_off_list(jc, c)
    put_on_list(jc, c, new)
    new_caseworker(jc, c, former.number)
    move_tasks(jc, c)


def new_caseworker(jc: Centre, c: Citizen, former: int) -> None:
    """A new face: counted unless the citizen had none before; an open case loses part of its progress."""
    jc.record(Activity.CASEWORKER_CHANGES, c, coordinator_resource(c.coordinator), float(former))
    if former < 0:
        return
    c.seen.caseworker_changes += 1
    if c.case == PREPARING and jc.p.clarification.loss_share > 0.0:
        p = jc.p.clarification
        progress_lost(c, p.packages, p.loss_share, jc.draw(c, Decision.PROGRESS_LOSS))


def divide_list(jc: Centre, k: Coordinator) -> None:
    """Divide the list of a coordinator who has left among the colleagues."""
    for c in list(k.citizens.values()):
        change_caseworker(jc, c, choose_coordinator(jc, c, k.department))


def fill_list(jc: Centre, k: Coordinator) -> None:
    """Give a new coordinator a fair part: those who wait for one, then from the fullest lists, by lot."""
    team = k.department
    for c in list(team.unassigned.citizens.values()):
        change_caseworker(jc, c, choose_coordinator(jc, c, team))
    donors = [d for d in team.coordinators if d is not k and d.employed]
    while donors:
        donor = max(donors, key=lambda d: (_load(d)[0], -d.number))
        if not rules.may_take(donor.load, donor.full_time_share, k.load, k.full_time_share):
            return
        change_caseworker(jc, _by_lot(jc, k, donor), k)


def transfer_from_centre(jc: Centre, team: Team) -> bool:
    """Move one citizen, drawn by lot, from the fullest list of the other departments; False: there is none."""
    donors = [k for t in jc.teams if t is not team and t.parameters.fill_to == 0.0 for k in _lists(t)]
    for donor in sorted(donors, key=_fullest):
        eligible = [c for c in donor.citizens.values() if team.parameters.serves[c.group]]
        if eligible:
            c = eligible[int(jc.draw(team.lots, Decision.HANDED_OVER) * len(eligible))]
            change_caseworker(jc, c, choose_coordinator(jc, c, team))
            return True
    return False


def _lists(team: Team) -> list[Coordinator]:
    return [team.unassigned, *team.coordinators]


def _fullest(k: Coordinator) -> tuple[float, int]:
    """Sorts the fullest list first, and before all the list of those who have no coordinator."""
    return (-_load(k)[0] if k.full_time_share > 0.0 else -math.inf, k.number)


def _by_lot(jc: Centre, receiver: Coordinator, donor: Coordinator) -> Citizen:
    """Draw one of the donor's citizens; the lot is the receiver's."""
    index = int(jc.draw(receiver, Decision.HANDED_OVER) * donor.load)
    return next(islice(donor.citizens.values(), index, None))


def _load(k: Coordinator) -> tuple[float, int]:
    return rules.relative_load(k.load, k.full_time_share), k.number


def _by_weight(weights: Sequence[float], u: float) -> int:
    """Index of the interval, among intervals of these lengths, in which `u` of the whole lies."""
    left = u * rules.added(weights)
    for i, weight in enumerate(weights[:-1]):
        if left < weight:
            return i
        left -= weight
    return len(weights) - 1
