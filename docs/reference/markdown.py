"""Small pieces of Markdown."""

from collections.abc import Iterable, Sequence

RENEW = "python -m docs.make_reference"
"""The command that writes the reference pages."""


def page(title: str, *parts: str) -> str:
    """Put a page together: a heading, a note that it is generated, and its parts with a blank line between."""
    note = f"<!-- Written by `{RENEW}` from the code; edit that instead. -->"
    return "\n\n".join((f"# {title}", note, *parts)) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; a ``|`` inside a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Set `text` in code type; nothing stays nothing."""
    return f"`{text}`" if text else ""


def prose(docstring: str | None) -> str:
    """Give the first paragraph of a docstring on one line, with Markdown's code marks."""
    first = (docstring or "").strip().split("\n\n")[0]
    return " ".join(first.split()).replace("``", "`")
