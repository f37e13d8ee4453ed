"""How large and how deep a TOML text may be: far beyond what anybody needs, and quick to read.

`tomllib` takes very long for a key of very many parts, and has no line for what is nested too deeply or for a number
of too many digits. So a text is looked through once before it is parsed.
"""

import re

MOST_BYTES = 1_000_000
"""Size of a config or an experiment file."""
MOST_FILES = 20
"""Files in a chain of `extends`."""
DEEPEST = 20
"""Tables and lists within each other, and parts of a dotted key."""
MOST_DIGITS = 1000
"""Digits of a number without its fraction; a number of more than 4,300 could not even be shown."""
MOST_VALUES = 50_000
"""Values, lists and tables in a file."""

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?!"")(?:\\.|[^"\\\n])*"|\'(?!\'\')[^\'\n]*\')'
    r"|(?P<unclosed>[\"'])"  # tomllib says so, with the line.
    r"|(?P<comment>#[^\n]*)"
    r"|(?P<word>[A-Za-z0-9_+-]+)"
    r"|(?P<dot>\.)"
    r"|(?P<open>[\[{])"
    r"|(?P<close>[\]}])"
    r"|(?P<end>\n)"
    r"|(?P<value>[=,])",
    re.DOTALL,
)
_NUMBER = re.compile(r"[+-]?\d")


def beyond_limits(text: str) -> tuple[int, str] | None:
    """Say what in a text is nested too deeply or has too many digits, with its line (from 1); None: nothing."""
    depth = parts = values = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "unclosed":
            return None
        if kind == "dot":
            parts += 1
        elif kind == "open":
            depth, parts, values = depth + 1, 0, values + 1
        elif kind == "close":
            depth, parts = max(depth - 1, 0), 0
        elif kind == "value":
            parts, values = 0, values + 1
        elif kind == "end":
            parts = 0
        elif kind == "word" and len(token[0]) > MOST_DIGITS and _NUMBER.match(token[0]):
            return _line(text, token), f"a number has too many digits; at most {MOST_DIGITS:,} are allowed"
        if depth > DEEPEST:
            return _line(text, token), f"lists or tables are nested too deeply; at most {DEEPEST} are allowed"
        if parts >= DEEPEST:
            return _line(text, token), f"a dotted key has too many parts; at most {DEEPEST} are allowed"
        if values > MOST_VALUES:
            return _line(text, token), f"there are more than {MOST_VALUES:,} values in one file"
    return None


def _line(text: str, token: re.Match[str]) -> int:
    return text.count("\n", 0, token.start()) + 1
