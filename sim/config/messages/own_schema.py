"""A file that is no config, checked against a schema of its own; a file of another kind is told first."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from sim.config.messages.in_file import node_at, refuse, unquoted
from sim.config.messages.problems import once_each_mistake, translated
from sim.config.schema.base import EXTENDS, OFF, Problem
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.sourced import Node, plain
from sim.errors import ConfigError

M = TypeVar("M", bound=BaseModel)


class Kind(NamedTuple):
    """A kind of file: what it is called, and the command that takes it."""

    what: str
    command: str


A_CONFIG = Kind("a config", "sim run")
KINDS = {
    "experiment": Kind("an experiment", "sim sweep"),
    "calibration": Kind("a calibration", "sim calibrate"),
    "sensitivity": Kind("a sensitivity file", "sim sensitivity"),
}
"""The other kinds, by the table that each has and no other."""


def refuse_other_kind(raw: Mapping[str, Any], file: Path, own: Kind) -> None:
    """Say of a file of another kind which command takes it.

    Raises
    ------
    ConfigError
        If it is of another kind.
    """
    found = next((kind for table, kind in KINDS.items() if table in raw), None)
    if found is None and any(key in CONFIG.keys or key == EXTENDS for key in raw):
        found = A_CONFIG
    if found is not None and found != own:
        raise ConfigError([f"{file.as_posix()}: is {found.what}, not {own.what}; '{found.command}' takes it"])


def checked_by(
    model: type[M], shape: Shape, root: Node, file: Path, table: str, keys: tuple[str, type[BaseModel]]
) -> M:
    """Check what a file says against its schema.

    Parameters
    ----------
    model, shape
        The schema.
    root, file
        What the file says, and the file.
    table
        The table that makes it a file of its kind.
    keys
        The table whose keys are dotted keys of a config, and what belongs under each.

    Raises
    ------
    ConfigError
        With file and line of each problem.
    """
    raw = plain(root)
    if table not in raw:
        refuse_other_kind(raw, file, KINDS[table])
    named, entry = keys
    no_quotes = list(unquoted(named, node_at(root, (named,)), entry.model_fields))
    for problem in no_quotes:
        raw[named].pop(problem.path[1])
    try:
        definition = model.model_validate(raw)
    except ValidationError as error:
        told = translated(error.errors(include_url=False), raw, shape)
        # Nothing is switched off here, so the word for it is not offered.
        problems = [Problem(one.path, one.text.replace(f' (or "{OFF}")', "")) for one in told]
        refuse([*no_quotes, *once_each_mistake(problems, shape)], root)
        raise
    refuse(no_quotes, root)
    return definition


def read_all(names: Iterable[str], read: Callable[[str], Node]) -> dict[str, Node]:
    """Read the configs that a file names, by name.

    Raises
    ------
    ConfigError
        With the problems of all of them.
    """
    found: dict[str, None] = {}
    bases: dict[str, Node] = {}
    for name in names:
        try:
            bases[name] = read(name)
        except ConfigError as error:
            found |= dict.fromkeys(error.problems)
    if found:
        raise ConfigError(list(found))
    return bases
