"""Parts of a report: sections with pictures, tables, facts and commands."""

from typing import NamedTuple

from sim.report.view import View
from sim.report.views.picture import Picture


class Fact(NamedTuple):
    """A term and what is said of it."""

    term: str
    text: str


class Code(NamedTuple):
    """A command or a file, with what it is; `folded`: shown on request."""

    caption: str
    text: str
    folded: bool = False


class Folded(NamedTuple):
    """A table that is shown on request; `printed`: on paper it is shown in any case."""

    summary: str
    view: View
    printed: bool = False


class Section(NamedTuple):
    """A part of a report.

    Attributes
    ----------
    anchor, nav, title
        Its address on the page, its name in the contents, and its heading.
    lead
        Sentences before everything else.
    pictures, tables, folded, facts, code
        What it shows, in this order.
    """

    anchor: str
    nav: str
    title: str
    lead: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[View, ...] = ()
    folded: tuple[Folded, ...] = ()
    facts: tuple[Fact, ...] = ()
    code: tuple[Code, ...] = ()
