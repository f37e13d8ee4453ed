"""Figures, labels and axes of studies in the reader's language."""

import math
from collections.abc import Sequence

from sim.analysis.kpis import KPIS
from sim.report.danish import PHRASES
from sim.report.language import NO_BREAK, Language
from sim.report.view import middle, scale_of, unit_text
from sim.report.views.axes import even_ticks
from sim.report.views.panels import Mark, Ticks
from sim.study.sensitivity.outcomes import NET_COST

_KPIS = {kpi.name: kpi for kpi in KPIS}
_BY_LABEL = {kpi.label: kpi for kpi in KPIS}
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_AND = " + "
"""What stands between the labels of key figures that are added."""
_THOUSAND, _MILLION = 1e3, 1e6


def stated(language: Language, text: str) -> str:
    """Give a text of a shipped file in the reader's language; one's own stays as it is."""
    return text if language.code == "en" else PHRASES.get(text, text)


def figure_label(language: Language, label: str) -> str:
    """Label a published figure: by its key figures where it has no label of its own."""
    parts = [language.kpi(_BY_LABEL[part]) if part in _BY_LABEL else stated(language, part) for part in label.split(_AND)]  # fmt: skip
    return _AND.join(parts)


def outcome_label(language: Language, name: str) -> str:
    """Label an outcome of a sensitivity study."""
    return language.say("net cost to the municipality") if name == NET_COST else language.kpi(_KPIS[name])


class Scale:
    """How the figures of an outcome are written.

    Parameters
    ----------
    language
        Of the numbers.
    name, unit
        Of the outcome.
    half_width
        Of its interval: two digits of it are shown.
    signed
        Whether it is a difference, so that a plus is written.

    Attributes
    ----------
    by, decimals, signed
        By what it is multiplied, its decimals, and as given.
    unit
        As shown.
    """

    def __init__(self, language: Language, name: str, unit: str, half_width: float, *, signed: bool) -> None:
        money = name == NET_COST
        self._language, self.signed, self._money = language, signed, money
        self.by = 1.0 / _THOUSAND if money else scale_of(unit)
        self.decimals = 0 if money else middle([self.by * half_width])
        if money:
            self.unit = language.say("1,000 kr.")
        elif signed and unit == "share":
            self.unit = language.say("percentage points")
        else:
            self.unit = language.unit(unit)

    def number(self, value: float) -> str:
        """Write a figure."""
        return self._language.number(self.by * value, self.decimals, signed=self.signed)

    def interval(self, low: float, high: float) -> str:
        """Write an interval."""
        return self._language.interval(self.by * low, self.by * high, self.decimals, signed=self.signed)

    def prose(self, value: float) -> str:
        """Write a figure with its unit in a sentence: money in millions."""
        if self._money:
            amount = self._language.number(value / _MILLION, 1, signed=True)
            return self._language.say("{amount} million kr.", amount=amount)
        return f"{self.number(value)} {self.unit}".replace(" %", f"{NO_BREAK}%")

    def prose_interval(self, low: float, high: float) -> str:
        """Write an interval without a unit in a sentence."""
        if self._money:
            return self._language.interval(low / _MILLION, high / _MILLION, 1, signed=True)
        return self.interval(low, high)


def three_digits(value: float) -> int:
    """Decimals that show three digits, of thousands none."""
    if not value or math.isnan(value):
        return 0
    return min(max(2 - math.floor(math.log10(abs(value))), 0), 6)


def value_text(language: Language, value: float, decimals: int | None = None) -> str:
    """Write the value of a parameter: three digits, no zeros behind the last that counts."""
    if decimals is None:
        decimals = three_digits(value)
        while decimals and round(value, decimals) == round(value, decimals - 1):
            decimals -= 1
    return language.number(value, decimals)


def with_unit(language: Language, label: str, unit: str) -> str:
    """Write a parameter with its unit: "becoming ready, a year"."""
    shown = stated(language, unit_text(unit))
    return in_unit(label, shown)


def in_unit(label: str, unit: str) -> str:
    """Write a label with a unit that is written already; "%" never stands alone on a line."""
    return f"{label}, {unit}".replace(", %", f",{NO_BREAK}%") if unit else label


def ticks_between(language: Language, low: float, high: float, most: int = 3) -> Ticks:
    """Choose even ticks of an axis that need not begin at 0, between whose ends all values lie."""
    if not high > low:
        low, high = low - 0.5, high + 0.5
    raw = (high - low) / most
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in _STEPS if size * factor >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    decimals = next((d for d in range(8) if abs(step - round(step, d)) < 1e-9 * step), 8)
    return tuple((i * step, language.number(i * step, decimals)) for i in range(first, last + 1))


def axis_of(language: Language, marks: Sequence[Mark], unit: str) -> Ticks:
    """Choose the axis of one row: from 0 to beyond its marks, of shares to 100 at most."""
    top = max(value for mark in marks for value in mark[1:] if not math.isnan(value))
    ticks = even_ticks(language, top, most=4)
    return ticks if unit != "share" or ticks[-1][0] <= 100.0 else even_ticks(language, 100.0, most=4)
