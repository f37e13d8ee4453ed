"""Screening, emulator, likelihood, chains, identification and scores against what is known exactly."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import norm

from sim.analysis.calibration.chains import draw
from sim.analysis.calibration.emulator import Emulator
from sim.analysis.calibration.figures import Looked, design_effect
from sim.analysis.calibration.identified import identify, sentences, word
from sim.analysis.calibration.likelihood import log_likelihood
from sim.analysis.calibration.predictive import crps, predictive, score
from sim.analysis.calibration.screening import screen
from sim.config.calibration.schema import OfPeople, Sampling

Floats = NDArray[np.float64]


def looked(value: float, rounding: float = 0.0, error: float = 0.1, unit: str = "weeks") -> Looked:
    return Looked("x", "x", unit, "calibrated", 0, (0,), value, rounding, Sampling(standard_error=error), 0.0)


class Exact:
    """A figure whose expected value is known: sqrt-scaled, as emulators are."""

    def __init__(self, weights: Floats, base: float) -> None:
        self.weights, self.base = weights, base

    def predict(self, scores: Floats) -> tuple[Floats, Floats]:
        return np.sqrt(self.base + scores @ self.weights), np.zeros(len(scores))


def test_screening_finds_the_shares_of_a_quadratic() -> None:
    """y = 2 z0 + z1^2 / sqrt 2 + noise: variances 4, 1 and 0.25."""
    generator = np.random.default_rng(1)
    z = generator.standard_normal((2000, 5))
    y = 2.0 * z[:, 0] + z[:, 1] ** 2 / math.sqrt(2.0) + 0.5 * generator.standard_normal(2000)
    found = screen(z, y, 0.25)
    # The variance of y itself varies: relative standard error sqrt(2 / 2000) or so for each share.
    assert np.abs(found.share[:2] - np.array([4.0, 1.0]) / 5.25).max() < 4 * math.sqrt(2.0 / 2000)
    assert found.active.tolist()[:2] == [0, 1]
    assert found.share[2:].max() < 0.005
    assert abs(found.slope[0] - 2.0) < 4 * 0.5 / math.sqrt(2000)


def test_an_effect_of_nothing_is_active_one_time_in_a_hundred() -> None:
    generator = np.random.default_rng(2)
    active = [
        screen(generator.standard_normal((100, 10)), generator.standard_normal(100), 1.0).active for _ in range(200)
    ]
    count = sum(len(one) for one in active)
    assert abs(count - 20) < 4 * math.sqrt(20)


def test_the_emulator_errs_as_much_as_it_says() -> None:
    """At new points (truth - prediction) / error is standard normal, or narrower: nothing is claimed too much."""
    generator = np.random.default_rng(3)

    def truth(z: Floats) -> Floats:
        return np.asarray(np.exp(0.4 * z[:, 0]) + 0.3 * z[:, 0] * z[:, 1] + 0.1 * np.sin(z[:, 1]), np.float64)

    z, new = generator.standard_normal((150, 3)), generator.standard_normal((300, 3))
    noise = np.full(150, 0.05**2)
    emulator = Emulator(z, truth(z) + 0.05 * generator.standard_normal(150), noise, [0, 1])
    mean, variance = emulator.predict(new)
    off = (truth(new) - mean) / np.sqrt(variance)
    assert abs(off.mean()) < 0.5  # Errors at neighbouring points are alike, so their mean is no mean of 300.
    assert off.std() < 1.5
    assert np.sqrt(((truth(new) - mean) ** 2).mean()) < 0.05  # Better than one simulation.


def test_the_likelihood_of_a_rounded_figure_is_the_probability_of_its_interval() -> None:
    emulator = Exact(np.array([1.0]), 10.0)
    scores = np.array([[0.0], [0.3], [8.0]])
    mean, sd = 10.0 + scores[:, 0], 0.2
    found = log_likelihood([looked(10.2, 0.5, sd)], [emulator], np.array([10.2]), scores)
    expected = np.log(norm.cdf(10.7, mean, sd) - norm.cdf(9.7, mean, sd)[:])
    assert found[:2] == pytest.approx(expected[:2], rel=1e-9)
    assert np.isfinite(found[2])
    assert found[2] < -500
    exact = log_likelihood([looked(10.2, 0.0, sd)], [emulator], np.array([10.2]), scores[:2])
    assert exact == pytest.approx(norm.logpdf(10.2, mean[:2], sd), rel=1e-9)


def test_a_figure_that_is_not_published_says_nothing() -> None:
    scores = np.zeros((2, 1))
    assert log_likelihood(
        [looked(math.nan)], [Exact(np.array([1.0]), 9.0)], np.array([math.nan]), scores
    ).tolist() == [0, 0]


def test_clusters_raise_the_sampling_error() -> None:
    form = OfPeople(citizens=867.0, cluster=130.0, intraclass=0.01)
    assert design_effect(form) == pytest.approx(2.29)
    figure = looked(0.1, unit="share")._replace(sampling=Sampling(share=form))
    assert figure.variance(np.array([0.1]))[0] == pytest.approx(0.1 * 0.9 / 867.0 * 2.29)


@pytest.fixture(scope="module")
def linear() -> tuple[Floats, Floats, Floats, Floats]:
    """Chains of a linear Gaussian model, with the exact mean and covariance of its posterior."""
    weights = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    error, published = 0.3, np.array([10.8, 9.7])
    figures = [looked(value, 0.0, error) for value in published]
    emulators = [Exact(row, 10.0) for row in weights]
    made = draw(lambda z: log_likelihood(figures, emulators, published, z), np.array([0, 1]), 3, 4000, 5)
    precision = np.eye(3) + weights.T @ weights / error**2
    covariance = np.linalg.inv(precision)
    mean = covariance @ (weights.T @ (published - 10.0)) / error**2
    assert made.settled
    return made.scores, mean, covariance, np.array([made.effective])


def test_chains_draw_from_the_posterior(linear: tuple[Floats, Floats, Floats, Floats]) -> None:
    scores, mean, covariance, effective = linear
    sds = np.sqrt(np.diag(covariance))
    independent = min(float(effective[0]), 4000.0)
    assert np.abs((scores.mean(axis=0) - mean) / (sds / math.sqrt(independent))).max() < 4
    assert np.abs(scores.std(axis=0) / sds - 1.0).max() < 4 / math.sqrt(2 * independent)


def test_the_same_seed_draws_the_same(linear: tuple[Floats, Floats, Floats, Floats]) -> None:
    def once() -> bytes:
        return draw(lambda z: -((z[:, 0] - 1.0) ** 2), np.array([0]), 2, 50, 9, most_steps=500).scores.tobytes()

    assert once() == once()


def test_what_is_not_identified_is_said(linear: tuple[Floats, Floats, Floats, Floats]) -> None:
    found = identify(linear[0])
    exact = np.sqrt(np.linalg.eigvalsh(linear[2]))
    assert np.abs(found.spreads / exact - 1.0).max() < 0.1
    assert found.known == 2
    assert word(found.ratios[2]) == "not learnt"
    said = sentences(found, ["a", "b", "c"], 2)
    assert said[0].startswith("the 2 targets fix 2 of 3 directions")
    assert "not learnt, so as uncertain as before: c" in said
    assert any(
        line.startswith("a and b cannot be told apart: more of one goes with less of the other") for line in said
    )


def test_crps_of_a_normal_sample() -> None:
    """Of N(0, 1) at y the score is y (2 Phi(y) - 1) + 2 phi(y) - 1 / sqrt pi (Gneiting and Raftery 2007)."""
    draws = norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    for y in (0.0, 0.7, -2.0):
        exact = y * (2 * norm.cdf(y) - 1) + 2 * norm.pdf(y) - 1 / math.sqrt(math.pi)
        assert crps(draws, y) == pytest.approx(exact, abs=2e-4)


def test_scores_of_a_forecast() -> None:
    forecast = predictive(looked(10.0, error=1.0), np.full(50, 10.0), np.zeros(50), 1, 1)
    near, far = score(forecast, 10.1, 0.0), score(forecast, 13.0, 0.0)
    assert near.inside == (True, True, True)
    assert far.inside == (False, False, False)
    assert far.surprise == pytest.approx(3.0, abs=0.05)
    assert far.tail < 0.01 < near.tail
    assert near.crps < far.crps


def test_chance_between_replications_is_taken_out_of_the_spread_between_draws() -> None:
    """Between draws 0.5, between replications 2, of which there are 4: the raw spread is sqrt(0.25 + 1)."""
    generator = np.random.default_rng(6)
    true = 10.0 + 0.5 * generator.standard_normal(4000)
    values = true[:, None] + 2.0 * generator.standard_normal((4000, 4))
    found = predictive(looked(10.0), values.mean(axis=1), values.var(axis=1, ddof=1), 4, 1)
    # Variance of the between-draws estimate: 2 (0.25 + 1)^2 / 4000, so 0.25 +- 0.028; its root +- 0.028.
    assert abs(found.parameter_sd - 0.5) < 4 * 0.03
    assert (found.high - found.low) == pytest.approx(2 * 1.96 * found.parameter_sd, rel=0.1)
