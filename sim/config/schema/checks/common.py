"""What the checks have in common."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sim.config.schema.base import Problem

Path = tuple[str | int, ...]
Sections = Mapping[str, Any]
"""Validated sections of a config by name (a section with errors of its own is left out)."""


def unknown(path: tuple[str | int, ...], name: str, known: Mapping[str, Any]) -> Problem:
    """Make the problem of a name that should be one of `known`, with the most similar spelling."""
    near = get_close_matches(name, list(known), n=1)
    hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(known)
    return Problem(path, f"{name!r} does not exist; {hint}")
