"""Reading a config file together with the files that it extends."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from os import path as os_path
from pathlib import Path

from sim.config.layers.merge import merge
from sim.config.schema.base import EXTENDS
from sim.config.schema.shape import CONFIG
from sim.config.toml.limits import MOST_FILES
from sim.config.toml.reading import Document, read_document, why_absent
from sim.config.toml.sourced import Node, from_document
from sim.errors import ConfigError


def extended(document: Document) -> Node:
    """Merge a config that has been read over the files that it extends.

    Raises
    ------
    ConfigError
        If a file cannot be read, or they extend in a circle, or too many each other.
    """
    chain, layers = [document.file], [_own(document)]
    while layers[-1][1] is not None:
        base = _base_file(layers[-1][1], chain)
        chain.append(base)
        layers.append(_own(read_document(base)))
    root, _ = layers.pop()
    while layers:
        root = merge(root, layers.pop()[0], CONFIG)
    return root


def _own(document: Document) -> tuple[Node, Node | None]:
    """Give what a file itself states, and the file that it extends, if any."""
    root = from_document(document)
    tables = dict(root.value)
    named = tables.pop(EXTENDS, None)
    return replace(root, value=tables), named


def _base_file(named: Node, chain: Sequence[Path]) -> Path:
    where = f"{named.source}: {EXTENDS}"
    base = named_file(named, chain[-1], where)
    reached = [file.resolve() for file in chain]
    if base.resolve() == reached[-1]:
        raise ConfigError([f"{where}: the file extends itself"])
    if base.resolve() in reached:
        circle = chain[reached.index(base.resolve()) :]
        names = " -> ".join(file.as_posix() for file in (*circle, base))
        raise ConfigError([f"{where}: goes round in a circle: {names}"])
    if len(chain) == MOST_FILES:
        raise ConfigError([f"{where}: the chain of files from {chain[0].as_posix()} is longer than {MOST_FILES}"])
    return base


def named_file(named: Node, seen_from: Path, where: str) -> Path:
    """Find the config file that a value names, relative to the file that contains the value.

    Parameters
    ----------
    named
        The value.
    seen_from
        The file that contains it.
    where
        Its place and key, for the error.

    Raises
    ------
    ConfigError
        If it is not the name of an existing file.
    """
    if not isinstance(named.value, str) or not named.value.strip():
        raise ConfigError([f'{where}: must be the name of one file, such as "base.toml"'])
    if not named.value.isprintable():  # "..\base.toml" holds a backspace.
        raise ConfigError([f"{where}: write / between folders, not \\"])
    # As written, with each letter one character; or each put together from parts, as a Mac may have named the file.
    forms = (unicodedata.normalize(form, named.value) for form in ("NFC", "NFD"))
    files = [Path(os_path.normpath(seen_from.parent / form)) for form in forms]
    file = next((file for file in files if not why_absent(file)), files[0])
    absent = why_absent(file)
    if absent:
        raise ConfigError([f"{where}: {file.as_posix()}: {absent}"])
    return file
