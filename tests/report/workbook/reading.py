"""Reading workbooks back, and recomputing them with LibreOffice."""

import math
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Row = Mapping[str, Any]
NEEDS_LIBREOFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: it recomputes the formulas"
)
UNDEFINED = "–"
DIGITS = 1e-15
"""A workbook keeps 16 digits of a number."""


def recomputed(files: Sequence[Path], folder: Path) -> list[Path]:
    """Let LibreOffice open files that have no cached values, compute them, and save them again."""
    profile = (folder / "profile").absolute().as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return [folder / file.name for file in files]


def table(sheet: Any, heading: str) -> list[Row]:
    """The rows of the table that has this heading, by heading (in order, where two are the same: a list)."""
    head = next(row for row in sheet.iter_rows() if any(cell.value == heading for cell in row))
    names = {cell.column: cell.value for cell in head if cell.value}
    rows = []
    for cells in sheet.iter_rows(min_row=head[0].row + 1):
        values = {cell.column: cell.value for cell in cells if cell.column in names}
        if all(value is None for value in values.values()):
            break
        rows.append({f"{names[column]}#{column}": value for column, value in values.items()})
    return [{**row, **_once(row)} for row in rows]


def _once(row: Mapping[str, Any]) -> dict[str, Any]:
    once: dict[str, Any] = {}
    for key, value in row.items():
        once.setdefault(key.rpartition("#")[0], value)
    return once


def number(value: Any) -> float:
    """A figure as the tables have it: a dash is NaN."""
    return math.nan if value in (UNDEFINED, None) else float(value)


def price_cell(workbook: Any, key: str, run: str) -> Any:
    """The yellow cell of a price."""
    sheet = workbook["Prices"]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == run)
    row = next(cell.row for cells in sheet.iter_rows() for cell in cells if cell.value == key)
    return sheet.cell(row, column)


def opened(path: Path, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(path, data_only=values)


def every_cell(path: Path) -> Iterator[Any]:
    for sheet in opened(path):
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)
