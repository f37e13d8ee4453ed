"""Latent traits: what citizens bring with them, what arises later, and what meetings can only find out."""

import math
from collections.abc import Sequence

from sim.engine.reference.centre import Centre
from sim.engine.reference.state import Citizen
from sim.engine.steps import traits as steps
from sim.model.clarification import pick_by_share
from sim.model.decisions import Decision
from sim.model.distributions import CONSTANT, exponential
from sim.model.exits import frail_hazard_until
from sim.model.stayers import frailty_given_survival


def brings(jc: Centre, c: Citizen, right_schemes: Sequence[float], ready_share: float) -> None:
    """Draw the right scheme and readiness of a citizen who comes."""
    if right_schemes:
        scheme = pick_by_share(tuple(right_schemes), jc.draw(c, Decision.RIGHT_SCHEME))
        if scheme < len(right_schemes) - 1:
            steps.need_is_there(c, scheme)
    if c.need == steps.NO_NEED:
        _need_arises(jc, c)
    if ready_share > 0.0 and jc.draw(c, Decision.READY) < ready_share:
        c.ready_from = -math.inf
    else:
        becomes_ready(jc, c)


def becomes_ready(jc: Centre, c: Citizen) -> None:
    """Who is not ready, or no longer, becomes so some time from now."""
    rate = jc.p.groups[c.group].becomes_ready
    c.ready_from = jc.now + exponential(rate, jc.draw(c, Decision.BECOMES_READY)) if rate > 0.0 else math.inf


def in_new_group(jc: Centre, c: Citizen) -> None:
    """What has not arisen yet arises as in the group that the citizen now belongs to."""
    if c.need_from > jc.now:
        _need_arises(jc, c)
    if c.ready_from > jc.now:
        becomes_ready(jc, c)


def frailty_of_stayer(jc: Centre, c: Citizen) -> float:
    """Frailty of somebody who has stayed until now, by group, history and weeks on benefit."""
    group = jc.p.groups[c.group]
    if group.frailty.kind == CONSTANT:
        return group.frailty.a
    hazard = 0.0
    for h in group.hazards:
        hazard += frail_hazard_until(h, c.long_history, jc.now - c.entry_weeks)
    return frailty_given_survival(group.frailty, jc.draw(c, Decision.FRAILTY), hazard)


def _need_arises(jc: Centre, c: Citizen) -> None:
    group = jc.p.groups[c.group]
    if group.need_arises > 0.0:
        weeks = exponential(group.need_arises, jc.draw(c, Decision.NEED_ARISES))
        scheme = pick_by_share(group.arising_schemes, jc.draw(c, Decision.NEED_ARISING))
        steps.need_will_arise(c, scheme, jc.now + weeks)
    else:
        steps.belongs_here(c)
