"""Keys that are set for a whole run, and that a policy with a date states again: the policy wins from then on."""

from collections.abc import Iterable, Iterator

from sim.config.layers.changes import fragments, without_changes
from sim.config.layers.merge import merge, merge_all
from sim.config.layers.overrides import override_layers
from sim.config.messages.placed import PlacedProblem, nearest
from sim.config.schema.changes import CHANGES
from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import KeyPath, split_key
from sim.config.toml.sourced import Node, sources

_ANY = 0.5
"""Stands for the value that a key is given: it is looked for, not used."""


def overruled(root: Node, keys: Iterable[str], given_by: str) -> Iterator[PlacedProblem]:
    """List the policies that state a key again, for each key the first that does.

    Parameters
    ----------
    root
        A config merged over the files it extends, with its overrides.
    keys
        Dotted keys that are set for the whole run.
    given_by
        By what, in words.
    """
    if CHANGES not in root.value:
        return
    found, _ = fragments(root)
    for key in keys:
        path = split_key(key)
        values = merge_all(without_changes(root), override_layers({key: _ANY}))
        given = _at(values, path)
        for fragment in found:
            values = merge(values, fragment.layer, CONFIG)
            if _at(values, path) is not given:
                stated = sources(fragment.layer)
                at = nearest(path, stated)
                which = "" if at == path else f" {key} of"
                text = f"holds from {fragment.date} on, instead of{which} {given_by}"
                yield PlacedProblem(stated[at], (CHANGES, fragment.name, *at), text)
                break


def _at(values: Node, path: KeyPath) -> Node | None:
    """Give what a key has; None: nothing."""
    node: Node | None = values
    for key in path:
        node = None if node is None or node.table is None else node.table.get(str(key))
    return node
