"""The first sheet: the question, the runs, what to look at, and links to all other sheets."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sim.analysis.attention.after import NOT_CALIBRATED
from sim.report.attention import look_lines
from sim.report.workbook.book import Book, Cell, Field, Sheet
from sim.store.run import Run


def put_cover(
    book: Book,
    sheet: Sheet,
    question: str,
    runs: Sequence[Run],
    look: Mapping[str, Sequence[str]],
    notes: Sequence[str],
) -> None:
    """Fill the cover.

    Parameters
    ----------
    book, sheet
        The workbook, and its first sheet.
    question
        What it answers.
    runs
        The baseline first.
    look, notes
        What to look at in each run, by name; and what the reader of the comparison should know.
    """
    say = book.language.say
    sheet.heading(question)
    if any(NOT_CALIBRATED in lines for lines in look.values()):
        text = say("Not calibrated: figures follow from the config's assumptions, and no interval covers those.")
        sheet.line(text, bold=True, font_color="#9A5B00")
        sheet.row += 1
    fields = [
        Field(say("run"), width=30),
        Field(say("what it is")),
        Field(say("replications")),
        Field(say("seed"), "0"),
    ]
    fields += [Field(say("observed"), width=26), Field(say("version of sim")), Field(say("rules"))]
    rows: list[list[Cell]] = []
    for number, run in enumerate(runs):
        what = say("baseline") if number == 0 and len(runs) > 1 else say("variant") if len(runs) > 1 else ""
        rows.append(
            [
                run.name, what, float(run.finished_replications()), float(run.manifest.seed), _observed(run),
                str(run.manifest.runs[-1].get("version", "")) if run.manifest.runs else "", str(run.manifest.rules),
            ]
        )  # fmt: skip
    sheet.table(fields, rows, title=say("Runs"))
    lines = [line for line in look_lines(look) if line != NOT_CALIBRATED]
    if lines or notes:
        # The program says these in English only.
        sheet.title(say("What to look at"))
        for line in (*lines, *notes):
            sheet.line(line)
        sheet.row += 1
    sheet.title(say("Sheets"))
    for other in book.sheets:
        if other is not sheet:
            sheet.link(other, other.about)


def _observed(run: Run) -> str:
    settings = run.config["run"]
    start = date.fromisoformat(settings["start"])
    end = start + timedelta(weeks=settings["horizon_weeks"]) - timedelta(days=1)
    return f"{start.isoformat()} - {end.isoformat()}"
