"""Somebody at work: one task at a time, in order of priority and due date."""

from simpy.events import Event

from sim.catalogue import Activity
from sim.engine.codes import BUSY
from sim.engine.order import Kind
from sim.engine.reference import staffing
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Post, Task, first_real, resource_of
from sim.engine.reference.tasks import take_out
from sim.engine.steps import staff as steps
from sim.model import staff
from sim.model.work import EXTRA_MEETING


def post(jc: Centre, k: Post) -> Process:
    """A post, from the first day to the horizon or until it is cut."""
    if not k.employed:
        yield from staffing.hiring(jc, k)
        if k.post_cut:
            return
    yield jc.at(jc.now, Kind.DESK, k.number)
    while True:
        if k.post_cut:
            staffing.give_up_post(jc, k)
            return
        if k.resigning:
            yield from staffing.vacancy(jc, k)
            if k.post_cut:
                return
            yield jc.at(jc.now, Kind.DESK, k.number)
        elif k.absence_weeks > 0.0:
            yield from staffing.absence(jc, k)
            yield jc.at(jc.now, Kind.DESK, k.number)
        elif k.leave_due > 0.0:
            yield from staffing.leave(jc, k)
            yield jc.at(jc.now, Kind.DESK, k.number)
        elif (task := next_task(jc, k)) is not None:
            yield from work_on(jc, k, task)
            yield jc.at(jc.now, Kind.DESK, k.number)
        else:
            k.bell = Event(jc.clock)
            yield k.bell


def work_on(jc: Centre, k: Post, task: Task) -> Process:
    """Do one task to its end; then the citizen who waits for it goes on."""
    take_out(task)
    hours = task.begin(jc, k, task)
    productivity = staff.productivity(jc.now, k.learning_until, k.team.role.learning_productivity)
    weeks = staff.task_weeks(hours, k.hours_per_week, productivity)
    worked, lasted = staff.hours_worked(hours, productivity), staff.calendar_hours(weeks)
    resource = resource_of(k)
    if not task.held:
        extra = float(task.kind == EXTRA_MEETING)
        jc.record(Activity.NO_SHOW, task.citizen, resource, extra, working_hours=worked, calendar_hours=lasted)
    steps.changes_state(k, jc.now, BUSY, task.kind)
    yield jc.at(jc.now + weeks, Kind.POST, k.number)
    steps.task_done(k, jc.now, weeks)
    if task.held:
        jc.record(task.ends, task.citizen, resource, working_hours=worked, calendar_hours=lasted)
    task.done.succeed()


def next_task(jc: Centre, k: Post) -> Task | None:
    """Choose from the own queue, or with nothing else to do from that of a colleague who is away."""
    steps.update_credit(k, jc.now, k.team.role.protected_share)
    own = k.queue.first(k.credit > 0.0)
    if first_real(own) is None and k.team.role.colleagues_cover:
        for colleague in (*k.team.posts, k.team.unassigned):
            if not colleague.on_duty and (task := first_real(colleague.queue.first(False))) is not None:
                return task
    return own
