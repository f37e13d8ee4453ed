"""Problems, each with the place where it must be corrected."""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from sim.config.schema.base import EVERY_GROUP, Problem
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.sourced import Node, Source, sources
from sim.config.toml.toml_text import key_text


class PlacedProblem(NamedTuple):
    """A problem and the place where it must be corrected.

    Attributes
    ----------
    source
        The place.
    path
        The key as it is called there; empty: it is about the file.
    text
        What is wrong.
    """

    source: Source
    path: KeyPath
    text: str

    def __str__(self) -> str:
        """Write the line that the user sees."""
        key = key_text(self.path)
        if self.source.file is None and self.source.override.startswith(f"{key}="):
            return f"{self.source}: {self.text}"
        return f"{self.source}: {key}: {self.text}" if key else f"{self.source}: {self.text}"


def placed(
    found: list[Problem], values: Node, every_group: Node | None, bases: Mapping[str, tuple[str, ...]]
) -> list[PlacedProblem]:
    """Find the place of each problem, and sort the problems by file and line."""
    places = sources(values)
    shared = sources(every_group, (EVERY_GROUP,)) if every_group is not None else {}
    return in_order(dict.fromkeys(_placed(problem, places, shared, bases) for problem in found))


def in_order(found: Iterable[PlacedProblem]) -> list[PlacedProblem]:
    """Sort problems by file and line."""
    return sorted(found, key=lambda item: (item.source.override, str(item.source.file), item.source.line))


def nearest(path: KeyPath, places: Container[KeyPath]) -> KeyPath:
    """Return the place nearest to a path: the path itself, its table, the table around that ..."""
    return next(path[:length] for length in range(len(path), -1, -1) if path[:length] in places)


def _placed(
    problem: Problem,
    places: Mapping[KeyPath, Source],
    shared: Mapping[KeyPath, Source],
    bases: Mapping[str, tuple[str, ...]],
) -> PlacedProblem:
    """Find the place of a problem; what a group inherits is reported where it is stated, not in each group."""
    everything = {**shared, **places}
    stated = nearest(problem.path, everything)
    source = everything[stated]
    in_group = stated[:1] == ("groups",) and len(stated) > 2
    if in_group and shared.get((EVERY_GROUP, *stated[2:])) == source:
        return PlacedProblem(source, (EVERY_GROUP, *problem.path[2:]), problem.text)
    for base in reversed(bases.get(str(stated[1]), ()) if in_group else ()):
        if places.get(("groups", base, *stated[2:])) == source:
            return PlacedProblem(source, ("groups", base, *problem.path[2:]), problem.text)
    return PlacedProblem(source, problem.path, problem.text)
