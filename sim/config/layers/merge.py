"""From a file to the effective values: what it extends, what overrides it, what every group shares."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from os import path as os_path
from pathlib import Path
from typing import Any

from sim.config.schema.base import OFF
from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import split_key
from sim.config.toml.reading import read_document, why_absent
from sim.config.toml.sourced import Node, from_document, from_override, lay_over, without_entries_off
from sim.errors import ConfigError

EXTENDS = "extends"
"""The key that names the file a config starts from."""
EVERY_GROUP = "every_group"
"""The table of defaults for every group."""
FILE_KEYS = (EXTENDS, EVERY_GROUP)
"""What a file may hold beside the sections of a config."""


def extended(file: Path) -> Node:
    """Read a config file over all that it extends.

    Raises
    ------
    ConfigError
        If a file cannot be read, or extends in a circle.
    """
    return _extended(file, ())


def override_layers(overrides: Mapping[str, Any]) -> list[Node]:
    """Make a layer of each override.

    Parameters
    ----------
    overrides
        Values by dotted key.

    Raises
    ------
    ConfigError
        If a key is not a key, or a value cannot stand in a config.
    """
    return [from_override(_parts(key, value), value) for key, value in overrides.items()]


def laid_over(root: Node, layers: Iterable[Node]) -> Node:
    """Lay layers over a config, one after another; tables that none of them changes are the same objects."""
    for layer in layers:
        root = lay_over(root, layer, CONFIG)
    return root


def completed(root: Node) -> tuple[Node, Node | None]:
    """Give every group what all share, and drop the entries that are switched off.

    Parameters
    ----------
    root
        A config over all that it extends, with its overrides.

    Returns
    -------
    tuple
        The effective config, and the table `every_group` that went into its groups (none: there is none).
    """
    tables = dict(root.value)
    every_group = tables.pop(EVERY_GROUP, None)
    groups = tables.get("groups")
    if every_group is not None and groups is not None and every_group.table is not None:
        tables["groups"] = _with_shared(groups, every_group)
    return without_entries_off(replace(root, value=tables), CONFIG, OFF), every_group


def parse_override(text: str) -> tuple[str, Any]:
    """Read ``key=value`` as it is typed after ``--set``; a bare word is taken for a text.

    Raises
    ------
    ConfigError
        If there is no ``=``.
    """
    key, equals, written = text.partition("=")
    if not equals or not key.strip() or not written.strip():
        raise ConfigError([f"--set {text}: must be key=value, such as staffing.citizens_per_coordinator=80"])
    try:
        value = tomllib.loads(f"value = {written}")["value"]
    except ValueError:
        value = written.strip()
    return key.strip(), value


def _parts(key: str, value: Any) -> tuple[str, ...]:
    try:
        parts = split_key(key)
    except ValueError as error:
        raise ConfigError([f"--set {key}={value}: the key must be dotted names, such as run.seed"]) from error
    if parts[0] == EXTENDS:
        raise ConfigError([f"--set {key}={value}: extends belongs in the file"])
    if not _is_toml(value):
        raise ConfigError([f"--set {key}={value}: a {type(value).__name__} cannot stand in a config"])
    return parts


def _is_toml(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_toml(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return all(_is_toml(item) for item in value)
    return isinstance(value, (bool, int, float, str, date, time))


def _with_shared(groups: Node, every_group: Node) -> Node:
    if groups.table is None:
        return groups
    shape = CONFIG.at(("groups", ""))
    merged = {
        name: group if group.table is None else lay_over(every_group, group, shape)
        for name, group in groups.table.items()
    }
    return replace(groups, value=merged)


def _extended(file: Path, chain: tuple[Path, ...]) -> Node:
    """Read `file` over all that it extends; `chain` are the files that led here."""
    document = read_document(file)
    root = from_document(document)
    tables = dict(root.value)
    named = tables.pop(EXTENDS, None)
    root = replace(root, value=tables)
    if named is None:
        return root
    chain = (*chain, file)
    base = _base_file(named, chain)
    return lay_over(_extended(base, chain), root, CONFIG)


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
    """Find the config file that a value names, seen from the file the value stands in.

    Parameters
    ----------
    named
        The value.
    seen_from
        The file it stands in.
    where
        Its place and key, for the error.

    Raises
    ------
    ConfigError
        If it is not the name of a file that is there.
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
