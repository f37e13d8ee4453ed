"""Who comes: the initial stock, the inflow, and citizens from outside (as `sim.engine.reference.arrivals`)."""

import math

from sim.catalogue import INFLOW, POOL, RETURNED, STOCK, Activity
from sim.engine.codes import ENTRIES, NO_CASE
from sim.engine.compiled.assignment import choose_coordinator, choose_team, serves, transfer_from_centre
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import distribution_of, draw, draw_unless_constant, sample
from sim.engine.compiled.exit_clock import spend
from sim.engine.compiled.layout import (
    CITIZENS_DECISIONS,
    citizen_at,
    department_at,
    group_at,
    held_at,
    member_at,
    moment_at,
    need_at,
    post_at,
    source_at,
    taken_at,
    task_at,
    team_at,
)
from sim.engine.compiled.life import begin_stage
from sim.engine.compiled.lists import put_on_list, resource_of
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import department_changed
from sim.engine.compiled.recorder import changes_group, flow, record
from sim.engine.compiled.traits import brings, frailty_of_stayer, in_new_group
from sim.engine.order import Kind
from sim.engine.steps import casework, meetings
from sim.engine.steps import leaving as steps
from sim.engine.steps.traits import NO_NEED, belongs_here
from sim.model import assignment, screening
from sim.model.decisions import KEYS, Decision
from sim.model.distributions import exponential
from sim.model.offers import NO_INTERNSHIP
from sim.model.stayers import age_of_interval, rest_of_interval
from sim.model.streams import uniform
from sim.model.work import TASK_KINDS

ARRIVAL_KEY = KEYS[Decision.ARRIVAL]


@jitted
def initial_stock(w: World) -> None:
    """Those who are there from the start."""
    for g in range(w.group_count):
        for ordinal in range(group_at(w, g).stock):
            if at_capacity(w):
                return
            c = in_mid_course(w, g, STOCK, ordinal, source_at(w, g).key[STOCK])
            allocate(w, c)
            admit(w, c)


@jitted
def at_capacity(w: World) -> bool:
    """Whether there is no room for one more citizen; then the replication is run again with more."""
    if w.admitted == w.capacity_citizens:
        w.overflow = True
    return bool(w.overflow)


@jitted
def next_arrival(w: World, g: int, rate: float) -> None:
    """Draw when the group's next new citizen comes, if any come: Poisson arrivals, the same in every variant."""
    source = source_at(w, g)
    u = uniform(source.source, 0, w.replication, ARRIVAL_KEY, source.drawn)
    source.drawn += 1
    source.due = w.now + exponential(rate, u)
    waits_for_arrival(w, g)


@jitted
def waits_for_arrival(w: World, g: int) -> None:
    """Let the next new citizen come when it is time."""
    source = source_at(w, g)
    at(w, source.due, Kind.ARRIVAL.value, g, source.clock, 0)


@jitted
def arrives(w: World, g: int) -> None:
    """A new citizen of a group comes."""
    source = source_at(w, g)
    if w.stage != source.clock or at_capacity(w):
        return
    c = new_citizen(w, g, source.arrived)
    source.arrived += 1
    screen(w, c)
    allocate(w, c)
    admit(w, c)
    next_arrival(w, g, group_at(w, g).inflow)


@jitted
def allocation(w: World, d: int) -> None:
    """Top a department up to its target: from outside the model, or from the other departments."""
    department, team, posts = department_at(w, d), team_at(w, d), 0.0
    for i in range(team.posts):
        k = post_at(w, member_at(w, team.first_post + i).post)
        if k.employed:
            posts += k.full_time_share
    while team.citizens < department.fill_to * posts:
        if department.fill_from_centre:
            moved = transfer_from_centre(w, d)
            if moved < 0:
                break
            department_changed(w, citizen_at(w, moved))
        else:
            if at_capacity(w):
                return
            g = _group_from_pool(w, d)
            taken = taken_at(w, d * w.group_count + g)
            c = in_mid_course(w, g, POOL, taken.count, taken.key)
            taken.count += 1
            put_on_list(w, c, choose_coordinator(w, c, d))
            admit(w, c)
    at(w, w.now + 1.0, Kind.ALLOCATION.value, d, 0, 0)


@jitted
def allocate(w: World, c: Record) -> None:
    """Give a new citizen a department and a coordinator."""
    put_on_list(w, c, choose_coordinator(w, c, choose_team(w, c)))


@jitted
def new_citizen(w: World, g: int, ordinal: int) -> Record:
    """A citizen who enters now."""
    group = group_at(w, g)
    c = _citizen(w, g, INFLOW, ordinal, source_at(w, g).key[INFLOW])
    c.long_history = draw(w, c, Decision.LONG_HISTORY) < group.long_history_inflow
    c.frailty = sample(w, c, Decision.FRAILTY, group.frailty)
    brings(w, c, group.right_scheme_inflow, group.ready_inflow)
    return c


@jitted
def screen(w: World, c: Record) -> None:
    """Flag a new citizen who seems to be one of those who stay long: the beginning is in another group."""
    group = group_at(w, c.group)
    if group.flagged_group >= 0:
        target = screening.is_target(group.frailty_below, c.frailty, c.long_history)
        u = draw(w, c, Decision.SCREENING)
        c.flagged = screening.is_flagged(target, group.sensitivity, group.specificity, u)
        if c.flagged:
            c.group = group.flagged_group


@jitted
def in_mid_course(w: World, g: int, origin: int, ordinal: int, key: int) -> Record:
    """A citizen with a past: weeks on benefit, frailty of a stayer, perhaps a case under way, a next meeting."""
    group = group_at(w, g)
    c = _citizen(w, g, origin, ordinal, key)
    c.entry_weeks = w.now - sample(w, c, Decision.ELAPSED_AT_START, group.elapsed)
    if origin == STOCK:
        c.arrival_weeks = c.entry_weeks
    c.long_history = draw(w, c, Decision.LONG_HISTORY) < group.long_history_stock
    c.frailty = frailty_of_stayer(w, c)
    brings(w, c, group.right_scheme_stock, group.ready_stock)
    if c.right_scheme >= 0 and draw(w, c, Decision.RECOGNISED_AT_START) < group.recognised_stock:
        casework.case_under_way(c, w.now, need_at(w, c.need).packages, draw(w, c, Decision.PACKAGES_AT_START))
    if group.meets:
        u = draw_unless_constant(w, c, Decision.MEETING_INTERVAL, group.meeting_interval)
        place, interval = draw(w, c, Decision.MEETING_AT_START), distribution_of(w, group.meeting_interval)
        rest, age = rest_of_interval(interval, u, place), age_of_interval(interval, u, place)
        meetings.meeting_under_way(c, w.now, rest, age)
    return c


@jitted
def comes_back(w: World, former: Record) -> None:
    """A new spell begins, of somebody who has left to a job."""
    if at_capacity(w):
        return
    number = w.admitted
    w.admitted = number + 1
    c = citizen_at(w, number)
    _blank(w, c, number)
    c.key, c.ordinal = former.key, former.ordinal
    c.group = c.first_group = former.group
    c.origin = RETURNED
    c.entry_weeks = c.arrival_weeks = w.now
    spend(w, former)
    for d in range(CITIZENS_DECISIONS):
        c.counts[d] = former.counts[d]
    for s in range(w.stream_count):
        moment = moment_at(w, former.number * w.stream_count + s)
        moment_at(w, number * w.stream_count + s).n = moment.n
    steps.comes_back(c, former)
    allocate(w, c)
    admit(w, c)


@jitted
def admit(w: World, c: Record) -> None:
    """Register a citizen; from now on life goes on."""
    begins_in = int(c.group)
    c.group = c.first_group
    w.present += 1
    c.first_department = c.department
    if c.origin != STOCK:
        flow(w, c.group, ENTRIES)
        record(w, Activity.ENTERS, c.number, resource_of(post_at(w, c.on_list_of)), float(c.spell - 1))
    if c.flagged:
        changes_group(w, c, begins_in)
        record(w, Activity.FLAGGED, c.number, -1, float(begins_in))
        c.group = begins_in
        in_new_group(w, c)
    begin_stage(w, c)


@jitted
def _citizen(w: World, g: int, origin: int, ordinal: int, key: int) -> Record:
    group, number = group_at(w, g), w.admitted
    w.admitted = number + 1
    c = citizen_at(w, number)
    _blank(w, c, number)
    c.key, c.ordinal = key, ordinal
    c.group = c.first_group = g
    c.origin = origin
    c.entry_weeks = c.arrival_weeks = w.now
    c.placeable = draw(w, c, Decision.PLACEABLE) < group.placeable_share
    c.birth_day = assignment.birth_day(draw(w, c, Decision.BIRTH_DAY))
    return c


@jitted
def _blank(w: World, c: Record, number: int) -> None:
    """Everything as it is for a citizen to whom nothing has happened yet."""
    for d in range(CITIZENS_DECISIONS):
        c.counts[d] = 0
    for s in range(w.stream_count):
        moment = moment_at(w, number * w.stream_count + s)
        moment.time, moment.n = math.inf, 0
    for kind in range(TASK_KINDS):
        task_at(w, number * TASK_KINDS + kind).queue = -1
    for role in range(w.role_count):
        held = held_at(w, number * w.role_count + role)
        held.post = held.waits_for = -1
    c.number = c.person = number
    c.spell = 1
    c.stage = c.waiting = c.met = c.extras = c.packages_left = c.assessed = c.programmes_begun = 0
    c.case, c.internship = NO_CASE, NO_INTERNSHIP
    c.right_scheme = NO_NEED
    belongs_here(c)
    c.flagged = False
    c.small_job_now = c.cohort = c.followed_up = c.found = False
    c.programme = c.programme_wanted = c.last_programme = c.vendor = c.came_from = -1
    c.home = -1
    c.exit_clock = 0
    c.due = math.inf
    c.last_meeting = c.last_sanction = c.last_outreach = -math.inf
    c.after_internship_until = c.after_programme_until = -math.inf
    c.last_length = c.case_since = c.hours_left = 0.0
    c.exit_weeks = c.scheme_since = math.nan
    c.destination = -1
    c.seen = w.nothing_seen


@jitted
def _group_from_pool(w: World, d: int) -> int:
    """Group of a citizen from outside: by the groups' shares of the initial stock, among those served."""
    whole, last = 0.0, -1
    for g in range(w.group_count):
        if serves(w, d, g):
            whole += group_at(w, g).stock
            last = g
    left = draw(w, team_at(w, d), Decision.POOL_GROUP) * whole
    for g in range(w.group_count):
        weight = float(group_at(w, g).stock) if serves(w, d, g) else 0.0
        if left < weight:
            return g
        left -= weight
    return last
