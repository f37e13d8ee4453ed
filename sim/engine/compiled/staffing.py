"""Hiring, absence, resignation, vacancy, cuts: a coordinator's post over time (as the reference's staffing)."""

from sim.catalogue import Activity
from sim.engine.compiled.assignment import divide_list, fill_list, new_caseworker, update_load
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, sample
from sim.engine.compiled.layout import citizen_at, coordinator_at, department_at, member_at
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.queues import leave_behind
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import call, on_duty
from sim.engine.order import Kind
from sim.engine.steps import staff as steps
from sim.model.decisions import Decision
from sim.model.parameters import FIRST_COORDINATOR
from sim.model.staff import was_there_before

HIRING, VACANT, AWAY, WORKING = range(4)
"""What a coordinator's next event ends."""


@jitted
def changes_duty(w: World, k: Record) -> None:
    """Keep up what is known of who is there: the load by which lists are chosen, and the queues left behind."""
    update_load(w, k)
    if not department_at(w, k.department).pooled:
        leave_behind(w, k.queue, not on_duty(k))


@jitted
def fills(w: World, k: Record) -> None:
    """Draw when somebody starts in the post; who did before the first simulated moment is there."""
    k.begins = k.starts + sample(w, k, Decision.HIRING_DELAY, k.delay)
    if was_there_before(k.begins, w.now):
        steps.in_post_before(k, k.begins, w.staff.learning_weeks)
        changes_duty(w, k)


@jitted
def hiring(w: World, k: Record) -> None:
    """From the date of a new post until somebody starts in it."""
    k.phase = HIRING
    at(w, k.begins, Kind.COORDINATOR.value, k.number, 0, 0)


@jitted
def hired(w: World, k: Record) -> None:
    """Somebody starts in the new post."""
    if not k.post_cut:
        starts_work(w, k)
        fill_list(w, k.number)


@jitted
def starts_work(w: World, k: Record) -> None:
    """A new coordinator starts in the post and learns."""
    steps.starts_work(k, w.now, w.staff.learning_weeks)
    changes_duty(w, k)
    record(w, Activity.HIRED, -1, FIRST_COORDINATOR + k.number, 0.0)


@jitted
def absence(w: World, k: Record) -> None:
    """Away for a spell; the list waits, or colleagues cover."""
    weeks = steps.falls_away(k, w.now)
    changes_duty(w, k)
    k.phase = AWAY
    record(w, Activity.ABSENCE_STARTS, -1, FIRST_COORDINATOR + k.number, weeks)
    _ask_colleagues(w, k)
    at(w, w.now + weeks, Kind.COORDINATOR.value, k.number, 0, 0)


@jitted
def back_at_work(w: World, k: Record) -> None:
    """The spell of absence is over."""
    steps.comes_back(k, w.now)
    changes_duty(w, k)
    record(w, Activity.ABSENCE_ENDS, -1, FIRST_COORDINATOR + k.number, 0.0)


@jitted
def vacancy(w: World, k: Record) -> None:
    """From resignation until the successor starts."""
    steps.resigns(k, w.now)
    changes_duty(w, k)
    k.phase = VACANT
    record(w, Activity.RESIGNS, -1, FIRST_COORDINATOR + k.number, 0.0)
    if w.staff.successor_takes_list:
        _ask_colleagues(w, k)
    else:
        divide_list(w, k.number)
    at(w, w.now + sample(w, k, Decision.VACANCY, w.staff.vacancy), Kind.COORDINATOR.value, k.number, 0, 0)


@jitted
def successor_starts(w: World, k: Record) -> None:
    """The successor starts, unless the post was cut meanwhile."""
    if k.post_cut:
        return
    starts_work(w, k)
    if w.staff.successor_takes_list:
        i = k.first
        while i >= 0:
            c = citizen_at(w, i)
            new_caseworker(w, c, k.number)
            i = c.next
    fill_list(w, k.number)


@jitted
def give_up_post(w: World, k: Record) -> None:
    """Close a post that is cut; its list is divided."""
    steps.post_closed(k, w.now)
    changes_duty(w, k)
    record(w, Activity.POST_CUT, -1, FIRST_COORDINATOR + k.number, 0.0)
    divide_list(w, k.number)


@jitted
def next_absence(w: World, k: Record) -> None:
    """Wait until the coordinator may fall ill."""
    gap = steps.weeks_to_strain(w.staff.absence, draw(w, k, Decision.ABSENCE))
    at(w, w.now + gap, Kind.ABSENCE.value, k.number, 0, 0)


@jitted
def falls_ill(w: World, k: Record) -> None:
    """The coordinator may fall ill; a task begun is finished first."""
    u = draw(w, k, Decision.ABSENCE_ACCEPTED)
    if steps.gives_in(k, w.staff.absence, w.reference_caseload, u) and on_duty(k) and k.absence_weeks == 0.0:
        k.absence_weeks = sample(w, k, Decision.ABSENCE_DURATION, w.staff.absence_duration)
        call(w, k)
    next_absence(w, k)


@jitted
def next_resignation(w: World, k: Record) -> None:
    """Wait until the coordinator may resign."""
    gap = steps.weeks_to_strain(w.staff.turnover, draw(w, k, Decision.RESIGNATION))
    at(w, w.now + gap, Kind.RESIGNATION.value, k.number, 0, 0)


@jitted
def resigns(w: World, k: Record) -> None:
    """The coordinator may resign."""
    u = draw(w, k, Decision.RESIGNATION_ACCEPTED)
    if steps.gives_in(k, w.staff.turnover, w.reference_caseload, u) and k.employed:
        k.resigning = True
        call(w, k)
    next_resignation(w, k)


@jitted
def post_cut(w: World, k: Record) -> None:
    """The day the post is cut: closed as soon as its coordinator is back and free; if vacant, at once."""
    k.post_cut = True
    if k.employed:
        call(w, k)
    else:
        give_up_post(w, k)


@jitted
def _ask_colleagues(w: World, k: Record) -> None:
    """Colleagues who sit idle look at the work of one who is away, if that is the policy."""
    if w.staff.colleagues_cover:
        d = department_at(w, k.department)
        for i in range(d.posts):
            colleague = coordinator_at(w, member_at(w, d.first_post + i).post)
            if on_duty(colleague):
                call(w, colleague)
