"""How figures are shown in a workbook: forms with the decimals that intervals allow, units, notes, labels."""

import math
from collections.abc import Sequence

from sim.analysis.intervals import SKEWED
from sim.analysis.periods import Measure
from sim.catalogue import DESTINATIONS, EVERYONE, Destination
from sim.report.language import Language
from sim.report.view import IDENTICAL, narrowest, scale_of
from sim.report.workbook.book import Cell, Figure

_SAME, _NEVER = "the same in ", "not seen in "


def form_of(unit: str, half_widths: Sequence[float], *, signed: bool = False) -> str:
    """Choose the form of figures of a unit, to two digits of the narrowest half-width; shares in per cent."""
    decimals = narrowest([scale_of(unit) * width for width in half_widths])
    form = "#,##0" + (f".{'0' * decimals}" if decimals else "") + ("%" if unit == "share" else "")
    return f"+{form};-{form};{form}" if signed else form


def figures(unit: str, *intervals: Sequence[float], signed: bool = False) -> list[Cell]:
    """Give means with the ends of their intervals, all in one form: the values as they are, shares as shares."""
    form = form_of(unit, [(high - low) / 2 for _, low, high in intervals], signed=signed)
    return [value if math.isnan(value) else Figure(value, form) for interval in intervals for value in interval]


def difference_unit(unit: str, language: Language) -> str:
    """Name the unit of a difference."""
    return language.say("percentage points") if unit == "share" else language.unit(unit)


def note_in(note: str, language: Language) -> str:
    """Say a note on an interval (see `sim.analysis.intervals.note_text`) in a language."""
    for start, words in ((_SAME, "the same in {count}"), (_NEVER, "not seen in {count}")):
        if note.startswith(start):
            return language.say(words, count=note.removeprefix(start))
    return language.say(note) if note in (SKEWED, IDENTICAL) else note


def part_in(name: str, language: Language) -> str:
    """Name a group or a department; all of them together in words."""
    return language.say("(all)") if name == EVERYONE else language.name(name)


def measure_in(measure: Measure, language: Language) -> str:
    """Label a figure of the weekly tables."""
    exit_to = measure.name.removeprefix("exits_")
    if exit_to in DESTINATIONS:
        return f"{language.say('exits')}: {language.label(Destination[exit_to.upper()])}"
    return language.say(measure.label)
