"""All problems of all sections of a config at once."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from pydantic import ValidationError, create_model
from pydantic_core import ErrorDetails

from sim.config.messages.unknown_keys import nearest_key, unknown_key
from sim.config.messages.values import in_words
from sim.config.schema import Config
from sim.config.schema.base import FILE_KEYS, Problem, Section
from sim.config.schema.checks import CHECKS
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.key_lines import KeyPath

MOST_TOLD = 100
"""Problems of one kind or section that are told; to look for what was meant takes its time for each."""


def problems(raw: Mapping[str, Any]) -> list[Problem]:
    """List everything that is wrong with a config: unknown keys, values in each section, sections that clash.

    Parameters
    ----------
    raw
        The effective values.

    Returns
    -------
    list of Problem
        Each with the path of the key; empty if the config is valid.
    """
    unknown = [key for key in raw if key not in CONFIG.keys]
    found = [Problem((key,), unknown_key(key, CONFIG, FILE_KEYS)) for key in unknown[:MOST_TOLD]]
    sections: dict[str, Any] = {}
    for name in Config.model_fields:
        given = {name: raw[name]} if name in raw else {}
        try:
            sections[name] = getattr(_one_section(name).model_validate(given), name)
        except ValidationError as error:
            found += translated(error.errors(include_url=False), raw, CONFIG)
    for needed, check in CHECKS:
        if all(name in sections for name in needed):
            found += islice(check(sections), MOST_TOLD)
    return once_each_mistake(found, CONFIG)


@cache
def _one_section(name: str) -> type[Section]:
    """Make the model of a config with this section alone; it is validated exactly as in the whole config."""
    field = Config.model_fields[name]
    fields: Any = {name: (field.annotation, field)}
    return create_model(f"Only_{name}", __base__=Section, **fields)


def translated(errors: list[ErrorDetails], raw: Mapping[str, Any], root: Shape) -> Iterator[Problem]:
    """Say in plain words what pydantic rejects in a file of the shape `root`."""
    for error in errors[:MOST_TOLD]:
        path: KeyPath = error["loc"]
        if path[-1] == "[key]":  # A name that is none of those a table of names allows.
            yield Problem(path[:-1], unknown_key(str(path[-2]), root.at(path[:-2]), root=root))
        elif error["type"] == "extra_forbidden":
            yield Problem(path, unknown_key(str(path[-1]), root.at(path[:-1]), root=root))
        else:
            text = in_words(error, root.at(path))
            key = error.get("ctx", {}).get("key")
            yield Problem(_as_written(path, raw) if key is None else (*path, key), text)


def _as_written(path: KeyPath, raw: Any) -> KeyPath:
    """Remove what the schema adds to the path of a plain value (a number is a constant distribution)."""
    for i, key in enumerate(path):
        if not isinstance(raw, (dict, list)):
            return path[:i]
        raw = raw.get(key) if isinstance(raw, dict) else raw[int(key)]
        if raw is None:
            return path
    return path


def once_each_mistake(found: list[Problem], root: Shape) -> list[Problem]:
    """Leave out what follows from an unknown key: problems inside it, and the missing key it was meant to be."""
    unknown = [problem.path for problem in found if problem.text.startswith("unknown key")]

    def is_meant(path: KeyPath, missing: KeyPath) -> bool:
        """Whether an unknown key was meant to be the one missing, or a table around it."""
        *table, key = path
        return missing[: len(table)] == tuple(table) and (
            nearest_key(str(key), root.at(tuple(table))) in missing[len(table) : len(path)]
        )

    def follows(problem: Problem) -> bool:
        inside = any(problem.path[: len(path)] == path for path in unknown if problem.path != path)
        missing = problem.text.startswith("missing")
        return inside or (missing and any(is_meant(path, problem.path) for path in unknown))

    return [problem for problem in found if not follows(problem)]
