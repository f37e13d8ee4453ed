"""Switching values: what a parameter would have to be for an outcome to be 0."""

import math
from dataclasses import dataclass

MOST_STEPS = 24
"""Halvings at most: a range is then known to a ten-millionth."""


@dataclass
class Search:
    """Looks for the place between two scores where an outcome is 0, by halving.

    The outcome must be computed with the same random numbers everywhere: then it is a function, though not a smooth
    one, and halving finds a change of its sign.

    Attributes
    ----------
    low, high
        Scores between which the sign changes.
    below, above
        Outcomes at them.
    tolerance
        No farther from 0 is near enough, such as the outcome's standard error.
    """

    low: float
    high: float
    below: float
    above: float
    tolerance: float
    steps: int = 0
    _found: float = math.nan
    _undefined: bool = False

    @property
    def has_change(self) -> bool:
        """Whether the outcome has different signs at the ends, or is 0 there."""
        return self.below * self.above <= 0.0  # False where one is NaN.

    @property
    def next_score(self) -> float | None:
        """The score whose outcome is wanted; None: the search is over."""
        over = not math.isnan(self._found) or self._undefined or self.steps == MOST_STEPS
        return None if over or not self.has_change or self.below == 0.0 or self.above == 0.0 else self._middle

    @property
    def score(self) -> float:
        """Where the outcome is 0 to within the tolerance, or changes its sign; NaN: nowhere."""
        if self._undefined or not self.has_change:
            return math.nan
        ends = [score for score, value in ((self.low, self.below), (self.high, self.above)) if value == 0.0]
        if ends:
            return ends[0]
        return self._middle if math.isnan(self._found) else self._found

    @property
    def _middle(self) -> float:
        return 0.5 * (self.low + self.high)

    def tell(self, value: float) -> None:
        """Take the outcome at `next_score`."""
        middle, self.steps = self._middle, self.steps + 1
        if math.isnan(value):
            self._undefined = True
        elif abs(value) <= self.tolerance:
            self._found = middle
        elif value * self.below > 0.0:
            self.low, self.below = middle, value
        else:
            self.high, self.above = middle, value
