"""From values to a config, in one pass."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import ValidationError

from sim.config.schema import Config
from sim.config.schema.checks import CHECKS


def valid_config(raw: Mapping[str, Any], changed: Collection[str] = tuple(Config.model_fields)) -> Config | None:
    """Make a config from its values in one pass; None if anything is wrong with it.

    Parameters
    ----------
    raw
        The values in force; a section may also be one that has already been validated.
    changed
        The sections that may be wrong. Checks that read none of these are left out.
    """
    try:
        config = Config.model_validate(raw)
    except ValidationError:
        return None
    sections = dict(config)
    concerned = (check for needed, check in CHECKS if any(name in changed for name in needed))
    return None if any(any(check(sections)) for check in concerned) else config
