"""From points to configs, with every problem at its place."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from sim.config.experiment.factors import leaves
from sim.config.experiment.points import Draft
from sim.config.layers.variation import VariedConfig
from sim.config.messages.placed import PlacedProblem
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.sourced import Node
from sim.config.toml.toml_text import key_text
from sim.errors import ConfigError


def configs(
    points: Sequence[Draft], bases: Mapping[str, VariedConfig], run: Node, file: Path, drawn: set[str]
) -> list[Config]:
    """Make the config of every point.

    Parameters
    ----------
    points
        The points.
    bases
        What each variant starts from, by its name.
    run
        The layer with the replications and the seed of all points.
    file
        The experiment file.
    drawn
        Keys whose values the design draws; only the first wrong value of each is reported.

    Raises
    ------
    ConfigError
        If the config of a point is not valid; all problems of all points, each once.
    """
    made: list[Config] = []
    collected = _Problems(file, drawn)
    for point in points:
        found = bases[point.variant].with_layers((*point.layers, run))
        if isinstance(found, Config):
            made.append(found)
        else:
            collected.add(point.name, found)
    if len(made) < len(points):
        own = {str(problem) for base in bases.values() for problem in base.problems}
        raise ConfigError(collected.lines(own))
    return made


class _Problems:
    """Collects the problems of all points: those in the experiment file by line, the others by point."""

    def __init__(self, file: Path, drawn: set[str]) -> None:
        self._file, self._drawn = file, drawn
        self._here: dict[tuple[int, str, str], str] = {}
        self._elsewhere: dict[str, list[str]] = {}

    def add(self, point: str, found: Sequence[PlacedProblem]) -> None:
        """Add the problems of a point."""
        for problem in found:
            key = key_text(problem.path)
            if problem.source.file == self._file:
                text = "" if key in self._drawn else problem.text
                self._here.setdefault((problem.source.line, key, text), str(problem))
            else:
                self._elsewhere.setdefault(str(problem), []).append(point)

    def lines(self, own: set[str]) -> list[str]:
        """Write one line for each problem; `own` holds the problems of the bases without any factor."""
        here = [self._here[place] for place in sorted(self._here, key=lambda place: place[0])]
        by_point = self._elsewhere.items()
        return here + [line if line in own else self._by_point(line, points) for line, points in by_point]

    def _by_point(self, line: str, points: list[str]) -> str:
        """Name the points that cause the problem in another file."""
        more = f" and {len(points) - 1} more" if len(points) > 1 else ""
        return f"{self._file.as_posix()}: with {points[0]}{more}: {line}"


def missing_names(path: KeyPath, base: Node, shown: str) -> str:
    """Say which group, department or other named table on the path the base does not have; empty: none.

    Parameters
    ----------
    path
        Of the key.
    base
        What the points start from.
    shown
        Name of its file.
    """
    node = base
    for end, key in enumerate(path[:-1]):
        if node.table is None:
            return ""
        if key not in node.table:
            if not CONFIG.at(path[:end]).has_named_tables:
                return ""
            near = get_close_matches(str(key), list(node.table), n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(node.table)}"
            return f"{shown} has no {key_text(path[: end + 1])}; {hint}"
        node = node.table[str(key)]
    return ""


def overlaps(layers: Sequence[tuple[KeyPath, Node]]) -> Iterator[Problem]:
    """Find keys that two of these set: one would silently overrule the other.

    Parameters
    ----------
    layers
        Each with the place in the experiment file that it comes from.
    """
    seen: dict[KeyPath, KeyPath] = {}
    for place, layer in layers:
        for path in leaves(layer):
            first = next((seen[other] for other in seen if _within(path, other) or _within(other, path)), None)
            if first is not None and first[:2] != place[:2]:
                yield Problem(place, f"{key_text(path)} is set by {key_text(first)} already")
            seen.setdefault(path, place)


def _within(path: KeyPath, table: KeyPath) -> bool:
    return path[: len(table)] == table
