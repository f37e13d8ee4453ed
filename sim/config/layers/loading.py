"""Loading a config: the checked values with their sources, or one message with everything that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.config.layers.completed import completed
from sim.config.layers.extends import extended
from sim.config.layers.merge import merge_all
from sim.config.layers.overrides import override_layers
from sim.config.messages.placed import PlacedProblem, placed
from sim.config.messages.problems import problems
from sim.config.messages.thousands import points_in_money
from sim.config.schema import Config
from sim.config.schema.base import EVERY_GROUP, Problem
from sim.config.schema.validation import valid_config
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.reading import Document, read_document
from sim.config.toml.sourced import Node, Source, plain, sources
from sim.errors import ConfigError


@dataclass(frozen=True)
class Loaded:
    """A config that has been read and is valid.

    Attributes
    ----------
    name
        The file's name without its ending: the name of the variant.
    path
        The file, as the user named it.
    config
        The values.
    raw
        The stated values after merging, without defaults.
    sources
        Where each stated value comes from, by path; a default has no source.
    root
        The merged files and overrides, before `every_group` is put into the groups.
    """

    name: str
    path: Path
    config: Config
    raw: Mapping[str, Any]
    sources: Mapping[KeyPath, Source]
    root: Node = field(repr=False)


def load(path: str | Path, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Read a config file and the files it extends, and check everything.

    Parameters
    ----------
    path
        The TOML file.
    overrides
        Values by dotted key (``{"staffing.citizens_per_coordinator": 80}``); they win over every file.

    Returns
    -------
    Loaded
        The config with the source of every value.

    Raises
    ------
    ConfigError
        With one line for each problem, sorted by file and line.
    """
    return load_document(read_document(Path(path), pipes=True), overrides)


def load_document(document: Document, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Do what `load` does with a file that has been read already."""
    file = document.file
    root = merge_all(extended(document), override_layers(overrides or {}))
    if "experiment" in root.value and "run" not in root.value:
        raise ConfigError([f"{file.as_posix()}: is an experiment, not a config; 'sim sweep' runs it"])
    whole = completed(root)
    config = valid(checked(*whole))
    return Loaded(file.stem, file, config, plain(whole.values), sources(whole.values), root)


def checked(
    values: Node, every_group: Node | None, bases: Mapping[str, tuple[str, ...]]
) -> Config | list[PlacedProblem]:
    """Make a config, or list everything that is wrong with it, sorted by file and line.

    Parameters
    ----------
    values, every_group, bases
        From `completed`.
    """
    raw = plain(values)
    unusable = every_group is not None and every_group.table is None
    config = None if unusable else valid_config(raw)
    amounts = points_in_money(values)
    if config is not None and not amounts:
        return config
    found = [*problems(raw), *amounts]
    if unusable:
        found.append(Problem((EVERY_GROUP,), "must be a table"))
    return placed(found, values, every_group, bases)


def valid(found: Config | list[PlacedProblem]) -> Config:
    """Return the config, or raise its problems.

    Raises
    ------
    ConfigError
        With one line for each problem.
    """
    if isinstance(found, Config):
        return found
    raise ConfigError([str(problem) for problem in found])
