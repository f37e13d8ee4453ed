"""Every value in force in a config, with the place it comes from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from sim.config.canonical import jsonable, stated
from sim.config.layers.changes import fragments
from sim.config.layers.loading import Loaded
from sim.config.messages.placed import nearest
from sim.config.schema import Config
from sim.config.schema.base import OFF, OneOf
from sim.config.schema.changes import CHANGES
from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import KeyPath, split_key
from sim.config.toml.sourced import Source
from sim.config.toml.toml_text import key_text, value_text


class Effective(NamedTuple):
    """One value in force.

    Attributes
    ----------
    key
        Its dotted key.
    value
        The value in types of JSON; None: switched off.
    text
        The value as it would be written in TOML.
    source
        Where it is stated; None: it is the default.
    """

    key: str
    value: Any
    text: str
    source: Source | None

    @property
    def place(self) -> str:
        """The source in words: ``file:line``, ``default`` or ``override``."""
        if self.source is None:
            return "default"
        return "override" if self.source.file is None else str(self.source)


class Held(NamedTuple):
    """One value of a config of which only the values are known, as it is stored beside results.

    Attributes
    ----------
    key, value, text
        As of `Effective`.
    default
        Whether it is what holds if nothing is stated.
    path
        Of its key in the schema: without places in lists, dates of changes, and what stands before them.
    """

    key: str
    value: Any
    text: str
    default: bool
    path: tuple[str, ...]


def held_values(config: Config) -> Iterator[Held]:
    """List all values in the order of the schema, then what changes at each date (as ``changes.DATE.KEY``)."""
    for name in type(config).model_fields:
        if name != CHANGES:
            for path, value in _leaves(getattr(config, name), (name,)):
                default = not differs_from_default(config, path)
                plain = tuple(part for part in path if isinstance(part, str))
                yield Held(key_text(path), jsonable(value), _text(value), default, plain)
    for change in config.changes:
        for key, value in change.sets.items():
            parts = tuple(split_key(key))
            dated = key_text((CHANGES, str(change.date), *parts))
            yield Held(dated, value, _json_text(parts, value), False, parts)


def effective_values(loaded: Loaded) -> Iterator[Effective]:
    """List all values in the order of the schema; a distribution or response counts as one value."""
    for name in type(loaded.config).model_fields:
        if name != CHANGES:
            for path, value in _leaves(getattr(loaded.config, name), (name,)):
                yield Effective(key_text(path), jsonable(value), _text(value), loaded.sources.get(path))
    yield from _changes(loaded)


def _changes(loaded: Loaded) -> Iterator[Effective]:
    """List what changes at each date, under the name of the policy that states it."""
    begin, _ = fragments(loaded.root)
    for change in loaded.config.changes:
        names = [fragment.name for fragment in begin if fragment.date == change.date]
        for key, value in change.sets.items():
            path = tuple(split_key(key))
            owner = max(names, key=lambda name: len(nearest((CHANGES, name, *path), loaded.sources)))
            place = nearest((CHANGES, owner, *path), loaded.sources)
            yield Effective(key_text((CHANGES, owner, *path)), value, _json_text(path, value), loaded.sources[place])


def _json_text(path: KeyPath, value: Any) -> str:
    if isinstance(value, dict) and CONFIG.at(path).is_one_of:
        value = value.get("constant", value)
    return value_text(OFF if value is None else stated(value))


def differs_from_default(config: Config, path: KeyPath) -> bool:
    """Whether a key has another value than it has if nothing is stated; a named table or a list's element always."""
    at: Any = config
    for part in path[:-1]:
        at = getattr(at, str(part)) if isinstance(at, BaseModel) else at[part]
        if at is None:
            return False
    if not isinstance(at, BaseModel):
        return True
    field = type(at).model_fields[str(path[-1])]
    return bool(getattr(at, str(path[-1])) != field.get_default())


def _leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, BaseModel) and not isinstance(value, OneOf):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), (*path, name))
    elif isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _leaves(item, (*path, name))
    elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
        for i, item in enumerate(value):
            yield from _leaves(item, (*path, i))
    else:
        yield path, value


def _text(value: Any) -> str:
    if value is None:
        return value_text(OFF)
    if isinstance(value, OneOf):
        name, form = value.form
        return value_text(form if name == "constant" else {name: form.model_dump(exclude_none=True)})
    return value_text(value)
