"""The tables of a report as CSV files: one behind each picture, plain numbers, clear headings."""

import csv
import math
import re
from pathlib import Path

import pytest

from sim.report.csv_tables import CONTENTS, plain, tables_of, write_tables
from sim.report.language import DANISH, ENGLISH
from sim.report.pictures.files import Reported, pictures_of
from sim.report.view import UNDEFINED, Column, Estimate, Interval, Number, PlusMinus, View
from sim.report.views.document import document
from sim.report.views.shown import shown
from sim.store.run import Run

FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-\d+(,\d+)?(e-\d+)?")


@pytest.fixture(scope="module")
def made(pair: tuple[Run, Run]) -> Reported:
    return document(shown(DANISH, [pair[0]], pair[1]))


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


@pytest.fixture(scope="module")
def folder(made: Reported, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    paths = write_tables(made, folder, "da")
    assert sorted(paths) == sorted(folder.iterdir())
    return folder


def test_every_picture_has_a_table_of_its_name_and_the_contents_list_all(made: Reported, folder: Path) -> None:
    names = tables_of(made)
    assert names.keys() >= {*pictures_of(made), "costs", "costs_in_full", "hours", "figures", "assumptions_1"}
    headings, *listed = rows_of(folder / CONTENTS)
    assert headings == ["fil", "tabel", "sådan læses billedet"]
    assert [row[:2] for row in listed] == [[f"{name}.csv", view.title] for name, view in names.items()]
    assert {path.stem for path in folder.iterdir()} == {*names, "contents"}


def test_numbers_are_those_of_the_report_with_all_their_digits(made: Reported, folder: Path) -> None:
    view = tables_of(made)["differences_a"]
    headings, *rows = rows_of(folder / "differences_a.csv")
    assert len(set(headings)) == len(headings)
    place = headings.index("forskel")
    of_view = [column.heading for column in view.columns].index("forskel")
    for row, cells in zip(rows, view.rows, strict=True):
        cell = cells[of_view]
        assert isinstance(cell, Number)
        assert float(row[place].replace(",", ".")) == cell.value


def test_no_cell_begins_a_formula_and_no_heading_stands_twice(folder: Path) -> None:
    for path in folder.iterdir():
        headings, *rows = rows_of(path)
        assert len(set(headings)) == len(headings), path.name
        begun = [cell for row in rows for cell in row if cell.startswith(FORMULA)]
        assert [cell for cell in begun if not NUMBER.fullmatch(cell)] == [], path.name


def test_each_kind_of_cell_becomes_plain_columns() -> None:
    view = View(
        "made up",
        tuple(Column(h) for h in ("", "A", "95 % interval", "B", "95 % interval", "C", "D")),
        (
            (
                "**bold**", Number(1.25, 0, suffix=" pp"), Interval(1.0, 2.0, 0), Number(3.0, 0),
                Interval(math.nan, math.nan, 0, note="skewed"), Estimate(Number(5.0, 0), Interval(4.0, 6.0, 0)),
                PlusMinus(Number(7.0, 0), 0.5),
            ),
            ("=1+1", UNDEFINED, "", Number(math.nan, 0), "", UNDEFINED, PlusMinus(Number(8.0, 0), math.nan)),
        ),
    )  # fmt: skip
    assert plain(view, ENGLISH) == [
        ("what", ["bold", "=1+1"]),  # `write_csv` makes it safe.
        ("A", [1.25, None]),
        ("A, unit", ["pp", ""]),
        ("A: 95 % interval, lower end", [1.0, None]),
        ("A: 95 % interval, upper end", [2.0, None]),
        ("B", [3.0, None]),
        ("B: 95 % interval, lower end", [None, None]),
        ("B: 95 % interval, upper end", [None, None]),
        ("B: 95 % interval, note", ["skewed", ""]),
        ("C", [5.0, None]),
        ("C: 95 % interval, lower end", [4.0, None]),
        ("C: 95 % interval, upper end", [6.0, None]),
        ("D", [7.0, 8.0]),
        ("D: half of the 95 % interval", [0.5, None]),
    ]
