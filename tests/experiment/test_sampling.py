"""Space-filling designs have the properties they are chosen for, exactly."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.experiment.sampling import on_scale, unit_points
from sim.config.experiment.schema import Design, LatinHypercube, Sobol
from tests.experiment.files import head


def cube(points: int, seed: int = 1) -> Design:
    return Design(latin_hypercube=LatinHypercube(points=points, seed=seed))


def sobol(points: int, seed: int = 1) -> Design:
    return Design(sobol=Sobol(points=points, seed=seed))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(2, 60), st.integers(1, 6), st.integers(0, 2**63 - 1))
def test_a_latin_hypercube_has_one_point_in_every_strip(points: int, dimensions: int, seed: int) -> None:
    strips = np.floor(unit_points(cube(points, seed), dimensions) * points)
    for column in strips.T:
        assert sorted(column) == list(range(points))


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_sobol_points_are_balanced_in_every_box(seed: int) -> None:
    # In two dimensions a scrambled Sobol' sequence is a (0, m, 2)-net: one of 2**m points in each box of
    # area 2**-m with sides that are powers of a half.
    m = 5
    points = unit_points(sobol(2**m, seed), 2)
    for k in range(m + 1):
        boxes = np.floor(points * [2**k, 2 ** (m - k)]).astype(int)
        assert len({tuple(box) for box in boxes}) == 2**m
    # Random points would not be: all 32 in different boxes has a chance of 32! / 32**32.
    drawn = np.random.default_rng(seed).random((2**m, 2))
    assert len({tuple(box) for box in np.floor(drawn * [2**3, 2**2]).astype(int)}) < 2**m


def test_a_longer_sobol_sequence_begins_with_the_shorter() -> None:
    longer = unit_points(sobol(64), 3)
    assert np.array_equal(longer[:16], unit_points(sobol(16), 3))
    assert not np.array_equal(longer, unit_points(sobol(64, seed=2), 3))


def test_a_latin_hypercube_of_another_length_is_another() -> None:
    assert not np.array_equal(unit_points(cube(8), 2)[:4], unit_points(cube(4), 2))


units = st.floats(0, 1, exclude_max=True)


@settings(derandomize=True)
@given(st.lists(units, min_size=1), st.floats(0.001, 100), st.floats(0.001, 100), st.booleans(), st.booleans())
def test_drawn_values_stay_in_their_range(
    drawn: list[float], low: float, width: float, log: bool, whole: bool
) -> None:
    if whole:
        low, width = math.ceil(low), math.ceil(width)
    values = on_scale(drawn, low, low + width, log=log, whole=whole)
    assert all(low <= value <= low + width for value in values)
    assert [type(value) for value in values] == [int if whole else float] * len(drawn)
    assert [v for _, v in sorted(zip(drawn, values, strict=True))] == sorted(values)


def test_whole_numbers_are_equally_likely_the_ends_too() -> None:
    middle = [(i + 0.5) / 40 for i in range(40)]
    values = on_scale(middle, 3, 6, log=False, whole=True)
    assert values == [3] * 10 + [4] * 10 + [5] * 10 + [6] * 10


def test_a_log_scale_is_even_in_the_logarithm() -> None:
    assert on_scale([0.0, 0.25, 0.5, 0.75], 1, 16, log=True, whole=False) == pytest.approx([1, 2, 4, 8], rel=1e-14)
    assert on_scale([0.0, 0.25, 0.5, 0.75], 1, 17, log=False, whole=False) == [1, 5, 9, 13]


def test_the_design_reaches_the_configs() -> None:
    experiment = head(
        "design = { latin_hypercube = { points = 10, seed = 4 } }\n"
        '[factors."staffing.administration_share"]\nmin = 0.1\nmax = 0.5\n'
        '[factors."groups.ready.exits.job.hazard_per_week"]\nmin = 0.001\nmax = 1\nscale = "log"\n'
    )
    shares = [point.config.staffing.administration_share for point in experiment.points]
    assert sorted(math.floor((share - 0.1) / 0.04) for share in shares) == list(range(10))
    hazards = [point.config.groups["ready"].exits["job"].hazard_per_week for point in experiment.points]
    assert sorted(math.floor((math.log10(hazard) + 3) / 0.3) for hazard in hazards) == list(range(10))


def test_every_strip_of_a_whole_number_has_its_share() -> None:
    experiment = head(
        "design = { latin_hypercube = { points = 20 } }\n"
        '[factors."run.horizon_weeks"]\nmin = 10\nmax = 14\n'
        '[factors."run.warm_up_weeks"]\nmin = 0\nmax = 4\n'
    )
    for name, low in (("run.horizon_weeks", 10), ("run.warm_up_weeks", 0)):
        values = [point.cells[name] for point in experiment.points]
        assert [values.count(low + i) for i in range(5)] == [4] * 5
