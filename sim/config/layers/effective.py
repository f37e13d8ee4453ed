"""Every value in force in a config, with the place it comes from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from sim.config.canonical import jsonable
from sim.config.layers.loading import Loaded
from sim.config.schema import Config
from sim.config.schema.base import OFF, OneOf
from sim.config.toml.key_lines import KeyPath
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


def effective_values(loaded: Loaded) -> Iterator[Effective]:
    """List all values in the order of the schema; a distribution or response counts as one value."""
    for path, value in _leaves(loaded.config, ()):
        yield Effective(key_text(path), jsonable(value), _text(value), loaded.sources.get(path))


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
