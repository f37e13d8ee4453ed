"""The reference engine: SimPy processes that read like the job centre."""

import gc

from sim.catalogue import Activity
from sim.engine.order import Kind
from sim.engine.reference.arrivals import allocation, inflow, initial_stock, next_arrival
from sim.engine.reference.casework import rehabilitation_team
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.changes import dated_changes
from sim.engine.reference.desk import post
from sim.engine.reference.staffing import absences, leaves, next_absence, next_resignation, post_cut, resignations
from sim.engine.reference.state import resource_of
from sim.engine.reference.tracer import Tracer
from sim.model.parameters import Parameters
from sim.tables.records import Replication


def run(
    p: Parameters, seed: int, replication: int, *, events: bool, weekly: bool, tracer: Tracer | None = None
) -> Replication:
    """Run one replication (see `sim.engine.simulate`); `tracer`: notes what the event log does not tell."""
    # Nearly everything stays alive until the horizon: looking for garbage meanwhile takes a quarter of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _run(p, seed, replication, events=events, weekly=weekly, tracer=tracer)
    finally:
        if collecting:
            gc.enable()


def _run(
    p: Parameters, seed: int, replication: int, *, events: bool, weekly: bool, tracer: Tracer | None
) -> Replication:
    jc = Centre(p, seed, replication, events=events, weekly=weekly, tracer=tracer)
    initial_stock(jc)
    for g in range(len(p.groups)):
        next_arrival(jc, g)
        jc.start(inflow(jc, g))
    for k in jc.posts:
        jc.start(post(jc, k))
        jc.start(post_cut(jc, k))
        next_absence(jc, k)
        jc.start(absences(jc, k))
        if k.team.role.leave_spells > 0:
            jc.start(leaves(jc, k))
        next_resignation(jc, k)
        jc.start(resignations(jc, k))
    for team, department in zip(jc.teams, p.departments, strict=False):
        if department.ever_filled:
            jc.start(allocation(jc, team))
    jc.start(rehabilitation_team(jc))
    jc.start(dated_changes(jc))
    jc.start(weeks(jc))
    jc.clock.run(until=jc.clock.end)
    jc.recorder.week(jc.present.values(), jc.posts, p.horizon, jc.clock.end)
    return Replication(replication, jc.recorder.tables(jc.clock.end))


def weeks(jc: Centre) -> Process:
    """The start date, and the end of every week but the last."""
    yield jc.at(0.0, Kind.OPENING, 0)
    jc.recorder.opens(jc.present.values(), jc.posts, jc.now)
    if jc.tracer is not None:
        jc.tracer.opens(jc.present.values(), jc.now)
    for c in jc.present.values():
        jc.record(Activity.PRESENT, c, resource_of(c.on_list_of))
    for week in range(1, jc.p.horizon):
        yield jc.at(float(week), Kind.WEEK, 0)
        jc.recorder.week(jc.present.values(), jc.posts, week, jc.now)
