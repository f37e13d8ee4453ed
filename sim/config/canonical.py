"""One way of writing a config, so that equal configs are written alike."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.config.schema import Config
from sim.config.schema.base import OneOf
from sim.errors import UsageError

_NOT_PARAMETERS = ("replications", "seed")
_NOT_THE_CENTRE = ("money",)


def canonical(config: Config) -> dict[str, Any]:
    """List all values of a config, including defaults, in types of JSON.

    Sections and keys stand in the order of the schema, named tables (groups, departments ...) in the order
    of the file. Dates are texts; what is switched off is null; of the forms of a distribution or response
    only the one chosen is listed.
    """
    values: dict[str, Any] = jsonable(config)
    return values


def from_canonical(values: Mapping[str, Any]) -> Config:
    """Make the config whose values `canonical` (or a manifest) lists.

    Raises
    ------
    UsageError
        If they are no config of this version, as in a directory that another program has made.
    """
    try:
        return Config.model_validate(values, strict=False)  # Not strict: dates are texts in JSON.
    except ValidationError as error:
        raise UsageError("the config that is stored beside the results is not valid in this version") from error


def config_hash(config: Config) -> str:
    """Compute the SHA-256 of what the config says about the job centre, in hexadecimal digits.

    How often it is run and with which seed are left out: they are no parameters of a replication, and more
    replications of the same config continue the same batch. So is money: a finished run may be priced again. The
    file's name plays no part.
    """
    return values_hash(canonical(config))


def values_hash(values: Mapping[str, Any]) -> str:
    """Compute `config_hash` of the values that `canonical` lists, as they are stored beside results.

    Raises
    ------
    ValueError, KeyError, TypeError, AttributeError
        If they are no such values.
    """
    values = {name: value for name, value in values.items() if name not in _NOT_THE_CENTRE}
    values["run"] = {key: value for key, value in values["run"].items() if key not in _NOT_PARAMETERS}
    written = json.dumps(values, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def stated(values: Any) -> Any:
    """Leave out what is switched off (null)."""
    if isinstance(values, Mapping):
        return {key: stated(item) for key, item in values.items() if item is not None}
    return [stated(item) for item in values] if isinstance(values, list) else values


def jsonable(value: Any) -> Any:
    """Convert a value of a config to types of JSON."""
    if value is None or isinstance(value, (str, float, int)):  # The most frequent first: sweeps ask often.
        return value
    if isinstance(value, OneOf):
        name, form = value.form
        return {name: jsonable(form)}
    if isinstance(value, BaseModel):
        return {name: jsonable(item) for name, item in vars(value).items()}
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
