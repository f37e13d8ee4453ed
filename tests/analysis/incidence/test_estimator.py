"""The estimator of Aalen and Johansen: by hand, against statsmodels, and its order."""

import math

import numpy as np
import pytest
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from sim.analysis.incidence.estimator import LOST, cumulative_incidence


def estimate(weeks: list[float], causes: list[int], within: list[float], kinds: int) -> list[list[float]]:
    """Shares by cause and weeks."""
    shares: list[list[float]] = cumulative_incidence(np.array(weeks), np.array(causes), within, kinds).tolist()
    return shares


def test_by_hand() -> None:
    """One of four is lost at week 2: the two who are left stand for half as many again."""
    weeks, causes = [4.0, 1.0, 3.0, 2.0], [0, 0, 1, LOST]
    first, second = estimate(weeks, causes, [0.5, 1, 2, 3, 4, 9], 2)
    assert first == [0.0, 0.25, 0.25, 0.25, 0.625, 0.625]
    assert second == [0.0, 0.0, 0.0, 0.375, 0.375, 0.375]


def test_without_losses_it_is_the_plain_share_exactly() -> None:
    weeks = np.arange(1.0, 8.0)
    causes = np.array([0, 1, 0, 0, 1, 2, 0])
    for within in (0, 3, 4, 7):
        found = cumulative_incidence(weeks, causes, [within], 3)[:, 0]
        assert found.tolist() == [int((causes[:within] == kind).sum()) / 7 for kind in range(3)]


def test_who_is_lost_after_the_last_week_wanted_changes_nothing() -> None:
    """Without more than the first 10 weeks: 3 of 6 reached it, whoever is lost later."""
    assert estimate([1, 2, 3, 11, 12, 13], [0, 0, 0, LOST, LOST, LOST], [10], 1) == [[0.5]]


def test_at_one_moment_events_come_before_losses() -> None:
    assert estimate([1, 1], [LOST, 0], [1, 2], 1) == [[0.5, 0.5]]
    assert estimate([1, 1, 2], [LOST, 0, 0], [1, 2], 1) == [[1 / 3, 1.0]]


def test_the_order_of_people_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    weeks, causes = np.round(rng.exponential(20, 60)), rng.integers(-1, 2, 60)
    found = cumulative_incidence(weeks, causes, [5, 20, 40], 2)
    for _ in range(5):
        order = rng.permutation(60)
        again = cumulative_incidence(weeks[order], causes[order], [5, 20, 40], 2)
        np.testing.assert_allclose(again, found, rtol=0, atol=1e-14)


def test_nobody_and_one() -> None:
    assert np.isnan(estimate([], [], [13, 26], 3)).all()
    assert estimate([5], [LOST], [4, 5, 6], 1) == [[0.0, 0.0, 0.0]]
    assert estimate([5], [0], [4, 5, 6], 1) == [[0.0, 1.0, 1.0]]


def test_a_cause_that_is_not_told_of_competes() -> None:
    weeks, causes = [1.0, 2.0, 3.0], [1, LOST, 0]
    assert estimate(weeks, causes, [3], 1) == [estimate(weeks, causes, [3], 2)[0]] == [[2 / 3]]


@pytest.mark.parametrize("ties", [False, True])
def test_statsmodels_finds_the_same(ties: bool) -> None:
    rng = np.random.default_rng(7)
    for n in (3, 50, 400):
        weeks, causes = rng.exponential(30, n), rng.integers(-1, 3, n)
        if ties:
            weeks = np.ceil(weeks / 5)
        with np.errstate(all="ignore"):  # Of its standard errors, where the last is no loss.
            theirs = CumIncidenceRight(weeks, causes + 1)
            survival = SurvfuncRight(weeks, causes != LOST).surv_prob[-1]
        ours = cumulative_incidence(weeks, causes, theirs.times, 3)
        for kind, share in enumerate(theirs.cinc):
            np.testing.assert_allclose(ours[kind], share, rtol=0, atol=1e-12)
        assert math.isclose(ours[:, -1].sum(), 1 - survival, abs_tol=1e-12)
