"""Two uncertainties apart: exact identities, and what is known of their estimates."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.comparison.moments import PairedMoments
from sim.analysis.comparison.paired import paired, wilson, wilson_by_draws
from sim.analysis.components import components, effective
from sim.analysis.course.band import band
from sim.analysis.draws import with_draws
from sim.analysis.summary import summarise, summarise_many

VALUES = st.lists(st.integers(-1000, 1000), min_size=12, max_size=12)


@given(VALUES, st.sampled_from([2, 3, 4, 6]))
def test_the_sums_of_squares_add_up(whole: list[int], per_draw: int) -> None:
    """Total = within + between, in any analysis of variance; where between is not cut at 0."""
    values = np.array(whole, np.float64)
    found = components(values, per_draw)
    draws = len(values) // per_draw
    within = found.within_sd**2 * (len(values) - draws)
    total = float(((values - values.mean()) ** 2).sum())
    between = total - within
    estimate = (between / (draws - 1) - found.within_sd**2) / per_draw
    assert found.between_sd**2 == pytest.approx(max(estimate, 0.0), rel=1e-9, abs=1e-6)
    means = values.reshape(draws, per_draw).mean(axis=1)
    assert found.mean_se == pytest.approx(means.std(ddof=1) / math.sqrt(draws), rel=1e-9, abs=1e-9)


def test_by_hand() -> None:
    """Draws (1, 3), (5, 7): within 2, between (16 - 2) / 2 = 7, standard error of the mean 2."""
    found = components(np.array([1.0, 3.0, 5.0, 7.0]), 2)
    assert (found.mean, found.draws, found.replications) == (4.0, 2, 4)
    assert found.within_sd == pytest.approx(math.sqrt(2.0))
    assert found.between_sd == pytest.approx(math.sqrt(7.0))
    assert found.mean_se == pytest.approx(2.0)
    assert found.chance_se == pytest.approx(math.sqrt(0.5))
    # Means 2 and 6 are drawn together about 4 by sqrt(7 / 8).
    assert (found.low + found.high) / 2 == pytest.approx(4.0)
    assert found.high - found.low == pytest.approx(0.95 * 4.0 * math.sqrt(7.0 / 8.0))


def test_the_components_of_a_known_model() -> None:
    """sd 1 between draws, 2 within, 400 draws of 2: the estimates within four of their standard errors."""
    generator = np.random.default_rng(1)
    x = np.repeat(generator.standard_normal(400), 2) + 2.0 * generator.standard_normal(800)
    found = components(x, 2)
    # var of w: 2 w^2 / 400; of b: (2 (w + 2 b)^2 / 399 + 2 w^2 / 400) / 4.
    assert abs(found.within_sd**2 - 4.0) < 4 * math.sqrt(2 * 16 / 400)
    assert abs(found.between_sd**2 - 1.0) < 4 * math.sqrt((2 * 36 / 399 + 2 * 16 / 400) / 4)


def test_no_difference_between_draws_is_none() -> None:
    generator = np.random.default_rng(2)
    widths = [components(generator.standard_normal(100), 2).between_sd for _ in range(100)]
    # b is 0 whenever chance lets the draws' means differ less than it should: about half of the time.
    assert 25 < sum(width == 0.0 for width in widths) < 75


def test_one_replication_of_each_draw_cannot_be_told_apart() -> None:
    found = components(np.array([1.0, 2.0, 4.0]), 1)
    assert math.isnan(found.between_sd)
    assert found.mean_se == pytest.approx(np.std([1, 2, 4], ddof=1) / math.sqrt(3))


def test_undefined_replications_are_left_out() -> None:
    found = components(np.array([1.0, 3.0, math.nan, 7.0, math.nan, math.nan]), 2)
    assert (found.draws, found.replications) == (2, 3)
    assert components(np.full(4, math.nan), 2).replications == 0


def test_intervals_count_draws() -> None:
    """Each value twice: the interval is that of the values once."""
    once = np.random.default_rng(3).standard_normal(20)
    twice = np.repeat(once, 2)
    alone, naive, counted = paired(once, once * 0), paired(twice, twice * 0), paired(twice, twice * 0, 2)
    assert counted.ci95_low == pytest.approx(alone.ci95_low)
    assert counted.ci95_high == pytest.approx(alone.ci95_high)
    assert counted.p_value == pytest.approx(alone.p_value)
    assert counted.ci95_high - counted.ci95_low > naive.ci95_high - naive.ci95_low
    moments = PairedMoments((1,), 2)
    for value in twice:
        moments.add(np.array([value]), np.array([0.0]))
    found = moments.intervals()
    assert found.ci95_low[0] == pytest.approx(alone.ci95_low)
    assert found.replications[0] == 40


def test_the_summary_of_shares_counts_draws() -> None:
    once = np.random.default_rng(4).uniform(0.1, 0.3, 20)
    twice = np.repeat(once, 2)[None, :, None]
    highest = np.array([1.0])
    ((counted,),) = with_draws(summarise_many(twice, highest), twice, highest, 2)
    alone = summarise(once, 1.0)
    assert (counted.ci95_low, counted.ci95_high) == pytest.approx((alone.ci95_low, alone.ci95_high))
    assert counted.replications == 40


def test_effective_numbers_of_independent_values() -> None:
    values = np.array([1.0, 2.0, 4.0, 8.0])
    variance, many = effective(values, 1)
    assert many == 4
    assert variance == pytest.approx(values.var(ddof=1))


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=2, max_size=40), st.integers(2, 5))
def test_of_replications_that_agree_each_draw_is_one_trial(draws: list[float], copies: int) -> None:
    """Each draw repeated k times says no more than the draws themselves: the same interval as k = 1."""
    alone = wilson_by_draws(np.array(draws), 1)
    repeated = wilson_by_draws(np.repeat(draws, copies), copies)
    if set(draws) <= {0.0, 1.0}:
        assert repeated == pytest.approx(alone, abs=1e-12)
        assert alone == pytest.approx(wilson(sum(draws), len(draws)), abs=1e-12)
    assert repeated[0] == pytest.approx(alone[0], abs=1e-12)


def test_the_trials_by_hand() -> None:
    """Draws (1, 1), (0, 1), (0, 0): p = 1/2, se^2 = (1/4 + 1/4) / (3 x 2), so p (1 - p) / (se^2 2 / 3) is 9/2."""
    found = wilson_by_draws(np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0]), 2)
    assert found == pytest.approx(wilson(2.25, 4.5), abs=1e-12)


def test_draws_that_all_agree_are_one_trial_each() -> None:
    assert wilson_by_draws(np.ones(20), 2) == wilson(10, 10)
    assert wilson_by_draws(np.array([1.0, np.nan, 1.0, 1.0]), 2) == wilson(2, 2)
    assert wilson_by_draws(np.array([1.0, 0.0] * 6), 2) == wilson(
        6, 12
    )  # Draws alike: replications are independent.
    assert np.isnan(wilson_by_draws(np.full(4, np.nan), 2)).all()


@given(VALUES, st.sampled_from([2, 3, 4]))
def test_a_band_of_draws_that_are_repeated_is_that_of_the_draws(whole: list[int], copies: int) -> None:
    values = np.array(whole, np.float64).reshape(6, 2)
    alone, repeated = band(values), band(np.repeat(values, copies, axis=0), copies)
    for a, b in zip(alone[:3], repeated[:3], strict=True):
        assert b == pytest.approx(a, rel=1e-9, abs=1e-9)


def test_the_larger_of_two_by_draws() -> None:
    """A beats B in both replications of half of the draws: as many trials as there are draws."""
    wins = np.repeat(np.arange(10) % 2.0, 2)
    found = paired(wins, np.full(20, 0.5), 2)
    assert (found.larger_share, found.larger_ci95_low, found.larger_ci95_high) == pytest.approx(wilson(5, 10))
