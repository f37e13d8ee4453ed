"""A report as a file."""

from pathlib import Path

from sim.report.html.page import report_html, study_html, sweep_html
from sim.report.views.document import Document
from sim.report.views.studies.study import StudyDocument
from sim.report.views.sweep_document import SweepDocument
from sim.store.files import write_text


def write_html(made: Document | SweepDocument | StudyDocument, path: Path) -> None:
    """Write a report as one HTML file; it appears whole or not at all.

    Raises
    ------
    UsageError
        If the extra "report" is not installed.
    RunFailed
        If the file cannot be written.
    """
    if isinstance(made, Document):
        text = report_html(made)
    else:
        text = sweep_html(made) if isinstance(made, SweepDocument) else study_html(made)
    write_text(path, text)
