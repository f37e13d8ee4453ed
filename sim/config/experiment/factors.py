"""What varies: the choices of each factor, as layers over the base config and as cells of the plan."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sim.config.experiment.names import shortened, value_name
from sim.config.experiment.sampling import on_scale
from sim.config.experiment.schema import Factor
from sim.config.layers.merge import merge
from sim.config.schema.base import OFF
from sim.config.schema.meanings import meaning_of
from sim.config.schema.shape import CONFIG, Shape
from sim.config.schema.units import unit_of
from sim.config.toml.key_lines import KeyPath, split_key
from sim.config.toml.sourced import Node
from sim.config.toml.toml_text import key_text, value_text

Cell = float | int | bool | str | None
"""A factor's value in the plan; None: switched off, in a column of numbers."""
ColumnKind = Literal["float", "int", "bool", "text"]


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
    kind: ColumnKind
    unit: str
    description: str
    levels: tuple[str, ...]


class Choice(NamedTuple):
    """One value of a factor: its cell, its text in the names of points, and the layer that sets it."""

    cell: Cell
    text: str
    layer: Node


class ListedFactor(NamedTuple):
    """A factor that has a list of values or levels."""

    column: FactorColumn
    choices: tuple[Choice, ...]


class DrawnFactor(NamedTuple):
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
        """Make the choice of each point from numbers between 0 and 1."""
        low, high, whole = self.factor.min, self.factor.max, self.column.kind == "int"
        assert low is not None
        assert high is not None
        values = on_scale(units, low, high, log=self.factor.scale == "log", whole=whole)
        return [Choice(value, "", _layer(self.paths, Node(value, self.node.source))) for value in values]


def key_paths(name: str, factor: Factor) -> tuple[KeyPath, ...]:
    """Return the paths of the keys that a factor with values or a range sets.

    Raises
    ------
    ValueError
        If one is not a dotted key.
    """
    return tuple(split_key(key) for key in (factor.keys or [name]))


def make_factors(factors: Mapping[str, Factor], tables: Mapping[str, Node]) -> list[ListedFactor | DrawnFactor]:
    """Make the factors of an experiment that has no `problems`, in its order.

    Parameters
    ----------
    factors
        From the file's schema.
    tables
        The same tables as nodes, which know their lines.
    """
    return [_make_factor(name, label, factors[name], tables[name]) for name, label in labels(factors).items()]


def _make_factor(name: str, label: str, factor: Factor, node: Node) -> ListedFactor | DrawnFactor:
    if factor.levels is not None:
        column = FactorColumn(name, label, "text", "", "Level of the experiment.", tuple(factor.levels))
        levels = _table(_table(node)["levels"])
        return ListedFactor(column, tuple(Choice(key, key, settings(level)) for key, level in levels.items()))
    paths = key_paths(name, factor)
    shapes = [CONFIG.at(path) for path in paths]
    unit, description = unit_of(str(paths[0][-1]), shapes[0]), _description(paths)
    if factor.values is None:
        kind: ColumnKind = "int" if any(shape.type is int for shape in shapes) else "float"
        return DrawnFactor(FactorColumn(name, label, kind, unit, description, ()), paths, node, factor)
    kind = _kind(factor.values, shapes)
    cells = [_cell(value, kind) for value in factor.values]
    texts = tuple(str(cell) for cell in cells) if kind == "text" else ()
    nodes = _table(node)["values"].value
    choices = (
        Choice(cell, value_name(value), _layer(paths, value_node))
        for cell, value, value_node in zip(cells, factor.values, nodes, strict=True)
    )
    return ListedFactor(FactorColumn(name, label, kind, unit, description, texts), tuple(choices))


def settings(table: Node) -> Node:
    """Make a layer from a table of settings, in which a dotted key may be written in quotes."""
    layer = Node({}, table.source)
    for key, node in _table(table).items():
        layer = merge(layer, _layer((_parts(key),), node), CONFIG)
    return layer


def leaves(layer: Node, path: KeyPath = ()) -> Iterator[KeyPath]:
    """List the keys that a layer sets."""
    if isinstance(layer.value, dict) and not CONFIG.at(path).is_one_of:
        for key, node in layer.value.items():
            yield from leaves(node, (*path, key))
    else:
        yield path


def labels(factors: Mapping[str, Factor]) -> dict[str, str]:
    """Return the label of every factor."""
    parts = [_parts(name) for name in factors]
    names = zip(factors.items(), shortened(parts), strict=True)
    return {name: factor.label or short for (name, factor), short in names}


def _parts(key: str) -> tuple[str, ...]:
    try:
        return split_key(key)
    except ValueError:
        return (key,)


def _layer(paths: Sequence[Sequence[str | int]], value: Node) -> Node:
    """Make a layer that sets every path to the value."""
    whole = Node({}, value.source)
    for path in paths:
        layer = value
        for part in reversed(path):
            layer = Node({part: layer}, value.source)
        whole = merge(whole, layer, CONFIG)
    return whole


def _table(node: Node) -> Mapping[str, Node]:
    assert node.table is not None, "the schema has accepted the file"
    return node.table


def _kind(values: Sequence[Any], shapes: Sequence[Shape]) -> ColumnKind:
    stated = [value for value in values if value != OFF]
    if stated and all(isinstance(value, bool) for value in values):
        return "bool"
    if stated and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in stated):
        return "int" if all(shape.type is int for shape in shapes) else "float"
    return "text"


def _cell(value: Any, kind: ColumnKind) -> Cell:
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
        known = section is not None and str(path[-1]) in section.model_fields
        meaning = meaning_of(section, str(path[-1])) if section is not None and known else ""
        texts.append(f"{key_text(path)}: {meaning}" if meaning else key_text(path))
    return "; ".join(texts)
