"""The inputs of the national social investment model as a file, in the Danish words of that model."""

import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.analysis.ledger import Ledger
from sim.analysis.ledger.lines import MUNICIPALITY, NOBODY, REGION, STATE
from sim.analysis.ledger.som import YEARS, Part, Row, Why, inputs
from sim.errors import UsageError
from sim.report.language import DANISH
from sim.report.ledger_words import line_label
from sim.store.csv_file import write_csv
from sim.store.files import atomic

HEADINGS = ("del", "post", "enhed", "betaler", "i alt", *(f"t = {t}" for t in range(YEARS)), "bemærkning")
PARTS = {
    Part.START_UP: "etableringsomkostninger",
    Part.RUNNING: "driftsomkostninger",
    Part.PARTICIPANTS: "deltagere",
    Part.SUCCESS: "succesrate",
    Part.WITHOUT: "succesrate uden indsatsen",
    Part.CONSEQUENCE: "konsekvens pr. succes",
    Part.AMOUNT: "konsekvens pr. succes i kr.",
    Part.PRICE: "pris",
    Part.RESULT: "budgetøkonomisk nettoresultat",
}
WHYS = {
    Why.NOT_APART: "etablering er ikke skilt fra drift; udfyld selv",
    Why.NO_BUDGET: "ingen bevilling fra denne betaler i priserne",
    Why.FLAT: "kendes ikke: en fast pris er efter statens refusion",
    Why.REGION: "kendes ikke: modellen har ingen sundhedsudgifter",
    Why.NOBODY: "ingen når succesmålet",
    Why.NO_WEEKS: "ingen sådanne uger i sammenligningen",
    Why.AFTER: "årene efter beregningen kendes ikke",
    Why.MEASURE: "i job eller uddannelse ved beregningens slutning",
}
UNITS = {"kr": "kr.", "persons": "personer", "share": "andel", "weeks": "uger", "kr a week": "kr. pr. uge"}
PAYERS = {MUNICIPALITY: "kommune", REGION: "region", STATE: "stat", NOBODY: ""}
_MISSING = (
    '--som: an .xlsx file needs xlsxwriter, of the extra "report": python -m pip install "jobcentre-sim[report]"'
)


def check_som(path: Path) -> None:
    """Refuse a file that cannot be written, before any work.

    Raises
    ------
    UsageError
        If it is neither a .csv nor an .xlsx file, or xlsxwriter is not installed.
    """
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise UsageError(f"--som: {path.as_posix()}: must end with .csv or .xlsx")
    if path.suffix.lower() == ".xlsx":
        try:
            import xlsxwriter  # noqa: F401
        except ModuleNotFoundError as error:
            raise UsageError(_MISSING) from error


def write_som(ledger: Ledger, path: Path, csv: str | None = None) -> None:
    """Write the inputs of the national social investment model, whole or not at all.

    Parameters
    ----------
    ledger
        Of the effort against its baseline.
    path
        A .csv or an .xlsx file.
    csv
        Form of a CSV file; None: "da", for the model is a Danish workbook.

    Raises
    ------
    UsageError
        As of `check_som`.
    RunFailed
        If the file cannot be written.
    """
    check_som(path)
    rows = [*_about(ledger), *(_cells(row) for row in inputs(ledger))]
    if path.suffix.lower() == ".csv":
        write_csv(path, HEADINGS, list(zip(*rows, strict=True)), csv or "da")
        return
    content = io.BytesIO()
    _workbook(content, rows)
    with atomic(path) as file:
        file.write(content.getvalue())


def _about(ledger: Ledger) -> list[tuple[Any, ...]]:
    first = ledger.quarters.calendar_years[0]
    pairs = (
        ("indsats", ledger.variant),
        ("sammenligning", ledger.baseline),
        ("prisniveau", f"{ledger.price_year}"),
        ("t = 0", f"{first}"),
        ("replikationer", f"{ledger.replications}"),
        ("regnemåde", "gennemsnit, ikke tilbagediskonteret; udfyld tomme felter selv"),
        (
            "kausalitet",
            "forskelle mellem to simuleringer med samme personer, ikke registerforskelle; virkningen følger af "
            "modellens forudsætninger",
        ),
    )
    empty = [math.nan] * (1 + YEARS)
    return [("oplysninger", f"{name}: {text}", "", "", *empty, "") for name, text in pairs]


def _cells(row: Row) -> tuple[Any, ...]:
    years = row.years or (math.nan,) * YEARS
    item = "" if row.item is None else line_label(row.item, DANISH)
    why = "; ".join(dict.fromkeys(WHYS[one] for one in row.why))
    decimals = 2 if row.unit.startswith("kr") else 9
    numbers = (round(value, decimals) + 0.0 for value in (row.total, *years))
    return (PARTS[row.part], item, UNITS[row.unit], PAYERS[row.payer], *numbers, why)


def _workbook(file: io.BytesIO, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write one sheet; texts are never formulas, and the same ledger gives the same bytes."""
    from datetime import datetime

    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet("SØM")
        head = book.add_format({"bold": True, "bottom": 1})
        head_of_figures = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        remark = book.add_format({"indent": 1})
        whole, fine = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.000"})
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading, head_of_figures if 4 <= column <= 4 + YEARS else head)
        for number, row in enumerate(rows, 1):
            form = whole if row[2] in (UNITS["kr"], UNITS["kr a week"], UNITS["persons"]) else fine
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell, remark if column == 5 + YEARS else None)
                elif not math.isnan(cell):
                    sheet.write_number(number, column, cell, form)
        sheet.freeze_panes(1, 4)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 52)
        sheet.set_column(2, 3, 12)
        sheet.set_column(4, 4 + YEARS, 13)
        sheet.set_column(5 + YEARS, 5 + YEARS, 70)
