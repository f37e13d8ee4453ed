"""What varies: each factor's choices, as layers to lay over the base config, and as cells of the plan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic_core import ErrorDetails

from sim.config.experiment.names import ALLOWED, is_safe, shortened, value_name
from sim.config.experiment.sampling import on_scale
from sim.config.experiment.schema import Factor
from sim.config.lines import KeyPath, split_key
from sim.config.schema.base import OFF, Problem
from sim.config.schema.distributions import Distribution
from sim.config.shape import CONFIG, Shape
from sim.config.toml_text import key_text, value_text
from sim.config.tree import Node, lay_over
from sim.config.units import unit_of
from sim.config.words import described, in_words, unknown_key

Cell = float | int | bool | str | None
"""A factor's value in the plan; None: switched off, among numbers."""
Kind = Literal["float", "int", "bool", "text"]

OWN_COLUMNS = ("number", "variant", "replication", "base_variant", "kpi", "unit")
"""Columns of the plan and the results that no factor may be called."""


class FactorColumn(NamedTuple):
    """A factor as a column.

    Attributes
    ----------
    name
        The dotted key, or the name of a factor with levels.
    label
        Short name, for points and tables.
    kind
        Type of its cells; "text" for levels, words, dates and distributions.
    unit, description
        From the schema of the config; no unit for levels.
    levels
        All texts that occur, in the order of the file; empty for the other kinds.
    """

    name: str
    label: str
    kind: Kind
    unit: str
    description: str
    levels: tuple[str, ...]


class Choice(NamedTuple):
    """One value of a factor: its cell, its text in the names of points, and the layer that sets it."""

    cell: Cell
    text: str
    layer: Node


class Axis(NamedTuple):
    """A factor that has a list of values or levels."""

    column: FactorColumn
    choices: tuple[Choice, ...]


class Drawn(NamedTuple):
    """A factor whose values the design draws.

    Attributes
    ----------
    column
        The factor.
    paths
        The keys it sets.
    node
        The factor's table, for the place of its values.
    factor
        Its range.
    """

    column: FactorColumn
    paths: tuple[KeyPath, ...]
    node: Node
    factor: Factor

    def choices(self, units: Sequence[float]) -> list[Choice]:
        """Make the value of each point from numbers between 0 and 1."""
        low, high, whole = self.factor.min, self.factor.max, self.column.kind == "int"
        assert low is not None
        assert high is not None
        values = on_scale(units, low, high, log=self.factor.scale == "log", whole=whole)
        return [Choice(value, "", _layer(self.paths, Node(value, self.node.source))) for value in values]


def key_paths(name: str, factor: Factor) -> tuple[KeyPath, ...]:
    """Give the paths of the keys that a factor with values or a range sets.

    Raises
    ------
    ValueError
        If one is not a dotted key.
    """
    return tuple(split_key(key) for key in (factor.keys or [name]))


def axes(factors: Mapping[str, Factor], tables: Mapping[str, Node]) -> list[Axis | Drawn]:
    """Make the factors of an experiment, in its order; the experiment has no `problems`.

    Parameters
    ----------
    factors
        From the file's schema.
    tables
        The same tables as nodes, which know their lines.
    """
    labels = _labels(factors)
    return [_axis(name, label, factors[name], tables[name]) for name, label in labels.items()]


def _axis(name: str, label: str, factor: Factor, node: Node) -> Axis | Drawn:
    if factor.levels is not None:
        column = FactorColumn(name, label, "text", "", "Level of the experiment.", tuple(factor.levels))
        levels = _table(_table(node)["levels"])
        return Axis(column, tuple(Choice(key, key, settings(level)) for key, level in levels.items()))
    paths = key_paths(name, factor)
    shapes = [CONFIG.at(path) for path in paths]
    unit, description = unit_of(str(paths[0][-1]), shapes[0]), _description(paths)
    if factor.values is None:
        kind: Kind = "int" if any(shape.kind is int for shape in shapes) else "float"
        return Drawn(FactorColumn(name, label, kind, unit, description, ()), paths, node, factor)
    kind = _kind(factor.values, shapes)
    cells = [_cell(value, kind) for value in factor.values]
    texts = tuple(str(cell) for cell in cells) if kind == "text" else ()
    nodes = _table(node)["values"].value
    choices = (
        Choice(cell, value_name(value), _layer(paths, value_node))
        for cell, value, value_node in zip(cells, factor.values, nodes, strict=True)
    )
    return Axis(FactorColumn(name, label, kind, unit, description, texts), tuple(choices))


def settings(table: Node) -> Node:
    """Make a layer of a table of settings, in which a dotted key may stand in quotes as one."""
    layer = Node({}, table.source)
    for key, node in _table(table).items():
        layer = lay_over(layer, _layer((_parts(key),), node), CONFIG)
    return layer


def leaves(layer: Node, path: KeyPath = ()) -> Iterator[KeyPath]:
    """List the keys that a layer sets."""
    if isinstance(layer.value, dict) and not CONFIG.at(path).is_one_of:
        for key, node in layer.value.items():
            yield from leaves(node, (*path, key))
    else:
        yield path


def problems(factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """List what is wrong with the factors in themselves: names, keys, values that come twice."""
    found = list(_own_problems(factors))
    yield from found or _same_labels(factors)


def _own_problems(factors: Mapping[str, Factor]) -> Iterator[Problem]:
    """What is wrong with each factor by itself."""
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
    """The free name of a factor, and those of its levels."""
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
            if table.child(key).kind is None:
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
        if shape.kind not in (int, float, Distribution):
            yield Problem(
                place, f"{key_text(path)} is not a number, so there is no range of it; give values instead"
            )
            continue
        for end in ("min", "max"):
            limit = getattr(factor, end)
            if shape.kind is int and not float(limit).is_integer():
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
    for name, label in _labels(factors).items():
        place: KeyPath = ("factors", name)
        if factors[name].label is not None and not is_safe(label):
            yield Problem((*place, "label"), f"{label!r} is not a label; {ALLOWED}")
        elif not is_safe(label):
            yield Problem(place, f"its label {label!r} cannot name a folder; give it a label of its own")
        first = seen.setdefault(label.casefold(), name)
        if first != name:
            yield Problem((*place, "label"), f"{label!r} is the label of {first} already")


def _labels(factors: Mapping[str, Factor]) -> dict[str, str]:
    """Give every factor its label."""
    parts = [_parts(name) for name in factors]
    names = zip(factors.items(), shortened(parts), strict=True)
    return {name: factor.label or short for (name, factor), short in names}


def _parts(key: str) -> tuple[str, ...]:
    try:
        return split_key(key)
    except ValueError:
        return (key,)


def _layer(paths: Sequence[Sequence[str | int]], value: Node) -> Node:
    """Make a layer that gives every path the value."""
    whole = Node({}, value.source)
    for path in paths:
        layer = value
        for part in reversed(path):
            layer = Node({part: layer}, value.source)
        whole = lay_over(whole, layer, CONFIG)
    return whole


def _table(node: Node) -> Mapping[str, Node]:
    assert node.table is not None, "the schema has accepted the file"
    return node.table


def _kind(values: Sequence[Any], shapes: Sequence[Shape]) -> Kind:
    stated = [value for value in values if value != OFF]
    if stated and all(isinstance(value, bool) for value in values):
        return "bool"
    if stated and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in stated):
        return "int" if all(shape.kind is int for shape in shapes) else "float"
    return "text"


def _cell(value: Any, kind: Kind) -> Cell:
    if kind == "text":
        return (
            value if isinstance(value, str) else value.isoformat() if isinstance(value, date) else value_text(value)
        )
    if value == OFF:
        return None
    return float(value) if kind == "float" else value


def _description(paths: Sequence[KeyPath]) -> str:
    texts = []
    for path in paths:
        section = CONFIG.at(path[:-1]).section
        field = section.model_fields.get(str(path[-1])) if section is not None else None
        meaning = " ".join((field.description or "").split()) if field is not None else ""
        texts.append(f"{key_text(path)}: {meaning}" if meaning else key_text(path))
    return "; ".join(texts)
