"""Hiring, absence, resignation, vacancy, cuts: a post over time (as the reference's staffing)."""

from sim.catalogue import Activity
from sim.engine.codes import ON_LEAVE
from sim.engine.compiled.assignment import anybody_elsewhere, divide_list, fill_list
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, sample
from sim.engine.compiled.layout import citizen_at, does_at, member_at, post_at, team_at
from sim.engine.compiled.lists import case_changes_hands, new_caseworker, update_load
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import next_in_line, pass_places_on
from sim.engine.compiled.queues import leave_behind
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import call, move_tasks, on_duty, place_of, role_of
from sim.engine.order import Kind
from sim.engine.steps import staff as steps
from sim.model import staff as rules
from sim.model.decisions import Decision
from sim.model.distributions import rescaled
from sim.model.parameters import COORDINATOR, FIRST_POST
from sim.model.staff import was_there_before
from sim.model.work import CLARIFICATION, TASK_KINDS

HIRING, VACANT, AWAY, WORKING = range(4)
"""What the next event of a post ends."""


@jitted
def changes_duty(w: World, k: Record) -> None:
    """Keep up what is known of who is there: the load by which lists are chosen, and the queues left behind."""
    update_load(w, k)
    if not team_at(w, k.team).pooled:
        leave_behind(w, k.queue, not on_duty(k))


@jitted
def fills(w: World, k: Record) -> None:
    """Draw when somebody starts in the post; who did before the first simulated moment is there."""
    k.begins = k.starts + sample(w, k, Decision.HIRING_DELAY, k.delay)
    if was_there_before(k.begins, w.now):
        steps.in_post_before(k, k.begins, role_of(w, k).learning_weeks)
        k.opened = True
        team_at(w, k.team).open += 1
        changes_duty(w, k)


@jitted
def hiring(w: World, k: Record) -> None:
    """From the date of a new post until somebody starts in it."""
    k.phase = HIRING
    at(w, k.begins, Kind.POST.value, k.number, 0, 0)


@jitted
def hired(w: World, k: Record) -> None:
    """Somebody starts in the new post."""
    if not k.post_cut:
        starts_work(w, k)
        _gets_a_list(w, k)


@jitted
def starts_work(w: World, k: Record) -> None:
    """Somebody new starts in the post and learns."""
    steps.starts_work(k, w.now, role_of(w, k).learning_weeks)
    changes_duty(w, k)
    record(w, Activity.HIRED, -1, FIRST_POST + k.number, 0.0)
    if not k.opened:
        k.opened = True
        team = team_at(w, k.team)
        team.open += 1
        if team.open == 1 and team.role != COORDINATOR:
            _moves_all_tasks(w)


@jitted
def absence(w: World, k: Record) -> None:
    """Away for a spell; the list waits, or colleagues cover."""
    weeks = steps.falls_away(k, w.now)
    changes_duty(w, k)
    k.phase = AWAY
    record(w, Activity.ABSENCE_STARTS, -1, FIRST_POST + k.number, weeks)
    _ask_colleagues(w, k)
    at(w, w.now + weeks, Kind.POST.value, k.number, 0, 0)


@jitted
def leave(w: World, k: Record) -> None:
    """On leave for a spell; the list waits, or colleagues cover."""
    weeks = steps.goes_on_leave(k, w.now)
    changes_duty(w, k)
    k.phase = AWAY
    record(w, Activity.LEAVE_STARTS, -1, FIRST_POST + k.number, weeks)
    _ask_colleagues(w, k)
    at(w, w.now + weeks, Kind.POST.value, k.number, 0, 0)


@jitted
def back_at_work(w: World, k: Record) -> None:
    """The spell of absence or leave is over."""
    ends = Activity.LEAVE_ENDS if k.doing == ON_LEAVE else Activity.ABSENCE_ENDS
    steps.comes_back(k, w.now)
    changes_duty(w, k)
    record(w, ends, -1, FIRST_POST + k.number, 0.0)


@jitted
def vacancy(w: World, k: Record) -> None:
    """From resignation until the successor starts."""
    steps.resigns(k, w.now)
    changes_duty(w, k)
    k.phase = VACANT
    record(w, Activity.RESIGNS, -1, FIRST_POST + k.number, 0.0)
    role = role_of(w, k)
    if role.successor_takes_list:
        _ask_colleagues(w, k)
    else:
        _gives_list_away(w, k)
    at(w, w.now + sample(w, k, Decision.VACANCY, role.vacancy), Kind.POST.value, k.number, 0, 0)


@jitted
def successor_starts(w: World, k: Record) -> None:
    """The successor starts, unless the post was cut meanwhile."""
    if k.post_cut:
        return
    starts_work(w, k)
    if role_of(w, k).successor_takes_list:
        _takes_list(w, k)
    _gets_a_list(w, k)


@jitted
def give_up_post(w: World, k: Record) -> None:
    """Close a post that is cut; its list is divided. Where nobody is left of a role the coordinators do its work."""
    team = team_at(w, k.team)
    steps.post_closed(k, w.now)
    if k.opened:
        team.open -= 1
    changes_duty(w, k)
    record(w, Activity.POST_CUT, -1, FIRST_POST + k.number, 0.0)
    _gives_list_away(w, k)
    if team.open == 0 and team.role != COORDINATOR:
        next_in_line(w, k.team)
        _moves_all_tasks(w)


@jitted
def _moves_all_tasks(w: World) -> None:
    """Move everybody's waiting tasks to whoever does them now."""
    for i in range(w.admitted):
        c = citizen_at(w, i)
        if c.stage >= 0:
            move_tasks(w, c)


@jitted
def _gets_a_list(w: World, k: Record) -> None:
    """Who is new gets a list: a coordinator a part of the others', another role those who wait for a place."""
    if team_at(w, k.team).role == COORDINATOR:
        fill_list(w, k.number)
    else:
        next_in_line(w, k.team)


@jitted
def _gives_list_away(w: World, k: Record) -> None:
    """Colleagues get the list of who has left."""
    if team_at(w, k.team).role == COORDINATOR:
        divide_list(w, k.number)
    else:
        pass_places_on(w, k)


@jitted
def _takes_list(w: World, k: Record) -> None:
    """A successor takes the list that waited: a new face for everybody on it."""
    team = team_at(w, k.team)
    if team.role == COORDINATOR:
        i = k.first
        while i >= 0:
            c = citizen_at(w, i)
            new_caseworker(w, c, k.number, k.number)
            i = c.next
        if anybody_elsewhere(w):
            for i in range(w.admitted):
                c = citizen_at(w, i)
                if c.stage >= 0 and c.home == k.number:
                    new_caseworker(w, c, k.number, k.number)
    elif does_at(w, k.team * TASK_KINDS + CLARIFICATION).v:
        for i in range(w.admitted):
            c = citizen_at(w, i)
            if c.stage >= 0 and place_of(w, c, team.role).post == k.number:
                case_changes_hands(w, c)


@jitted
def next_absence(w: World, k: Record, role: Record) -> None:
    """Draw when somebody may fall ill next, and wait for it."""
    k.next_absence = w.now + steps.weeks_to_strain(role.absence, draw(w, k, Decision.ABSENCE))
    at(w, k.next_absence, Kind.ABSENCE.value, k.number, k.strain_clock, 0)


@jitted
def falls_ill(w: World, k: Record) -> None:
    """Somebody may fall ill; a task begun is finished first."""
    if w.stage != k.strain_clock:
        return
    role, u = role_of(w, k), draw(w, k, Decision.ABSENCE_ACCEPTED)
    if steps.gives_in(k, role.absence, role.reference, u) and on_duty(k) and k.absence_weeks == 0.0:
        k.absence_weeks = sample(w, k, Decision.ABSENCE_DURATION, role.absence_duration)
        call(w, k)
    next_absence(w, k, role)


@jitted
def next_leave(w: World, k: Record) -> None:
    """Wait until the next spell of leave is due."""
    role, first = role_of(w, k), 0.0 - w.warm_up
    u = draw(w, k, Decision.LEAVE)
    begins = first + rules.leave_begins(k.spell, role.leave_spells, role.leave_weeks, u)
    at(w, begins, Kind.LEAVE.value, k.number, 0, 0)


@jitted
def leave_is_due(w: World, k: Record) -> None:
    """A spell of leave is due; a task begun is finished first, and so is an absence."""
    k.spell += 1
    if k.employed:
        k.leave_due += role_of(w, k).leave_weeks
        call(w, k)
    next_leave(w, k)


@jitted
def next_resignation(w: World, k: Record, role: Record) -> None:
    """Draw when somebody may resign next, and wait for it."""
    k.next_resignation = w.now + steps.weeks_to_strain(role.turnover, draw(w, k, Decision.RESIGNATION))
    at(w, k.next_resignation, Kind.RESIGNATION.value, k.number, k.strain_clock, 0)


@jitted
def resigns(w: World, k: Record) -> None:
    """Somebody may resign."""
    if w.stage != k.strain_clock:
        return
    role, u = role_of(w, k), draw(w, k, Decision.RESIGNATION_ACCEPTED)
    if steps.gives_in(k, role.turnover, role.reference, u) and k.employed:
        k.resigning = True
        call(w, k)
    next_resignation(w, k, role)


@jitted
def strain_changes(w: World, k: Record, before: Record, role: Record) -> None:
    """Move the next absence and the next resignation if a policy changes how often they come."""
    absence, was_absence = steps.highest_strain(role.absence), steps.highest_strain(before.absence)
    turnover, was_turnover = steps.highest_strain(role.turnover), steps.highest_strain(before.turnover)
    if absence == was_absence and turnover == was_turnover:
        return
    k.strain_clock += 1
    if was_absence == 0.0 or absence == 0.0:
        next_absence(w, k, role)
    else:
        k.next_absence = rescaled(w.now, k.next_absence, was_absence, absence)
        at(w, k.next_absence, Kind.ABSENCE.value, k.number, k.strain_clock, 0)
    if was_turnover == 0.0 or turnover == 0.0:
        next_resignation(w, k, role)
    else:
        k.next_resignation = rescaled(w.now, k.next_resignation, was_turnover, turnover)
        at(w, k.next_resignation, Kind.RESIGNATION.value, k.number, k.strain_clock, 0)


@jitted
def post_cut(w: World, k: Record) -> None:
    """The day the post is cut: closed as soon as who is in it is back and free; if vacant, at once."""
    k.post_cut = True
    if k.employed:
        call(w, k)
    else:
        give_up_post(w, k)


@jitted
def _ask_colleagues(w: World, k: Record) -> None:
    """Colleagues who sit idle look at the work of one who is away, if that is the policy."""
    if role_of(w, k).colleagues_cover:
        d = team_at(w, k.team)
        for i in range(d.posts):
            colleague = post_at(w, member_at(w, d.first_post + i).post)
            if on_duty(colleague):
                call(w, colleague)
