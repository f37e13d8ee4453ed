"""Latent traits of citizens (as `sim.engine.reference.traits`)."""

import math

from sim.catalogue import HAZARDS
from sim.engine.compiled.draws import distribution_of, draw, draw_unless_constant, hazard
from sim.engine.compiled.layout import group_at, hazard_at, numbers
from sim.engine.compiled.memory import Record, World, jitted
from sim.engine.steps import traits as steps
from sim.model.clarification import pick_by_share
from sim.model.decisions import Decision
from sim.model.distributions import exponential
from sim.model.exits import frail_hazard_until
from sim.model.stayers import frailty_given_survival

HAZARD_COUNT = len(HAZARDS)


@jitted
def brings(w: World, c: Record, right_schemes: Record, ready_share: float) -> None:
    """Draw the right scheme and readiness of a citizen who comes."""
    if right_schemes.count > 0:
        scheme = pick_by_share(numbers(w, right_schemes), draw(w, c, Decision.RIGHT_SCHEME))
        if scheme < right_schemes.count - 1:
            steps.need_is_there(c, scheme)
    if c.need == steps.NO_NEED:
        _need_arises(w, c)
    if ready_share > 0.0 and draw(w, c, Decision.READY) < ready_share:
        c.ready_from = -math.inf
    else:
        becomes_ready(w, c)


@jitted
def becomes_ready(w: World, c: Record) -> None:
    """Who is not ready, or no longer, becomes so some time from now."""
    rate = group_at(w, c.group).becomes_ready
    if rate > 0.0:
        c.ready_from = w.now + exponential(rate, draw(w, c, Decision.BECOMES_READY))
    else:
        c.ready_from = math.inf


@jitted
def in_new_group(w: World, c: Record) -> None:
    """What has not arisen yet arises as in the group that the citizen now belongs to."""
    if c.need_from > w.now:
        _need_arises(w, c)
    if c.ready_from > w.now:
        becomes_ready(w, c)


@jitted
def frailty_of_stayer(w: World, c: Record) -> float:
    """Frailty of somebody who has stayed until now, by group, history and weeks on benefit."""
    frailty, integral = group_at(w, c.group).frailty, 0.0
    for h in range(HAZARD_COUNT):
        own = hazard(w, hazard_at(w, c.group * HAZARD_COUNT + h))
        integral += frail_hazard_until(own, c.long_history, w.now - c.entry_weeks)
    u = draw_unless_constant(w, c, Decision.FRAILTY, frailty)
    return frailty_given_survival(distribution_of(w, frailty), u, integral)


@jitted
def _need_arises(w: World, c: Record) -> None:
    group = group_at(w, c.group)
    if group.need_arises > 0.0:
        weeks = exponential(group.need_arises, draw(w, c, Decision.NEED_ARISES))
        scheme = pick_by_share(numbers(w, group.arising_schemes), draw(w, c, Decision.NEED_ARISING))
        steps.need_will_arise(c, scheme, w.now + weeks)
    else:
        steps.belongs_here(c)
