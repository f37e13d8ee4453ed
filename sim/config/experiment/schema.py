"""The typed schema of an experiment file: every table, key, range and default."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.ranges import MOST_POINTS, Replications, Seed

Settings = dict[str, Any]


class Grid(Section):
    """All combinations of the factors' values."""


class LatinHypercube(Section):
    """Each factor's range is divided into as many strips as there are points, with one point in each strip."""

    points: Annotated[int, Field(ge=2, le=MOST_POINTS)]
    """Number of points. Another number gives another design: it cannot be extended."""
    seed: Seed = 1
    """Another seed gives other points."""


class Sobol(Section):
    """A scrambled Sobol' sequence: it fills the space evenly and can be extended."""

    points: Annotated[int, Field(ge=2, le=65_536)]
    """Number of points: a power of two, for balance. With more points later, these stay."""
    seed: Seed = 1
    """Another seed gives other points."""

    @model_validator(mode="after")
    def _balanced(self) -> "Sobol":
        if self.points & (self.points - 1):
            above = 1 << self.points.bit_length()
            raise problem("points", f"must be a power of two, such as {above // 2} or {above}; it is {self.points}")
        return self


class Design(OneOf):
    """How factors are combined."""

    grid: Grid | None = None
    latin_hypercube: LatinHypercube | None = None
    sobol: Sobol | None = None


class Part(Section):
    """A table of an experiment, where the word ``"none"`` switches nothing off."""

    @model_validator(mode="before")
    @classmethod
    def _switch_off(cls, data: Any) -> Any:
        return data


class Head(Part):
    """What all points share."""

    base: str
    """The config that every point starts from; the path is relative to this file."""
    question: str = ""
    """The question that the experiment should answer; shown with the plan and the results."""
    replications: Replications | None = None
    """Replications of every point; absent: those of the base config."""
    seed: Seed | None = None
    """Seed of every point, so that all points have the same citizens; absent: that of the base config."""
    tables: list[Literal["weekly", "citizens", "schemes", "coordinators", "incidence", "events"]] = []
    """Tables to keep besides the key figures; they can be added later."""
    baseline: str | None = None
    """Name of the point with which the others are compared."""
    design: Design = Design(grid=Grid())
    settings: Settings = {}
    """Keys of the config that differ from the base, for every point."""


class Variant(Part):
    """A variant. Every variant is combined with every point of the factors."""

    config: str | None = None
    """A config to start from instead of the base; the path is relative to this file."""
    settings: Settings = {}
    """Keys of the config that this variant changes."""


class Factor(Part):
    """Something that varies from point to point. Its name is the dotted key that it sets."""

    values: Annotated[list[Any], Field(min_length=1)] | None = None
    """The values of the key."""
    min: float | None = None
    """Lowest value, instead of `values`; the design draws between it and `max`."""
    max: float | None = None
    """Highest value."""
    scale: Literal["linear", "log"] = "linear"
    """Log: as many points between 1 and 10 as between 10 and 100."""
    levels: Annotated[dict[str, Settings], Field(min_length=1)] | None = None
    """Instead of `values`: named levels, each with the keys that it changes; the factor may have any name."""
    keys: Annotated[list[str], Field(min_length=1)] | None = None
    """Keys that all get the same value; absent: the factor's name is the key."""
    label: str | None = None
    """Short name in the names of points and in tables; absent: the last part of the factor's name."""

    @model_validator(mode="after")
    def _one_form(self) -> "Factor":
        is_range = self.min is not None or self.max is not None
        given = [name for name in ("values", "levels") if getattr(self, name) is not None]
        if len(given) + is_range != 1:
            got = " and ".join([*given, *(["min or max"] if is_range else [])]) or "none of them"
            raise problem(
                given[-1] if given else "values", f"needs either values, or levels, or min and max; it has {got}"
            )
        if is_range:
            self._check_range()
        elif self.scale != "linear":
            raise problem("scale", "only with min and max")
        if self.levels is not None and self.keys is not None:
            raise problem("keys", "not with levels, which name their keys themselves")
        return self

    def _check_range(self) -> None:
        if self.min is None or self.max is None:
            absent = "min" if self.min is None else "max"
            raise problem(absent, "missing; a range needs min and max")
        if self.min >= self.max:
            raise problem("max", f"must be above min, {self.min:g}; it is {self.max:g}")
        if self.scale == "log" and self.min <= 0:
            raise problem("min", f"must be above 0 on a log scale; it is {self.min:g}")


class ExperimentFile(Part):
    """A whole experiment file."""

    experiment: Head
    variants: dict[str, Variant] = {}
    """The variants, by name; if none is given, the base alone."""
    factors: dict[str, Factor] = {}
    """The factors, by the key that each sets."""
