"""Clarification, from the need that a meeting recognises to the team's decision (as the reference's casework)."""

from sim.catalogue import DESTINATIONS, TEAM_DECISIONS, Activity
from sim.engine.codes import NO_CASE, SUBMITTED
from sim.engine.compiled.clock import at
from sim.engine.compiled.draws import draw, sample
from sim.engine.compiled.layout import citizen_at, need_at, place_at
from sim.engine.compiled.leaving import goes_to
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.compiled.places import CASES, ask_for_place, give_place_back
from sim.engine.compiled.queues import join, leave_front, skip_gone
from sim.engine.compiled.recorder import record
from sim.engine.compiled.tasks import submit
from sim.engine.order import Kind
from sim.engine.steps import casework as steps
from sim.model import clarification as rules
from sim.model import meetings
from sim.model.clarification import BACK
from sim.model.decisions import Decision
from sim.model.parameters import FIRST_POST, REHABILITATION_TEAM
from sim.model.work import CLARIFICATION

DESTINATION_OF = tuple(DESTINATIONS.index(d) if d in DESTINATIONS else -1 for d in TEAM_DECISIONS)


@jitted
def look_for_need(w: World, c: Record) -> None:
    """At a meeting: recognise a need that is there."""
    if c.case != NO_CASE or w.now < c.need_from or w.now < c.again_from:
        return
    need = need_at(w, c.need)
    if meetings.achieved(draw(w, c, Decision.RECOGNITION), need.recognition_share, c.last_length):
        steps.need_recognised(c, w.now, need.packages)
        record(w, Activity.NEED_RECOGNISED, c.number, -1, float(c.packages_left))
        case_after(w, c, 0.0)


@jitted
def case_after(w: World, c: Record, wait: float) -> None:
    """Go on with the case after a wait."""
    at(w, w.now + wait, Kind.CASE.value, c.number, c.stage, 0)


@jitted
def case_goes_on(w: World, c: Record) -> None:
    """Documents are there: work on the next package. Or the complete case has reached the team."""
    if c.case == SUBMITTED:
        join(w, CASES, c.number, c.stage, 0)
    elif not ask_for_place(w, c, CLARIFICATION):
        next_package(w, c)


@jitted
def next_package(w: World, c: Record) -> None:
    """The next package waits for whoever does it."""
    since = c.case_since if w.clarification.oldest_first else w.now
    submit(w, c, CLARIFICATION, since + w.clarification.target_weeks, w.priorities[CLARIFICATION])


@jitted
def package_done(w: World, c: Record) -> None:
    """A package is done, or a sitting of it; after the last one the case goes to the team."""
    if c.hours_left > 0.0:
        next_package(w, c)
        return
    c.packages_left -= 1
    if c.packages_left > 0:
        case_after(w, c, sample(w, c, Decision.DOCUMENT_WAIT, w.clarification.document_wait))
        return
    steps.submitted(c, w.now)
    record(w, Activity.SUBMITTED, c.number, -1, 0.0)
    case_after(w, c, sample(w, c, Decision.SUBMISSION, w.clarification.submission))


@jitted
def rehabilitation_team(w: World) -> None:
    """The team decides the cases that have waited longest, as many as it has slots, and meets again."""
    heard = 0
    while heard < w.clarification.slots:
        i = skip_gone(w, CASES)
        if i < 0:
            break
        c = citizen_at(w, place_at(w, i).citizen)
        leave_front(w, CASES)
        heard += 1
        _decide(w, c)
    at(w, w.now + w.clarification.team_every, Kind.TEAM.value, 0, 0, 0)


@jitted
def _decide(w: World, c: Record) -> None:
    decision = rules.decision(c.need, need_at(w, c.need).agreement, draw(w, c, Decision.TEAM_DECISION))
    steps.decided(c, w.now, decision, w.clarification.again_after)
    record(w, Activity.DECIDED, c.number, REHABILITATION_TEAM, float(decision))
    if decision != BACK:
        goes_to(w, c, DESTINATION_OF[decision])
    else:
        give_place_back(w, c, CLARIFICATION)


@jitted
def begin_package(w: World, k: Record, c: Record) -> float:
    """Begin a package, or a sitting of it; returns the hours."""
    record(w, Activity.PACKAGE_STARTS, c.number, FIRST_POST + k.number, float(c.packages_left))
    if c.hours_left <= 0.0:
        c.hours_left = sample(w, c, Decision.PACKAGE_HOURS, need_at(w, c.need).package_hours)
    return steps.sitting_begins(c, w.clarification.sitting)
