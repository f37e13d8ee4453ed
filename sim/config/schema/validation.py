"""From values to a config, in one pass."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import ValidationError

from sim.config.schema import Config
from sim.config.schema.checks import CHECKS


def valid_config(raw: Mapping[str, Any], changed: Collection[str] = tuple(Config.model_fields)) -> Config | None:
    """Make a config of its values in one pass; none if anything is wrong with it.

    Parameters
    ----------
    raw
        The effective values; a section may also be one that has been validated already.
    changed
        The sections that may be wrong. Only these are held against each other and against the rest.
    """
    try:
        config = Config.model_validate(raw)
    except ValidationError:
        return None
    sections = dict(config)
    concerned = (check for needed, check in CHECKS if any(name in changed for name in needed))
    return None if any(any(check(sections)) for check in concerned) else config
