"""Loading a config: the checked values with their sources, or one message with everything that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.config.layers.changes import change, conflicts, fragments, named, steps, without_changes
from sim.config.layers.completed import Completed, completed
from sim.config.layers.extends import extended
from sim.config.layers.merge import merge_all
from sim.config.layers.overrides import override_layers
from sim.config.messages.own_schema import A_CONFIG, refuse_other_kind
from sim.config.messages.placed import PlacedProblem, in_order, placed
from sim.config.messages.problems import problems
from sim.config.messages.thousands import points_in_money
from sim.config.schema import Change, Config
from sim.config.schema.base import EVERY_GROUP, Problem
from sim.config.schema.changes import CHANGES
from sim.config.schema.checks.staff import cuts_possible
from sim.config.schema.validation import valid_config
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.reading import Document, read_document
from sim.config.toml.sourced import Node, Source, plain, sources
from sim.config.toml.toml_text import key_text
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

    @property
    def basis(self) -> dict[str, str]:
        """What the files' comments say of each key or table: its source, or that it is an assumption."""
        return {key_text(path): source.comment for path, source in self.sources.items() if source.comment}


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
    if "run" not in root.value:
        refuse_other_kind(root.value, file, A_CONFIG)
    config = valid(checked(root))
    values = completed(without_changes(root)).values
    # Changes are no values in force yet, but have places in the files.
    return Loaded(file.stem, file, config, plain(values), {**sources(root), **sources(values)}, root)


def checked(root: Node) -> Config | list[PlacedProblem]:
    """Make a config with its changes, or list everything that is wrong with it, sorted by file and line.

    Parameters
    ----------
    root
        A config merged over the files it extends, with its overrides.
    """
    first = without_changes(root)
    config = _in_force(completed(first))
    if CHANGES not in root.value:
        return config
    found, wrong = fragments(root)
    if not isinstance(config, Config):
        return in_order(dict.fromkeys((*config, *wrong)))
    changes, later, before = [], [], config
    for step in steps(first, found):
        values = completed(step.root)
        after = _in_force(values)
        clash = list(conflicts(step.fragments))
        if not isinstance(after, Config) or clash:
            return in_order(
                dict.fromkeys((*wrong, *clash, *named([] if isinstance(after, Config) else after, found)))
            )
        made = change(step, before, after, values)
        if isinstance(made, Change):
            changes.append(made)
        else:
            wrong += made
        later.append((step.date, after))
        before = after
    config = config.model_copy(update={CHANGES: [c for c in changes if c.sets]})
    wrong += placed(list(cuts_possible(dict(config), later)), root, None, {})
    return in_order(wrong) if wrong else config


def _in_force(whole: Completed) -> Config | list[PlacedProblem]:
    """Make the config that is in force at one time, or list everything that is wrong with it."""
    values, every_group, bases = whole
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
