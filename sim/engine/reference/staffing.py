"""Hiring, absence, resignation, vacancy, cuts: a coordinator's post over time."""

from sim.catalogue import Activity
from sim.engine.codes import ABSENT, IDLE, OFF
from sim.engine.order import Kind
from sim.engine.reference.assignment import divide_list, fill_list, new_caseworker
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Coordinator
from sim.engine.reference.tasks import call
from sim.model import staff
from sim.model.decisions import Of
from sim.model.distributions import exponential
from sim.model.parameters import FIRST_COORDINATOR, Strain


def hiring(jc: Centre, k: Coordinator) -> Process:
    """From the date of a new post until somebody starts in it."""
    post = jc.p.posts[k.number]
    yield jc.at(max(jc.now, post.starts + jc.drawn(k, Of.HIRING_DELAY, post.delay)), Kind.COORDINATOR, k.number)
    if not k.post_cut:
        starts_work(jc, k)
        fill_list(jc, k)


def starts_work(jc: Centre, k: Coordinator) -> None:
    """A new coordinator starts in the post and learns."""
    k.employed = True
    k.learning_until = jc.now + jc.p.staff.learning_weeks
    k.credit, k.credit_since, k.case_hours = 0.0, jc.now, 0.0
    jc.recorder.changes_state(k, jc.now, IDLE)
    jc.note(Activity.HIRED, None, FIRST_COORDINATOR + k.number)


def absence(jc: Centre, k: Coordinator) -> Process:
    """Away for a spell; the list waits, or colleagues cover."""
    weeks, k.absence_weeks = k.absence_weeks, 0.0
    k.absent = True
    jc.recorder.changes_state(k, jc.now, ABSENT)
    jc.note(Activity.ABSENCE_STARTS, None, FIRST_COORDINATOR + k.number, weeks)
    _ask_colleagues(jc, k)
    yield jc.at(jc.now + weeks, Kind.COORDINATOR, k.number)
    k.absent = False
    k.credit_since = jc.now
    jc.recorder.changes_state(k, jc.now, IDLE)
    jc.note(Activity.ABSENCE_ENDS, None, FIRST_COORDINATOR + k.number)


def vacancy(jc: Centre, k: Coordinator) -> Process:
    """From resignation until the successor starts."""
    k.resigning = False
    k.absence_weeks = 0.0  # of the one who leaves, not of the successor
    k.employed = False
    k.resignations += 1
    jc.recorder.changes_state(k, jc.now, OFF)
    jc.note(Activity.RESIGNS, None, FIRST_COORDINATOR + k.number)
    if jc.p.staff.successor_takes_list:
        _ask_colleagues(jc, k)
    else:
        divide_list(jc, k)
    yield jc.at(jc.now + jc.drawn(k, Of.VACANCY, jc.p.staff.vacancy), Kind.COORDINATOR, k.number)
    if k.post_cut:
        return
    starts_work(jc, k)
    if jc.p.staff.successor_takes_list:
        for c in k.citizens.values():
            new_caseworker(jc, c, k.number)
    fill_list(jc, k)


def give_up_post(jc: Centre, k: Coordinator) -> None:
    """Close a post that is cut."""
    k.employed = False
    jc.recorder.changes_state(k, jc.now, OFF)
    jc.note(Activity.POST_CUT, None, FIRST_COORDINATOR + k.number)
    divide_list(jc, k)


def absences(jc: Centre, k: Coordinator) -> Process:
    """When the coordinator falls ill; a task begun is finished first."""
    s = jc.p.staff.absence
    while True:
        yield jc.at(jc.now + _gap(jc, k, s, Of.ABSENCE), Kind.ABSENCE, k.number)
        if _happens(jc, k, s, Of.ABSENCE_ACCEPTED) and k.on_duty and k.absence_weeks == 0.0:
            k.absence_weeks = jc.drawn(k, Of.ABSENCE_DURATION, jc.p.staff.absence_duration)
            call(jc, k)


def resignations(jc: Centre, k: Coordinator) -> Process:
    """When the coordinator resigns."""
    s = jc.p.staff.turnover
    while True:
        yield jc.at(jc.now + _gap(jc, k, s, Of.RESIGNATION), Kind.RESIGNATION, k.number)
        if _happens(jc, k, s, Of.RESIGNATION_ACCEPTED) and k.employed:
            k.resigning = True
            call(jc, k)


def post_cut(jc: Centre, k: Coordinator) -> Process:
    """The day the post is cut: closed as soon as its coordinator is back and free; if vacant, at once."""
    yield jc.at(max(jc.now, jc.p.posts[k.number].ends), Kind.POST_CUT, k.number)
    k.post_cut = True
    if k.employed:
        call(jc, k)
    else:
        divide_list(jc, k)


def _ask_colleagues(jc: Centre, k: Coordinator) -> None:
    """Colleagues who sit idle look at the work of one who is away, if that is the policy."""
    if jc.p.staff.colleagues_cover:
        for colleague in k.department.coordinators:
            if colleague.on_duty:
                call(jc, colleague)


def _gap(jc: Centre, k: Coordinator, s: Strain, decision: Of) -> float:
    rate = staff.highest_rate(s.per_year, s.elasticity, s.max_factor)
    return exponential(rate, jc.draw(k, decision))


def _happens(jc: Centre, k: Coordinator, s: Strain, decision: Of) -> bool:
    caseload = staff.full_time_caseload(len(k.citizens), k.full_time_share)
    factor = staff.strain(caseload, jc.p.reference_caseload, s.elasticity, s.max_factor)
    return staff.strain_accepted(jc.draw(k, decision), factor, s.elasticity, s.max_factor)
