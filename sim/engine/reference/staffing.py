"""Hiring, absence, resignation, vacancy, cuts: a coordinator's post over time."""

from sim.catalogue import Activity
from sim.engine.order import Kind
from sim.engine.reference.assignment import divide_list, fill_list, new_caseworker
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Coordinator
from sim.engine.reference.tasks import call
from sim.engine.steps import staff as steps
from sim.model.decisions import Decision
from sim.model.parameters import FIRST_COORDINATOR


def hiring(jc: Centre, k: Coordinator) -> Process:
    """From the date of a new post until somebody starts in it."""
    yield jc.at(k.begins, Kind.COORDINATOR, k.number)
    if not k.post_cut:
        starts_work(jc, k)
        fill_list(jc, k)


def starts_work(jc: Centre, k: Coordinator) -> None:
    """A new coordinator starts in the post and learns."""
    steps.starts_work(k, jc.now, jc.p.staff.learning_weeks)
    jc.record(Activity.HIRED, None, FIRST_COORDINATOR + k.number)


def absence(jc: Centre, k: Coordinator) -> Process:
    """Away for a spell; the list waits, or colleagues cover."""
    weeks = steps.falls_away(k, jc.now)
    jc.record(Activity.ABSENCE_STARTS, None, FIRST_COORDINATOR + k.number, weeks)
    _ask_colleagues(jc, k)
    yield jc.at(jc.now + weeks, Kind.COORDINATOR, k.number)
    steps.comes_back(k, jc.now)
    jc.record(Activity.ABSENCE_ENDS, None, FIRST_COORDINATOR + k.number)


def vacancy(jc: Centre, k: Coordinator) -> Process:
    """From resignation until the successor starts."""
    steps.resigns(k, jc.now)
    jc.record(Activity.RESIGNS, None, FIRST_COORDINATOR + k.number)
    if jc.p.staff.successor_takes_list:
        _ask_colleagues(jc, k)
    else:
        divide_list(jc, k)
    yield jc.at(jc.now + jc.sample(k, Decision.VACANCY, jc.p.staff.vacancy), Kind.COORDINATOR, k.number)
    if k.post_cut:
        return
    starts_work(jc, k)
    if jc.p.staff.successor_takes_list:
        for c in k.citizens.values():
            new_caseworker(jc, c, k.number)
    fill_list(jc, k)


def give_up_post(jc: Centre, k: Coordinator) -> None:
    """Close a post that is cut; its list is divided."""
    steps.post_closed(k, jc.now)
    jc.record(Activity.POST_CUT, None, FIRST_COORDINATOR + k.number)
    divide_list(jc, k)


def absences(jc: Centre, k: Coordinator) -> Process:
    """When the coordinator falls ill; a task begun is finished first."""
    s = jc.p.staff.absence
    while True:
        yield jc.at(jc.now + steps.weeks_to_strain(s, jc.draw(k, Decision.ABSENCE)), Kind.ABSENCE, k.number)
        gives_in = steps.gives_in(k, s, jc.p.reference_caseload, jc.draw(k, Decision.ABSENCE_ACCEPTED))
        if gives_in and k.on_duty and k.absence_weeks == 0.0:
            k.absence_weeks = jc.sample(k, Decision.ABSENCE_DURATION, jc.p.staff.absence_duration)
            call(jc, k)


def resignations(jc: Centre, k: Coordinator) -> Process:
    """When the coordinator resigns."""
    s = jc.p.staff.turnover
    while True:
        yield jc.at(jc.now + steps.weeks_to_strain(s, jc.draw(k, Decision.RESIGNATION)), Kind.RESIGNATION, k.number)
        gives_in = steps.gives_in(k, s, jc.p.reference_caseload, jc.draw(k, Decision.RESIGNATION_ACCEPTED))
        if gives_in and k.employed:
            k.resigning = True
            call(jc, k)


def post_cut(jc: Centre, k: Coordinator) -> Process:
    """The day the post is cut: closed as soon as its coordinator is back and free; if vacant, at once."""
    yield jc.at(jc.p.posts[k.number].ends, Kind.POST_CUT, k.number)
    k.post_cut = True
    if k.employed:
        call(jc, k)
    else:
        give_up_post(jc, k)


def _ask_colleagues(jc: Centre, k: Coordinator) -> None:
    """Colleagues who sit idle look at the work of one who is away, if that is the policy."""
    if jc.p.staff.colleagues_cover:
        for colleague in k.department.coordinators:
            if colleague.on_duty:
                call(jc, colleague)
