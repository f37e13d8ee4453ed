"""Numbers that remember how they are written."""

import tomllib
from typing import Any


class WrittenFloat(float):
    """A number with a decimal point, and its text in the file."""

    written: str

    def __new__(cls, text: str) -> "WrittenFloat":
        """Read a number as TOML writes it."""
        number = super().__new__(cls, text)
        number.written = text
        return number


def parsed(text: str) -> dict[str, Any]:
    """Read a TOML text; its numbers with a decimal point are of the type `WrittenFloat`.

    Raises
    ------
    tomllib.TOMLDecodeError
        If it is not TOML.
    """
    return tomllib.loads(text, parse_float=WrittenFloat)
