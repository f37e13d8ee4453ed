"""A point between thousands, as Danish has it: TOML reads 128.000 as 128."""

import re
from collections.abc import Iterator

from sim.config.schema.base import Problem
from sim.config.schema.shape import CONFIG, Shape
from sim.config.schema.units import unit_of
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.sourced import Node
from sim.config.toml.toml_text import value_text

_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
_MONEY = "kr"


def points_in_money(values: Node) -> list[Problem]:
    """List amounts of money with three decimals, which no price has; refused, for a thousandth would go unnoticed.

    Parameters
    ----------
    values
        Values in force, or some of them.
    """
    return [
        Problem(path, wrong_amount(node))
        for path, node, shape in _written(values, CONFIG, ())
        if is_amount(path, shape) and _THOUSANDS.fullmatch(node.written)
    ]


def is_amount(path: KeyPath, shape: Shape) -> bool:
    """Whether the key at a path is an amount of money."""
    return unit_of(str(path[-1]), shape).startswith(_MONEY)


def wrong_amount(node: Node) -> str:
    """Say how an amount with a point between its thousands is to be written; empty: it has none."""
    if not _THOUSANDS.fullmatch(node.written):
        return ""
    return (
        f"{node.written} is {value_text(node.value)}, for a point begins decimals; write {_without_point(node)}, "
        f"or {value_text(node.value)} if that is meant"
    )


def zeros_behind_a_point(values: Node) -> Iterator[Problem]:
    """Ask for every other number with three zeros behind a point, such as 52.000."""
    for path, node, _ in _written(values, CONFIG, ()):
        if _THOUSANDS.fullmatch(node.written) and node.written.endswith("000"):
            read = f"{node.written} is {value_text(node.value)}, for a point begins decimals"
            yield Problem(path, f"{read}; is {_without_point(node)} meant?")


def _without_point(node: Node) -> str:
    return node.written.replace(".", "")


def _written(node: Node, shape: Shape, path: KeyPath) -> Iterator[tuple[KeyPath, Node, Shape]]:
    """List the numbers whose text in the file is known."""
    if isinstance(node.value, dict):
        for key, item in node.value.items():
            yield from _written(item, shape.child(key), (*path, key))
    elif isinstance(node.value, list):
        for i, item in enumerate(node.value):
            yield from _written(item, shape.child(i), (*path, i))
    elif node.written:
        yield path, node, shape
