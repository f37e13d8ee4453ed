"""Internships, small jobs and programmes (as `sim.engine.reference.offers`)."""

from sim.catalogue import Activity
from sim.engine.codes import JOB
from sim.engine.compiled.assignment import coordinator_resource
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, sample, value_of
from sim.engine.compiled.layout import (
    admits_at,
    citizen_at,
    consultant_at,
    coordinator_at,
    group_at,
    place_at,
    programme_at,
    vendor_at,
)
from sim.engine.compiled.leaving import goes_to
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import (
    consultant_line,
    leave_consultant,
    leave_course,
    next_to_consultant,
    next_to_course,
    programme_line,
    work_line,
)
from sim.engine.compiled.queues import join, leave_front, skip_gone
from sim.engine.compiled.recorder import record, record_work
from sim.engine.compiled.tasks import submit
from sim.engine.order import Kind
from sim.engine.steps import offers as steps
from sim.model import meetings, staff
from sim.model import offers as rules
from sim.model.decisions import Decision
from sim.model.exits import Hazard
from sim.model.parameters import FIRST_COORDINATOR
from sim.model.streams import uniform
from sim.model.work import HANDOVER, PLACEMENT


@jitted
def look_for_offers(w: World, c: Record) -> None:
    """At a meeting: find a citizen ready for an internship, refer one to a programme."""
    share = group_at(w, c.group).ready_share
    if (
        share > 0.0
        and c.internship == rules.NO_INTERNSHIP
        and meetings.achieved(draw(w, c, Decision.READY), share, c.last_length)
    ):
        c.followed_up = False
        steps.found_ready(c, w.now)
        record(w, Activity.READY, c.number, -1, 0.0)
        kind = PLACEMENT if w.internships.three_in_one else HANDOVER
        submit(w, c, kind, w.now, w.priorities[kind])
    for i in range(w.programme_count):
        programme = programme_at(w, i)
        if admits_at(w, i * w.group_count + c.group).v and c.programme < 0 and c.programme_wanted < 0:
            u = uniform(c.key, c.ordinal, w.replication, programme.referral_key, c.met)
            if meetings.achieved(u, programme.referral_share, c.last_length):
                c.programme_wanted = i
                record(w, Activity.REFERRED, c.number, -1, 0.0)
                join(w, programme_line(w, i), c.number, c.stage, 0)
                next_to_course(w, i)


@jitted
def handed_over(w: World, c: Record) -> None:
    """The handover is done: wait for a place on a consultant's list."""
    d = coordinator_at(w, c.coordinator).department
    join(w, consultant_line(w, d), c.number, c.stage, 0)
    next_to_consultant(w, d)


@jitted
def taken_on(w: World, c: Record) -> None:
    """On a consultant's list: ask for placement."""
    c.internship = rules.PLACING
    ask_consultant(w, c, Activity.PLACEMENT_STARTS.value)


@jitted
def ask_consultant(w: World, c: Record, starts: int) -> None:
    """Put placement or follow-up work into the queue of the citizen's consultant."""
    join(w, work_line(w, c.consultant), c.number, c.stage, starts)
    v = consultant_at(w, c.consultant)
    if v.bell:
        v.bell = False
        at(w, w.now, Kind.CONSULTANT_DESK.value, c.consultant, 0, 0)


@jitted
def placement_done(w: World, c: Record) -> None:
    """Placement work is done: search; follow-up work is done: back with the coordinator."""
    if c.followed_up:
        _back(w, c)
        return
    c.internship = rules.SEARCHING
    weeks = sample(w, c, Decision.SEARCH, w.internships.search)
    c.found = rules.finds_place(c.placeable, weeks, w.internships.give_up)
    at(w, w.now + (weeks if c.found else w.internships.give_up), Kind.INTERNSHIP.value, c.number, c.stage, 0)


@jitted
def internship_goes_on(w: World, c: Record) -> None:
    """The search is over, or the internship is."""
    if c.internship == rules.INTERN:
        _internship_ends(w, c)
    elif c.found:
        steps.internship_begins(c, w.now)
        record(w, Activity.INTERNSHIP_STARTS, c.number, _placer(w, c), 0.0)
        weeks = sample(w, c, Decision.INTERNSHIP_DURATION, w.internships.duration)
        at(w, w.now + weeks, Kind.INTERNSHIP.value, c.number, c.stage, 0)
    else:
        record(w, Activity.SEARCH_GIVEN_UP, c.number, _placer(w, c), 0.0)
        _back(w, c)


@jitted
def _internship_ends(w: World, c: Record) -> None:
    steps.internship_over(c, w.now, w.internships.after_weeks)
    c.followed_up = True
    record(w, Activity.INTERNSHIP_ENDS, c.number, _placer(w, c), 0.0)
    if w.internships.hired_share > 0.0 and draw(w, c, Decision.HIRED) < w.internships.hired_share:
        goes_to(w, c, JOB)
    elif not w.internships.follows_up:
        _back(w, c)
    elif w.internships.three_in_one:
        submit(w, c, PLACEMENT, w.now, w.priorities[PLACEMENT])
    else:
        ask_consultant(w, c, Activity.FOLLOW_UP_STARTS.value)


@jitted
def _back(w: World, c: Record) -> None:
    c.internship = rules.NO_INTERNSHIP
    leave_consultant(w, c)


@jitted
def _placer(w: World, c: Record) -> int:
    """Who places the citizen: the consultant, or in the three-in-one role the coordinator."""
    if c.consultant >= 0:
        return int(w.first_consultant + c.consultant)
    return coordinator_resource(coordinator_at(w, c.coordinator))


@jitted
def consultant_desk(w: World, number: int) -> None:
    """A company consultant takes the next task, in order of arrival; work for those who have left is dropped."""
    v, line = consultant_at(w, number), work_line(w, number)
    i = skip_gone(w, line)
    if i < 0:
        v.bell = True
        return
    place = place_at(w, i)
    v.citizen, v.stage, v.kind = place.citizen, place.stage, place.kind
    leave_front(w, line)
    c, resource = citizen_at(w, v.citizen), w.first_consultant + number
    if v.kind == Activity.PLACEMENT_STARTS.value:
        hours = begin_placement(w, c, resource)
    else:
        hours = begin_follow_up(w, c, resource)
    v.worked, v.weeks = hours, staff.task_weeks(hours, v.hours_per_week, 1.0)
    at(w, w.now + v.weeks, Kind.CONSULTANT.value, number, 0, 0)


@jitted
def consultant_done(w: World, number: int) -> None:
    """A consultant's task is done."""
    v = consultant_at(w, number)
    ends = Activity.PLACEMENT_ENDS if v.kind == Activity.PLACEMENT_STARTS.value else Activity.FOLLOW_UP_ENDS
    record_work(w, ends, v.citizen, w.first_consultant + number, v.worked, v.weeks)
    at(w, w.now, Kind.CONSULTANT_DESK.value, number, 0, 0)
    c = citizen_at(w, v.citizen)
    if c.stage == v.stage:
        placement_done(w, c)


@jitted
def begin_handover(w: World, k: Record, c: Record) -> float:
    """Begin a handover; returns its hours."""
    record(w, Activity.HANDOVER_STARTS, c.number, FIRST_COORDINATOR + k.number, 0.0)
    return sample(w, c, Decision.HANDOVER_HOURS, w.internships.handover_hours)


@jitted
def begin_placement(w: World, c: Record, resource: int) -> float:
    """Begin placement work; returns its hours."""
    record(w, Activity.PLACEMENT_STARTS, c.number, resource, 0.0)
    return sample(w, c, Decision.PLACEMENT_HOURS, w.internships.placement_hours)


@jitted
def begin_follow_up(w: World, c: Record, resource: int) -> float:
    """Begin follow-up work; returns its hours."""
    record(w, Activity.FOLLOW_UP_STARTS, c.number, resource, 0.0)
    return sample(w, c, Decision.FOLLOW_UP_HOURS, w.internships.follow_up_hours)


@jitted
def small_job_found(w: World, c: Record) -> None:
    """A few hours of ordinary work a week, if the citizen has none yet."""
    if c.small_job_now:
        return
    steps.small_job_begins(c, w.now)
    record(w, Activity.SMALL_JOB_STARTS, c.number, -1, 0.0)
    weeks = sample(w, c, Decision.SMALL_JOB_DURATION, w.internships.small_job)
    at(w, w.now + weeks, Kind.SMALL_JOB.value, c.number, c.stage, 0)


@jitted
def small_job_ends(w: World, c: Record) -> None:
    """The small job's weeks are over."""
    c.small_job_now = False
    record(w, Activity.SMALL_JOB_ENDS, c.number, -1, 0.0)


@jitted
def programme_begins(w: World, c: Record) -> None:
    """A place in a programme: take part."""
    p, n = programme_at(w, c.programme), steps.programme_begins(c, w.now)
    record(w, Activity.PROGRAMME_STARTS, c.number, vendor_at(w, p.first_vendor + c.vendor).resource, 0.0)
    u = uniform(c.key, c.ordinal, w.replication, p.duration_key, n)
    at(w, w.now + value_of(w, p.duration, u), Kind.PROGRAMME.value, c.number, c.stage, 0)


@jitted
def programme_ends(w: World, c: Record) -> None:
    """The programme is over; some time of its effect remains."""
    p = programme_at(w, c.programme)
    c.after_programme_until = w.now + p.after_weeks
    record(w, Activity.PROGRAMME_ENDS, c.number, vendor_at(w, p.first_vendor + c.vendor).resource, 0.0)
    leave_course(w, c)


@jitted
def programme_factor(w: World, c: Record, h: Hazard) -> float:
    """Factor on a hazard of the programme a citizen is in, or was in not long ago."""
    if c.last_programme < 0 or not h.programmes >> c.last_programme & 1:
        return 1.0
    if c.programme >= 0:
        p = programme_at(w, c.programme)
        return float(p.during * vendor_at(w, p.first_vendor + c.vendor).factor)
    if w.now < c.after_programme_until:
        return float(programme_at(w, c.last_programme).after)
    return 1.0
