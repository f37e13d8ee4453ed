"""Clarification, from the need that a meeting recognises to the rehabilitation team's decision."""

from sim.catalogue import DESTINATIONS, TEAM_DECISIONS, Activity
from sim.engine.codes import NO_CASE
from sim.engine.order import Kind
from sim.engine.reference import leaving
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.places import ask_for_place, give_place_back
from sim.engine.reference.state import Citizen, Post, Task, resource_of
from sim.engine.reference.tasks import submit
from sim.engine.steps import casework as steps
from sim.model import clarification as rules
from sim.model import meetings
from sim.model.clarification import BACK
from sim.model.decisions import Decision
from sim.model.parameters import REHABILITATION_TEAM
from sim.model.work import CLARIFICATION


def look_for_need(jc: Centre, c: Citizen) -> None:
    """At a meeting: recognise a need that is there."""
    if c.case != NO_CASE or jc.now < c.need_from or jc.now < c.again_from:
        return
    need = jc.p.needs[c.need]
    if meetings.achieved(jc.draw(c, Decision.RECOGNITION), need.recognition_share, c.last_length):
        steps.need_recognised(c, jc.now, need.packages)
        jc.record(Activity.NEED_RECOGNISED, c, -1, float(c.packages_left))
        jc.start(case(jc, c, 0.0))


def case(jc: Centre, c: Citizen, first_wait: float) -> Process:
    """A case: work packages with waits for documents between them, then to the rehabilitation team."""
    stage, wait = c.stage, first_wait
    while c.packages_left > 0:
        yield jc.at(jc.now + wait, Kind.CASE, c.number)
        if c.stage != stage:
            return
        if (place := ask_for_place(jc, c, CLARIFICATION)) is not None:
            yield place
            if c.stage != stage:
                return
        at_work = True
        while at_work:
            p = jc.p.clarification
            since = c.case_since if p.oldest_first else jc.now
            yield submit(jc, c, CLARIFICATION, since + p.target_weeks, _begin_package).done
            if c.stage != stage:
                return
            at_work = c.hours_left > 0.0
        c.packages_left -= 1
        if c.packages_left > 0:
            wait = jc.sample(c, Decision.DOCUMENT_WAIT, jc.p.clarification.document_wait)
    steps.submitted(c, jc.now)
    jc.record(Activity.SUBMITTED, c)
    yield jc.at(jc.now + jc.sample(c, Decision.SUBMISSION, jc.p.clarification.submission), Kind.CASE, c.number)
    if c.stage == stage:
        jc.cases.append((c, stage))
        if jc.tracer is not None:
            jc.tracer.can_be_heard(c, jc.now)


def rehabilitation_team(jc: Centre) -> Process:
    """The team meets every week and decides the cases that have waited longest, as many as it has slots."""
    while True:
        yield jc.at(jc.now + jc.p.clarification.team_every, Kind.TEAM, 0)
        heard = 0
        while jc.cases and heard < jc.p.clarification.slots:
            c, stage = jc.cases.popleft()
            if c.stage == stage:
                heard += 1
                _decide(jc, c)


def _decide(jc: Centre, c: Citizen) -> None:
    decision = rules.decision(c.need, jc.p.needs[c.need].agreement, jc.draw(c, Decision.TEAM_DECISION))
    steps.decided(c, jc.now, decision, jc.p.clarification.again_after)
    jc.record(Activity.DECIDED, c, REHABILITATION_TEAM, float(decision))
    if decision != BACK:
        leaving.goes_to(jc, c, DESTINATIONS.index(TEAM_DECISIONS[decision]))
    else:
        give_place_back(jc, c, CLARIFICATION)


def _begin_package(jc: Centre, k: Post, task: Task) -> float:
    c = task.citizen
    jc.record(Activity.PACKAGE_STARTS, c, resource_of(k), float(c.packages_left))
    if c.hours_left <= 0.0:
        c.hours_left = jc.sample(c, Decision.PACKAGE_HOURS, jc.p.needs[c.need].package_hours)
    return steps.sitting_begins(c, jc.p.clarification.sitting)
