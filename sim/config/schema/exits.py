"""Ways out: hazards, and how they depend on the caseload and on weeks on benefit."""

import math
from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.ranges import Elasticity, Factor, NonNegative, Positive
from sim.config.schema.usual import ExitHazard


class Power(Section):
    """(reference / caseload) ** elasticity."""

    elasticity: Elasticity
    """0: no response. 0.2: half the caseload, 15 % higher hazard. Below 0 the hazard would have no bound."""


class Hyperbolic(Section):
    """1 / (1 + caseload / scale), relative to its value at the reference caseload."""

    scale: Positive
    """Citizens per coordinator at which the hazard is half of what it would be with a caseload of 0."""


class CaseloadTable(Section):
    """Interpolated linearly in a table; constant outside it."""

    caseload: Annotated[list[NonNegative], Field(min_length=1)]
    """Citizens per full-time coordinator, in rising order."""
    factor: Annotated[list[Factor], Field(min_length=1)]
    """Factor on the hazard at each caseload."""

    @model_validator(mode="after")
    def _aligned(self) -> "CaseloadTable":
        _check_table(self.caseload, self.factor, "caseload")
        return self


class CaseloadResponse(OneOf):
    """How an exit hazard depends on the caseload: a factor that is 1 at the reference caseload."""

    power: Power | None = None
    hyperbolic: Hyperbolic | None = None
    table: CaseloadTable | None = None

    def highest(self, reference: float) -> float:
        """Upper bound of the factor over all caseloads, that of a power from 1 citizen on."""
        if self.power is not None:
            return math.exp(self.power.elasticity * math.log(reference))
        if self.hyperbolic is not None:
            return 1.0 + reference / self.hyperbolic.scale
        assert self.table is not None  # OneOf has checked it
        return max(self.table.factor)


class DurationTable(Section):
    """A factor that applies from each of `from_weeks` on benefit until the next."""

    from_weeks: Annotated[list[NonNegative], Field(min_length=1)]
    """Weeks on benefit, in rising order from 0."""
    factor: Annotated[list[Factor], Field(min_length=1)]
    """Factor on the hazard from each of these weeks on."""

    @model_validator(mode="after")
    def _aligned(self) -> "DurationTable":
        _check_table(self.from_weeks, self.factor, "from_weeks")
        if self.from_weeks[0] != 0:
            raise problem("from_weeks", f"must start at 0; it starts at {self.from_weeks[0]:g}")
        return self


class DurationWeibull(Section):
    """(weeks / reference_weeks) ** (shape - 1), constant before `earliest_weeks` and after `latest_weeks`."""

    shape: Annotated[float, Field(gt=0, le=20)]
    """Below 1: exits become rarer with time on benefit; above 1: more frequent."""
    reference_weeks: Positive = 52.0
    """Weeks on benefit at which the factor is 1."""
    earliest_weeks: Positive | None = None
    """Before this week the factor is constant; required if shape is below 1."""
    latest_weeks: Positive | None = None
    """After this week the factor is constant; required if shape is above 1."""

    @model_validator(mode="after")
    def _bounded(self) -> "DurationWeibull":
        if self.shape < 1 and self.earliest_weeks is None:
            raise problem(
                "shape",
                f"{self.shape:g} is below 1, so the hazard has no bound at week 0; give earliest_weeks",
            )
        if self.shape > 1 and self.latest_weeks is None:
            raise problem(
                "shape",
                f"{self.shape:g} is above 1, so the hazard grows without bound; give latest_weeks",
            )
        if None not in (self.earliest_weeks, self.latest_weeks) and self.latest_weeks < self.earliest_weeks:  # type: ignore[operator]
            raise problem("latest_weeks", "must be at least earliest_weeks")
        return self

    @property
    def varies(self) -> tuple[float, float]:
        """Weeks between which the factor varies; unstated: a microsecond, a thousand years, beyond any spell."""
        low = self.earliest_weeks if self.earliest_weeks is not None else 1e-12
        return low, self.latest_weeks if self.latest_weeks is not None else 52e3


class DurationDependence(OneOf):
    """How an exit hazard depends on weeks on benefit."""

    table: DurationTable | None = None
    weibull: DurationWeibull | None = None

    @property
    def highest(self) -> float:
        """Upper bound of the factor over all weeks."""
        if self.table is not None:
            return max(self.table.factor)
        w = self.weibull
        assert w is not None  # OneOf has checked it
        return max(math.exp((w.shape - 1.0) * math.log(weeks / w.reference_weeks)) for weeks in w.varies)


class Exit(Section):
    """One way out and its hazard."""

    hazard_per_week: ExitHazard
    """Hazard at the reference caseload, for a citizen of frailty 1, long after the last meeting."""
    long_history_factor: Factor = 1.0
    """Factor on the hazard of citizens with a long unemployment history."""
    frailty: bool = True
    """Whether the citizen's frailty multiplies this hazard."""
    caseload: CaseloadResponse | None = None
    """How the hazard depends on the caseload; absent: it does not."""
    duration: DurationDependence | None = None
    """How the hazard depends on weeks on benefit; absent: it does not."""


def _check_table(x: list[float], factor: list[float], key: str) -> None:
    if len(x) != len(factor):
        raise problem("factor", f"needs one factor for each {key}: {len(x)}; it has {len(factor)}")
    if any(b <= a for a, b in pairwise(x)):
        raise problem(key, "must be in rising order")
