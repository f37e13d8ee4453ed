"""Numbers that are possible and hardly meant: another unit, or a point that was to separate thousands."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from sim.config.differences import in_force
from sim.config.layers.changes import fragments
from sim.config.layers.completed import completed
from sim.config.layers.loading import Loaded
from sim.config.messages.thousands import zeros_behind_a_point
from sim.config.schema.base import OneOf, Problem
from sim.config.schema.changes import CHANGES
from sim.config.schema.distributions import Distribution
from sim.config.schema.shape import CONFIG, Shape
from sim.config.schema.units import unit_of
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.toml_text import value_text


def unusual_numbers(loaded: Loaded) -> Iterator[Problem]:
    """List numbers outside the range that is usual for their key, and such as 52.000."""
    asked = set()
    for path, value, shape in (*_numbers(loaded.config, CONFIG, ()), *_changed_numbers(loaded)):
        if shape.usual is not None and path in loaded.sources and not shape.usual.holds(value):
            unit = unit_of(str(path[-1]), shape)
            shown = f"{value_text(value)} {unit}".rstrip()
            mean = " on average" if shape.section is Distribution else ""
            asked.add(path)
            yield Problem(path, f"is {shown}{mean} meant? Usual is {shape.usual}")
    for problem in zeros_behind_a_point(completed(loaded.root).values):
        if problem.path not in asked:
            yield problem


def _changed_numbers(loaded: Loaded) -> Iterator[tuple[KeyPath, float | date, Shape]]:
    """List the numbers that policies with a date change."""
    begin, _ = fragments(loaded.root)
    for day, config in in_force(loaded.config):
        for fragment in begin:
            if fragment.date == day:
                for path, value, shape in _numbers(config, CONFIG, ()):
                    yield (CHANGES, fragment.name, *path), value, shape


def _numbers(value: Any, shape: Shape, path: KeyPath) -> Iterator[tuple[KeyPath, float | date, Shape]]:
    """List all numbers and dates of a config; of a distribution its mean."""
    if isinstance(value, Distribution):
        yield path, value.mean, shape
    elif isinstance(value, OneOf):
        name, form = value.form
        yield from _numbers(form, shape.child(name), (*path, name))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name == CHANGES:
                continue
            yield from _numbers(getattr(value, name), shape.child(name), (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _numbers(item, shape.child(name), (*path, name))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _numbers(item, shape.child(i), (*path, i))
    elif isinstance(value, (int, float, date)) and not isinstance(value, bool):
        yield path, value, shape
