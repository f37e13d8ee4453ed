"""Config values that remember where they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.config.toml.key_lines import KeyPath
from sim.config.toml.reading import Document
from sim.config.toml.toml_text import key_text, value_text
from sim.config.toml.written import WrittenFloat


@dataclass(frozen=True)
class Source:
    """Where a value comes from.

    Attributes
    ----------
    file, line
        The file as the user named it and the line of the key; no file and line 0 for an override.
    override
        The override as it would be typed after ``--set``; empty for a value from a file.
    comment
        What the file says of it; empty: nothing.
    """

    file: Path | None
    line: int
    override: str = ""
    comment: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Name the place in an error message."""
        return f"--set {self.override}" if self.file is None else f"{self.file.as_posix()}:{self.line}"


@dataclass(frozen=True)
class Node:
    """A value and its source.

    Attributes
    ----------
    value
        A dict of nodes, a list of nodes, or a plain value.
    source
        Where it comes from.
    written
        How a number with a decimal point is written there: 128.000 is 128, and somebody may have meant more.
    """

    value: Any
    source: Source
    written: str = ""

    @property
    def table(self) -> Mapping[str, "Node"] | None:
        """The nodes of a table; None for anything else."""
        return self.value if isinstance(self.value, dict) else None


def from_document(document: Document) -> Node:
    """Add its source to every value of a file."""

    def node(value: Any, path: KeyPath, line: int) -> Node:
        line = document.lines.get(path, line)
        source = Source(document.file, line, comment=document.comments.get(path, ""))
        if isinstance(value, Mapping):
            return Node({key: node(item, (*path, key), line) for key, item in value.items()}, source)
        if isinstance(value, list):
            return Node([node(item, (*path, i), line) for i, item in enumerate(value)], source)
        return _leaf(value, source)

    return node(document.data, (), 1)


def from_override(path: tuple[str, ...], value: Any) -> Node:
    """Make a layer with a single value, at `path`."""
    source = Source(None, 0, f"{key_text(path)}={value_text(value)}")

    def node(value: Any) -> Node:
        if isinstance(value, Mapping):
            return Node({key: node(item) for key, item in value.items()}, source)
        if isinstance(value, (list, tuple)):
            return Node([node(item) for item in value], source)
        return _leaf(value, source)

    layer = node(value)
    for part in reversed(path):
        layer = Node({part: layer}, source)
    return layer


def _leaf(value: Any, source: Source) -> Node:
    return Node(float(value), source, value.written) if isinstance(value, WrittenFloat) else Node(value, source)


def plain(node: Node) -> Any:
    """Return the values alone."""
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def sources(node: Node, path: KeyPath = ()) -> dict[KeyPath, Source]:
    """List the source of every table, key and list element, by path."""
    found = {path: node.source}
    if isinstance(node.value, dict):
        for key, item in node.value.items():
            found |= sources(item, (*path, key))
    elif isinstance(node.value, list):
        for i, item in enumerate(node.value):
            found |= sources(item, (*path, i))
    return found
