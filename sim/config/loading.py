"""Loading a config: its values, checked, with the place of each; or one message with all that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.config.layers import EVERY_GROUP, effective
from sim.config.lines import KeyPath
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.toml_text import key_text
from sim.config.tree import Node, Source, plain, sources
from sim.config.validation import problems
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
    """

    name: str
    path: Path
    config: Config
    raw: Mapping[str, Any]
    sources: Mapping[KeyPath, Source]


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
    root, every_group = effective(file, overrides or {})
    raw = plain(root)
    if "experiment" in raw and "run" not in raw:
        raise ConfigError([f"{file.as_posix()}: is an experiment, not a config; 'sim sweep' runs it"])
    found = placed_problems(root, every_group)
    if found:
        raise ConfigError([str(problem) for problem in found])
    return Loaded(file.stem, file, Config.model_validate(raw), raw, sources(root))


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


def placed_problems(root: Node, every_group: Node | None) -> list[Placed]:
    """List all that is wrong with an effective config (from `effective`), in the order of the files' lines."""
    found = problems(plain(root))
    if every_group is not None and every_group.table is None:
        found.append(Problem((EVERY_GROUP,), "must be a table"))
    if not found:
        return []
    places = sources(root)
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
