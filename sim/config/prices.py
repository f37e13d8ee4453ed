"""The prices of a finished run: those of its config, or those of another file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.config.canonical import stated
from sim.config.layers.completed import completed
from sim.config.layers.extends import extended
from sim.config.layers.merge import merge
from sim.config.messages.placed import nearest
from sim.config.messages.problems import problems
from sim.config.messages.thousands import points_in_money
from sim.config.schema.money import Money
from sim.config.schema.shape import CONFIG
from sim.config.toml.reading import read_document
from sim.config.toml.sourced import Node, from_override, plain, sources
from sim.config.toml.toml_text import key_text
from sim.errors import ConfigError

MONEY = "money"


def prices(own: Mapping[str, Any] | None, file: Path | None = None) -> Money | None:
    """Return a run's prices.

    Parameters
    ----------
    own
        The table [money] of its config, as a manifest holds it; none: it has none.
    file
        A config file of which only the table [money] is read (it may extend others). What it states wins over
        `own`, key by key, as where one config extends another.

    Returns
    -------
    Money or None
        None: neither has any.

    Raises
    ------
    ConfigError
        If the file cannot be read, has no table [money], or what it says is not valid.
    """
    layers = [] if own is None else [from_override((MONEY,), stated(own))]
    if file is not None:
        root = completed(extended(read_document(file))).values
        if MONEY not in root.value:
            raise ConfigError([f"{file.as_posix()}: has no table [money]"])
        layers.append(Node({MONEY: root.value[MONEY]}, root.source))
    if not layers:
        return None
    merged = layers[0] if len(layers) == 1 else merge(layers[0], layers[1], CONFIG)
    _check(merged)
    return Money.model_validate(plain(merged)[MONEY])


def _check(root: Node) -> None:
    places = sources(root)
    found = []
    for problem in [*problems(plain(root)), *points_in_money(root)]:
        if problem.path[0] == MONEY:
            place = places[nearest(problem.path, places)]
            found.append(f"{place}: {key_text(problem.path)}: {problem.text}")
    if found:
        raise ConfigError(found)
