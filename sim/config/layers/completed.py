"""From merged files to the values in force: what groups inherit, and what is switched off."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from sim.config.layers.inherit import inherited
from sim.config.schema.base import EVERY_GROUP, OFF
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.sourced import Node


class Completed(NamedTuple):
    """A config whose groups have what they inherit.

    Attributes
    ----------
    values
        The values in force.
    every_group
        The table `every_group` that went into the groups (None if there is none).
    bases
        The groups that each group extends (see `sim.config.layers.inherit`).
    """

    values: Node
    every_group: Node | None
    bases: Mapping[str, tuple[str, ...]]


def completed(root: Node) -> Completed:
    """Put into every group what it inherits, and drop the entries that are switched off.

    Parameters
    ----------
    root
        A config merged over the files it extends, with its overrides.

    Raises
    ------
    ConfigError
        If a group extends what it cannot.
    """
    tables = dict(root.value)
    every_group = tables.pop(EVERY_GROUP, None)
    bases: Mapping[str, tuple[str, ...]] = {}
    if "groups" in tables:
        shared = every_group if every_group is not None and every_group.table is not None else None
        tables["groups"], bases = inherited(tables["groups"], shared)
    return Completed(_without_entries_off(replace(root, value=tables), CONFIG), every_group, bases)


def _without_entries_off(node: Node, shape: Shape) -> Node:
    """Drop the named entries (groups, departments, exits, programmes ...) that are switched off.

    A table from which nothing is dropped is returned as it is.
    """
    if node.table is None or not shape.names_within:
        return node
    names = shape.has_named_tables
    kept = {
        key: _without_entries_off(item, shape.child(key))
        for key, item in node.table.items()
        if not (names and item.value == OFF)
    }
    unchanged = len(kept) == len(node.table) and all(kept[key] is item for key, item in node.table.items())
    return node if unchanged else replace(node, value=kept)
