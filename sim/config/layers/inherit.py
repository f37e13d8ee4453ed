"""What groups inherit: from another group that they extend, and from [every_group]."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from sim.config.layers.merge import merge
from sim.config.messages.placed import PlacedProblem, in_order
from sim.config.schema.base import EXTENDS, OFF
from sim.config.schema.shape import CONFIG
from sim.config.toml.sourced import Node
from sim.errors import ConfigError

NOT_INHERITED = ("stock_share", "stock", "inflow_per_week", "entries_per_year")
"""How many people there are is each group's own: no other group passes it on."""
_GROUP = CONFIG.at(("groups", ""))


class Inherited(NamedTuple):
    """Groups with what they inherit.

    Attributes
    ----------
    groups
        The table of groups, without `extends`.
    bases
        Of each group that extends another: that one, the one that it extends ..., in order.
    """

    groups: Node
    bases: Mapping[str, tuple[str, ...]]


def inherited(groups: Node, every_group: Node | None) -> Inherited:
    """Put into every group what it inherits: `every_group`, over it the group that it extends, over that its own.

    Parameters
    ----------
    groups
        The table of groups.
    every_group
        What all groups share; None: nothing.

    Raises
    ------
    ConfigError
        If a group extends one that does not exist, or they extend each other in a circle.
    """
    if groups.table is None:
        return Inherited(groups, {})
    stated = {
        name: group.table[EXTENDS]
        for name, group in groups.table.items()
        if group.table is not None and EXTENDS in group.table and group.table[EXTENDS].value != OFF
    }
    bases = dict(_chains(groups.table, stated))
    passed_on: dict[str | None, Node | None] = {None: every_group}
    for chain in bases.values():
        under: str | None = None
        for base in reversed(chain):
            if base not in passed_on:
                passed_on[base] = _laid(_without(groups.table[base], (*NOT_INHERITED, EXTENDS)), passed_on[under])
            under = base
    tables = {
        name: _laid(_without(group, (EXTENDS,)), passed_on[next(iter(bases.get(name, ())), None)])
        for name, group in groups.table.items()
    }
    return Inherited(replace(groups, value=tables), bases)


def _chains(groups: Mapping[str, Node], stated: Mapping[str, Node]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the groups that each extends, or refuse them all at once."""
    wrong = [(name, text) for name, base in stated.items() if (text := _not_a_base(name, base.value, groups))]
    refused = {name for name, _ in wrong}
    in_circles: set[str] = set()
    for name in stated:
        chain, seen = [name], set[str]()
        while chain[-1] in stated and chain[-1] not in refused and chain[-1] not in seen:
            seen.add(chain[-1])
            chain.append(stated[chain[-1]].value)
        if chain[-1] == name and len(chain) > 1 and name not in in_circles:
            in_circles |= {*chain}
            wrong.append((name, f"goes round in a circle: {' -> '.join(chain)}"))
        yield name, tuple(chain[1:])
    if wrong:
        found = (PlacedProblem(stated[name].source, ("groups", name, EXTENDS), text) for name, text in wrong)
        raise ConfigError([str(problem) for problem in in_order(found)])


def _not_a_base(name: str, base: object, groups: Mapping[str, Node]) -> str:
    """Say why a group cannot extend what it names; empty: it can."""
    if not isinstance(base, str):
        return 'must be the name of another group, such as "ready"'
    if base == name:
        return "the group extends itself"
    others = [other for other, group in groups.items() if group.table is not None and other != name]
    if base in others:
        return ""
    near = get_close_matches(base, others, n=1)
    hint = (
        f"did you mean {near[0]}?" if near else f"known are {', '.join(others)}" if others else "there is no other"
    )
    return f"{base!r} does not exist; {hint}"


def _laid(group: Node, under: Node | None) -> Node:
    """Lay a group over what it inherits; what is no table stays as it is."""
    return group if group.table is None or under is None else merge(under, group, _GROUP)


def _without(group: Node, keys: tuple[str, ...]) -> Node:
    """Leave keys out of a group; one that has none of them is returned as it is."""
    if group.table is None or not any(key in group.table for key in keys):
        return group
    return replace(group, value={key: node for key, node in group.table.items() if key not in keys})
