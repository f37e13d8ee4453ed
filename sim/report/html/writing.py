"""A report as a file."""

from pathlib import Path

from sim.report.html.page import report_html, sweep_html
from sim.report.views.document import Document
from sim.report.views.sweep_document import SweepDocument
from sim.store.files import write_text


def write_html(made: Document | SweepDocument, path: Path) -> None:
    """Write a report as one HTML file; it appears whole or not at all.

    Raises
    ------
    UsageError
        If the extra "report" is not installed.
    RunFailed
        If the file cannot be written.
    """
    write_text(path, report_html(made) if isinstance(made, Document) else sweep_html(made))
