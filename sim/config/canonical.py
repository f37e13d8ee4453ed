"""One way to write down a config, so that equal configs are seen to be equal."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sim.config.schema import Config
from sim.config.schema.base import OneOf

_NOT_PARAMETERS = ("replications", "seed")


def canonical(config: Config) -> dict[str, Any]:
    """List every effective value, defaults included, in values that JSON knows.

    Sections and keys stand in the order of the schema, named tables (groups, departments ...) in the order
    of the file. Dates are texts; what is switched off is null; of the forms of a distribution or response
    only the one chosen is listed.
    """
    return {name: jsonable(getattr(config, name)) for name in Config.model_fields}


def from_canonical(values: Mapping[str, Any]) -> Config:
    """Make the config again of which `canonical` (or a manifest) lists the values."""
    # Not strict: a date is a text in JSON.
    return Config.model_validate(values, strict=False)


def config_hash(config: Config) -> str:
    """Compute the SHA-256 of what the config says of the job centre, in hexadecimal digits.

    How often it is run and with which seed are left out: they are no parameters of a replication, and more
    replications of the same config continue the same batch. The file's name plays no part.
    """
    values = canonical(config)
    values["run"] = {key: value for key, value in values["run"].items() if key not in _NOT_PARAMETERS}
    written = json.dumps(values, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def jsonable(value: Any) -> Any:
    """Write a value of a config in types that JSON knows."""
    if isinstance(value, OneOf):
        name, form = value.form
        return {name: jsonable(form)}
    if isinstance(value, BaseModel):
        return {name: jsonable(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
