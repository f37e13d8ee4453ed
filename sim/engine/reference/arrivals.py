"""Who comes: the initial stock in mid-course, the inflow of every group, and citizens from outside the model."""

import math

from sim.catalogue import INFLOW, ORIGINS, POOL, RETURNED, STOCK, Activity
from sim.engine.codes import JOB
from sim.engine.order import Kind
from sim.engine.reference.assignment import allocate, choose_coordinator, transfer_from_centre
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.exit_clock import spend
from sim.engine.reference.life import citizen
from sim.engine.reference.lists import put_on_list
from sim.engine.reference.places import department_changed
from sim.engine.reference.state import Citizen, Team, resource_of
from sim.engine.reference.traits import brings, frailty_of_stayer, in_new_group
from sim.engine.steps import casework, meetings
from sim.engine.steps import leaving as steps
from sim.model import assignment, screening
from sim.model.decisions import Decision
from sim.model.distributions import CONSTANT, exponential
from sim.model.re_entry import weeks_to_return
from sim.model.stayers import age_of_interval, rest_of_interval
from sim.model.streams import person_key


def initial_stock(jc: Centre) -> None:
    """Those who are there from the start."""
    for g, group in enumerate(jc.p.groups):
        for ordinal in range(group.stock):
            c = in_mid_course(jc, g, STOCK, ordinal)
            allocate(jc, c)
            admit(jc, c)


def next_arrival(jc: Centre, g: int) -> None:
    """Draw when the group's next new citizen comes, if any come."""
    source = jc.sources[g]
    source.due = jc.now + exponential(jc.p.groups[g].inflow, jc.draw(source, Decision.ARRIVAL))


def inflow(jc: Centre, g: int) -> Process:
    """New citizens of a group: Poisson arrivals, the same in every variant."""
    source = jc.sources[g]
    clock = source.clock
    while source.due < math.inf:
        yield jc.at(source.due, Kind.ARRIVAL, g)
        if source.clock != clock:
            return
        c = new_citizen(jc, g, source.arrived)
        screen(jc, c)
        allocate(jc, c)
        admit(jc, c)
        source.arrived += 1
        next_arrival(jc, g)


def allocation(jc: Centre, team: Team) -> Process:
    """Every week, top a department up to its target: from outside the model, or from the other departments."""
    taken = [0] * len(jc.p.groups)
    while True:
        yield jc.at(jc.now, Kind.ALLOCATION, team.number)
        department = jc.p.departments[team.number]
        posts = assignment.added(k.full_time_share for k in team.posts if k.employed)
        while team.citizens < department.fill_to * posts:
            if department.fill_from_centre:
                moved = transfer_from_centre(jc, team)
                if moved is None:
                    break
                department_changed(jc, moved)
            else:
                g = _group_from_pool(jc, team)
                c = in_mid_course(jc, g, POOL, taken[g], jc.p.names.departments[team.number])
                taken[g] += 1
                put_on_list(jc, c, choose_coordinator(jc, c, team))
                admit(jc, c)
        yield jc.at(jc.now + 1.0, Kind.ALLOCATION, team.number)


def new_citizen(jc: Centre, g: int, ordinal: int) -> Citizen:
    """A citizen who enters now."""
    group = jc.p.groups[g]
    c = _citizen(jc, g, INFLOW, ordinal)
    c.long_history = jc.draw(c, Decision.LONG_HISTORY) < group.long_history_inflow
    c.frailty = jc.sample(c, Decision.FRAILTY, group.frailty)
    brings(jc, c, group.right_scheme_inflow, group.ready_inflow)
    return c


def screen(jc: Centre, c: Citizen) -> None:
    """Flag a new citizen who seems to be one of those who stay long: the beginning is in another group."""
    group = jc.p.groups[c.group]
    if group.flagged_group >= 0:
        target = screening.is_target(group.frailty_below, c.frailty, c.long_history)
        c.flagged = screening.is_flagged(
            target, group.sensitivity, group.specificity, jc.draw(c, Decision.SCREENING)
        )
        if c.flagged:
            c.group = group.flagged_group


def in_mid_course(jc: Centre, g: int, origin: int, ordinal: int, *pool: str) -> Citizen:
    """A citizen with a past: weeks on benefit, frailty of a stayer, perhaps a case under way, a next meeting."""
    group = jc.p.groups[g]
    c = _citizen(jc, g, origin, ordinal, *pool)
    c.entry_weeks = jc.now - jc.sample(c, Decision.ELAPSED_AT_START, group.elapsed)
    if origin == STOCK:
        c.arrival_weeks = c.entry_weeks
    c.long_history = jc.draw(c, Decision.LONG_HISTORY) < group.long_history_stock
    c.frailty = frailty_of_stayer(jc, c)
    brings(jc, c, group.right_scheme_stock, group.ready_stock)
    if c.right_scheme >= 0 and jc.draw(c, Decision.RECOGNISED_AT_START) < group.recognised_stock:
        casework.case_under_way(c, jc.now, jc.p.needs[c.need].packages, jc.draw(c, Decision.PACKAGES_AT_START))
    if group.meets:
        constant = group.meeting_interval.kind == CONSTANT
        u = 0.0 if constant else jc.draw(c, Decision.MEETING_INTERVAL)
        place, interval = jc.draw(c, Decision.MEETING_AT_START), group.meeting_interval
        rest, age = rest_of_interval(interval, u, place), age_of_interval(interval, u, place)
        meetings.meeting_under_way(c, jc.now, rest, age)
    return c


def admit(jc: Centre, c: Citizen) -> None:
    """Register a citizen; from now on life goes on."""
    begins_in, c.group = c.group, c.first_group
    jc.present[c.number] = c
    jc.recorder.enters(c)
    if jc.tracer is not None:
        jc.tracer.opens([c], jc.now)
    if c.origin != STOCK:
        jc.record(Activity.ENTERS, c, resource_of(c.on_list_of), float(c.spell - 1))
    if c.flagged:
        jc.recorder.changes_group(c, begins_in, jc.now)
        jc.record(Activity.FLAGGED, c, -1, float(begins_in))
        c.group = begins_in
        in_new_group(jc, c)
    jc.start(spell(jc, c))


def spell(jc: Centre, c: Citizen) -> Process:
    """A citizen's time with the centre, and another spell of the same person some time after a job."""
    yield from citizen(jc, c)
    group = jc.p.groups[c.group]
    if group.returns and c.destination == JOB:
        u = jc.draw(c, Decision.RE_ENTRY)
        yield jc.at(jc.now + weeks_to_return(group.return_from, group.return_per_week, u), Kind.RETURN, c.number)
        back = former_citizen(jc, c)
        allocate(jc, back)
        admit(jc, back)


def former_citizen(jc: Centre, former: Citizen) -> Citizen:
    """A new spell, which begins now, of somebody who has left."""
    c = Citizen(
        key=former.key,
        ordinal=former.ordinal,
        number=jc.admitted,
        group=former.group,
        origin=RETURNED,
        entry_weeks=jc.now,
        arrival_weeks=jc.now,
    )
    jc.admitted += 1
    c.counts, c.moments = former.counts, former.moments
    spend(former)
    steps.comes_back(c, former)
    return c


def _citizen(jc: Centre, g: int, origin: int, ordinal: int, *pool: str) -> Citizen:
    """`pool`: the department that takes them in; each has people of its own outside."""
    group = jc.p.groups[g]
    c = Citizen(
        key=person_key(jc.seed, "citizen", group.name, ORIGINS[origin], *pool),
        ordinal=ordinal,
        number=jc.admitted,
        group=g,
        origin=origin,
        entry_weeks=jc.now,
        arrival_weeks=jc.now,
    )
    jc.admitted += 1
    c.placeable = jc.draw(c, Decision.PLACEABLE) < group.placeable_share
    c.birth_day = assignment.birth_day(jc.draw(c, Decision.BIRTH_DAY))
    return c


def _group_from_pool(jc: Centre, team: Team) -> int:
    """Group of a citizen from outside: by the groups' shares of the initial stock, among those served."""
    serves = jc.p.departments[team.number].serves
    weights = [float(group.stock) if serves[g] else 0.0 for g, group in enumerate(jc.p.groups)]
    left = jc.draw(team.lots, Decision.POOL_GROUP) * assignment.added(weights)
    for g, weight in enumerate(weights):
        if left < weight:
            return g
        left -= weight
    return max(g for g in range(len(weights)) if serves[g])
