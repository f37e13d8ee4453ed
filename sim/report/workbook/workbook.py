"""The workbook of one run, or of variants against a baseline, put together sheet by sheet."""

from collections.abc import Collection, Sequence
from pathlib import Path

from sim.analysis.attention.after import attention
from sim.analysis.course.course import TABLES as OF_COURSE
from sim.analysis.course.course import course
from sim.analysis.incidence.table import TABLE as INCIDENCE
from sim.analysis.ledger.reading import TABLES as OF_LEDGER
from sim.config.prices import MONEY
from sim.errors import UsageError
from sim.report.language import Language
from sim.report.views.shown import KEYS, shown
from sim.report.workbook.assumptions import put_assumptions, put_reproduce
from sim.report.workbook.book import Book
from sim.report.workbook.by_part import put_periods, put_reached
from sim.report.workbook.charts import ChartSheet
from sim.report.workbook.cover import put_cover
from sim.report.workbook.key_figures import put_differences, put_key_figures
from sim.report.workbook.money import put_money
from sim.report.workbook.weeks import put_hours, put_weeks
from sim.store.files import atomic
from sim.store.run import Run
from sim.study.prepare_report import Reported


def write_workbook(
    path: Path, language: Language, of: Reported, money: Path | None = None, question: str | None = None
) -> None:
    """Write the workbook.

    Parameters
    ----------
    path
        Of the file; an older one is replaced.
    language
        Of its texts.
    of
        The runs.
    money
        Prices of this file instead of the runs' own.
    question
        What it answers; None: it is made of what differs.

    Raises
    ------
    UsageError
        If a file of a run is missing or damaged, or prices cannot stand in one ledger.
    RunFailed
        If the file cannot be written.
    """
    content = workbook(language, of, money, question)
    with atomic(path) as file:
        file.write(content)


def workbook(language: Language, of: Reported, money: Path | None = None, question: str | None = None) -> bytes:
    """Make the workbook; see `write_workbook`. The same results give the same bytes."""
    say, comparison = language.say, of.comparison
    if money is not None and comparison is None:
        raise UsageError("--money: prices are for a ledger, which needs a second run to compare with")
    question = question or _question(language, of)
    book = Book(language, question)
    cover = book.sheet(say("Cover"), "")
    # The baseline first, as in every sheet.
    runs = of.runs if comparison is None else (comparison.baseline, *comparison.runs)
    put_key_figures(book, runs)
    charts = ChartSheet(book)
    if comparison is not None:
        put_differences(book, charts, comparison)
        if comparison.by_period_rows:
            put_periods(book, comparison)
        if money is not None or _can_have_ledger(runs):
            put_money(book, charts, comparison.runs, comparison.baseline, money)
    if _have(runs, OF_COURSE):
        courses = [course(run) for run in runs]
        put_weeks(book, charts, runs, courses)
        put_hours(book, charts, runs, courses)
    if _have(runs, (INCIDENCE,)):
        put_reached(book, charts, runs, comparison)
    put_assumptions(book, runs)
    put_reproduce(book, runs)
    look = comparison.look if comparison is not None else {run.name: attention(run) for run in runs}
    put_cover(book, cover, question, runs, look, comparison.notes if comparison is not None else ())
    return book.content()


def _question(language: Language, of: Reported) -> str:
    if len(of.runs) > len(KEYS):
        return language.say("What differs from {baseline}?", baseline=of.runs[-1].name)
    *variants, last = of.runs
    return shown(language, variants or [last], last if variants else None).question


def _have(runs: Sequence[Run], tables: Collection[str]) -> bool:
    return all(table in run.tables for run in runs for table in tables)


def _can_have_ledger(runs: Sequence[Run]) -> bool:
    """Whether all runs have the tables and the prices of a ledger."""
    return _have(runs, OF_LEDGER) and all(run.config.get(MONEY) is not None for run in runs)
