"""Loading a config: its values, checked, with the place of each; or one message with all that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sim.config.layers.merge import EVERY_GROUP, completed, extended, laid_over, override_layers
from sim.config.messages.problems import problems, valid_config
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.sourced import Node, Source, plain, sources
from sim.config.toml.toml_text import key_text
from sim.errors import ConfigError


@dataclass(frozen=True)
class Loaded:
    """A config that has been read and found valid.

    Attributes
    ----------
    name
        The file's name without its ending: the name of the variant.
    path
        The file, as it was named.
    config
        The values.
    raw
        The values that are stated, after merging; defaults are not among them.
    sources
        Where each stated value comes from, by path; a default has no source.
    root
        The files and the overrides in layers, before `every_group` went into the groups.
    """

    name: str
    path: Path
    config: Config
    raw: Mapping[str, Any]
    sources: Mapping[KeyPath, Source]
    root: Node = field(repr=False)


def load(path: str | Path, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Read a config file, all that it extends, and check everything.

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
    file = Path(path)
    root = laid_over(extended(file), override_layers(overrides or {}))
    if "experiment" in root.value and "run" not in root.value:
        raise ConfigError([f"{file.as_posix()}: is an experiment, not a config; 'sim sweep' runs it"])
    values, every_group = completed(root)
    config = valid(checked(values, every_group))
    return Loaded(file.stem, file, config, plain(values), sources(values), root)


class Placed(NamedTuple):
    """A problem with the place where it is to be mended.

    Attributes
    ----------
    source
        The place.
    path
        The key as it is called there.
    text
        What is wrong.
    """

    source: Source
    path: KeyPath
    text: str

    def __str__(self) -> str:
        """Write the line that the user gets."""
        key = key_text(self.path)
        if self.source.file is None and self.source.override.startswith(f"{key}="):
            return f"{self.source}: {self.text}"
        return f"{self.source}: {key}: {self.text}"


def checked(values: Node, every_group: Node | None) -> Config | list[Placed]:
    """Make a config, or list all that is wrong with it, in the order of the files' lines.

    Parameters
    ----------
    values, every_group
        From `completed`.
    """
    raw = plain(values)
    unusable = every_group is not None and every_group.table is None
    config = None if unusable else valid_config(raw)
    if config is not None:
        return config
    found = problems(raw)
    if unusable:
        found.append(Problem((EVERY_GROUP,), "must be a table"))
    return _in_order(found, values, every_group)


def valid(found: Config | list[Placed]) -> Config:
    """Give the config, or end with its problems.

    Raises
    ------
    ConfigError
        With one line for each problem.
    """
    if isinstance(found, Config):
        return found
    raise ConfigError([str(problem) for problem in found])


def _in_order(found: list[Problem], values: Node, every_group: Node | None) -> list[Placed]:
    """Give each problem its place, and sort them by file and line."""
    places = sources(values)
    shared = sources(every_group, (EVERY_GROUP,)) if every_group is not None else {}
    placed = dict.fromkeys(_placed(problem, places, shared) for problem in found)  # Each once.
    return sorted(placed, key=lambda item: (item.source.override, str(item.source.file), item.source.line))


def _placed(problem: Problem, places: Mapping[KeyPath, Source], shared: Mapping[KeyPath, Source]) -> Placed:
    """Find the nearest place of a path that is stated; what every group shares stands in one place."""
    own_path = problem.path
    for stated in _upwards(own_path):
        source = places.get(stated) or shared.get(stated)
        if source is None:
            continue
        if stated[:1] == ("groups",) and len(stated) > 2 and shared.get((EVERY_GROUP, *stated[2:])) == source:
            own_path = (EVERY_GROUP, *own_path[2:])
        return Placed(source, own_path, problem.text)
    raise AssertionError("the empty path has a source")


def _upwards(path: KeyPath) -> Iterator[KeyPath]:
    for length in range(len(path), -1, -1):
        yield path[:length]
