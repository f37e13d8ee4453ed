"""Simulation-based calibration: on data sets made from the prior, intervals hold as often as they say.

The simulator is a formula here, so that a data set costs nothing; everything else is what `sim calibrate` does:
screening, emulators with their errors, rounding, sampling error, discrepancy, chains. The long test does the same on
more data sets.
"""

import math
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked
from sim.analysis.calibration.likelihood import expected
from sim.config.calibration.schema import OfPeople, Sampling
from sim.study.calibrate.design import spread_over_priors
from sim.study.calibrate.fit import Fitted, fit, sample

Floats = NDArray[np.float64]

PARAMETERS, REPLICATIONS, RANKS = 3, 4, 19
PEOPLE = OfPeople(citizens=600.0, cluster=50.0, intraclass=0.01)


def truth(scores: Floats) -> Floats:
    """Three shares by two parameters; the third parameter moves none. Point x share."""
    first = -1.5 + 0.5 * scores[:, 0] - 0.3 * scores[:, 1]
    second = -0.5 + 0.15 * scores[:, 0] + 0.4 * scores[:, 1] + 0.1 * scores[:, 0] * scores[:, 1]
    return np.asarray(1.0 / (1.0 + np.exp(-np.stack([first, second, first + second], axis=1))), np.float64)


def figures() -> list[Looked]:
    return [
        Looked(f"share_{i}", "", "share", "calibrated", 0, (i,), math.nan, 0.005, Sampling(share=PEOPLE), 0.01)
        for i in range(3)
    ]


@cache
def fitted(points: int) -> Fitted:
    scores = spread_over_priors(points, PARAMETERS, 1)
    generator = np.random.default_rng(2)
    shares = truth(scores)[:, None, :].repeat(REPLICATIONS, axis=1)
    counts = generator.binomial(800, shares)
    return fit(figures(), scores, (counts / 800.0)[None], points)


def published(scores: Floats, generator: np.random.Generator) -> Floats:
    """What would be published of one truth: with chance, with what the model leaves out, rounded."""
    (shares,) = truth(scores[None])
    made = []
    for figure, share in zip(figures(), shares, strict=True):
        sd = math.sqrt(float(figure.variance(np.array([share]))[0]) + figure.discrepancy**2)
        made.append(round((share + sd * generator.standard_normal()) * 100.0) / 100.0)
    return np.array(made)


def ranks_of(sets: int, steps: int) -> NDArray[np.int64]:
    """Ranks of the true scores among the draws of the posterior: data set x parameter, 0 to RANKS."""
    generator = np.random.default_rng(3)
    ranks = []
    for number in range(sets):
        true = generator.standard_normal(PARAMETERS)
        data = published(true, generator)
        chains = sample(fitted(128), data, PARAMETERS, RANKS * 20, 100 + number, steps=steps, most_steps=steps)
        ranks.append((chains.scores[:RANKS] < true).sum(axis=0))
    return np.array(ranks)


def coverage(ranks: NDArray[np.int64], level: float) -> float:
    """Share of the ranks in the central interval of a level; ranks are even over 0 to RANKS if all is well."""
    edge = (1.0 - level) / 2.0 * (RANKS + 1)
    return float(((ranks >= edge - 1e-9) & (ranks <= RANKS - edge + 1e-9)).mean())


def chi_square(ranks: NDArray[np.int64], bins: int = 5) -> float:
    """Of the rank histogram against an even one, with bins - 1 degrees of freedom."""
    counts = np.bincount(ranks * bins // (RANKS + 1), minlength=bins)
    return float(((counts - ranks.size / bins) ** 2 / (ranks.size / bins)).sum())


def check(ranks: NDArray[np.int64], levels: tuple[float, ...]) -> None:
    """Coverage within four standard errors, and rank histograms even, for every parameter."""
    for of_parameter in ranks.T:
        for level in levels:
            z = (coverage(of_parameter, level) - level) / math.sqrt(level * (1.0 - level) / len(ranks))
            assert abs(z) < 4, (level, z)
        assert chi_square(of_parameter) < 4 + 4 * math.sqrt(2 * 4)  # Mean 4, variance 8.


def test_intervals_hold_as_often_as_they_say() -> None:
    check(ranks_of(12, 120), (0.5, 0.8))


@pytest.mark.long
def test_intervals_hold_on_many_data_sets() -> None:
    check(ranks_of(400, 1500), (0.5, 0.8, 0.9))


def test_the_emulators_tell_the_truth() -> None:
    scores = np.random.default_rng(8).standard_normal((200, PARAMETERS))
    for i, (figure, emulator) in enumerate(zip(figures(), fitted(128).emulators, strict=True)):
        mean, error = expected(figure, emulator, scores)
        off = (truth(scores)[:, i] - mean) / np.sqrt(error)
        assert off.std() < 1.5  # Nothing is claimed too much;
        assert np.sqrt(error.mean()) < 0.0087  # and less is unknown than after a simulation: 0.5 / sqrt(3200).
