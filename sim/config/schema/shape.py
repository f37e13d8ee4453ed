"""What the schema says about a key path: the type of the value there, and its allowed keys."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from sim.config.schema.base import OneOf, Section
from sim.config.schema.changes import CHANGES, ConfigFile
from sim.config.schema.usual import Usual
from sim.config.toml.key_lines import KeyPath


@dataclass(frozen=True)
class Shape:
    """What the schema says about one place in a config.

    Attributes
    ----------
    type
        The type of the value without what only narrows it: a section, ``dict[...]``, ``list[...]``,
        ``Literal[...]`` or a plain type; None if the schema has no such place.
    limits
        The annotations that narrow it.
    optional
        Whether the word ``"none"`` may switch it off.
    """

    type: Any
    limits: tuple[Any, ...] = ()
    optional: bool = False
    _children: dict[str | int, "Shape"] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Shapes are looked up very often, so `child` makes each of them only once."""

    @cached_property
    def section(self) -> type[Section] | None:
        """The section that belongs here; None for anything else."""
        return self.type if isinstance(self.type, type) and issubclass(self.type, Section) else None

    @cached_property
    def is_one_of(self) -> bool:
        """Whether exactly one of several forms belongs here."""
        return self.section is not None and issubclass(self.section, OneOf)

    @cached_property
    def is_named(self) -> bool:
        """Whether a table whose keys are names belongs here."""
        return get_origin(self.type) is dict

    @cached_property
    def has_named_tables(self) -> bool:
        """Whether tables with names belong here (groups, departments, exits ...)."""
        return self.is_named and self.child("").section is not None

    @cached_property
    def names_within(self) -> bool:
        """Whether tables with names belong here or further in."""
        inner = self.keys or ("",)
        return self.has_named_tables or any(self.child(key).names_within for key in inner if self.type is not None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys allowed here; empty if any name is allowed."""
        if self.section is not None:
            return tuple(self.section.model_fields)
        if self.is_named:
            names = get_args(self.type)[0]
            return get_args(names) if get_origin(names) is Literal else ()
        return ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The words allowed here; empty if it is not a choice of words."""
        return get_args(self.type) if get_origin(self.type) is Literal else ()

    def bound(self, name: Literal["ge", "gt", "le", "lt"]) -> float | None:
        """Return the limit with this name in pydantic (at least, above, at most, below), if there is one."""
        return next((getattr(limit, name) for limit in self.limits if hasattr(limit, name)), None)

    @property
    def usual(self) -> Usual | None:
        """Between what the value here usually lies, if that is known."""
        return next((limit for limit in self.limits if isinstance(limit, Usual)), None)

    def child(self, key: str | int) -> "Shape":
        """Return the shape of what belongs under `key`."""
        if self.section is None:  # In a table of names or a list all have the same shape.
            key = ""
        if key not in self._children:
            self._children[key] = self._child(key)
        return self._children[key]

    def _child(self, key: str | int) -> "Shape":
        if self.section is not None:
            known = self.section.model_fields.get(str(key))
            return of_field(known) if known else UNKNOWN
        if get_origin(self.type) in (dict, list):
            return _of_annotation(get_args(self.type)[-1])
        return UNKNOWN

    def at(self, path: KeyPath) -> "Shape":
        """Return the shape of what belongs at `path`."""
        shape = self
        for key in path:
            shape = shape.child(key)
        return shape


UNKNOWN = Shape(None)
"""The shape of a place that the schema does not know."""
CONFIG = Shape(ConfigFile)
"""The shape of a whole config, as it stands in a file."""


def of_field(info: FieldInfo) -> Shape:
    """Return the shape of a section's field."""
    return _of_annotation(info.annotation, tuple(info.metadata))


def tables_with(key: str, root: Shape = CONFIG) -> list[str]:
    """List the tables that have this key, as they are written in a file: ``[groups.NAME.meetings]``.

    The parameters of forms (``mean``, ``cv`` ...) are left out: they belong to every distribution.
    """
    return [path for path, keys in _tables(root, "") if key in keys]


def _tables(shape: Shape, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if shape.is_one_of:
        return
    if shape.section is not None:
        if path:
            yield f"[{path}]", shape.keys
        for key in shape.keys:
            if path or key != CHANGES:  # They hold the same tables again.
                yield from _tables(shape.child(key), f"{path}.{key}".lstrip("."))
    elif shape.has_named_tables:
        yield from _tables(shape.child(""), f"{path}.NAME")
    elif get_origin(shape.type) is list and shape.child(0).section is not None:
        yield f"[[{path}]]", shape.child(0).keys


def _of_annotation(annotation: Any, limits: tuple[Any, ...] = ()) -> Shape:
    """Unwrap the type: remove ``Annotated``, and ``| None`` for what can be switched off."""
    optional = False
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            limits = (*limits, *(m for item in more for m in _limits(item)))
        elif get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation):
            (annotation,) = (arg for arg in get_args(annotation) if arg is not NoneType)
            optional = True
        else:
            return Shape(annotation, limits, optional)


def _limits(item: Any) -> tuple[Any, ...]:
    return tuple(item.metadata) if isinstance(item, FieldInfo) else (item,)
