"""Drawing a report as one HTML page, by templates."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim import __version__
from sim.errors import UsageError
from sim.report.html.drawn import Drawn, drawn
from sim.report.language import Language
from sim.report.pictures.style import MISSING, drawing
from sim.report.view import Cell, Estimate, Interval, Number, PlusMinus
from sim.report.views.document import Document
from sim.report.views.section import Section
from sim.report.views.studies.study import StudyDocument
from sim.report.views.sweep_document import SweepDocument

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


class Written(NamedTuple):
    """A cell of a table as it stands on a page: its text, what stands muted beside it, whether it is a figure."""

    text: str
    aside: str
    right: bool


def report_html(document: Document) -> str:
    """Write a report as a page.

    Parameters
    ----------
    document
        What it holds.

    Returns
    -------
    str
        The HTML; the same for the same document.

    Raises
    ------
    UsageError
        If matplotlib or jinja2 is not installed.
    """
    first = document.committee
    with drawing():
        hours = drawn(first.hours, "p1")
        pictures = [drawn(picture, f"p{i}") for i, picture in enumerate(first.pictures, start=2)]
        return _page("report.html.j2", document, pictures, hours=hours)


def sweep_html(document: SweepDocument) -> str:
    """Write the report of a sweep as a page, with sliders over its points; see `report_html`."""
    chosen = document.what_if
    data = {"sliders": [one.levels for one in chosen.sliders], "points": chosen.points, "start": chosen.start}
    with drawing():
        pictures = [drawn(picture, f"p{i}") for i, picture in enumerate(document.pictures, start=1)]
        return _page("sweep.html.j2", document, pictures, data=data)


def study_html(document: StudyDocument) -> str:
    """Write the report of studies as a page; see `report_html`."""
    with drawing():
        return _page("study.html.j2", document, [])


def _page(
    name: str, document: Document | SweepDocument | StudyDocument, pictures: list[Drawn], **more: object
) -> str:
    language = document.language
    text = (
        _environment()
        .get_template(name)
        .render(
            document=document,
            language=language,
            say=language.say,
            pictures=pictures,
            sections=[_section(section) for section in document.sections],
            written=lambda cell: written(language, cell),
            version=__version__,
            style=_file("style.css"),
            script=_file("page.js"),
            **more,
        )
    )
    return f"{text.strip()}\n"


def _section(section: Section) -> dict[str, Any]:
    """Draw the pictures of a section; small ones stand in pairs."""
    pictures = [drawn(picture, section.anchor) for picture in section.pictures]
    pairs = len(pictures) > 1 and all(one.grid == "one" for one in pictures)
    return {"of": section, "pictures": pictures, "pairs": pairs}


def written(language: Language, cell: Cell) -> Written:
    """Write a cell: an estimate's interval stands muted beside its mean."""
    if isinstance(cell, Estimate):
        interval = language.cell(cell.interval)
        return Written(language.cell(cell.mean), "" if interval == "-" else interval, right=True)
    return Written(language.cell(cell), "", right=isinstance(cell, (Number, Interval, PlusMinus)))


def bold(text: str) -> Any:
    """Turn `**` into bold type, everything else into plain text."""
    from markupsafe import Markup, escape

    return Markup(_BOLD.sub(r"<b>\1</b>", str(escape(text))))


@cache
def _environment() -> "Environment":
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ModuleNotFoundError as error:
        raise UsageError(MISSING.replace("pictures need matplotlib", "a report needs jinja2")) from error
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["bold"] = bold
    return made


@cache
def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
