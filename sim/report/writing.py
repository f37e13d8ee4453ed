"""A report from runs to a file."""

from collections.abc import Sequence
from pathlib import Path

from sim.report.html.page import report_html, sweep_html
from sim.report.language import language_of
from sim.report.views.document import document
from sim.report.views.shown import shown
from sim.report.views.sweep import swept
from sim.report.views.sweep_document import sweep_document
from sim.store.files import write_text
from sim.store.run import Run


def write_report(
    runs: Sequence[Run],
    baseline: Run | None,
    path: Path,
    *,
    language: str = "en",
    question: str | None = None,
    money: Path | None = None,
) -> Path:
    """Write the report of runs as one HTML file; it appears whole or not at all.

    Parameters
    ----------
    runs, baseline
        Finished runs whose replications are pairs; None: one run alone.
    path
        Of the file.
    language
        "en" or "da".
    question
        What the report answers; None: it is made of what differs.
    money
        A file of prices instead of the runs' own.

    Raises
    ------
    UsageError
        If a run lacks tables, prices cannot be used, or the extra "report" is not installed.
    RunFailed
        If the file cannot be written.
    """
    of = shown(language_of(language), runs, baseline, question=question)
    write_text(path, report_html(document(of, money)))
    return path


def write_sweep_report(
    directory: Path,
    runs: Sequence[Run],
    baseline: Run | None,
    path: Path,
    *,
    language: str = "en",
    question: str | None = None,
) -> Path:
    """Write the report of a sweep as one HTML file, with sliders over its points; see `write_report`.

    Parameters
    ----------
    directory
        Of the sweep.
    runs
        Its points.
    baseline
        The point that the others are compared with; None: none is.
    path, language, question
        As of `write_report`.
    """
    of = swept(language_of(language), directory, runs, baseline, question)
    write_text(path, sweep_html(sweep_document(of)))
    return path
