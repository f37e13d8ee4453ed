"""Values written as in a TOML file."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from sim.config.toml.key_lines import KeyPath
from sim.safe_text import escaped

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def value_text(value: Any) -> str:
    """Write a value on one line of TOML; whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key_text((key,))} = {value_text(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    return str(value)


def key_text(path: KeyPath) -> str:
    """Write a path as a dotted key, quoting parts where TOML needs it; positions in lists as ``[0]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if _BARE.fullmatch(part) else _quoted(part)
            text += f".{name}" if text else name
    return text


def _quoted(text: str) -> str:
    """Write a text in quotes, with escapes for what a terminal would obey: TOML's escapes are JSON's."""
    return escaped(json.dumps(text, ensure_ascii=False))
