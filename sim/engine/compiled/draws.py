"""Draws, and the records of parameters as the rules know them."""

from collections.abc import Callable
from typing import Any, get_origin, get_type_hints

from sim.engine.compiled.layout import distribution_at, numbers
from sim.engine.compiled.memory import Record, World, inline
from sim.model.decisions import KEYS, Decision
from sim.model.distributions import CONSTANT, Distribution, quantile
from sim.model.exits import Hazard
from sim.model.streams import uniform


@inline
def draw(w: World, who: Record, decision: Decision) -> float:
    """Draw the person's next uniform number for a decision."""
    n = int(who.counts[decision.value])
    who.counts[decision.value] = n + 1
    return uniform(who.key, who.ordinal, w.replication, KEYS[decision.value], n)


@inline
def sample(w: World, who: Record, decision: Decision, distribution: int) -> float:
    """Draw a value from a distribution (a constant needs no draw)."""
    d = distribution_at(w, distribution)
    if d.kind == CONSTANT:
        return float(d.a)
    return value_of(w, distribution, draw(w, who, decision))


@inline
def value_of(w: World, distribution: int, u: float) -> float:
    """Quantile of a distribution of the parameters."""
    return quantile(distribution_of(w, distribution), u)


@inline
def distribution_of(w: World, distribution: int) -> Distribution:
    """Return a distribution of the parameters, as the rules take it."""
    return _distribution(w, distribution_at(w, distribution))  # type: ignore[no-any-return]


@inline
def draw_unless_constant(w: World, who: Record, decision: Decision, distribution: int) -> float:
    """Draw the uniform number for a value from a distribution (a constant needs no draw: 0)."""
    return 0.0 if distribution_at(w, distribution).kind == CONSTANT else draw(w, who, decision)


def reader(kind: type) -> Callable[[World, Record], Any]:
    """Make the function that turns a record into the tuple of parameters from which its fields were derived.

    It is written out field by field, for that is what can be compiled.
    """
    names: dict[str, Any] = {"numbers": numbers}
    read: Callable[[World, Record], Any] = eval(f"lambda w, record: {_written_out(kind, 'record', names)}", names)
    return inline(read)


def _written_out(kind: type, record: str, names: dict[str, Any]) -> str:
    names[kind.__name__] = kind
    fields = []
    for name, hint in get_type_hints(kind).items():
        field = f"{record}.{name}"
        if hasattr(hint, "_fields"):
            field = _written_out(hint, field, names)
        elif get_origin(hint) is tuple:
            field = f"numbers(w, {field})"
        fields.append(field)
    return f"{kind.__name__}({', '.join(fields)})"


_distribution = reader(Distribution)
hazard = reader(Hazard)
"""A hazard of the parameters, as the rules take it."""
