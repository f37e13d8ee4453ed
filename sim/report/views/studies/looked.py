"""One outcome of a sensitivity study: its rows, and how it is written."""

from collections.abc import Sequence

from sim.analysis.sensitivity.tornado import changes_sign
from sim.report.language import Language
from sim.report.views.studies.words import Scale, outcome_label
from sim.study.sensitivity.outcomes import NET_COST
from sim.study.sensitivity.reading import BarRow, SensitivityFound

MOST_BARS = 12
"""Of more parameters only those that move an outcome most are drawn; tables hold all."""


class Looked:
    """One outcome: its rows, and how it is written.

    Parameters
    ----------
    language, of, name
        In which it is told, the study, and the outcome.
    """

    def __init__(self, language: Language, of: SensitivityFound, name: str) -> None:
        self.name, self.label = name, outcome_label(language, name)
        self.bars = [bar for bar in of.bars if bar.outcome == name]
        self.answers = [row for row in of.answers if row.outcome == name]
        self.answer = self.answers[0]
        half = (self.answer.mean_ci95_high - self.answer.mean_ci95_low) / 2.0
        self.signed = bool(of.variant)
        self.scale = Scale(language, name, self.answer.unit, half, signed=self.signed)

    @property
    def has_sign(self) -> bool:
        """Whether its sign is an answer: it is a difference."""
        return self.signed or self.name == NET_COST

    @property
    def sure(self) -> bool:
        """Whether its sign is known where nothing is moved."""
        return not self.answer.mean_ci95_low < 0.0 < self.answer.mean_ci95_high

    @property
    def turning(self) -> list[BarRow]:
        """Parameters that turn its sign by themselves, within their intervals."""
        mean = self.answer.mean
        return [bar for bar in self.bars if changes_sign(mean, (bar.at_low, bar.at_high))]


def main_of(of: SensitivityFound, outcomes: Sequence[Looked]) -> Looked:
    """The outcome whose sign is the answer: that whose switching values were looked for."""
    name = of.switching[0].outcome if of.switching else outcomes[0].name
    return next(one for one in outcomes if one.name == name)
