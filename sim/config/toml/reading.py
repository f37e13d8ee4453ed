"""Reading one TOML file: its values, the line of every key, and plain words if it cannot be read."""

import stat
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sim.config.toml.comments import comments
from sim.config.toml.key_lines import KeyPath, key_lines
from sim.config.toml.limits import MOST_BYTES, beyond_limits
from sim.config.toml.names import name_problem
from sim.config.toml.syntax_words import syntax_words
from sim.config.toml.written import parsed
from sim.errors import ConfigError
from sim.input_files import NotAFile, read_file
from sim.safe_text import is_utf8

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Document:
    """One file as it is: its values, the line of every key, and what its comments say of keys."""

    file: Path
    data: Mapping[str, Any]
    lines: Mapping[KeyPath, int]
    comments: Mapping[KeyPath, str]


def read_document(file: Path, what: str = "config", *, pipes: bool = False) -> Document:
    """Read a TOML file; or a pipe, as in ``sim check <(...)``, which can be read only once.

    Parameters
    ----------
    file
        The file.
    what
        What it should be, for the errors: a config or an experiment.
    pipes
        Whether it may be a pipe.

    Raises
    ------
    ConfigError
        If there is no such file, it is no file, too large, not UTF-8 text, or not TOML; with the line where there is
        one.
    """
    shown = file.as_posix()
    absent = why_absent(file, what)
    if absent:
        raise ConfigError([f"{shown}: {absent}"])
    if not is_utf8(file.name):
        raise ConfigError([f"{shown}: the name of the file is not UTF-8 text; rename it"])
    try:
        content = read_file(file, MOST_BYTES, pipes=pipes)
    except NotAFile as error:
        raise ConfigError([f"{shown}: {error.strerror}"]) from error
    except OSError as error:
        raise ConfigError([f"{shown}: cannot be read: {error.strerror}"]) from error
    text = _decoded(content, shown)
    data = _parsed(text, shown)
    if not data:
        command, article = ("sim new", "a") if what == "config" else (f"sim new --{what}", "an")
        raise ConfigError([f"{shown}: is empty; '{command}' writes {article} {what} to start from"])
    lines = key_lines(text)
    wrong = [f"{shown}:{line}: {words}" for path, line in lines.items() if (words := name_problem(path))]
    if wrong:
        raise ConfigError(wrong)
    return Document(file, data, lines, comments(text, lines))


def why_absent(file: Path, what: str = "config") -> str:
    """Say why there is nothing to read at `file`, with the most similar name; empty if there is something."""
    try:
        is_folder = stat.S_ISDIR(file.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a name that no file can have.
        return _not_there(file)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return f"is a folder; name {'a' if what == 'config' else 'an'} {what} file in it" if is_folder else ""


def _not_there(file: Path) -> str:
    if file.is_symlink():
        return f"is a link to {file.readlink().as_posix()}, which is not there"
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
    # A letter such as a-ring may be one character or two, as on a Mac: the same word is to be the same name.
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _parsed(text: str, shown: str) -> dict[str, Any]:
    beyond = beyond_limits(text)
    if beyond is not None:
        raise ConfigError([f"{shown}:{beyond[0]}: {beyond[1]}"])
    try:
        return parsed(text)
    except tomllib.TOMLDecodeError as error:
        line, words = syntax_words(str(error), text)
        raise ConfigError([f"{shown}:{line}: {words}"]) from error
