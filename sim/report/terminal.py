"""Draws what is shown on a terminal, or as text in a file."""

import io
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from sim.report.view import Page, View
from sim.safe_text import safe_line, safe_lines

if TYPE_CHECKING:
    from sim.analysis.components import Components
    from sim.analysis.ledger import Ledger
    from sim.config.experiment import Experiment
    from sim.report.kpis import Summary
    from sim.store.results import SummaryRow
    from sim.study.calibrate.outcome import Outcome
    from sim.study.calibrate.validate import Validation
    from sim.study.comparison import Comparison
    from sim.study.estimate import Estimate

_WIDE = 200  # Columns of a pipe, which has no edge to wrap at.
_ROOM_FOR_A_COMPARISON = 160
"""Columns of a terminal that hold the whole table of a comparison."""
_ROOM_FOR_A_LEDGER = 130
"""Columns of a terminal that hold the whole table of a ledger of four years."""
_PIECE_WIDTH = 16
"""Width of the columns of a table that is drawn in pieces."""
_GAP = 3
"""Spaces between columns; one stands at each edge."""


def print_kpis(
    summaries: "Mapping[str, Sequence[SummaryRow]]",
    stream: TextIO,
    *,
    everything: bool,
    look: "Mapping[str, Sequence[str]]",
    apart: "Mapping[str, Mapping[str, Components]] | None" = None,
) -> None:
    """Print the closing table of a run and what to look at; see `sim.report.kpis.kpis_page`."""
    from sim.report.kpis import kpis_page

    _print(kpis_page(summaries, everything=everything, look=look, apart=apart), stream)


def kpis_text(summaries: "Mapping[str, Sequence[SummaryRow]]") -> str:
    """Give the closing table of a run as text, with lines that every output can show."""
    from sim.report.kpis import kpis_page

    text = io.StringIO()
    _print(kpis_page(summaries, everything=False, look={}), text)
    lines = (line.rstrip() for line in text.getvalue().replace("─", "-").splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def print_comparison(comparison: "Comparison", stream: TextIO, *, by: str, everything: bool) -> None:
    """Print a comparison; see `sim.report.comparison.comparison_page`."""
    from sim.report.comparison import comparison_page

    narrow = console(stream).width < _ROOM_FOR_A_COMPARISON
    page = comparison_page(comparison, by=by, everything=everything, side_by_side=not narrow)
    _print(page, stream, narrow=narrow)


def print_plan(experiment: "Experiment", stream: TextIO) -> None:
    """Print the points of a sweep; see `sim.report.sweep.plan_page`."""
    from sim.report.sweep import plan_page

    _print(plan_page(experiment), stream)


def print_estimate(found: "Estimate", workers: int, points: int, total: int, memory: float, stream: TextIO) -> None:
    """Print what a batch will take; see `sim.report.sweep.estimate_lines`."""
    from sim.report.sweep import estimate_lines

    stream.writelines(f"{line}\n" for line in estimate_lines(found, workers, points, total, memory))


def print_points(experiment: "Experiment", summaries: "Mapping[str, Summary]", stream: TextIO) -> None:
    """Print the key figures of a sweep; see `sim.report.sweep.points_page`."""
    from sim.report.sweep import points_page

    _print(points_page(experiment, summaries), stream)


def print_ledgers(ledgers: "Sequence[Ledger]", stream: TextIO, *, detail: bool) -> None:
    """Print variants beside each other, and each in detail if asked; see `sim.report.ledger`."""
    from sim.report.ledger import ledger_page, overview_page

    overview = overview_page(ledgers)
    # In detail each ledger has its own notes.
    _print(overview._replace(notes=()) if detail else overview, stream)
    for ledger in ledgers if detail else ():
        _print(ledger_page(ledger), stream, narrow=console(stream).width < _ROOM_FOR_A_LEDGER, titles_apart=True)


def print_calibration(outcome: "Outcome", stream: TextIO) -> None:
    """Print a calibration; see `sim.report.calibration.calibration_page`."""
    from sim.report.calibration import calibration_page

    _print(calibration_page(outcome), stream)


def print_validation(validation: "Validation", stream: TextIO) -> None:
    """Print a validation; see `sim.report.validation.validation_page`."""
    from sim.report.validation import validation_page

    _print(validation_page(validation), stream)


def console(stream: TextIO) -> Console:
    """Give what prints to a stream: colours and wrapping only on a terminal, ASCII where it can show no more."""
    # In a notebook rich would show what is printed below the cell instead of writing it to the stream.
    return Console(
        file=stream,
        width=None if stream.isatty() else _WIDE,
        highlight=False,
        markup=False,
        emoji=False,
        force_jupyter=False,
    )


def print_page(page: Page, stream: TextIO) -> None:
    """Print a page whose tables have titles of sentences."""
    _print(page, stream, titles_apart=True)


def _print(page: Page, stream: TextIO, *, narrow: bool = False, titles_apart: bool = False) -> None:
    """Print a page.

    Parameters
    ----------
    page
        What is shown.
    stream
        Where to.
    narrow
        There is little room: short headings, and the parts of a table below each other.
    titles_apart
        Titles stand above the tables and may be wider than these.
    """
    printer, page = console(stream), _safe(page)
    for line in page.above:
        printer.print(line)
    for view in page.views:
        for piece in _narrowed(view) if narrow else _pieces(view, printer.width):
            if titles_apart:
                printer.print(piece.title, style="bold")
            printer.print(_table(piece._replace(title="") if titles_apart else piece))
    for line in page.below:
        printer.print(line)
    for line in page.legend:
        printer.print(f" {line}")
    if page.legend:
        printer.print()
    for note in page.notes:
        stream.write(f"note: {note}\n")  # Not wrapped: commands are to be copied.
    if page.look:
        stream.write("what to look at:\n")
    for line in page.look:
        stream.write(textwrap.fill(line, printer.width, initial_indent="  ", subsequent_indent="    ") + "\n")


def _safe(page: Page) -> Page:
    """Make names safe that come from configs and manifests of other people: a terminal must not obey them."""
    views = tuple(_safe_view(view) for view in page.views)
    texts = (tuple(map(safe_lines, texts)) for texts in page[1:])
    return Page(views, *texts)


def _safe_view(view: View) -> View:
    columns = tuple(
        column._replace(
            heading=safe_line(column.heading), short=safe_line(column.short), part=safe_line(column.part)
        )
        for column in view.columns
    )
    rows = tuple(tuple(safe_line(cell) if isinstance(cell, str) else cell for cell in row) for row in view.rows)
    names = tuple(map(safe_line, view.names))
    return view._replace(title=safe_lines(view.title), columns=columns, rows=rows, names=names)


def _pieces(view: View, width: int) -> Iterator[View]:
    """Divide a table into pieces that the width holds; each begins with the key columns."""
    if not view.keys:
        yield view
        return
    keys = view.columns[: view.keys]
    used = sum(
        max(len(column.heading), *(len(str(row[i])) for row in view.rows)) + _GAP for i, column in enumerate(keys)
    )
    most = max((width + 1 - used) // (_PIECE_WIDTH + _GAP), 1)
    front = range(view.keys)
    for first in range(view.keys, len(view.columns), most):
        chosen = [*front, *range(first, min(first + most, len(view.columns)))]
        yield _chosen(view, chosen, view.title if first == view.keys else "")


def _narrowed(view: View) -> Iterator[View]:
    """Put units behind labels, use short headings, and put parts into tables of their own."""
    first = [i for i, column in enumerate(view.columns) if not column.behind and not column.part]
    behind = [i for i, column in enumerate(view.columns) if column.behind]
    meant = ", ".join(f"{letter}: {name}" for letter, name in zip("AB", view.names, strict=False))
    title = f"{view.title}\n{meant}" if meant else view.title
    columns = tuple(column._replace(heading=column.short or column.heading) for column in view.columns)
    labels = [" ".join([str(row[0]), *(f"({row[i]})" for i in behind if row[i])]) for row in view.rows]
    rows = tuple((label, *row[1:]) for label, row in zip(labels, view.rows, strict=True))
    labelled = view._replace(rows=rows)
    yield _chosen(labelled._replace(columns=columns), first, title)
    # Below, labels alone tell the rows apart, unless two are the same.
    told_apart = view if len({row[0] for row in view.rows}) == len(view.rows) else labelled
    for part in dict.fromkeys(column.part for column in view.columns if column.part):
        places = [0, *(i for i, column in enumerate(view.columns) if column.part == part)]
        yield _chosen(told_apart, places, part)


def _chosen(view: View, columns: Sequence[int], title: str) -> View:
    """Give some columns of a table."""
    rows = tuple(tuple(row[i] for i in columns) for row in view.rows)
    return view._replace(title=title, columns=tuple(view.columns[i] for i in columns), rows=rows)


def _table(view: View) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, title=view.title or None, title_justify="left", title_style="bold", pad_edge=False
    )
    for number, column in enumerate(view.columns):
        table.add_column(
            column.heading,
            justify="right" if column.right else "left",
            overflow="ellipsis" if column.right else "fold",
            no_wrap=column.whole,
            vertical="bottom" if number < view.keys else "top",
            width=_PIECE_WIDTH if view.keys and number >= view.keys else None,
        )
    for number, row in enumerate(view.rows):
        table.add_row(*map(str, row), end_section=number in view.rules)
    return table
