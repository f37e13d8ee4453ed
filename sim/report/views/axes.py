"""Ticks of axes, written in the reader's language."""

import math

from sim.catalogue import WEEKS_PER_YEAR
from sim.report.language import Language
from sim.report.views.panels import Ticks

_STEPS = (1.0, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_MOST_DECIMALS = 4


def even_ticks(
    language: Language, highest: float, *, lowest: float = 0.0, most: int = 3, signed: bool = False
) -> Ticks:
    """Choose even ticks, 0 among them, between whose ends all values lie.

    Parameters
    ----------
    language
        Of the numbers.
    highest, lowest
        Of the values.
    most
        About how many steps there are.
    signed
        Whether a plus is written.
    """
    top, bottom = max(highest, 0.0), min(lowest, 0.0)
    if not top > bottom:
        top = 1.0
    raw = (top - bottom) / most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in _STEPS if size * factor >= raw * (1 - 1e-9))
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    decimals = next(d for d in range(_MOST_DECIMALS + 1) if d == _MOST_DECIMALS or _has(step, d))
    return tuple((i * step, language.number(i * step, decimals, signed=signed)) for i in range(first, last + 1))


def week_ticks(language: Language, weeks: int) -> Ticks:
    """Write the start, and every year or, of a shorter time, its end in weeks."""
    years = int(weeks / WEEKS_PER_YEAR + 0.02)
    start = (0.0, language.say("start"))
    if years < 1:
        return (start, (float(weeks), language.say("{count} weeks", count=weeks)))
    every = math.ceil(years / 4)
    of_years = [
        (min(year * WEEKS_PER_YEAR, float(weeks)), year_text(language, year))
        for year in range(every, years + 1, every)
    ]
    return (start, *of_years)


def year_text(language: Language, years: int) -> str:
    """Write so many years: "1 year", "2 years"."""
    return language.say("1 year") if years == 1 else language.say("{count} years", count=years)


def time_text(language: Language, weeks: int) -> str:
    """Write a time as one says it: "two years", "30 weeks"."""
    years = round(weeks / WEEKS_PER_YEAR)
    if years < 1 or abs(weeks - years * WEEKS_PER_YEAR) > 1.5:
        return language.say("{count} weeks", count=weeks)
    words = ("one year", "two years", "three years", "four years", "five years")
    return language.say(words[years - 1]) if years <= len(words) else year_text(language, years)


def _has(value: float, decimals: int) -> bool:
    return abs(value - round(value, decimals)) < 1e-9
