"""Between what a number usually lies: outside it is possible, but a reader would ask whether the unit is right."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.config.schema.distributions import Distribution
from sim.config.schema.ranges import (
    Day,
    Hazard,
    HoursPerWeek,
    Inflow,
    InflowPerYear,
    Kr,
    PerYear,
    Positive,
    WeeksAboveZero,
)


@dataclass(frozen=True)
class Usual:
    """The usual range of a key, which stands beside its type; 0 is usual too, as "none".

    Attributes
    ----------
    least, most
        In the key's own unit; of a distribution its mean.
    """

    least: float | date
    most: float | date

    def holds(self, value: float | date) -> bool:
        """Whether a value is usual."""
        return value == 0 or self.least <= value <= self.most  # type: ignore[operator]

    def __str__(self) -> str:
        """Write the range: "200,000 to 2,000,000"."""
        return " to ".join(str(x) if isinstance(x, date) else f"{x:,}" for x in (self.least, self.most))


Start = Annotated[Day, Usual(date(2000, 1, 1), date(2060, 12, 31))]
Horizon = Annotated[WeeksAboveZero, Usual(4, 1040)]
CitizensPerPost = Annotated[Positive, Usual(5, 500)]
NetHours = Annotated[HoursPerWeek, Usual(10, 45)]
ExitHazard = Annotated[Hazard, Usual(0, 0.5)]
Entries = Annotated[Inflow, Usual(0, 2000)]
EntriesPerYear = Annotated[InflowPerYear, Usual(0, 100_000)]
Spells = Annotated[PerYear, Usual(0, 12)]
Resignations = Annotated[PerYear, Usual(0, 2)]
TaskHours = Annotated[Distribution, Usual(0.01, 16)]
"""Working time for one task."""
PostKr = Annotated[Kr, Usual(200_000, 2_000_000)]
"""Cost of a full-time post a year."""
BudgetKr = Annotated[Kr, Usual(10_000, 10_000_000_000)]
PersonKr = Annotated[Kr, Usual(10_000, 1_000_000)]
"""Cost of a person a year."""
BenefitKr = Annotated[Kr, Usual(1_000, 50_000)]
"""A benefit a month."""
OfferKr = Annotated[Kr, Usual(50, 50_000)]
"""Cost of a participant a week."""
