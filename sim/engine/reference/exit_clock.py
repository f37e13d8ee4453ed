"""Exits: the possible moments of every destination in turn, and how high the hazard is at each."""

from sim.catalogue import SMALL_JOB
from sim.engine.order import Kind
from sim.engine.reference import leaving, offers
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Citizen
from sim.model import assignment, exits, staff
from sim.model.distributions import exponential, rescaled
from sim.model.exits import Hazard
from sim.model.offers import INTERN, offers_factor
from sim.model.parameters import Group
from sim.model.streams import uniform


def begin(jc: Centre, c: Citizen) -> None:
    """Draw the first possible moment of every destination in every level of its field, and wait for them."""
    if not c.moments:
        c.moments = [[0] * len(levels) for levels in jc.p.exit_streams]
    spend(c)
    for hazard, h in enumerate(jc.p.groups[c.group].hazards):
        for level in range(h.levels):
            _next_moment(jc, c, hazard, level)
    jc.start(_moments(jc, c))


def spend(c: Citizen) -> None:
    """Let the moments that were drawn and have not come never be drawn again: what is known of them is no chance."""
    for _, hazard, level in c.upcoming:
        c.moments[hazard][level] += 1
    c.upcoming.clear()


def _next_moment(jc: Centre, c: Citizen, hazard: int, level: int) -> None:
    base = exits.base_hazard(jc.p.groups[c.group].hazards[hazard], c.frailty, c.long_history)
    if base > 0.0:
        key = jc.p.exit_streams[hazard][level][0]
        u = uniform(c.key, c.ordinal, jc.replication, key, c.moments[hazard][level])
        c.upcoming.append((jc.now + exponential(base * exits.level_width(level), u), hazard, level))


def _moments(jc: Centre, c: Citizen) -> Process:
    """Take the moments in turn; the first below the hazard of that moment is the exit."""
    stage, clock, streams = c.stage, c.exit_clock, jc.p.exit_streams
    while c.upcoming:
        moment = min(c.upcoming)
        time, hazard, level = moment
        yield jc.at(time, Kind.EXIT, c.number)
        if c.stage != stage or c.exit_clock != clock:
            return
        c.upcoming.remove(moment)
        n = c.moments[hazard][level]
        c.moments[hazard][level] = n + 1
        u = uniform(c.key, c.ordinal, jc.replication, streams[hazard][level][1], n)
        height = exits.level_floor(level) + exits.level_width(level) * u
        if height < hazard_now(jc, c, jc.p.groups[c.group].hazards[hazard]):
            if hazard == SMALL_JOB:
                offers.small_job_found(jc, c)
            else:
                leaving.goes_to(jc, c, hazard)
                return
        _next_moment(jc, c, hazard, level)


def hazards_change(jc: Centre, c: Citizen, before: Group) -> None:
    """Move the possible moments of exits whose base hazard is another now than in the group `before`."""
    moved = False
    for hazard, (old, new) in enumerate(zip(before.hazards, jc.p.groups[c.group].hazards, strict=True)):
        was = exits.base_hazard(old, c.frailty, c.long_history)
        base = exits.base_hazard(new, c.frailty, c.long_history)
        drawn, wanted = old.levels if was > 0.0 else 0, new.levels if base > 0.0 else 0
        if base == was and wanted == drawn:
            continue
        moved = True
        c.upcoming = [moment for moment in c.upcoming if moment[1] != hazard or moment[2] < wanted]
        for level in range(wanted, drawn):  # They cannot come any more: they are spent, and never drawn again.
            c.moments[hazard][level] += 1
        c.upcoming = [
            (rescaled(jc.now, time, was, base) if of == hazard else time, of, level)
            for time, of, level in c.upcoming
        ]
        for level in range(drawn, wanted):
            _next_moment(jc, c, hazard, level)
    if moved:
        c.exit_clock += 1
        jc.start(_moments(jc, c))


def hazard_now(jc: Centre, c: Citizen, h: Hazard) -> float:
    """Height of a citizen's hazard at this moment, in units of the base hazard."""
    now, m = jc.now, jc.p.meetings
    return exits.hazard_multiplier(
        h,
        weeks_on_benefit=now - c.entry_weeks,
        caseload=caseload_now(jc, c),
        meeting=exits.fading(h.meeting_size * c.last_length, now - c.last_meeting, m.effect_decay),
        sanction=exits.fading(h.sanction_size, now - c.last_sanction, m.sanction_decay),
        outreach=exits.fading(h.outreach_size, now - c.last_outreach, m.outreach_decay),
        offers=offers_factor(
            h,
            c.internship == INTERN,
            now < c.after_internship_until,
            c.small_job_now,
            offers.programme_factor(jc, c, h),
        ),
    )


def caseload_now(jc: Centre, c: Citizen) -> float:
    """Citizens per full-time post: on the list the citizen is on, or per coordinator in the whole centre."""
    if jc.p.centre_caseload:
        posts = assignment.added(k.full_time_share for k in jc.coordinators if k.employed)
        return staff.full_time_caseload(len(jc.present), posts)
    return staff.full_time_caseload(c.on_list_of.load, c.on_list_of.full_time_share)
