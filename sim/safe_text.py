"""Text of other people made safe for where it goes: a terminal, one line of a message, a cell of a CSV file.

Names, paths and values come from files that somebody else may have written. Written raw, an escape sequence changes
what a terminal shows, a line break forges a message, and a spreadsheet calculates a cell that begins a formula.
"""

import re
import unicodedata

_UNSAFE_CATEGORIES = ("Cc", "Cs", "Zl", "Zp")
"""Control characters, halves of characters (bytes that are not UTF-8), separators of lines and paragraphs."""
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that change the direction of what follows, so that it reads as something else."""
_PLAIN = re.compile(r"[ -~\u00a1-\u0600]*")
"""Nearly all text; it needs no closer look."""
_LONGEST_LINE = 2000
_FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet calculates (the last four: full width, as in Japanese)."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?")


def safe_line(text: str) -> str:
    r"""Show what a terminal would obey instead of print, line breaks too, as ``\x1b`` or ``\u202e``."""
    return escaped(text, short="\\x{:02x}")


def escaped(text: str, short: str = "\\u{:04x}") -> str:
    r"""Do the same with escapes of four digits throughout (``\u001b``), as TOML and JSON know them."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(_shown(character, short) if _is_unsafe(character) else character for character in text)


def safe_lines(text: str) -> str:
    """Do the same for a text of several lines."""
    return "\n".join(safe_line(line) for line in text.split("\n"))


def shortened(text: str, longest: int = _LONGEST_LINE) -> str:
    """Leave out the middle of a text that is longer than this many letters."""
    if len(text) <= longest:
        return text
    half = (longest - 5) // 2
    return f"{text[:half]} ... {text[-half:]}"


def csv_text(text: str) -> str:
    """Write a text for a cell of a CSV file: where it would begin a formula, an apostrophe stands before it."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def is_utf8(text: str) -> bool:
    """Whether it can be written as UTF-8: the name of a file may hold any bytes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in _UNSAFE_CATEGORIES or character in _DIRECTIONS


def _shown(character: str, short: str) -> str:
    code = ord(character)
    return short.format(code) if code < 0x100 else f"\\u{code:04x}"
