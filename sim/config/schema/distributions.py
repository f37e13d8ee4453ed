"""Distributions of durations, hours and factors, written ``{ gamma = { mean = 20, cv = 0.5 } }``."""

from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.ranges import LARGEST, SHORTEST_PAUSE, NonNegative, Positive, Weight


class Exponential(Section):
    """Memoryless."""

    mean: Positive


class Gamma(Section):
    """Right-skewed, by its mean and its coefficient of variation (standard deviation / mean)."""

    mean: Positive
    cv: Annotated[float, Field(ge=0.02, le=5)]


class Erlang(Section):
    """The sum of `stages` exponential durations of equal mean; the more stages, the less spread."""

    mean: Positive
    stages: Annotated[int, Field(ge=1, le=1000)]


class Lognormal(Section):
    """Right-skewed with a heavier tail, by its mean and its coefficient of variation."""

    mean: Positive
    cv: Annotated[float, Field(gt=0, le=5)]


class Weibull(Section):
    """By its mean and shape; below 1: the longer it has lasted, the longer it will last; above 1: the reverse."""

    mean: Positive
    shape: Annotated[float, Field(ge=0.2, le=50)]


class Uniform(Section):
    """Any value between `min` and `max`, all equally likely."""

    min: NonNegative
    max: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        if self.max < self.min:
            raise problem("max", f"must be at least min ({self.min:g}); it is {self.max:g}")
        return self


class Triangular(Section):
    """Between `min` and `max`, most likely at `mode`."""

    min: NonNegative
    mode: NonNegative
    max: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> "Triangular":
        if not self.min <= self.mode <= self.max:
            raise problem(
                "mode",
                f"must lie between min ({self.min:g}) and max ({self.max:g}); it is {self.mode:g}",
            )
        return self


class Empirical(Section):
    """Observed values, drawn in proportion to their weights (all equally likely if no weights are given)."""

    values: Annotated[list[NonNegative], Field(min_length=1)]
    weights: Annotated[list[Weight], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _weighted(self) -> "Empirical":
        if self.weights is not None:
            if len(self.weights) != len(self.values):
                raise problem("weights", f"needs one weight a value: {len(self.values)}; it has {len(self.weights)}")
            if sum(self.weights) <= 0:
                raise problem("weights", "at least one weight must be above 0")
        return self


class Distribution(OneOf):
    """A number (always that value), or one distribution by name with its parameters."""

    constant: NonNegative | None = None
    exponential: Exponential | None = None
    gamma: Gamma | None = None
    erlang: Erlang | None = None
    lognormal: Lognormal | None = None
    weibull: Weibull | None = None
    uniform: Uniform | None = None
    triangular: Triangular | None = None
    empirical: Empirical | None = None

    @model_validator(mode="before")
    @classmethod
    def _number_is_constant(cls, data: Any) -> Any:
        if isinstance(data, (int, float)) and not isinstance(data, bool):
            return {"constant": data}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Tell editors that a plain number is allowed as well as a table."""
        table = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": LARGEST}, dict(table)]}

    @property
    def mean(self) -> float:
        """Expected value of the distribution."""
        name, form = self.form
        if name == "constant":
            return float(form)
        if name == "uniform":
            return float(form.min + form.max) / 2
        if name == "triangular":
            return float(form.min + form.mode + form.max) / 3
        if name == "empirical":
            weights = form.weights or [1.0] * len(form.values)
            return float(sum(v * w for v, w in zip(form.values, weights, strict=True)) / sum(weights))
        return float(form.mean)

    @property
    def pause(self) -> float:
        """How far this keeps two moments apart: the expected value when at most a week of each value counts.

        What happens again after each such time happens less than ``2 / pause`` times a week on average (Wald's
        identity for the values so cut). Of the forms with a bounded spread the mean, cut at a week, stands for it:
        the exact value is at least a ninth of that.
        """
        name, form = self.form
        if name != "empirical":
            return min(self.mean, 1.0)
        weights = form.weights or [1.0] * len(form.values)
        return float(sum(min(v, 1.0) * w for v, w in zip(form.values, weights, strict=True)) / sum(weights))


def too_short(again: Distribution) -> str:
    """Say that what happens again after each such time would never end; empty: it would."""
    if again.pause >= SHORTEST_PAUSE:
        return ""
    if again.mean < SHORTEST_PAUSE:
        return f"must be at least {SHORTEST_PAUSE:g} on average; it is {again.mean:g}"
    return (
        f"must be at least {SHORTEST_PAUSE:g} on average when values above 1 count as 1; it is then {again.pause:g}"
    )
