"""Reassessment: a meeting moves a citizen to another group (as `sim.engine.reference.reassessment`)."""

from sim.catalogue import Activity
from sim.engine.compiled.assignment import choose_coordinator, choose_team, serves
from sim.engine.compiled.draws import draw
from sim.engine.compiled.exit_clock import hazards_change
from sim.engine.compiled.layout import by_group_at, group_at, numbers, post_at, team_at
from sim.engine.compiled.lists import change_caseworker, new_caseworker
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import department_changed
from sim.engine.compiled.recorder import changes_group, record
from sim.engine.compiled.tasks import move_tasks
from sim.engine.compiled.traits import in_new_group
from sim.engine.steps import leaving as steps
from sim.model.clarification import pick_by_share
from sim.model.decisions import Decision
from sim.model.meetings import achieved


@jitted
def reassess(w: World, c: Record) -> None:
    """At a meeting: perhaps the citizen belongs in another group from now on."""
    group = group_at(w, c.group)
    share = group.reassessed_share
    if share > 0.0 and achieved(draw(w, c, Decision.REASSESSED), share, c.last_length):
        moves_to_group(w, c, pick_by_share(numbers(w, group.reassessed_to), draw(w, c, Decision.REASSESSED_TO)))


@jitted
def moves_to_group(w: World, c: Record, group: int) -> None:
    """Go on in another group; the department changes if it does not serve that group."""
    before = int(c.group)
    changes_group(w, c, group)
    record(w, Activity.REASSESSED, c.number, -1, float(group))
    by_group_at(w, c.on_list_of * w.group_count + before).v -= 1
    by_group_at(w, c.on_list_of * w.group_count + group).v += 1
    steps.reassessed(c, group)
    hazards_change(w, c, before, c.group)
    in_new_group(w, c)
    if not serves(w, c.department, group):
        _changes_department(w, c, choose_coordinator(w, c, choose_team(w, c)))
        department_changed(w, c)


@jitted
def _changes_department(w: World, c: Record, new: int) -> None:
    """Change to a coordinator elsewhere; who is on another role's list stays there until the way back."""
    former = int(c.home)
    if former < 0:
        change_caseworker(w, c, new)
        return
    c.home, c.department = new, team_at(w, post_at(w, new).team).department
    new_caseworker(w, c, new, post_at(w, former).number)
    move_tasks(w, c)
