"""English and Danish: words and the forms of numbers, for what people read.

English texts stand where they are used, as `language.say("... {count} ...", count=3)`; their Danish stands in
`sim.report.danish`, by the English text. Labels of fixed lists and of key figures come from where those are defined.
"""

import math
from datetime import date
from typing import Literal, NamedTuple

from sim.analysis.kpis.kpi import Kpi
from sim.catalogue import Named
from sim.report.danish import MEANINGS, MONTHS, NAMES, PHRASES
from sim.report.view import IDENTICAL, UNDEFINED, Cell, Estimate, Interval, Number, PlusMinus, unit_text

Code = Literal["en", "da"]
LANGUAGES: tuple[Code, ...] = ("en", "da")
MINUS = "−"
"""The sign, not the hyphen, so that a line never breaks behind it and it is as wide as a plus."""
NO_BREAK = "\u00a0"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ENGLISH_NAMES = {"cash_benefit": "cash benefit", "resource_course": "resource course"}


class Language(NamedTuple):
    """A language, and how numbers are written in it.

    Attributes
    ----------
    code
        "en" or "da", as HTML's `lang` wants it.
    decimal, thousands
        What stands before decimals, and between thousands.
    """

    code: Code
    decimal: str
    thousands: str

    def say(self, text: str, **values: object) -> str:
        """Give a text in this language, with values put into it.

        Parameters
        ----------
        text
            In English.
        **values
            By the name in braces.

        Raises
        ------
        KeyError
            If the Danish of the text is not known.
        """
        words = text if self.code == "en" else PHRASES[text]
        return words.format(**values) if values else words

    def number(self, value: float, decimals: int = 0, *, signed: bool = False, suffix: str = "") -> str:
        """Write a number: 1,234.5 or 1.234,5, with a true minus; "-" if it cannot be computed."""
        if math.isnan(value):
            return UNDEFINED
        rounded = round(value, decimals) + 0.0  # Never "-0.0".
        written = f"{abs(rounded):,.{decimals}f}".translate({ord(","): self.thousands, ord("."): self.decimal})
        sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
        return f"{sign}{written}{suffix}"

    def interval(self, low: float, high: float, decimals: int = 0, *, signed: bool = False) -> str:
        """Write an interval: "7 to 10", "7 til 10"; "-" if it cannot be computed."""
        if math.isnan(low):
            return UNDEFINED
        ends = (self.number(end, decimals, signed=signed) for end in (low, high))
        return self.say("{low} to {high}", **dict(zip(("low", "high"), ends, strict=True)))

    def per_cent(self, share: float, decimals: int = 0) -> str:
        """Write a share in per cent, with a space that does not break: 41 %."""
        return self.number(100.0 * share, decimals, suffix=f"{NO_BREAK}%")

    def listed(self, parts: list[str]) -> str:
        """Write parts one after the other: "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.say('and')} {parts[-1]}"

    def label(self, named: Named) -> str:
        """Label of a member of a fixed list."""
        return named.label if self.code == "en" else named.danish

    def kpi(self, kpi: Kpi) -> str:
        """Label of a key figure."""
        return kpi.label if self.code == "en" else kpi.danish

    def name(self, name: str) -> str:
        """Write a name of a config, such as a role, in words: in Danish where it is a usual one."""
        own = NAMES if self.code == "da" else _ENGLISH_NAMES
        return own.get(name, name.replace("_", " "))

    def unit(self, unit: str) -> str:
        """Write the unit of the figures as shown."""
        shown = unit_text(unit)
        return shown if self.code == "en" else PHRASES.get(shown, shown)

    def meaning(self, text: str) -> str:
        """Give what a key of a config means, from the schema's English sentence."""
        return text if self.code == "en" else MEANINGS.get(text, text)

    def month(self, day: date) -> str:
        """Write month and year: "January 2018", "januar 2018"."""
        return f"{(_MONTHS if self.code == 'en' else MONTHS)[day.month - 1]} {day.year}"

    def cell(self, cell: Cell) -> str:
        """Write a cell of a table; texts are taken to be in this language already."""
        if isinstance(cell, Number):
            return self.number(cell.value, cell.decimals, signed=cell.signed, suffix=cell.suffix)
        if isinstance(cell, Interval):
            note = self.say(cell.note) if cell.note in PHRASES else cell.note
            written = self.interval(cell.low, cell.high, cell.decimals, signed=cell.signed)
            return (note or written) if written == UNDEFINED else f"{written}{', ' * bool(note)}{note}"
        if isinstance(cell, Estimate):
            interval = self.cell(cell.interval)
            mean = self.cell(cell.mean)
            return mean if interval == UNDEFINED else f"{mean}{cell.mark} ({interval})"
        if isinstance(cell, PlusMinus):
            half = "" if math.isnan(cell.half_width) else f" ±{self.number(cell.half_width, cell.mean.decimals)}"
            return f"{self.cell(cell.mean)}{half}" + (f", {cell.note}" if cell.note else "")
        return self.say(cell) if cell == IDENTICAL else cell


ENGLISH, DANISH = Language("en", ".", ","), Language("da", ",", ".")


def language_of(code: str) -> Language:
    """Find a language by its code, "en" or "da"."""
    return {language.code: language for language in (ENGLISH, DANISH)}[code]  # type: ignore[index]
