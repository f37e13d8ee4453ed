"""How likely published figures are, given what parameters let expect of them."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked

Floats = NDArray[np.float64]

_IMPOSSIBLE = -1e6
"""Stands for the logarithm of what rounds to 0, so that chains find their way back."""


class Predictor(Protocol):
    """What tells a figure's expected value, scaled, and the variance of that, at points of scores."""

    def predict(self, scores: Floats) -> tuple[Floats, Floats]:
        """Mean and variance."""


def expected(figure: Looked, emulator: Predictor, scores: Floats) -> tuple[Floats, Floats]:
    """Expected value of a figure at points of scores, in its own unit, and the variance of the emulator's error."""
    mean, variance = emulator.predict(scores)
    value, slope = figure.from_scale(mean)
    # Near the end of the scale the slope is 0 and the error is not: it is then that of half an error further in.
    inner = figure.from_scale(mean + np.sqrt(variance))[0]
    return value, np.maximum(slope**2 * variance, (inner - value) ** 2)


def log_likelihood(
    figures: Sequence[Looked], emulators: Sequence[Predictor], published: Floats, scores: Floats
) -> Floats:
    """Logarithm of the likelihood of published figures at points of scores.

    A figure y that is rounded to y +- r has the probability of the interval, Phi((y + r - m) / s) -
    Phi((y - r - m) / s), where m is the expected value and s^2 = emulator's error + sampling error at m +
    discrepancy^2; without rounding, the density at y. Figures are taken as independent given the parameters.

    Parameters
    ----------
    figures, emulators
        Of the targets.
    published
        Their values; NaN: not used.
    scores
        Point x parameter.
    """
    total = np.zeros(len(scores))
    for figure, emulator, value in zip(figures, emulators, published.tolist(), strict=True):
        if np.isnan(value):
            continue
        mean, error = expected(figure, emulator, scores)
        sd = np.sqrt(error + figure.variance(mean) + figure.discrepancy**2)
        total += _of_rounded(value, figure.rounding, mean, np.maximum(sd, 1e-12))
    return np.maximum(total, _IMPOSSIBLE)


def _of_rounded(value: float, rounding: float, mean: Floats, sd: Floats) -> Floats:
    from scipy.special import log_ndtr

    z = (value - mean) / sd
    if rounding == 0.0:
        return np.asarray(-0.5 * z**2 - np.log(sd) - 0.5 * np.log(2.0 * np.pi), np.float64)
    half = rounding / sd
    # By symmetry in the lower tail, where logarithms keep their digits.
    high, low = log_ndtr(-np.abs(z) + half), log_ndtr(-np.abs(z) - half)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = high + np.log1p(-np.exp(low - high))
    return np.asarray(np.where(np.isfinite(inside), inside, _IMPOSSIBLE), np.float64)
