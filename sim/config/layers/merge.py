"""Merging one layer over another."""

from collections.abc import Iterable

from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.sourced import Node


def merge(under: Node, over: Node, shape: Shape) -> Node:
    """Merge `over` over `under`, tables key by key; what `over` states wins.

    Lists and single values are replaced. So is a table that holds one of several forms (a distribution, a
    response ...) by another form: a gamma laid over a constant must not become a mixture of both. A gamma laid
    over a gamma may state its mean alone. And so is a table in which one key chooses what belongs beside it, by
    another choice: the amount of a cost must not be left beside a saving.
    """
    if under.table is None or over.table is None:
        return over
    if shape.is_one_of and under.table.keys() != over.table.keys():
        return over
    chooses = None if shape.section is None else shape.section.chosen_by
    if chooses is not None and chooses in over.table:
        before = under.table.get(chooses)
        if before is None or before.value != over.table[chooses].value:
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
