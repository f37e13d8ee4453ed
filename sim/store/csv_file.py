"""The one writer of CSV files, in the two forms that spreadsheets of an English and a Danish computer open."""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import UsageError
from sim.input_files import require_file
from sim.safe_text import csv_text
from sim.store.files import write_text

_MARK = "\ufeff"
"""At a file's beginning it tells Excel that the text is UTF-8."""


class _Form(NamedTuple):
    """How a CSV file is written.

    Attributes
    ----------
    separator
        Between the cells of a row.
    point
        Of a number's decimals.
    mark
        What the file begins with.
    """

    separator: str
    point: str
    mark: str


_FORMS = {"en": _Form(",", ".", ""), "da": _Form(";", ",", _MARK)}
FORMS = tuple(_FORMS)
"""Names of the forms: en (comma, decimal point, UTF-8), da (semicolon, decimal comma, UTF-8 with a mark)."""
DEFAULT = "en"
"""What programs read; a Danish Excel shows it in one column."""


def check_form(name: str | None) -> str | None:
    """Refuse the name of a form that does not exist; None stands for the one that is there, or the default.

    Raises
    ------
    UsageError
        If there is no such form.
    """
    if name is not None and name not in _FORMS:
        raise UsageError(f"csv: {name!r} does not exist; there are {', '.join(FORMS)}")
    return name


def form_of(path: Path) -> str:
    """Tell in which form a file is; the default if it is not there."""
    try:
        require_file(path)
        with path.open("rb") as file:
            begins = file.read(len(_MARK.encode()))
    except OSError:
        return DEFAULT
    return "da" if begins == _MARK.encode() else "en"


def write_csv(path: Path, names: Sequence[str], columns: Sequence[Sequence[Any]], form: str | None = None) -> str:
    """Write a table, whole or not at all; gives the digest of the file.

    Parameters
    ----------
    path
        Where to.
    names
        Of the columns.
    columns
        Their cells: None or NaN, which cannot be computed, stays empty; True and False are words. A text that begins
        a formula gets an apostrophe in front, so that a spreadsheet shows it and calculates nothing.
    form
        One of `FORMS`; None: the default.

    Raises
    ------
    UsageError
        If there is no such form.
    RunFailed
        If the file cannot be written.
    """
    separator, point, mark = _FORMS[check_form(form) or DEFAULT]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow([csv_text(name) for name in names])
    writer.writerows(zip(*(_cells(column, point) for column in columns), strict=True))
    return write_text(path, mark + text.getvalue())


def _cells(column: Sequence[Any], point: str) -> Sequence[Any]:
    """Write the cells of a column; most columns have one type, and a large sweep has millions of cells."""
    kinds = set(map(type, column))
    if kinds <= {str}:
        safe = {text: csv_text(text) for text in set(column)}
        return [safe[text] for text in column]
    if kinds <= {int}:
        return column
    return [_cell(value, point) for value in column]


def _cell(value: Any, point: str) -> Any:
    if isinstance(value, float):
        return "" if math.isnan(value) else float.__repr__(value).replace(".", point)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return csv_text(value)
    return "" if value is None else value
