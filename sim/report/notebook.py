"""Pages as HTML for the cell of a notebook: the tables of a terminal, in what Jupyter, VS Code and the like show."""

from collections.abc import Iterator
from html import escape

from sim.report.view import Column, Page, View
from sim.safe_text import safe_line, safe_lines

_LEFT = ' style="text-align:left;padding:0.1em 0.7em"'
_RIGHT = ' style="text-align:right;white-space:nowrap;padding:0.1em 0.7em"'
_RULED = ' style="border-bottom:1px solid"'


def page_html(page: Page, *below: str) -> str:
    """Write a page as HTML that needs no style sheet.

    Parameters
    ----------
    page
        What is shown; its texts may come from other people's files, so they are escaped.
    *below
        Lines under it, such as where the files are.
    """
    return "\n".join(_parts(page._replace(below=(*page.below, *below))))


def _parts(page: Page) -> Iterator[str]:
    for line in page.above:
        yield f"<p>{_text(line)}</p>"
    for view in page.views:
        yield from _table(view)
    for line in (*page.below, *page.legend):
        yield f"<p><small>{_text(line)}</small></p>"
    for note in page.notes:
        yield f"<p><small>note: {_text(note)}</small></p>"
    if page.look:
        lines = "".join(f"<li>{_text(line)}</li>" for line in page.look)
        yield f"<p>what to look at:</p><ul>{lines}</ul>"


def _table(view: View) -> Iterator[str]:
    yield '<div style="overflow-x:auto;margin:0.8em 0"><table>'
    if view.title:
        yield f"<caption{_LEFT}><b>{_text(view.title)}</b></caption>"
    heads = "".join(f"<th{_side(column)}>{_text(column.heading)}</th>" for column in view.columns)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for number, row in enumerate(view.rows):
        cells = "".join(
            f"<td{_side(column)}>{_text(str(cell))}</td>" for column, cell in zip(view.columns, row, strict=True)
        )
        yield f"<tr{_RULED if number in view.rules else ''}>{cells}</tr>"
    yield "</tbody></table></div>"


def _side(column: Column) -> str:
    return _RIGHT if column.right else _LEFT


def _text(text: str) -> str:
    """Escape a text; what would be obeyed instead of shown is shown, and lines stay lines."""
    return "<br>".join(escape(safe_line(line)) for line in safe_lines(text).split("\n"))
