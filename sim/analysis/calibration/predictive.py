"""Published figures beside what a model lets expect of them: intervals, surprise, and proper scores."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked

Floats = NDArray[np.float64]

LEVELS = (0.5, 0.8, 0.95)
"""Levels of the intervals that a published figure is looked for in."""


class Predictive(NamedTuple):
    """A figure's distribution before it is looked up: parameters, chance and discrepancy together.

    Attributes
    ----------
    mean, sd
        Of the figure as it would be published, but for rounding.
    parameter_sd
        Standard deviation of its expected value over the draws: what is not known of the parameters.
    chance_sd
        Of the sampling error, and of what the model leaves out.
    low, high
        95 % interval of the expected value.
    draws
        A large sample of the figure as it would be published.
    """

    mean: float
    sd: float
    parameter_sd: float
    chance_sd: float
    low: float
    high: float
    draws: Floats

    def interval(self, level: float) -> tuple[float, float]:
        """Central interval of the published figure at a level."""
        low, high = np.quantile(self.draws, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
        return float(low), float(high)


_SAMPLES = 20_000


def predictive(figure: Looked, expected: Floats, within: Floats, replications: int, seed: int) -> Predictive:
    """Make the predictive distribution of a figure.

    The means over a draw's replications spread more than the expected values of the draws, by chance: they are drawn
    together about their mean by sqrt(b / (b + w / R)), where b is the variance between draws that is left when the
    variance w between replications of one draw has been taken out (the analysis of variance of one random factor).

    Parameters
    ----------
    figure
        Which.
    expected
        Mean over the replications of each draw.
    within
        Variance between the replications of each draw; zeros where the expected values are exact.
    replications
        Of each draw.
    seed
        Of the sample.
    """
    known = ~np.isnan(expected)
    expected, within = expected[known], within[known]
    if len(expected) == 0:
        nothing = math.nan
        return Predictive(nothing, nothing, nothing, nothing, nothing, nothing, np.full(2, nothing))
    mean = float(expected.mean())
    noise = float(within.mean()) / replications
    total = float(expected.var(ddof=1)) if len(expected) > 1 else 0.0
    between = max(total - noise, 0.0)
    shrunk = mean + (expected - mean) * (math.sqrt(between / total) if total > 0 else 0.0)
    generator = np.random.default_rng([seed, 2])
    drawn = generator.choice(shrunk, _SAMPLES)
    spread = np.sqrt(figure.variance(drawn) + figure.discrepancy**2)
    sample = drawn + spread * generator.standard_normal(_SAMPLES)
    if figure.is_share:
        sample = np.clip(sample, 0.0, 1.0)
    low, high = np.quantile(shrunk, [0.025, 0.975])
    chance = math.sqrt(float((spread**2).mean()))
    return Predictive(
        mean, math.hypot(math.sqrt(between), chance), math.sqrt(between), chance, float(low), float(high), sample
    )


class Score(NamedTuple):
    """How a published figure agrees with a forecast.

    Attributes
    ----------
    surprise
        (published - mean) / sd, in standard errors of the forecast.
    inside
        Whether it lies in the 50, 80 and 95 % interval (as `LEVELS`); what rounds to it counts.
    tail
        Two-sided probability of a figure as far out.
    crps
        Continuous ranked probability score (Gneiting and Raftery 2007), in the figure's unit; smaller is better.
    """

    surprise: float
    inside: tuple[bool, ...]
    tail: float
    crps: float


def score(forecast: Predictive, published: float, rounding: float) -> Score:
    """Score a forecast against the published figure."""
    low, high = published - rounding, published + rounding
    inside = tuple(a <= high and low <= b for a, b in map(forecast.interval, LEVELS))
    above = float((forecast.draws >= low).mean())
    below = float((forecast.draws <= high).mean())
    sd = forecast.sd if forecast.sd > 0 else math.nan
    return Score(
        (published - forecast.mean) / sd, inside, min(1.0, 2.0 * min(above, below)), crps(forecast.draws, published)
    )


def crps(draws: Floats, published: float) -> float:
    """Continuous ranked probability score of a sample: E|X - y| - E|X - X'| / 2."""
    ordered = np.sort(draws)
    n = len(ordered)
    spread = float(((2.0 * np.arange(1, n + 1) - n - 1.0) * ordered).sum()) / (n * n)
    return float(np.abs(ordered - published).mean()) - spread
