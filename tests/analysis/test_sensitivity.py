"""Tornado, designs and switching values on functions whose answer is known."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.sensitivity.designs import (
    check_size,
    morris_effects,
    morris_points,
    sobol_effects,
    sobol_points,
)
from sim.analysis.sensitivity.switching import MOST_STEPS, Search
from sim.analysis.sensitivity.tornado import bars, changes_sign
from sim.errors import UsageError

PAIRS = 30


def test_bars_are_paired_and_the_longest_comes_first() -> None:
    chance = np.random.default_rng(1).normal(size=(PAIRS, 1))
    slopes = np.array([0.5, -3.0, 0.0])
    low, high = (chance[None] + (sign * slopes)[:, None, None] for sign in (-1.0, 1.0))
    found = bars(chance, low, high)
    assert [bar.parameter for bar in found] == [1, 0, 2]
    for bar in found:  # The chance is the same everywhere, so no difference has any.
        slope = slopes[bar.parameter]
        assert bar.low.mean == pytest.approx(-slope, abs=1e-12)
        assert bar.high.mean == pytest.approx(slope, abs=1e-12)
        assert bar.swing.mean == pytest.approx(2.0 * slope, abs=1e-12)


def test_a_parameter_that_lies_at_its_end_is_as_long_as_its_whole_way() -> None:
    middle = np.zeros((PAIRS, 1))
    low, high = np.zeros((2, PAIRS, 1)), np.array([np.full((PAIRS, 1), 1.0), np.full((PAIRS, 1), 2.0)])
    assert [bar.parameter for bar in bars(middle, low, high)] == [1, 0]


def test_a_sign_that_changes() -> None:
    assert changes_sign(-2.0, (1.0, 3.0))
    assert not changes_sign(-2.0, (1.0, 1.9))
    assert not changes_sign(2.0, (math.nan, 5.0))


def test_morris_finds_the_slope_the_bend_and_nothing() -> None:
    """Outcome 2 x0 + 8 (x1 - 1/2)^2 over the unit interval: x0 has mu* 2 and sigma 0; x2 does nothing."""
    points = morris_points(3, 20, 0.9, seed=5)
    unit = (points - 0.05) / 0.9
    outcome = 2.0 * unit[:, 0] + 8.0 * (unit[:, 1] - 0.5) ** 2
    found = {e.parameter: e for e in morris_effects(points, outcome[:, None], 0.9, seed=5)}
    assert found[0].main == pytest.approx(2.0, abs=1e-9)
    assert found[0].total == pytest.approx(0.0, abs=1e-9)
    # Steps of 2/3 between levels 0, 1/3, 2/3, 1: the slope is 8 (x + x' - 1), +8/3 or -8/3.
    assert found[1].main == pytest.approx(8.0 / 3.0, abs=1e-9)
    assert found[1].total > 1.0
    assert found[2].main == 0.0
    assert points.min() >= 0.05 - 1e-12
    assert points.max() <= 0.95 + 1e-12


def test_sobol_indices_of_ishigami() -> None:
    """First-order .3139, .4424, 0 and total .5576, .4424, .2437 (Ishigami and Homma 1990; a = 7, b = 0.1)."""
    points = sobol_points(3, 1024, seed=5)
    x = math.pi * (2.0 * points - 1.0)
    outcome = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    found = {e.parameter: e for e in sobol_effects(outcome[:, None], 3, seed=5)}
    known = {0: (0.3139, 0.5576), 1: (0.4424, 0.4424), 2: (0.0, 0.2437)}
    for parameter, (first, total) in known.items():
        effect = found[parameter]  # Twice the half-width is 4 standard errors.
        assert abs(effect.main - first) < 2.0 * effect.main_half_width
        assert abs(effect.total - total) < 2.0 * effect.total_half_width
    assert found[1].main_half_width < 0.1  # So an index of 0 would be told from .44.


def test_an_outcome_that_never_moves_has_no_indices() -> None:
    points = sobol_points(2, 8, seed=1)
    assert all(math.isnan(e.main) for e in sobol_effects(np.ones((len(points), 1)), 2, seed=1))


def test_sobol_points_must_be_a_power_of_two() -> None:
    check_size(64)
    with pytest.raises(UsageError, match=r"^--sobol 100: must be a power of two, such as 64 or 128$"):
        check_size(100)


def follow(search: Search, outcome: Callable[[float], float]) -> Search:
    while (score := search.next_score) is not None:
        search.tell(outcome(score))
    return search


@given(root=st.floats(-1.6, 1.6), slope=st.sampled_from([-3.0, -0.1, 0.1, 3.0]), tolerance=st.floats(1e-6, 0.01))
def test_a_search_ends_within_the_tolerance(root: float, slope: float, tolerance: float) -> None:
    def outcome(score: float) -> float:
        return slope * (score - root)

    found = follow(Search(-1.645, 1.645, outcome(-1.645), outcome(1.645), tolerance), outcome)
    assert abs(outcome(found.score)) <= tolerance
    assert found.steps < MOST_STEPS


def test_a_step_is_found_where_it_is() -> None:
    def outcome(score: float) -> float:
        return -1.0 if score < 0.3 else 1.0

    assert follow(Search(-2.0, 2.0, -1.0, 1.0, 0.1), outcome).score == pytest.approx(0.3, abs=1e-6)


def test_one_sign_has_no_switching_value() -> None:
    search = Search(-2.0, 2.0, 1.0, 3.0, 0.1)
    assert search.next_score is None
    assert math.isnan(search.score)


def test_an_end_that_is_0_is_the_switching_value() -> None:
    search = Search(-2.0, 2.0, 1.0, 0.0, 0.1)
    assert search.next_score is None
    assert search.score == 2.0


def test_what_is_undefined_ends_the_search() -> None:
    search = follow(Search(-2.0, 2.0, -1.0, 1.0, 0.1), lambda _: math.nan)
    assert math.isnan(search.score)
    assert math.isnan(Search(-2.0, 2.0, math.nan, 1.0, 0.1).score)
