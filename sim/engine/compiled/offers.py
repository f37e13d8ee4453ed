"""Internships, small jobs and programmes (as `sim.engine.reference.offers`)."""

from sim.catalogue import Activity
from sim.engine.codes import JOB
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, sample, value_of
from sim.engine.compiled.layout import admits_at, group_at, post_at, programme_at, vendor_at
from sim.engine.compiled.leaving import goes_to
from sim.engine.compiled.lists import resource_of
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import (
    ask_for_place,
    credit_internship,
    give_place_back,
    leave_course,
    next_to_course,
    programme_line,
)
from sim.engine.compiled.queues import join
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import submit, taken_over, who_does
from sim.engine.compiled.traits import becomes_ready
from sim.engine.order import Kind
from sim.engine.steps import casework as casework_steps
from sim.engine.steps import offers as steps
from sim.model import meetings
from sim.model import offers as rules
from sim.model.decisions import Decision
from sim.model.exits import Hazard
from sim.model.parameters import FIRST_POST
from sim.model.streams import uniform
from sim.model.work import HANDOVER, MENTORING, PLACEMENT


@jitted
def look_for_offers(w: World, c: Record) -> None:
    """At a meeting: find out that a citizen is ready for an internship, refer one to a programme."""
    share = group_at(w, c.group).ready_found
    if (
        share > 0.0
        and w.now >= c.ready_from
        and c.internship == rules.NO_INTERNSHIP
        and meetings.achieved(draw(w, c, Decision.FOUND_READY), share, c.last_length)
    ):
        c.followed_up = False
        steps.found_ready(c, w.now)
        record(w, Activity.READY, c.number, -1, 0.0)
        kind = HANDOVER if taken_over(w, c, PLACEMENT) else PLACEMENT
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
    """The handover is done: wait for a place on a list, if there are lists."""
    if not ask_for_place(w, c, PLACEMENT):
        taken_on(w, c)


@jitted
def taken_on(w: World, c: Record) -> None:
    """Somebody has taken the citizen on: placement work can be done."""
    c.internship = rules.PLACING
    submit(w, c, PLACEMENT, w.now, w.priorities[PLACEMENT])


@jitted
def placement_done(w: World, c: Record) -> None:
    """Placement work is done: search; follow-up work is done: another internship, or back with the coordinator."""
    if c.followed_up:
        _after_internship(w, c)
        return
    c.internship = rules.SEARCHING
    group = group_at(w, c.group)
    weeks = sample(w, c, Decision.SEARCH, group.search)
    c.found = rules.finds_place(c.placeable, weeks, group.give_up)
    at(w, w.now + (weeks if c.found else group.give_up), Kind.INTERNSHIP.value, c.number, c.stage, 0)


@jitted
def internship_goes_on(w: World, c: Record) -> None:
    """The search is over, or the internship is."""
    if c.internship == rules.INTERN:
        _internship_ends(w, c)
    elif c.found:
        steps.internship_begins(c, w.now)
        credit_internship(w, c)
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
    hired_share = group_at(w, c.group).hired_share
    if hired_share > 0.0 and draw(w, c, Decision.HIRED) < hired_share:
        goes_to(w, c, JOB)
    elif w.internships.follows_up:
        submit(w, c, PLACEMENT, w.now, w.priorities[PLACEMENT])
    else:
        _after_internship(w, c)


@jitted
def _after_internship(w: World, c: Record) -> None:
    """Another internship, or back with the coordinator."""
    share = w.internships.another_share
    if share > 0.0 and draw(w, c, Decision.ANOTHER_INTERNSHIP) < share:
        c.followed_up = False
        submit(w, c, PLACEMENT, w.now, w.priorities[PLACEMENT])
    else:
        _back(w, c)


@jitted
def _back(w: World, c: Record) -> None:
    c.internship = rules.NO_INTERNSHIP
    becomes_ready(w, c)
    give_place_back(w, c, PLACEMENT)


@jitted
def _placer(w: World, c: Record) -> int:
    """Who places the citizen: the one with whom there is a place, or who does placement work."""
    return resource_of(post_at(w, who_does(w, c, PLACEMENT)))


@jitted
def begin_handover(w: World, k: Record, c: Record) -> float:
    """Begin a handover; returns its hours."""
    record(w, Activity.HANDOVER_STARTS, c.number, FIRST_POST + k.number, 0.0)
    return sample(w, c, Decision.HANDOVER_HOURS, w.internships.handover_hours)


@jitted
def begin_placement(w: World, k: Record, c: Record) -> float:
    """Begin placement work; returns its hours."""
    record(w, Activity.PLACEMENT_STARTS, c.number, FIRST_POST + k.number, 0.0)
    return sample(w, c, Decision.PLACEMENT_HOURS, w.internships.placement_hours)


@jitted
def begin_follow_up(w: World, k: Record, c: Record) -> float:
    """Begin follow-up work; returns its hours."""
    record(w, Activity.FOLLOW_UP_STARTS, c.number, FIRST_POST + k.number, 0.0)
    return sample(w, c, Decision.FOLLOW_UP_HOURS, w.internships.follow_up_hours)


@jitted
def small_job_found(w: World, c: Record) -> None:
    """A few hours of ordinary work a week, if the citizen has none yet."""
    if c.small_job_now:
        return
    steps.small_job_begins(c, w.now)
    record(w, Activity.SMALL_JOB_STARTS, c.number, -1, 0.0)
    weeks = sample(w, c, Decision.SMALL_JOB_DURATION, group_at(w, c.group).small_job)
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
    if p.mentored:
        _mentor_later(w, c, p)
    u = uniform(c.key, c.ordinal, w.replication, p.duration_key, n)
    at(w, w.now + value_of(w, p.duration, u), Kind.PROGRAMME.value, c.number, c.stage, 0)


@jitted
def mentoring(w: World, c: Record, begun: int) -> None:
    """A mentor's time again and again during a programme; left out while the last time still waits."""
    if c.programme < 0 or c.programmes_begun != begun:
        return
    if not c.waiting & (1 << MENTORING):
        submit(w, c, MENTORING, w.now, w.priorities[MENTORING])
    _mentor_later(w, c, programme_at(w, c.programme))


@jitted
def _mentor_later(w: World, c: Record, p: Record) -> None:
    at(w, w.now + p.mentor_every, Kind.MENTORING.value, c.number, c.stage, c.programmes_begun)


@jitted
def begin_mentoring(w: World, k: Record, c: Record) -> float:
    """Begin mentoring; returns its hours."""
    record(w, Activity.MENTORING_STARTS, c.number, FIRST_POST + k.number, 0.0)
    return sample(w, c, Decision.MENTORING_HOURS, programme_at(w, c.programme).mentor_hours)


@jitted
def programme_ends(w: World, c: Record) -> None:
    """The programme is over; some time of its effect remains."""
    p = programme_at(w, c.programme)
    c.after_programme_until = w.now + p.after_weeks
    if p.ready_share > 0.0 and draw(w, c, Decision.READY_BY_PROGRAMME) < p.ready_share:
        steps.made_ready(c, w.now)
    casework_steps.assessed(c, p.assessed_packages)
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
