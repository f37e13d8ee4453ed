"""Lists of citizens: on a list, off it, from one to another (as `sim.engine.reference.lists`)."""

import math

from sim.catalogue import Activity
from sim.engine.codes import PREPARING
from sim.engine.compiled.draws import draw
from sim.engine.compiled.layout import by_group_at, citizen_at, need_at, post_at, row_at, team_at
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.min_tournament import load_changes
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import move_tasks, role_of, taken_over
from sim.engine.steps.casework import progress_lost
from sim.engine.steps.staff import list_changes
from sim.model import assignment as rules
from sim.model.decisions import Decision
from sim.model.parameters import FIRST_POST
from sim.model.work import CLARIFICATION


@jitted
def resource_of(k: Record) -> int:
    """Number of a post among the names of resources; -1 for the list of those who wait for somebody."""
    return int(FIRST_POST + k.number if k.number >= 0 else -1)


@jitted
def update_load(w: World, k: Record) -> None:
    """Keep the load by which a list is chosen at hand, side by side with the team's others; infinite: no room."""
    if k.number >= 0:
        room = k.employed and k.load < role_of(w, k).list_limit * k.full_time_share
        load = rules.relative_load(k.load, k.full_time_share) if room else math.inf
        load_changes(w, row_at(w, k.team), k.place, load)


@jitted
def count_on_list(w: World, k: Record, change: int) -> None:
    """Account for a list that becomes longer or shorter."""
    list_changes(k, w.now)
    k.load += change
    update_load(w, k)


@jitted
def put_on_list(w: World, c: Record, number: int) -> None:
    """Put a citizen at the end of a list; a coordinator's makes the coordinator's department the citizen's."""
    k = post_at(w, number)
    team = team_at(w, k.team)
    c.on_list_of, c.previous, c.next = number, k.last, -1
    if team.department >= 0 and c.home < 0:
        c.department = team.department
    if k.last >= 0:
        citizen_at(w, k.last).next = c.number
    else:
        k.first = c.number
    k.last = c.number
    count_on_list(w, k, 1)
    by_group_at(w, number * w.group_count + c.group).v += 1
    team.citizens += 1


@jitted
def take_off_list(w: World, c: Record) -> None:
    """Take a citizen off the list they are on."""
    k = post_at(w, c.on_list_of)
    if c.previous >= 0:
        citizen_at(w, c.previous).next = c.next
    else:
        k.first = c.next
    if c.next >= 0:
        citizen_at(w, c.next).previous = c.previous
    else:
        k.last = c.previous
    count_on_list(w, k, -1)
    by_group_at(w, c.on_list_of * w.group_count + c.group).v -= 1
    team_at(w, k.team).citizens -= 1


@jitted
def change_caseworker(w: World, c: Record, new: int) -> None:
    """Move a citizen, with all that waits, to another coordinator's list."""
    former = c.on_list_of
    if former == new:
        return
    take_off_list(w, c)
    put_on_list(w, c, new)
    new_caseworker(w, c, new, post_at(w, former).number)
    move_tasks(w, c)


@jitted
def new_caseworker(w: World, c: Record, new: int, former: int) -> None:
    """A new face: counted unless the citizen had none before; a case in hand loses part of its progress."""
    record(w, Activity.CASEWORKER_CHANGES, c.number, resource_of(post_at(w, new)), float(former))
    if former < 0:
        return
    c.seen.caseworker_changes += 1
    if not taken_over(w, c, CLARIFICATION):
        case_changes_hands(w, c)


@jitted
def case_changes_hands(w: World, c: Record) -> None:
    """Somebody else prepares the case from now on: part of its progress is lost."""
    p = w.clarification
    if c.case == PREPARING and p.loss_share > 0.0:
        progress_lost(c, need_at(w, c.need).packages, p.loss_share, draw(w, c, Decision.PROGRESS_LOSS))


@jitted
def changes_over(w: World, c: Record, number: int) -> None:
    """Go over to another role's list: the coordinator has the citizen no longer."""
    c.home = c.on_list_of
    take_off_list(w, c)
    put_on_list(w, c, number)
    move_tasks(w, c)


@jitted
def keeps_list(w: World, k: Record) -> bool:
    """Whether somebody is in the post, or the list waits for a successor."""
    return bool(k.employed or (k.number >= 0 and role_of(w, k).successor_takes_list and not k.post_cut))
