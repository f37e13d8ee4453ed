"""Policies with a date: each is a fragment of a config, laid over what was in force before it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from sim.config.differences import differences
from sim.config.layers.completed import Completed
from sim.config.layers.merge import merge
from sim.config.messages.placed import PlacedProblem, in_order, placed
from sim.config.messages.problems import translated
from sim.config.messages.unknown_keys import unknown_key
from sim.config.messages.values import expected
from sim.config.schema import Change, Config
from sim.config.schema.base import EVERY_GROUP, EXTENDS, OFF, Problem
from sim.config.schema.changes import CHANGES, DATE, Dated, why_fixed
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.sourced import Node, Source, plain, sources
from sim.config.toml.toml_text import key_text, value_text


class Fragment(NamedTuple):
    """A policy with a date: its name, its date, and what it states."""

    name: str
    date: date
    layer: Node


class Step(NamedTuple):
    """What is in force from a date on.

    Attributes
    ----------
    fragments
        The policies that begin on that date.
    root
        Everything stated, merged; without changes.
    """

    date: date
    fragments: tuple[Fragment, ...]
    root: Node


def without_changes(root: Node) -> Node:
    """Return what is in force from the beginning, of merged layers."""
    return replace(root, value={key: node for key, node in root.value.items() if key != CHANGES})


def fragments(root: Node) -> tuple[list[Fragment], list[PlacedProblem]]:
    """Read the changes of merged layers, sorted by date and name; and what is wrong with them in themselves."""
    found, wrong = list[Fragment](), list[Problem]()
    changes = root.value.get(CHANGES, replace(root, value={}))
    if changes.table is None:
        wrong.append(Problem((CHANGES,), f"must be {expected(CONFIG.child(CHANGES))}"))
    shape = CONFIG.at((CHANGES, ""))
    for name, node in (changes.table or {}).items():
        path: KeyPath = (CHANGES, name)
        if node.value == OFF:
            continue
        if node.table is None:
            wrong.append(Problem(path, "must be a table"))
            continue
        unknown = [key for key in node.table if key not in (*shape.keys, EVERY_GROUP)]
        wrong += [Problem((*path, key), _unknown(key, shape)) for key in unknown]
        stated = {key: plain(item) for key, item in node.table.items() if key == DATE}
        try:
            day = Dated.model_validate(stated).date
        except ValidationError as error:
            told = translated(error.errors(include_url=False), stated, shape)
            wrong += [Problem((*path, *problem.path), problem.text) for problem in told]
            continue
        layer = {key: item for key, item in node.table.items() if key != DATE and key not in unknown}
        found.append(Fragment(name, day, replace(node, value=layer)))
    found.sort(key=lambda fragment: (fragment.date, fragment.name))
    return found, placed(wrong, root, None, {})


def _unknown(key: str, shape: Shape) -> str:
    if key == EXTENDS:
        return "unknown key; a change starts from what is in force before its date"
    return unknown_key(key, shape)


def steps(root: Node, found: Sequence[Fragment]) -> Iterator[Step]:
    """Lay the policies over what is in force from the beginning, date by date."""
    for day in dict.fromkeys(fragment.date for fragment in found):
        begin = tuple(fragment for fragment in found if fragment.date == day)
        for fragment in begin:
            root = merge(root, fragment.layer, CONFIG)
        yield Step(day, begin, root)


def conflicts(begin: Sequence[Fragment]) -> Iterator[PlacedProblem]:
    """Two policies that begin on one date state different values of one key."""
    stated: dict[KeyPath, tuple[Fragment, Node]] = {}
    for fragment in begin:
        for path, node in _leaves(fragment.layer, CONFIG, ()):
            for other_path, (other, at) in stated.items():
                short = min(len(path), len(other_path))
                if other is fragment or path[:short] != other_path[:short] or plain(at) == plain(node):
                    continue
                text = (
                    f"is {value_text(plain(node))} here and {value_text(plain(at))} at {at.source}, and both "
                    f"begin on {fragment.date}"
                )
                yield PlacedProblem(node.source, (CHANGES, fragment.name, *path), text)
            stated.setdefault(path, (fragment, node))


def _leaves(node: Node, shape: Shape, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    if node.table is None or shape.is_one_of:
        yield path, node
        return
    for key, item in node.table.items():
        inner = CONFIG.at(("groups", "")) if key == EVERY_GROUP and not path else shape.child(key)
        yield from _leaves(item, inner, (*path, key))


def change(step: Step, before: Config, after: Config, values: Completed) -> Change | list[PlacedProblem]:
    """Make the change that leads from one config to the next, or say which of its keys cannot change."""
    found = differences(before, after)
    wrong = [
        Problem(difference.path, f"cannot change at a date: {why}")
        for difference in found
        if (why := why_fixed(*difference))
    ]
    if wrong:
        return named(placed(wrong, *values), step.fragments)
    return Change(date=step.date, sets={key_text(difference.path): difference.after for difference in found})


def named(found: Sequence[PlacedProblem], begin: Sequence[Fragment]) -> list[PlacedProblem]:
    """Call the keys of problems as they are called in the file: a change's with its name before them."""
    owners: dict[Source, str] = {}
    for fragment in begin:
        for source in sources(fragment.layer).values():
            owners.setdefault(source, fragment.name)
    return in_order(
        problem._replace(path=(CHANGES, owners[problem.source], *problem.path))
        if problem.source in owners
        else problem
        for problem in found
    )
