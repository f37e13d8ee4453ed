"""A workbook with our looks: sheets with a title, notes and tables, every text safe, the same bytes every time."""

import io
import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sim.report.language import Language
from sim.safe_text import csv_text, safe_lines, shortened

UNDEFINED = "–"
"""What stands for a figure that cannot be computed; no hyphen, with which a formula could begin."""
WHOLE, DAY, PER_CENT = "#,##0", "yyyy-mm-dd", "0%"
"""Forms of numbers as a workbook keeps them; who opens it sees them in the form of the own language."""
_MADE = datetime(2018, 1, 1, tzinfo=UTC)
"""When every workbook says that it was made: the same results give the same bytes."""
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_000
"""Letters that Excel takes for the name of a sheet, and in a cell."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_WIDEST_PAGE = 400
"""Letters up to which all columns of a sheet are printed on one page."""
_LINE = 13.5
"""Height of a line, in points."""
_INPUT, _HEAD, _MUTED = "#FFF6D6", "#E8E5DE", "#595959"
_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_NARROWEST, _WIDEST = 9, 60


class Formula(NamedTuple):
    """A cell that is computed: its formula, its value for programs that do not compute, and a form of its own."""

    text: str
    value: float | str
    form: str = ""


class Figure(NamedTuple):
    """A number with a form of its own."""

    value: float
    form: str


class Input(NamedTuple):
    """A cell to be changed: a number, a word out of a list, or what another cell says until it is changed."""

    value: float | str | Formula
    form: str = WHOLE
    words: tuple[str, ...] = ()


Cell = str | float | date | Formula | Figure | Input | None
"""What stands in a table; NaN is shown as a dash, None is left empty."""


class Field(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    heading
        Its name, with the unit where all its figures have one.
    form
        Of its numbers, unless a cell has its own.
    width
        In letters; 0: as its contents need.
    wrapped
        Long texts are broken over several lines.
    left
        Set to the left, figures too.
    """

    heading: str
    form: str = WHOLE
    width: float = 0
    wrapped: bool = False
    left: bool = False


class Placed(NamedTuple):
    """Where a table stands: first and last row of its figures, counted from 0; `last` < `first`: it has none."""

    first: int
    last: int


class Sheet:
    """A sheet that is filled from the top.

    Attributes
    ----------
    name, about
        What links to it say.
    row
        Where the next thing is put, counted from 0.
    breaks
        Rows before which a new page is begun; none: where the page is full.
    raw
        The sheet of xlsxwriter, for what has no method here.
    """

    def __init__(self, book: "Book", raw: Worksheet, name: str, about: str) -> None:
        self.book, self.raw, self.name, self.about = book, raw, name, about
        self.row = 0
        self.breaks: list[int] = []
        self._widths: dict[int, float] = {}

    def heading(self, text: str, *notes: str) -> None:
        """Put the title of the sheet and what the reader should know below it."""
        self._put(self.row, 0, text, bold=True, font_size=14)
        self.raw.set_row(self.row, 22)
        self.row += 1
        for note in notes:
            self.line(note)
        self.row += 1

    def line(self, text: str, **looks: Any) -> None:
        """Put a line of text that may run over the columns beside it."""
        self._put(self.row, 0, text, **{"font_color": _MUTED, **looks})
        self.row += 1

    def put(self, row: int, cells: Sequence[Cell]) -> None:
        """Put cells into a row, from the first column on."""
        for column, cell in enumerate(cells):
            if cell is not None:
                self._cell(row, column, cell, WHOLE, {})

    def put_at(self, row: int, column: int, cell: Cell, form: str = WHOLE, *, right: bool = False) -> None:
        """Put one cell."""
        self._cell(row, column, cell, form, {"align": "right"} if right else {})

    def title(self, text: str) -> None:
        """Put the title of a part of the sheet."""
        self._put(self.row, 0, text, bold=True, font_size=12)
        self.raw.set_row(self.row, 18)
        self.row += 1

    def table(
        self,
        fields: Sequence[Field],
        rows: Sequence[Sequence[Cell]],
        *,
        title: str = "",
        bold: Callable[[int], bool] = lambda _: False,
        frozen: int | None = None,
        filtered: bool = False,
    ) -> Placed:
        """Put a table.

        Parameters
        ----------
        fields, rows
            Its columns and cells.
        title
            Line above it.
        bold
            Which rows are set in bold with a line above: sums.
        frozen
            Keep its headings, and so many columns, in sight; None: do not. They are also repeated on every page.
        filtered
            Offer filters and sorting.
        """
        if title:
            self.title(title)
        aligned = [_aligned(n, field, [row[n] for row in rows]) for n, field in enumerate(fields)]
        self._fit(fields, rows)
        lines = [_lines(field.heading, self._widths[column]) for column, field in enumerate(fields)]
        self.raw.set_row(self.row, _LINE * max(lines) + 3)
        for column, (field, looks) in enumerate(zip(fields, aligned, strict=True)):
            head = {"bold": True, "text_wrap": True, "bg_color": _HEAD, "bottom": 1, "valign": "bottom"}
            self._put(self.row, column, field.heading, **looks, **head)
        head_row, first = self.row, self.row + 1
        for number, row in enumerate(rows):
            tall = [
                _lines(cell, self._widths[column])
                for column, (field, cell) in enumerate(zip(fields, row, strict=True))
                if field.wrapped and isinstance(cell, str)
            ]
            if max(tall, default=1) > 1:
                self.raw.set_row(first + number, _LINE * max(tall) + 2)
            for column, (field, cell) in enumerate(zip(fields, row, strict=True)):
                looks = {**aligned[column], **({"bold": True, "top": 1} if bold(number) else {})}
                if field.wrapped:
                    looks["text_wrap"] = True
                self._cell(first + number, column, cell, field.form, looks)
        last = head_row + len(rows)
        if frozen is not None:
            self.raw.freeze_panes(first, frozen)
            self.raw.repeat_rows(head_row)
        if filtered and rows:
            self.raw.autofilter(head_row, 0, last, len(fields) - 1)
        self.row = last + 2
        return Placed(first, last)

    def link(self, to: "Sheet", text: str) -> None:
        """Put a link to another sheet and what it holds."""
        looks = self.book.looks(font_color="#005A8C", underline=1)
        quoted = to.name.replace("'", "''")
        self.raw.write_url(self.row, 0, f"internal:'{quoted}'!A1", looks, safe(to.name))
        self._put(self.row, 1, text)
        self.row += 1

    def width(self, column: int, letters: float) -> None:
        """Make a column at least so wide."""
        self._widths[column] = max(letters, self._widths.get(column, 0))

    def finish(self) -> None:
        """Set widths and how it is printed: A4 across, one page wide, with name and page number."""
        for column, letters in sorted(self._widths.items()):
            self.raw.set_column(column, column, letters)
        self.raw.set_paper(9)
        self.raw.set_landscape()
        if self.breaks:
            self.raw.set_print_scale(60)
            self.raw.set_h_pagebreaks(self.breaks)
        elif sum(self._widths.values()) < _WIDEST_PAGE:
            self.raw.fit_to_pages(1, 0)
        else:  # What is printed must be readable: over several pages, the first column on each.
            self.raw.set_print_scale(60)
            self.raw.repeat_columns(0)
        self.raw.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.raw.set_footer("&L&A&R&P / &N")
        self.raw.hide_gridlines(2)

    def _fit(self, fields: Sequence[Field], rows: Sequence[Sequence[Cell]]) -> None:
        for column, field in enumerate(fields):
            longest = max((_length(row[column], field.form) for row in rows), default=0)
            words = max((len(word) for word in field.heading.split()), default=0)  # Headings are broken, words not.
            needed = field.width or min(max(longest + 2, words + 2, _NARROWEST), _WIDEST)
            self.width(column, needed)

    def _put(self, row: int, column: int, text: str, **looks: Any) -> None:
        self.raw.write_string(row, column, safe(text), self.book.looks(**looks))

    def _cell(self, row: int, column: int, cell: Cell, form: str, looks: dict[str, Any]) -> None:
        match cell:
            case None:
                self.raw.write_blank(row, column, None, self.book.looks(**looks))
            case str():
                self._put(row, column, cell, **looks)
            case Input():
                self._input(row, column, cell, looks)
            case Figure():
                self._cell(row, column, cell.value, cell.form, looks)
            case Formula():
                own = self.book.looks(**{**looks, "num_format": cell.form or form, "align": "right"})
                value = safe(cell.value) if isinstance(cell.value, str) else cell.value
                self.raw.write_formula(row, column, cell.text, own, value)
            case date():
                own = self.book.looks(**{**looks, "num_format": DAY})
                self.raw.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), own)
            case _ if math.isfinite(cell):
                self.raw.write_number(row, column, cell, self.book.looks(**{**looks, "num_format": form}))
            case _:
                self._put(row, column, UNDEFINED, **{**looks, "align": "right"})

    def _input(self, row: int, column: int, cell: Input, looks: dict[str, Any]) -> None:
        own = {**looks, "bg_color": _INPUT, "border": 1, "border_color": "#C9A227"}
        if isinstance(cell.value, str):
            self._put(row, column, cell.value, **{**own, "align": "right"})
        else:
            self._cell(row, column, cell.value, cell.form, own)
        if cell.words:
            self.raw.data_validation(row, column, row, column, {"validate": "list", "source": list(cell.words)})


class Book:
    """A workbook in memory.

    Parameters
    ----------
    language
        Of its texts.
    title
        In its properties.
    """

    def __init__(self, language: Language, title: str) -> None:
        self.language = language
        self._file = io.BytesIO()
        self.raw = Workbook(self._file, {"in_memory": True})
        self.raw.set_properties({"title": safe(title), "created": _MADE.replace(tzinfo=None)})
        self.raw.set_calc_mode("auto")
        self.sheets: list[Sheet] = []
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, about: str) -> Sheet:
        """Add a sheet; its name is cut and marked so that Excel takes it and no other sheet has it."""
        free = sheet_name(name, {sheet.name for sheet in self.sheets})
        made = Sheet(self, self.raw.add_worksheet(free), free, about)
        self.sheets.append(made)
        return made

    def looks(self, **looks: Any) -> Any:
        """Give the format with these properties, each made once."""
        key = tuple(sorted({**_FONT, **looks}.items()))
        if key not in self._looks:
            self._looks[key] = self.raw.add_format(dict(key))
        return self._looks[key]

    def content(self) -> bytes:
        """Finish and give the bytes of the file."""
        for sheet in self.sheets:
            sheet.finish()
        self.raw.close()
        return self._file.getvalue()


def safe(text: str) -> str:
    """Make a text safe for a cell: nothing that XML cannot hold, not too long, and none that begins a formula."""
    return csv_text(shortened(_xml(text), _LONGEST_TEXT))


def _xml(text: str) -> str:
    """Show control characters and what is no character instead of writing them."""
    return safe_lines(text).translate({0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"})


def sheet_name(name: str, taken: set[str]) -> str:
    """Make a name that Excel takes for a sheet, and that none of those has: it does not tell case apart."""
    plain = _xml(name).translate(_FORBIDDEN).strip("' ") or "-"
    folded = {one.casefold() for one in taken} | {"history"}
    for number in range(1, len(taken) + 3):
        mark = "" if number == 1 else f" ({number})"
        made = f"{_cut(plain, _LONGEST_NAME - len(mark)).rstrip(chr(39))}{mark}"
        if made.casefold() not in folded:
            return made
    raise AssertionError


def _cut(text: str, most: int) -> str:
    """Cut a text to so many units of UTF-16, in which Excel counts."""
    while len(text.encode("utf-16-le")) > 2 * most:
        text = text[:-1]
    return text


def fixed(row: int, column: int) -> str:
    """Name a cell, counted from 0, as "$B$3": copied elsewhere it stays the same."""
    name: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return name


def relative(row: int, column: int) -> str:
    """Name a cell, counted from 0, as "B3"."""
    name: str = xl_rowcol_to_cell(row, column)
    return name


def letters(column: int) -> str:
    """Name a column, counted from 0, as "B"."""
    name: str = xl_col_to_name(column)
    return name


def quoted(sheet: Sheet) -> str:
    """Name a sheet in a formula."""
    name = sheet.name.replace("'", "''")
    return f"'{name}'!"


def _aligned(column: int, field: Field, cells: Sequence[Cell]) -> dict[str, Any]:
    """Set columns of figures to the right, and texts a little from the figures before them."""
    if (
        column > 0
        and not field.left
        and any(isinstance(cell, (int, float, Formula, Figure, Input)) for cell in cells)
    ):
        return {"align": "right"}
    return {"align": "left", "indent": 1} if column > 0 else {"align": "left"}


def _lines(text: str, width: float) -> int:
    """Count the lines that a text is broken into, or a few more."""
    room, lines, used = max(int(width) - 1, 1), 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        lines += len(word) // (room + 1)
        used += len(word) + (used > 0)
    return lines


def _length(cell: Cell, form: str) -> int:
    match cell:
        case None:
            return 0
        case str():
            return min(len(cell), _WIDEST)
        case date():
            return 10
        case Input() | Formula():
            return _length(cell.value, cell.form or form)
        case Figure():
            return _length(cell.value, cell.form)
    if not math.isfinite(cell):
        return 1
    positive = form.partition(";")[0]
    decimals, percent = positive.partition(".")[2].count("0"), positive.endswith("%")
    return len(f"{cell * 100 if percent else cell:,.{decimals}f}") + percent
