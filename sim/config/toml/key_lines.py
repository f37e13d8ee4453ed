"""The line of each key in a TOML file.

`tomllib` gives values without their places. This scanner walks the same text once more and notes the line
of every key; it reads only text that `tomllib` has accepted, so it needs no error handling of its own.
"""

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache

from sim.config.toml.limits import beyond_limits

KeyPath = tuple[str | int, ...]
"""Path to a value: names of tables and keys, and positions in lists."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'
    r"|'''.*?'''(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_OTHER_VALUE = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[KeyPath, int]:
    """Find the line of every table, key and list element.

    Parameters
    ----------
    text
        A TOML document that `tomllib` accepts.

    Returns
    -------
    dict
        Line numbers (from 1) by path: of a table its header or first mention, of a key the line the key
        stands on, of a list element the line it begins on.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


@lru_cache(maxsize=1024)
def split_key(text: str) -> tuple[str, ...]:
    """Split a dotted key, whose parts may be quoted, into its parts.

    Raises
    ------
    ValueError
        If `text` is not a key of TOML.
    """
    if beyond_limits(text) is not None:
        raise ValueError(f"{text!r} is not a key")
    try:
        value: object = tomllib.loads(f"{text} = 0")
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{text!r} is not a key") from error
    parts = []
    while isinstance(value, dict) and len(value) == 1:
        part, value = next(iter(value.items()))
        parts.append(part)
    if value != 0 or "\n" in text:  # More than a key was smuggled in.
        raise ValueError(f"{text!r} is not a key")
    return tuple(parts)


class _Scanner:
    """One pass over the text; `at` is the position reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._elements: defaultdict[KeyPath, int] = defaultdict(int)

    def document(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._key_and_value(table)
            self._skip(_BLANK)

    def key(self) -> tuple[str, ...]:
        parts = [self._key_part()]
        self._skip(_SPACE)
        while self.text.startswith(".", self.at):
            self.at += 1
            self._skip(_SPACE)
            parts.append(self._key_part())
            self._skip(_SPACE)
        return tuple(parts)

    def _key_part(self) -> str:
        if self.text[self.at] in "\"'":
            quoted = self._take(_STRING)
            return str(tomllib.loads(f"key = {quoted}")["key"])
        return self._take(_BARE_KEY)

    def _header(self) -> KeyPath:
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        line = self._line()
        self.at += brackets
        self._skip(_SPACE)
        parts = self.key()
        self.at += brackets
        path: KeyPath = ()
        for i, part in enumerate(parts):
            path = (*path, part)
            self.lines.setdefault(path, line)
            is_new_element = brackets == 2 and i == len(parts) - 1
            if is_new_element:
                self._elements[path] += 1
            if path in self._elements:  # A list of tables: the name stands for its latest element.
                path = (*path, self._elements[path] - 1)
                self.lines.setdefault(path, line)
        return path

    def _key_and_value(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.at += 1  # =
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        first = self.text[self.at]
        if first == "[":
            self._list(path)
        elif first == "{":
            self._inline_table(path)
        else:
            self._take(_STRING if first in "\"'" else _OTHER_VALUE)

    def _list(self, path: KeyPath) -> None:
        self.at += 1
        self._skip(_BLANK)
        position = 0
        while self.text[self.at] != "]":
            element = (*path, position)
            self.lines[element] = self._line()
            self._value(element)
            position += 1
            self._skip_comma()
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != "}":
            self._key_and_value(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        self._skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None, "tomllib has accepted the text"
        self.at = match.end()
        return match.group()

    def _line(self) -> int:
        return bisect_right(self._starts, self.at)
