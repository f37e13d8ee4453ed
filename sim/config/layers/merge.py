"""Merging one layer over another, and putting what all groups share into each group."""

from collections.abc import Iterable
from dataclasses import replace

from sim.config.schema.base import EVERY_GROUP, OFF
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.sourced import Node


def merge(under: Node, over: Node, shape: Shape) -> Node:
    """Merge `over` over `under`, tables key by key; what `over` states wins.

    Lists and single values are replaced. So is a table that holds one of several forms (a distribution, a
    response ...) by another form: a gamma laid over a constant must not become a mixture of both. A gamma laid
    over a gamma may state its mean alone.
    """
    if under.table is None or over.table is None:
        return over
    if shape.is_one_of and under.table.keys() != over.table.keys():
        return over
    merged = dict(under.table)
    for key, node in over.table.items():
        merged[key] = merge(merged[key], node, shape.child(key)) if key in merged else node
    # A table that an override only changes in part still belongs to its file.
    return Node(merged, under.source if over.source.file is None else over.source)


def merge_all(root: Node, layers: Iterable[Node]) -> Node:
    """Merge layers over a config, one after another; tables that no layer changes stay the same objects."""
    for layer in layers:
        root = merge(root, layer, CONFIG)
    return root


def completed(root: Node) -> tuple[Node, Node | None]:
    """Put `every_group` into every group, and drop the entries that are switched off.

    Parameters
    ----------
    root
        A config merged over the files it extends, with its overrides.

    Returns
    -------
    tuple
        The values in force, and the table `every_group` that went into the groups (None if there is none).
    """
    tables = dict(root.value)
    every_group = tables.pop(EVERY_GROUP, None)
    groups = tables.get("groups")
    if every_group is not None and groups is not None and every_group.table is not None:
        tables["groups"] = _with_shared(groups, every_group)
    return _without_entries_off(replace(root, value=tables), CONFIG), every_group


def _with_shared(groups: Node, every_group: Node) -> Node:
    if groups.table is None:
        return groups
    shape = CONFIG.at(("groups", ""))
    merged = {
        name: group if group.table is None else merge(every_group, group, shape)
        for name, group in groups.table.items()
    }
    return replace(groups, value=merged)


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
