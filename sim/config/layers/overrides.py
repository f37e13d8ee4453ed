"""Overrides: values by dotted key that win over every file."""

import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sim.config.schema.base import EXTENDS
from sim.config.toml.key_lines import split_key
from sim.config.toml.limits import MOST_DIGITS, beyond_limits
from sim.config.toml.names import name_problem
from sim.config.toml.sourced import Node, from_override
from sim.config.toml.written import parsed
from sim.errors import ConfigError

_TOO_LARGE = 10**MOST_DIGITS


def override_layers(overrides: Mapping[str, Any]) -> list[Node]:
    """Make a layer from each override.

    Parameters
    ----------
    overrides
        Values by dotted key.

    Raises
    ------
    ConfigError
        If a key is not a dotted key, or a value cannot be written in a config.
    """
    return [from_override(_parts(key, value), value) for key, value in overrides.items()]


def parse_override(text: str) -> tuple[str, Any]:
    """Read ``key=value`` as typed after ``--set``; a bare word is read as text.

    Raises
    ------
    ConfigError
        If there is no ``=``.
    """
    key, equals, written = text.partition("=")
    if not equals or not key.strip() or not written.strip():
        raise ConfigError([f"--set {text}: must be key=value, such as staffing.citizens_per_coordinator=80"])
    beyond = beyond_limits(written)
    if beyond is not None:
        raise ConfigError([f"--set {text}: {beyond[1]}"])
    try:
        value = parsed(f"value = {written}")["value"]
    except ValueError:
        value = written.strip()
    return key.strip(), value


def _parts(key: str, value: Any) -> tuple[str, ...]:
    try:
        parts = split_key(unicodedata.normalize("NFC", key))
    except ValueError as error:
        raise ConfigError([f"--set {key}={value}: the key must be dotted names, such as run.seed"]) from error
    if parts[0] == EXTENDS:
        raise ConfigError([f"--set {key}={value}: extends belongs in the file"])
    wrong = next(filter(None, (name_problem(parts[: end + 1]) for end in range(len(parts)))), "")
    if wrong:
        raise ConfigError([f"--set {key}: {wrong}"])
    if not _is_toml(value):
        raise ConfigError([f"--set {key}={value}: a {type(value).__name__} cannot stand in a config"])
    return parts


def _is_toml(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_toml(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return all(_is_toml(item) for item in value)
    if isinstance(value, int) and abs(value) >= _TOO_LARGE:  # Python itself would refuse to write it in a message.
        raise ConfigError(["--set: a number of too many digits cannot stand in a config"])
    return isinstance(value, (int, float, str, date, time))
