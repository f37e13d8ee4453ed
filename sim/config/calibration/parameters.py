"""Parameters of a study: the keys that each sets, what is believed of its values, and the configs it is put into."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.config.calibration.priors import Prior
from sim.config.calibration.schema import Parameter as StatedParameter
from sim.config.experiment.checking import missing_names
from sim.config.experiment.factors import settings
from sim.config.experiment.names import shortened
from sim.config.layers.extends import extended, named_file
from sim.config.layers.merge import merge
from sim.config.layers.variation import VariedConfig
from sim.config.messages.in_file import node_at
from sim.config.messages.unknown_keys import unknown_key
from sim.config.schema import Config
from sim.config.schema.base import OFF, Problem
from sim.config.schema.distributions import Distribution
from sim.config.schema.shape import CONFIG
from sim.config.schema.units import unit_of
from sim.config.toml.key_lines import KeyPath, split_key
from sim.config.toml.reading import read_document
from sim.config.toml.sourced import Node
from sim.config.toml.toml_text import key_text


class Parameter(NamedTuple):
    """A parameter with its prior.

    Attributes
    ----------
    name
        In the file: the dotted key, or a name of its own.
    keys
        Dotted keys that it sets.
    label
        What tables call it.
    unit
        Of its values.
    prior, source
        What was known before, and where that is from.
    """

    name: str
    keys: tuple[str, ...]
    label: str
    unit: str
    prior: Prior
    source: str


class Centre(NamedTuple):
    """A config that parameters are put into.

    Attributes
    ----------
    name
        Of the file's own.
    varied
        Makes the config of each point.
    base
        The config without any parameter set.
    keys
        Of each parameter the keys that this config has, by the parameter's name.
    """

    name: str
    varied: VariedConfig
    base: Config
    keys: Mapping[str, tuple[str, ...]]

    def config(self, values: Mapping[str, float]) -> Config:
        """Make the config with these values of parameters, by their names; others keep the config's own.

        Raises
        ------
        ConfigError
            If it is not valid.
        """
        return self.varied.config({key: value for name, value in values.items() for key in self.keys[name]})

    def taking(self, keys: Sequence[str]) -> "Centre":
        """Take values by their dotted keys instead; those that this config has."""
        return self._replace(keys={key: _present([key], self.varied.root, self.name) for key in keys})


def parameters_of(stated: Mapping[str, StatedParameter]) -> tuple[Parameter, ...]:
    """Make the parameters of a file in which `parameter_problems` finds nothing, in its order."""
    labels = _labels(stated)
    return tuple(
        Parameter(name, _keys(name, one), labels[name], _unit(name, one), one.prior, one.source)
        for name, one in stated.items()
    )


def missing_parameters(parameters: Sequence[Parameter], bases: Mapping[str, Node]) -> Iterator[Problem]:
    """List the parameters that set no key of any config."""
    for parameter in parameters:
        paths = [split_key(key) for key in parameter.keys]
        absent = [missing_names(path, base, name) for path in paths for name, base in bases.items()]
        if all(absent):
            yield Problem(("parameters", parameter.name), absent[0])


def base_of(root: Node, place: KeyPath, changed: KeyPath, file: Path) -> Node:
    """Read the config that a file names, and merge settings over it.

    Parameters
    ----------
    root, file
        What the file says, and the file.
    place, changed
        Where it names the config, and where the settings stand.

    Raises
    ------
    ConfigError
        If there is no such file, or it cannot be read.
    """
    node = node_at(root, place)
    named = named_file(node, file, f"{node.source}: {key_text(place)}")
    return merge(extended(read_document(named)), settings(node_at(root, changed)), CONFIG)


def parameter_problems(parameters: Mapping[str, StatedParameter]) -> Iterator[Problem]:
    """List keys that are none, or no numbers, or set twice."""
    owner: dict[str, str] = {}
    for name, stated in parameters.items():
        place: KeyPath = ("parameters", name)
        for key in _keys(name, stated):
            try:
                path = split_key(key)
            except ValueError:
                text = "a key must be dotted names, such as staffing.citizens_per_coordinator"
                yield Problem((*place, "keys") if stated.keys else place, text)
                continue
            unknown = _unknown(path)
            if unknown:
                yield Problem((*place, "keys") if stated.keys else place, unknown)
                continue
            if CONFIG.at(path).type not in (float, Distribution):
                yield Problem(place, f"{key} is not a number with decimals, so there is no prior of it")
            if owner.setdefault(key, name) != name:
                yield Problem(place, f"{key} is set by {owner[key]} already")


def _unknown(path: KeyPath) -> str:
    for end, key in enumerate(path):
        table = CONFIG.at(path[:end])
        if table.child(key).type is None:
            return unknown_key(str(key), table)
    return ""


def centre_of(name: str, base: Node, parameters: Sequence[Parameter]) -> Centre:
    """Make the config that parameters are put into.

    Raises
    ------
    ConfigError
        If it is not valid without any.
    """
    varied = VariedConfig(base)
    keys = {one.name: _present(one.keys, base, name) for one in parameters}
    return Centre(name, varied, varied.config({}), keys)


def _present(keys: Sequence[str], base: Node, name: str) -> tuple[str, ...]:
    """Of some keys those whose groups, departments and other named tables a config has."""
    paths = {key: split_key(key) for key in keys}
    return tuple(
        key for key, path in paths.items() if not missing_names(path, base, name) and not _is_off(path, base)
    )


def _is_off(path: KeyPath, base: Node) -> bool:
    """Whether a table on the path to a key is switched off."""
    node = base
    for key in path:
        if node.table is None or str(key) not in node.table:
            break
        node = node.table[str(key)]
    return bool(node.value == OFF)


def _keys(name: str, stated: StatedParameter) -> tuple[str, ...]:
    return tuple(stated.keys or [name])


def _labels(parameters: Mapping[str, StatedParameter]) -> dict[str, str]:
    short = shortened([name.split(".") for name in parameters])
    return {name: stated.label or label for (name, stated), label in zip(parameters.items(), short, strict=True)}


def _unit(name: str, stated: StatedParameter) -> str:
    path: Any = split_key(_keys(name, stated)[0])
    return unit_of(str(path[-1]), CONFIG.at(path))
