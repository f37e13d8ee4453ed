"""What two configs say differently, and the configs that are in force one after another."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sim.config.canonical import canonical
from sim.config.schema import Config
from sim.config.schema.changes import CHANGES
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.key_lines import split_key

_ABSENT = object()


class Difference(NamedTuple):
    """A key with the values before and after, in types of JSON; None where it is switched off or not there."""

    path: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Config, after: Config) -> list[Difference]:
    """List the keys whose values differ; lists, distributions and forms count as one value."""
    return list(_differences(canonical(before), canonical(after), CONFIG, ()))


def _differences(a: Any, b: Any, shape: Shape, path: tuple[str, ...]) -> Iterator[Difference]:
    if a == b or path == (CHANGES,):
        return
    if not (isinstance(a, Mapping) and isinstance(b, Mapping)) or shape.is_one_of:
        yield Difference(path, None if a is _ABSENT else a, None if b is _ABSENT else b)
        return
    for key in dict.fromkeys((*a, *b)):
        yield from _differences(a.get(key, _ABSENT), b.get(key, _ABSENT), shape.child(key), (*path, key))


def in_force(config: Config) -> list[tuple[date, Config]]:
    """List what is in force from each date of a change on, in order of dates; each without changes."""
    steps = []
    values = canonical(config)
    for change in config.changes:
        for key, value in change.sets.items():
            *table, last = split_key(key)
            at = values
            for part in table:
                at = at[part]
            if value is None and CONFIG.at(tuple(table)).has_named_tables:
                at.pop(last, None)
            else:
                at[last] = value
        # Not strict: dates are texts in JSON.
        steps.append((change.date, Config.model_validate({**values, CHANGES: []}, strict=False)))
    return steps
