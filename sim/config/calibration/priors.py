"""Prior distributions of parameters, and their values at standard normal scores.

All that is computed of parameters is computed of their scores: where a prior has a share p of its values below a
value, the standard normal distribution has it below the score. Every prior is then the same, and no parameter can
leave its range.
"""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.ranges import LARGEST, NonNegative, Positive

Floats = NDArray[np.float64]

_Z975 = 1.959963984540054  # 97.5 % quantile of the standard normal distribution.


class Uniform(Section):
    """Any value between `min` and `max`, all equally likely."""

    min: NonNegative
    max: NonNegative

    @model_validator(mode="after")
    def _ordered(self) -> "Uniform":
        if not self.min < self.max:
            raise problem("max", f"must be above min, {self.min:g}; it is {self.max:g}")
        return self

    def quantiles(self, probabilities: Floats) -> Floats:
        """Values at these probabilities."""
        return np.asarray(self.min + probabilities * (self.max - self.min), np.float64)


class LogUniform(Section):
    """Between `min` and `max`, a doubling as likely here as there."""

    min: Positive
    max: Positive

    @model_validator(mode="after")
    def _ordered(self) -> "LogUniform":
        if not self.min < self.max:
            raise problem("max", f"must be above min, {self.min:g}; it is {self.max:g}")
        return self

    def quantiles(self, probabilities: Floats) -> Floats:
        """Values at these probabilities."""
        return np.asarray(np.exp(Uniform.quantiles(_logs(self.min, self.max), probabilities)), np.float64)


class Lognormal(Section):
    """Around `median`; 95 % of the values lie between ``median / factor`` and ``median x factor``."""

    median: Positive
    factor: Annotated[float, Field(gt=1, le=1000)]

    def quantiles(self, probabilities: Floats) -> Floats:
        """Values at these probabilities."""
        from scipy.special import ndtri

        return np.asarray(self.median * np.exp(ndtri(probabilities) * np.log(self.factor) / _Z975), np.float64)


class Normal(Section):
    """By mean and standard deviation, cut at `min` (0 unless stated) and `max`."""

    mean: NonNegative
    sd: Positive
    min: NonNegative = 0.0
    max: Annotated[float, Field(ge=0, le=LARGEST)] = LARGEST

    @model_validator(mode="after")
    def _ordered(self) -> "Normal":
        if not self.min <= self.mean <= self.max:
            raise problem("mean", f"must lie between min ({self.min:g}) and max ({self.max:g}); it is {self.mean:g}")
        return self

    def quantiles(self, probabilities: Floats) -> Floats:
        """Values at these probabilities."""
        from scipy.special import ndtr, ndtri

        low, high = ndtr((np.array([self.min, self.max]) - self.mean) / self.sd)
        values = self.mean + self.sd * ndtri(low + probabilities * (high - low))
        return np.asarray(np.clip(values, self.min, self.max), np.float64)


class Beta(Section):
    """A share, by its mean and standard deviation."""

    mean: Annotated[float, Field(gt=0, lt=1)]
    sd: Annotated[float, Field(gt=0, lt=0.5)]

    @model_validator(mode="after")
    def _possible(self) -> "Beta":
        most = (self.mean * (1.0 - self.mean)) ** 0.5
        if not self.sd < most:
            raise problem("sd", f"must be below {most:.3g}, the most that a mean of {self.mean:g} allows")
        return self

    def quantiles(self, probabilities: Floats) -> Floats:
        """Values at these probabilities."""
        from scipy.special import betaincinv

        size = self.mean * (1.0 - self.mean) / self.sd**2 - 1.0
        return np.asarray(betaincinv(self.mean * size, (1.0 - self.mean) * size, probabilities), np.float64)


class Prior(OneOf):
    """What was known of a parameter before: one distribution by name."""

    uniform: Uniform | None = None
    log_uniform: LogUniform | None = None
    lognormal: Lognormal | None = None
    normal: Normal | None = None
    beta: Beta | None = None

    def at_scores(self, scores: Floats) -> Floats:
        """Give the values at standard normal scores."""
        from scipy.special import ndtr

        values: Floats = self.form[1].quantiles(ndtr(scores))
        return values


def _logs(low: float, high: float) -> Uniform:
    return Uniform.model_construct(min=float(np.log(low)), max=float(np.log(high)))
