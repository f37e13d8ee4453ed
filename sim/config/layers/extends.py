"""Reading a config file together with the files that it extends."""

from dataclasses import replace
from os import path as os_path
from pathlib import Path

from sim.config.layers.merge import merge
from sim.config.schema.base import EXTENDS
from sim.config.schema.shape import CONFIG
from sim.config.toml.reading import read_document, why_absent
from sim.config.toml.sourced import Node, from_document
from sim.errors import ConfigError


def extended(file: Path) -> Node:
    """Read a config file and merge it over the files that it extends.

    Raises
    ------
    ConfigError
        If a file cannot be read, or extends in a circle.
    """
    return _extended(file, ())


def _extended(file: Path, chain: tuple[Path, ...]) -> Node:
    """Read `file` and the files it extends; `chain` holds the files that led here."""
    document = read_document(file)
    root = from_document(document)
    tables = dict(root.value)
    named = tables.pop(EXTENDS, None)
    root = replace(root, value=tables)
    if named is None:
        return root
    chain = (*chain, file)
    base = _base_file(named, chain)
    return merge(_extended(base, chain), root, CONFIG)


def _base_file(named: Node, chain: tuple[Path, ...]) -> Path:
    where = f"{named.source}: {EXTENDS}"
    base = named_file(named, chain[-1], where)
    reached = [file.resolve() for file in chain]
    if base.resolve() == reached[-1]:
        raise ConfigError([f"{where}: the file extends itself"])
    if base.resolve() in reached:
        circle = chain[reached.index(base.resolve()) :]
        names = " -> ".join(file.as_posix() for file in (*circle, base))
        raise ConfigError([f"{where}: goes round in a circle: {names}"])
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
    file = Path(os_path.normpath(seen_from.parent / named.value))
    absent = why_absent(file)
    if absent:
        raise ConfigError([f"{where}: {file.as_posix()}: {absent}"])
    return file
