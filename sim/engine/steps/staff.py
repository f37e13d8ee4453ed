"""Steps of a coordinator's post."""

from sim.engine.codes import ABSENT, BUSY, IDLE, OFF, ON_LEAVE
from sim.engine.steps import Record
from sim.model import staff
from sim.model.distributions import exponential
from sim.model.jit import step
from sim.model.work import CLARIFICATION


@step
def list_changes(k: Record, now: float) -> None:
    """Account for the list as it was until now."""
    k.list_area += k.load * (now - k.list_since)
    k.list_since = now


@step
def changes_state(k: Record, now: float, doing: int, task_kind: int) -> None:
    """Account for what was done in the post until now, and note what comes next."""
    weeks = now - k.doing_since
    if k.doing != OFF:
        k.employed_weeks += weeks
    if k.doing == ABSENT:
        k.absent_weeks += weeks
    elif k.doing == ON_LEAVE:
        k.on_leave_weeks += weeks
    elif k.doing == BUSY:
        k.hours[k.task_kind] += weeks * k.hours_per_week
    k.doing = doing
    k.task_kind = task_kind
    k.doing_since = now


@step
def starts_work(k: Record, now: float, learning_weeks: float) -> None:
    """A new coordinator starts in the post and learns."""
    k.employed = True
    k.learning_until = now + learning_weeks
    k.credit = 0.0
    k.credit_since = now
    k.case_hours = 0.0
    changes_state(k, now, IDLE, 0)


@step
def in_post_before(k: Record, since: float, learning_weeks: float) -> None:
    """The coordinator has been in the post since before the first simulated moment, and learns on if new."""
    k.employed = True
    k.learning_until = since + learning_weeks
    k.doing = IDLE


@step
def falls_away(k: Record, now: float) -> float:
    """A spell of absence begins; returns its weeks."""
    weeks = k.absence_weeks
    k.absence_weeks = 0.0
    k.absent = True
    changes_state(k, now, ABSENT, 0)
    return float(weeks)


@step
def goes_on_leave(k: Record, now: float) -> float:
    """A spell of leave begins; returns its weeks."""
    weeks = k.leave_due
    k.leave_due = 0.0
    k.absent = True
    changes_state(k, now, ON_LEAVE, 0)
    return float(weeks)


@step
def comes_back(k: Record, now: float) -> None:
    """A spell of absence or leave is over."""
    k.absent = False
    k.credit_since = now
    changes_state(k, now, IDLE, 0)


@step
def resigns(k: Record, now: float) -> None:
    """The coordinator leaves the post."""
    k.resigning = False
    k.absence_weeks = 0.0  # of the one who leaves, not of the successor
    k.leave_due = 0.0
    k.employed = False
    k.resignations += 1
    changes_state(k, now, OFF, 0)


@step
def post_closed(k: Record, now: float) -> None:
    """The post is cut."""
    k.employed = False
    changes_state(k, now, OFF, 0)


@step
def task_done(k: Record, now: float, weeks: float) -> None:
    """A task of so many weeks is done."""
    if k.task_kind == CLARIFICATION:
        k.case_hours += weeks * k.hours_per_week
    changes_state(k, now, IDLE, 0)


@step
def update_credit(k: Record, now: float, protected_share: float) -> None:
    """Add up the time that is kept free for clarification, less what was used."""
    protected = protected_share * k.hours_per_week
    if protected > 0.0:
        k.credit = staff.protected_credit(k.credit, now - k.credit_since, protected, k.case_hours)
        k.credit_since = now
        k.case_hours = 0.0


@step
def highest_strain(s: Record) -> float:
    """Rate a week at which somebody under the highest strain falls ill or resigns."""
    return staff.highest_rate(s.per_year, s.elasticity, s.max_factor)


@step
def weeks_to_strain(s: Record, u: float) -> float:
    """Weeks until somebody under the highest strain falls ill or resigns."""
    return exponential(highest_strain(s), u)


@step
def gives_in(k: Record, s: Record, reference: float, u: float) -> bool:
    """Whether the coordinator does so under the strain of the present list."""
    caseload = staff.full_time_caseload(k.load, k.full_time_share)
    factor = staff.strain(caseload, reference, s.elasticity, s.max_factor)
    return staff.strain_accepted(u, factor, s.elasticity, s.max_factor)
