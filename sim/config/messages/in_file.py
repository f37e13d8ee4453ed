"""Problems of a file that is no config (an experiment, a calibration): each told at its place, in their order."""

from collections.abc import Collection, Iterable, Iterator

from sim.config.messages.placed import nearest
from sim.config.schema.base import Problem
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.sourced import Node, sources
from sim.config.toml.toml_text import key_text
from sim.errors import ConfigError


def node_at(root: Node, path: KeyPath) -> Node:
    """Return the node at a path; an empty table if there is none."""
    node = root
    for key in path:
        if node.table is None or key not in node.table:
            return Node({}, root.source)
        node = node.table[str(key)]
    return node


def refuse(found: Iterable[Problem], root: Node) -> None:
    """Raise all problems, each at the nearest stated place, in the order of the file."""
    places = sources(root)
    lines = []
    for problem in found:
        place = places[nearest(problem.path, places)]
        key = f"{key_text(problem.path)}: " if problem.path else ""
        lines.append((place.line, f"{place}: {key}{problem.text}"))
    if lines:
        raise ConfigError(list(dict.fromkeys(text for _, text in sorted(lines, key=lambda item: item[0]))))


def unquoted(table: str, node: Node, own: Collection[str]) -> Iterator[Problem]:
    """Find ``[factors.staffing.administration_share]``, which TOML takes for tables within tables.

    Parameters
    ----------
    table
        Name of the table whose keys are dotted keys of a config.
    node
        The table.
    own
        Keys of what belongs under each dotted key.
    """
    for name, found in (node.table or {}).items():
        parts, inner = [name], found
        while inner.table and not inner.table.keys() & set(own):
            key, inner = next(iter(inner.table.items()))
            parts.append(key)
        if len(parts) > 1 and inner.table is not None:
            yield Problem((table, name), f'a dotted key needs quotes here: [{table}."{".".join(parts)}"]')
