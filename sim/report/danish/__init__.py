"""Danish of what people read, by the English text where it is used.

The terms are those of docs/glossary.md. A test finds texts that are used and have no Danish here.
"""

from collections.abc import Mapping

from sim.report.danish.answer import ANSWER
from sim.report.danish.keys_of_people import OF_PEOPLE
from sim.report.danish.keys_of_work import OF_WORK
from sim.report.danish.notes import NOTES
from sim.report.danish.page import PAGE
from sim.report.danish.pictures import PICTURES
from sim.report.danish.replay import REPLAY
from sim.report.danish.studies import STUDIES
from sim.report.danish.studies.files import FILES
from sim.report.danish.words import FORMS, LEDGER, MONTHS, NAMES, UNITS
from sim.report.danish.workbook import WORKBOOK

_PARTS = (WORKBOOK, UNITS, LEDGER, FORMS, PICTURES, ANSWER, PAGE, REPLAY, NOTES, STUDIES, FILES)
PHRASES: Mapping[str, str] = {text: danish for part in _PARTS for text, danish in part.items()}
"""Every text and its Danish."""

MEANINGS: Mapping[str, str] = {**OF_PEOPLE, **OF_WORK}
"""What every key of a config means, by the English sentence."""

__all__ = ["MEANINGS", "MONTHS", "NAMES", "PHRASES"]
