"""What is put into a sheet: hostile texts, names of sheets, figures to the last digit the format keeps."""

import io
import math
from datetime import date

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.report.language import DANISH, ENGLISH
from sim.report.workbook.book import Book, Field, Figure, Formula, Input, sheet_name
from tests.report.workbook.reading import DIGITS

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
HOSTILE = st.one_of(TEXT, st.builds(lambda first, rest: first + rest, st.sampled_from(BEGINS_A_FORMULA), TEXT))


@settings(deadline=None, max_examples=20)
@given(st.lists(HOSTILE, min_size=1, max_size=12))
def test_no_text_begins_a_formula(texts: list[str]) -> None:
    book = Book(ENGLISH, texts[0])
    sheet = book.sheet(texts[0], texts[0])
    sheet.heading(texts[0], *texts)
    sheet.table([Field(text) for text in texts], [texts, [Input(text) for text in texts]], title=texts[0])
    sheet.table([Field("")], [[Formula("=1", text)] for text in texts])
    for text in texts:
        sheet.link(book.sheet(text, ""), text)
    read = openpyxl.load_workbook(io.BytesIO(book.content()))
    assert len(read.sheetnames) == 1 + len(texts)
    for row in read[read.sheetnames[0]].iter_rows():
        for found in row:
            if found.value is not None and found.value != "=1":
                assert found.data_type == "s"
                assert not str(found.value).startswith(BEGINS_A_FORMULA) or _is_number(str(found.value))
            assert found.hyperlink is None or found.hyperlink.target is None  # Never out of the file.


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@given(TEXT, st.sets(TEXT, max_size=3))
def test_names_of_sheets_are_names_that_excel_takes(name: str, taken: set[str]) -> None:
    made = sheet_name(name, taken)
    assert 2 <= len(made.encode("utf-16-le")) <= 2 * 31
    assert not set(made) & set("[]:*?/\\")
    assert not made.startswith("'")
    assert not made.endswith("'")
    assert made.casefold() not in {one.casefold() for one in taken} | {"history"}


@settings(deadline=None)
@given(st.one_of(st.floats(-1e300, 1e300), st.just(math.nan)))
def test_figures_are_kept_to_the_digits_of_the_format(value: float) -> None:
    book = Book(DANISH, "")
    book.sheet("a", "").table([Field("x"), Field("y", "0.0%")], [[value, Figure(value, "0.000")]])
    read = openpyxl.load_workbook(io.BytesIO(book.content()))["a"]
    for cell in (read["A2"], read["B2"]):
        if math.isnan(value):
            assert cell.value == "–"
        else:
            assert math.isclose(cell.value, value, rel_tol=DIGITS, abs_tol=0.0)


def test_headings_stay_in_sight_and_dates_are_dates() -> None:
    book = Book(ENGLISH, "x")
    placed = book.sheet("a", "").table(
        [Field("day"), Field("n")], [[date(2018, 1, 7), 1.0]], frozen=1, filtered=True
    )
    read = openpyxl.load_workbook(io.BytesIO(book.content()))["a"]
    assert (placed.first, placed.last) == (1, 1)
    assert read.freeze_panes == "B2"
    assert read.auto_filter.ref == "A1:B2"
    assert read.print_title_rows == "$1:$1"
    assert read["A2"].value.date() == date(2018, 1, 7)
    assert read.page_setup.paperSize == 9
