"""Draws, and the records of parameters as the rules know them."""

from sim.engine.compiled.layout import distribution_at, numbers
from sim.engine.compiled.memory import Record, World, hot
from sim.model.decisions import KEYS, Of
from sim.model.distributions import CONSTANT, Distribution, quantile
from sim.model.exits import Duration, Hazard, Response
from sim.model.streams import uniform


@hot
def draw(w: World, who: Record, decision: Of) -> float:
    """Draw the person's next uniform number for a decision."""
    n = int(who.counts[decision.value])
    who.counts[decision.value] = n + 1
    return uniform(who.key, who.ordinal, w.replication, KEYS[decision.value], n)


@hot
def drawn(w: World, who: Record, decision: Of, distribution: int) -> float:
    """Draw a value from a distribution (a constant needs no draw)."""
    d = distribution_at(w, distribution)
    if d.kind == CONSTANT:
        return float(d.a)
    return value_of(w, distribution, draw(w, who, decision))


@hot
def value_of(w: World, distribution: int, u: float) -> float:
    """Quantile of a distribution of the parameters."""
    d = distribution_at(w, distribution)
    values = numbers(w, d.values, d.value_count)
    cumulative = numbers(w, d.cumulative, d.cumulative_count)
    return quantile(Distribution(d.kind, d.a, d.b, d.c, values, cumulative, d.mean), u)


@hot
def hazard(w: World, h: Record) -> Hazard:
    """Return a hazard of the parameters, as the rules take it."""
    response = Response(
        h.response_form,
        h.response_a,
        h.response_reference,
        numbers(w, h.response_x, h.response_count),
        numbers(w, h.response_y, h.response_count),
    )
    duration = Duration(
        h.duration_form,
        h.duration_shape,
        h.duration_reference,
        h.duration_low,
        h.duration_high,
        numbers(w, h.duration_x, h.duration_count),
        numbers(w, h.duration_y, h.duration_count),
    )
    return Hazard(
        h.per_week,
        h.long_history_factor,
        h.frail,
        response,
        duration,
        h.meeting_size,
        h.outreach_size,
        h.lock_in,
        h.after_internship,
        h.small_job,
        h.programmes,
        h.levels,
    )
