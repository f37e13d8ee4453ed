"""Lists of citizens: on a list, off it, from one to another."""

from sim.catalogue import Activity
from sim.engine.codes import PREPARING
from sim.engine.reference.centre import Centre
from sim.engine.reference.state import Citizen, Post, resource_of
from sim.engine.reference.tasks import move_tasks, taken_over
from sim.engine.steps.casework import progress_lost
from sim.engine.steps.staff import list_changes
from sim.model.decisions import Decision
from sim.model.work import CLARIFICATION


def put_on_list(jc: Centre, c: Citizen, k: Post) -> None:
    """Put a citizen on a list; a coordinator's makes the coordinator's department the citizen's."""
    list_changes(k, jc.now)
    c.on_list_of = k
    if k.team.parameters.department >= 0 and c.home is None:
        c.department = k.team.parameters.department
    k.citizens[c.number] = c
    k.load += 1
    k.by_group[c.group] += 1
    k.team.citizens += 1
    if jc.tracer is not None:
        jc.tracer.on_list(c, k, jc.now)


def take_off_list(jc: Centre, c: Citizen) -> None:
    """Take a citizen off the list they are on."""
    k = c.on_list_of
    list_changes(k, jc.now)
    del k.citizens[c.number]
    k.load -= 1
    k.by_group[c.group] -= 1
    k.team.citizens -= 1
    if jc.tracer is not None:
        jc.tracer.off_list(c, k, jc.now)


def change_caseworker(jc: Centre, c: Citizen, new: Post) -> None:
    """Move a citizen, with all that waits, to another coordinator's list."""
    former = c.on_list_of
    if former is new:
        return
    take_off_list(jc, c)
    put_on_list(jc, c, new)
    new_caseworker(jc, c, new, former.number)
    move_tasks(jc, c)


def new_caseworker(jc: Centre, c: Citizen, k: Post, former: int) -> None:
    """A new face: counted unless the citizen had none before; a case in hand loses part of its progress."""
    jc.record(Activity.CASEWORKER_CHANGES, c, resource_of(k), float(former))
    if former < 0:
        return
    c.seen.caseworker_changes += 1
    if not taken_over(jc, c, CLARIFICATION):
        case_changes_hands(jc, c)


def case_changes_hands(jc: Centre, c: Citizen) -> None:
    """Somebody else prepares the case from now on: part of its progress is lost."""
    p = jc.p.clarification
    if c.case == PREPARING and p.loss_share > 0.0:
        progress_lost(c, jc.p.needs[c.need].packages, p.loss_share, jc.draw(c, Decision.PROGRESS_LOSS))


def changes_over(jc: Centre, c: Citizen, k: Post) -> None:
    """Go over to another role's list: the coordinator has the citizen no longer."""
    c.home = c.on_list_of
    take_off_list(jc, c)
    put_on_list(jc, c, k)
    move_tasks(jc, c)


def keeps_list(k: Post) -> bool:
    """Whether somebody is in the post, or the list waits for a successor."""
    return k.employed or (k.number >= 0 and k.team.role.successor_takes_list and not k.post_cut)
