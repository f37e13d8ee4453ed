"""A group's competing exits as hazards with an upper bound."""

import math

from sim.catalogue import DESTINATIONS
from sim.config.schema import Config
from sim.config.schema.exits import CaseloadResponse, DurationDependence, Exit
from sim.config.schema.hazards import highest_factor
from sim.config.schema.people import Group as GroupSpec
from sim.model import exits
from sim.model.assembly.resolve import chosen
from sim.model.exits import Duration, Hazard, Response


def hazards_of(config: Config, group: GroupSpec) -> tuple[Hazard, ...]:
    """Return the group's hazards in the order of `HAZARDS`; 0 a week where the config has none."""
    destinations = tuple(
        _hazard(config, group, name, group.exits.get(name, Exit(hazard_per_week=0.0))) for name in DESTINATIONS
    )
    small = group.small_jobs.hazard_per_week if group.small_jobs else 0.0
    return (*destinations, _hazard(config, group, "small_job", Exit(hazard_per_week=small, frailty=False)))


def _hazard(config: Config, group: GroupSpec, name: str, e: Exit) -> Hazard:
    effect = config.meetings.effect if config.meetings else None
    sanction = config.meetings.sanction if config.meetings else None
    outreach = config.discretionary.outreach
    internships, small = config.internships, config.small_jobs
    with_meetings = effect is not None and name in effect.affects
    with_outreach = outreach is not None and name == "job"
    with_internships = internships is not None and name in internships.affects
    with_small = small is not None and name in small.affects
    own_factor = group.small_jobs.factor if group.small_jobs is not None else None
    built = Hazard(
        per_week=e.hazard_per_week,
        long_history_factor=e.long_history_factor,
        frail=e.frailty,
        response=_response(e.caseload, config.caseload.reference),
        duration=_duration(e.duration),
        meeting_size=effect.size if effect is not None and with_meetings else 0.0,
        sanction_size=sanction.size if sanction is not None and name in sanction.affects else 0.0,
        outreach_size=outreach.size if outreach is not None and with_outreach else 0.0,
        lock_in=internships.lock_in_factor if internships is not None and with_internships else 1.0,
        after_internship=internships.after_factor if internships is not None and with_internships else 1.0,
        small_job=chosen(own_factor, small.factor) if small is not None and with_small else 1.0,
        programmes=sum(1 << i for i, p in enumerate(config.programmes.values()) if name in p.affects),
        levels=1,
    )
    return built._replace(levels=exits.levels_for(highest_factor(dict(config), group, name, e)))


def _response(spec: CaseloadResponse | None, reference: float) -> Response:
    if spec is None:
        return Response(exits.FLAT, 0.0, reference, (), ())
    if spec.power is not None:
        return Response(exits.POWER, spec.power.elasticity, reference, (), ())
    if spec.hyperbolic is not None:
        return Response(exits.HYPERBOLIC, spec.hyperbolic.scale, reference, (), ())
    assert spec.table is not None  # OneOf has checked it
    x, y = tuple(spec.table.caseload), tuple(spec.table.factor)
    return Response(exits.LINES, 0.0, reference, x, y)


def _duration(spec: DurationDependence | None) -> Duration:
    if spec is not None and spec.table is not None:
        x, y = tuple(spec.table.from_weeks), tuple(spec.table.factor)
        return Duration(exits.STEPS, 1.0, 1.0, 0.0, 0.0, x, y)
    if spec is not None and spec.weibull is not None and spec.weibull.shape != 1:
        w = spec.weibull
        return Duration(exits.WEIBULL, w.shape, w.reference_weeks, *w.varies, (), ())
    return Duration(exits.FLAT, 1.0, 1.0, 0.0, math.inf, (), ())
