"""What is wrong with the factors themselves, before any config is read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from sim.config.experiment.factors import key_paths, labels
from sim.config.experiment.names import ALLOWED, is_safe, value_name
from sim.config.experiment.schema import Factor
from sim.config.messages.unknown_keys import unknown_key
from sim.config.messages.values import described, in_words
from sim.config.schema.base import Problem
from sim.config.schema.distributions import Distribution
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.toml_text import key_text, value_text

OWN_COLUMNS = ("number", "variant", "replication", "base_variant", "kpi", "unit")
"""Columns of the plan and the results; no factor may have one of these names."""


def problems(factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """List what is wrong with the factors themselves: names, keys, repeated values."""
    found = list(_own_problems(factors))
    yield from found or _same_labels(factors)


def _own_problems(factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """List what is wrong with each factor by itself."""
    for name, factor in factors.items():
        place: KeyPath = ("factors", name)
        if factor.levels is not None:
            yield from _name_problems(place, name, factor)
            continue
        where = (*place, "keys") if factor.keys else place
        try:
            paths = key_paths(name, factor)
        except ValueError:
            yield Problem(where, "a key must be dotted names, such as staffing.citizens_per_coordinator")
            continue
        if factor.keys:
            yield from _name_problems(place, name, factor)
        unknown = list(_unknown(where, paths))
        yield from unknown or _value_problems(place, factor, paths)


def _name_problems(place: KeyPath, name: str, factor: Factor) -> Iterator[Problem]:
    """Check the name of a factor, and the names of its levels."""
    if not is_safe(name):
        yield Problem(place, f"not a name for a factor; {ALLOWED}")
    elif name in OWN_COLUMNS:
        yield Problem(place, "this is a column of every plan; choose another name")
    seen: dict[str, str] = {}
    for level in factor.levels or {}:
        if not is_safe(level):
            yield Problem((*place, "levels", level), f"not a name for a level; {ALLOWED}")
        elif seen.setdefault(level.casefold(), level) != level:
            yield Problem((*place, "levels", level), f"is the same folder as {seen[level.casefold()]} on Windows")


def _unknown(where: KeyPath, paths: Sequence[KeyPath]) -> Iterator[Problem]:
    for path in paths:
        for end, key in enumerate(path):
            table = CONFIG.at(path[:end])
            if table.child(key).type is None:
                text = unknown_key(str(key), table)
                is_name = path[: end + 1] == path and where[-1] == key_text(path)
                yield Problem(where, text if is_name else f"{key_text(path[: end + 1])}: {text}")
                break
        if path in (("run", "seed"), ("run", "replications")):
            yield Problem(where, f"is the same for all points; state {path[1]} in [experiment]")


def _value_problems(place: KeyPath, factor: Factor, paths: Sequence[KeyPath]) -> Iterator[Problem]:
    if factor.values is not None:
        seen: dict[str, Any] = {}
        for i, value in enumerate(factor.values):
            name = value_name(value)
            if not name:
                yield Problem(
                    (*place, "values", i), f"{value_text(value)} gives no name; use levels, which have names"
                )
            elif name.casefold() in seen:
                twice = (
                    f"{value_text(value)} comes twice"
                    if seen[name.casefold()] == value
                    else (
                        f"{value_text(seen[name.casefold()])} and {value_text(value)} give the same name {name}; "
                        "use levels, which have names of their own"
                    )
                )
                yield Problem((*place, "values", i), twice)
            seen.setdefault(name.casefold(), value)
        return
    for path in paths:
        shape = CONFIG.at(path)
        if shape.type not in (int, float, Distribution):
            yield Problem(
                place, f"{key_text(path)} is not a number, so there is no range of it; give values instead"
            )
            continue
        for end in ("min", "max"):
            limit = getattr(factor, end)
            if shape.type is int and not float(limit).is_integer():
                whole = f"must be a whole number, as {key_text(path)} is; it is {described(limit)}"
                yield Problem((*place, end), whole)
            elif not _allows(shape, limit):
                error = ErrorDetails(type="greater_than_equal", loc=(), msg="", input=limit)
                yield Problem((*place, end), in_words(error, shape))


def _allows(shape: Shape, value: float) -> bool:
    """Whether a number is within the limits of the schema."""
    at_least, above, at_most, below = (shape.bound(name) for name in ("ge", "gt", "le", "lt"))
    return (
        (at_least is None or value >= at_least)
        and (above is None or value > above)
        and (at_most is None or value <= at_most)
        and (below is None or value < below)
    )


def _same_labels(factors: Mapping[str, Factor]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, label in labels(factors).items():
        place: KeyPath = ("factors", name)
        if factors[name].label is not None and not is_safe(label):
            yield Problem((*place, "label"), f"{label!r} is not a label; {ALLOWED}")
        elif not is_safe(label):
            yield Problem(place, f"its label {label!r} cannot name a folder; give it a label of its own")
        first = seen.setdefault(label.casefold(), name)
        if first != name:
            yield Problem((*place, "label"), f"{label!r} is the label of {first} already")
