"""Which names tables and keys may have: those that a reader can tell apart."""

import unicodedata

from sim.config.toml.key_lines import KeyPath
from sim.config.toml.limits import DEEPEST

LONGEST = 200
"""Letters in a name or key."""


def name_problem(path: KeyPath) -> str:
    """Say why the last part of a path is no name for a table or a key; empty: it is one."""
    name = path[-1]
    if len(path) > DEEPEST:
        return f"lists or tables are nested too deeply; at most {DEEPEST} are allowed"
    if isinstance(name, int):
        return ""
    if len(name) > LONGEST:
        return f"a name of {len(name)} letters is too long; at most {LONGEST} are allowed"
    odd = next((character for character in name if not character.isprintable()), None)
    if odd is not None:
        return f"a name may not hold the invisible character U+{ord(odd):04X}{_called(odd)}"
    if not unicodedata.is_normalized("NFC", name):
        return "a name may not put a letter together from parts; write the letter itself"
    return ""


def _called(character: str) -> str:
    name = unicodedata.name(character, "")
    return f" ({name.lower()})" if name else ""
