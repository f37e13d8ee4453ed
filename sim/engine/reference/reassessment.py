"""Reassessment: a meeting moves a citizen to another group, and what waits and runs goes on."""

from sim.catalogue import Activity
from sim.engine.reference.assignment import choose_coordinator, choose_team
from sim.engine.reference.centre import Centre
from sim.engine.reference.exit_clock import hazards_change
from sim.engine.reference.lists import change_caseworker, new_caseworker
from sim.engine.reference.places import department_changed
from sim.engine.reference.state import Citizen, Post
from sim.engine.reference.tasks import move_tasks
from sim.engine.reference.traits import in_new_group
from sim.engine.steps import leaving as steps
from sim.model.clarification import pick_by_share
from sim.model.decisions import Decision
from sim.model.meetings import achieved


def reassess(jc: Centre, c: Citizen) -> None:
    """At a meeting: perhaps the citizen belongs in another group from now on."""
    group = jc.p.groups[c.group]
    share = group.reassessed_share
    if share > 0.0 and achieved(jc.draw(c, Decision.REASSESSED), share, c.last_length):
        moves_to_group(jc, c, pick_by_share(group.reassessed_to, jc.draw(c, Decision.REASSESSED_TO)))


def moves_to_group(jc: Centre, c: Citizen, group: int) -> None:
    """Go on in another group; the department changes if it does not serve that group."""
    before = jc.p.groups[c.group]
    jc.recorder.changes_group(c, group, jc.now)
    jc.record(Activity.REASSESSED, c, -1, float(group))
    c.on_list_of.by_group[c.group] -= 1
    c.on_list_of.by_group[group] += 1
    steps.reassessed(c, group)
    hazards_change(jc, c, before)
    in_new_group(jc, c)
    if not jc.p.departments[c.department].serves[group]:
        _changes_department(jc, c, choose_coordinator(jc, c, choose_team(jc, c)))
        department_changed(jc, c)


def _changes_department(jc: Centre, c: Citizen, new: Post) -> None:
    """Change to a coordinator elsewhere; who is on another role's list stays there until the way back."""
    former = c.home
    if former is None:
        change_caseworker(jc, c, new)
        return
    c.home, c.department = new, new.team.parameters.department
    new_caseworker(jc, c, new, former.number)
    move_tasks(jc, c)
