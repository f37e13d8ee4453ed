"""Names of points: short, readable, and safe as names of folders on every platform."""

import re
from collections.abc import Sequence
from typing import Any

from sim import file_names
from sim.config.toml.toml_text import value_text

ALLOWED = "use letters a-z, digits, _, - and ."
JOIN = "+"

_UNSAFE = re.compile(r"[^A-Za-z0-9_.+-]+")


def is_safe(name: str) -> bool:
    """Whether a name can be part of a point's name, which is one of files too."""
    return file_names.is_safe(name) and JOIN not in name


def value_name(value: Any) -> str:
    """Write a value so that it can be part of a name: ``50``, ``0.2``, ``gamma-mean-20-cv-0.5``."""
    text = value if isinstance(value, str) else value_text(value)
    safe = _UNSAFE.sub("-", text).replace(JOIN, "")
    return safe.strip("-.") if _UNSAFE.search(text) else safe.rstrip(".")


def sampled_name(index: int) -> str:
    """Name the drawn point with this number, from 1."""
    return f"point_{index:04d}"


def shortened(names: Sequence[Sequence[str]]) -> list[str]:
    """Shorten dotted keys to as few of their last parts as it takes to tell them apart."""
    short = []
    for parts in names:
        length = 1
        while length < len(parts) and any(
            tuple(other[-length:]) == tuple(parts[-length:]) for other in names if other is not parts
        ):
            length += 1
        short.append(".".join(parts[-length:]))
    return short
