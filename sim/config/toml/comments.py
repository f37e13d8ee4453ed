"""What the comments of a TOML file say of its keys: the source of a figure, or that it is an assumption."""

import re
from collections.abc import Mapping

from sim.config.toml.key_lines import KeyPath

ASSUMPTION = "ASSUMPTION"
"""What marks a figure without a source."""
SOURCE_TAG = re.compile(r"\[([A-Za-z0-9]+)(?:: [^\]]*)?\]")
"""A source in a comment: [EVAL], or [lit: van den Berg]."""
_COMMENT = re.compile(r'(?:[^"#]|"[^"]*")*?#\s*(.*)')


def comments(text: str, lines: Mapping[KeyPath, int]) -> dict[KeyPath, str]:
    """Find the comments beside keys and tables, and on lines before one.

    The comment at the head of the file is about the whole file and is left out.

    Parameters
    ----------
    text
        Of the file.
    lines
        The line of every key (see `sim.config.toml.key_lines`).

    Returns
    -------
    dict
        By path: of a table's header the table, of any other line the outermost key that stands on it.
    """
    paths: dict[int, list[KeyPath]] = {}
    for path, line in lines.items():
        paths.setdefault(line, []).append(path)
    found: dict[KeyPath, str] = {}
    before = ""
    for number, written in enumerate(text.split("\n"), start=1):
        match = _COMMENT.match(written)
        comment = match[1].strip() if match else ""
        if number not in paths:
            before = f"{before} {comment}".strip()
            continue
        if number == min(paths):
            before = ""
        comment = f"{before} {comment}".strip()
        before = ""
        if comment:
            choose = max if written.startswith("[") else min
            found[choose(paths[number], key=len)] = comment
    return found
