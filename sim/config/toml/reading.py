"""Reading one TOML file: its values, the line of every key, and plain words if it cannot be read."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sim.config.toml.key_lines import KeyPath, key_lines
from sim.errors import ConfigError

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_PLAIN_WORDS = (
    ("Invalid value", "the value is missing or is none that TOML knows; a text needs quotes"),
    ("Expected '=' after a key", "expected key = value"),
    ("Expected newline or end of document", "something is left over after the value"),
    ("Cannot overwrite a value", "this key has a value already"),
    ("Duplicate inline table key", "a key is given twice in { ... }"),
    ("Cannot declare", "this table stands in the file already; put its keys together"),
    ("Cannot mutate immutable", "this table was closed where it was written { ... }; add the key there"),
    ("Illegal character '\\n'", "a text is not closed before the end of the line; a quote is missing"),
    ("Found invalid character '\\n'", "a text is not closed before the end of the line; a quote is missing"),
    ("Illegal character", "a character that no text may hold"),
    ("Found invalid character", "a character that no text may hold"),
    ('Expected "\'"', "a text is not closed; a quote is missing"),
    ("Unterminated string", "a text is not closed; a quote is missing"),
    ("Invalid hex value", r"a text in double quotes cannot hold a single \; write / or \\ instead"),
    ("Unescaped '\\'", r"a text in double quotes cannot hold a single \; write / or \\ instead"),
    ("Unclosed array", "a list [ ... is not closed; a ] is missing"),
    ("Unclosed inline table", "a table { ... is not closed; a } is missing"),
    ("Expected ']", "the name of a table is not closed; a ] is missing"),
    (
        "Invalid initial character for a key part",
        "expected a key here; write { ... } on one line, no comma last",
    ),
    ("Invalid date or datetime", "there is no such date or time"),
    ("Invalid statement", "expected key = value, a [table] or a # comment"),
)
"""How tomllib's messages begin, and what to say instead."""

_DECIMAL_COMMA = re.compile(r"=\s*[-+]?\d+,\d")
_PERCENT = re.compile(r"=\s*[-+]?[\d.]+\s*%")
_FOREIGN_KEY = re.compile(r"\s*\[*\s*[A-Za-z0-9_.-]*[^\W\d_a-zA-Z]")
_CAPITAL_FLAG = re.compile(r"=\s*(True|False|TRUE|FALSE)\b")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Document:
    """One file as it is: its values and the line of every key."""

    file: Path
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int]


def read_document(file: Path, what: str = "config") -> Document:
    """Read a TOML file.

    Parameters
    ----------
    file
        The file.
    what
        What it should be, for the errors: a config or an experiment.

    Raises
    ------
    ConfigError
        If there is no such file, it is not UTF-8 text, or it is not TOML; with the line where there is one.
    """
    shown = file.as_posix()
    absent = why_absent(file, what)
    if absent:
        raise ConfigError([f"{shown}: {absent}"])
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ConfigError([f"{shown}: cannot be read: {error.strerror}"]) from error
    text = _decoded(content, shown)
    data = _parsed(text, shown)
    if not data:
        command, article = ("sim new", "a") if what == "config" else (f"sim new --{what}", "an")
        raise ConfigError([f"{shown}: is empty; '{command}' writes {article} {what} to start from"])
    return Document(file, data, key_lines(text))


def why_absent(file: Path, what: str = "config") -> str:
    """Say why there is no file to read at `file`, with the most similar name; empty if there is one."""
    if file.is_dir():
        return f"is a folder; name {'a' if what == 'config' else 'an'} {what} file in it"
    if file.exists():
        return ""
    folder = file.parent
    if not folder.is_dir():
        return f"no such file (there is no folder {folder.as_posix()})"
    near = get_close_matches(file.name.removesuffix(".toml"), [path.stem for path in folder.glob("*.toml")], n=1)
    return f"no such file; did you mean {folder.joinpath(near[0]).as_posix()}.toml?" if near else "no such file"


def _decoded(content: bytes, shown: str) -> str:
    if content.startswith(_UTF16_MARKS):
        raise ConfigError([f"{shown}:1: is UTF-16 text; save the file as UTF-8"])
    try:
        text = content.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        byte = error.object[error.start]
        raise ConfigError(
            [f"{shown}:{line}: not UTF-8 text (byte {byte:#04x}, column {column}); save the file as UTF-8"]
        ) from error
    return text.replace("\r\n", "\n")


def _parsed(text: str, shown: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError([f"{shown}: lists or tables are nested too deeply"]) from error
    except tomllib.TOMLDecodeError as error:
        line, words = _syntax_words(str(error), text)
        raise ConfigError([f"{shown}:{line}: {words}"]) from error
    except ValueError as error:  # tomllib lets the error of int() pass.
        raise ConfigError([f"{shown}: a number has too many digits"]) from error


def _syntax_words(message: str, text: str) -> tuple[int, str]:
    """Say where and, in plain words, what is wrong; the line itself reveals the most common mistakes."""
    place = _PLACE.search(message)
    lines = text.rstrip("\n").split("\n")
    number = int(place[1]) if place and place[1] else len(lines)
    line = lines[min(number, len(lines)) - 1]
    if _DECIMAL_COMMA.search(line):
        return number, "write a decimal point, not a comma: 0.5"
    if _PERCENT.search(line):
        return number, "write a share of 1, not per cent: 0.42 for 42 %"
    if _CAPITAL_FLAG.search(line):
        return number, "write true or false in small letters"
    if _FOREIGN_KEY.match(line):
        return number, 'a name with other letters than a-z needs quotes: "rådgivning"'
    bare = _PLACE.sub("", message)
    for beginning, words in _PLAIN_WORDS:
        if bare.startswith(beginning):
            return number, words
    return number, f"not TOML: {bare}"
