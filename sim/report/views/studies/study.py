"""The report of studies, alone or as pages of a report of runs."""

from typing import NamedTuple

from sim.report.language import Language
from sim.report.views.section import Section


class StudyPages(NamedTuple):
    """What one study shows.

    Attributes
    ----------
    title, sub
        Its question, and what was done.
    band
        What its figures do not tell.
    answer
        In a few sentences.
    sections
        The first holds what was found, the others more.
    """

    title: str
    sub: str
    band: str
    answer: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def added(self) -> tuple[Section, ...]:
        """Sections with all that is said, for a report that has another first page."""
        first, *rest = self.sections
        return (first._replace(lead=(self.sub, *self.answer, *first.lead, self.band)), *rest)


class StudyDocument(NamedTuple):
    """A report of studies alone.

    Attributes
    ----------
    language
        In which it is written.
    title, sub, band, answer
        Of the first study.
    sections
        Of all.
    """

    language: Language
    title: str
    sub: str
    band: str
    answer: tuple[str, ...]
    sections: tuple[Section, ...]


def study_document(language: Language, pages: list[StudyPages], question: str | None) -> StudyDocument:
    """Put the pages of studies together.

    Parameters
    ----------
    language
        In which they are written.
    pages
        At least one.
    question
        The heading; None: the first one's own.
    """
    first, *rest = pages
    sections = (*first.sections, *(section for one in rest for section in one.added))
    return StudyDocument(language, question or first.title, first.sub, first.band, first.answer, numbered(sections))


def with_studies(sections: tuple[Section, ...], pages: list[StudyPages]) -> tuple[Section, ...]:
    """Add the pages of studies to the sections of a report of runs: before all key figures and what was assumed."""
    place = next(i for i, section in enumerate(sections) if section.anchor in ("figures", "assumptions"))
    added = (section for one in pages for section in one.added)
    return numbered((*sections[:place], *added, *sections[place:]))


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Give every section and picture an address of its own: of two alike the second ends in "_2"."""
    anchors: dict[str, int] = {}
    made = []
    for section in sections:
        times = anchors[section.anchor] = anchors.get(section.anchor, 0) + 1
        made.append(section if times == 1 else _numbered(section, times))
    return tuple(made)


def _numbered(section: Section, times: int) -> Section:
    pictures = tuple(picture._replace(name=f"{picture.name}_{times}") for picture in section.pictures)
    return section._replace(anchor=f"{section.anchor}_{times}", pictures=pictures)
