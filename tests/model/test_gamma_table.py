"""The table of gamma quantiles against scipy, over all probabilities that a draw can have."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import special

from sim.model.gamma import gamma_from_table, gamma_table

DRAWS = 2.0**52
SHAPES = (0.04, 0.2, 0.5, 0.9, 1.0, 1.23, 2.0, 4.0, 11.1, 100.0, 2500.0)


def probabilities() -> list[float]:
    """What `uniform` can give: the outermost draws at both ends, and others spread evenly over z."""
    inner = [0.5 * math.erfc(-z / math.sqrt(2.0)) for z in np.linspace(-8.1, 8.1, 1201)]
    ends = [(n + 0.5) / DRAWS for n in (0, 1, 2, 50, 2**20)]
    return sorted({*ends, *(1.0 - u for u in ends), *(u for u in inner if 0.0 < u < 1.0)})


@pytest.mark.parametrize("shape", SHAPES)
def test_ten_digits_everywhere(shape: float) -> None:
    table = gamma_table(shape)
    for u in probabilities():
        expected = special.gammaincinv(shape, u) if u < 0.5 else special.gammainccinv(shape, 1.0 - u)
        if expected > 1e-280:
            assert gamma_from_table(table, u) == pytest.approx(expected, rel=3e-10), u
        else:
            assert gamma_from_table(table, u) < 1e-270


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape >= 0.5])
def test_eleven_digits_for_all_but_the_widest(shape: float) -> None:
    table = gamma_table(shape)
    for u in probabilities():
        expected = special.gammaincinv(shape, u) if u < 0.5 else special.gammainccinv(shape, 1.0 - u)
        assert gamma_from_table(table, u) == pytest.approx(expected, rel=1e-11), u


@pytest.mark.parametrize("shape", SHAPES)
def test_more_luck_never_takes_longer(shape: float) -> None:
    """Over neighbouring knots of the table too, whose polynomials differ."""
    table = gamma_table(shape)
    values = [gamma_from_table(table, u) for u in probabilities()]
    assert all(low <= high for low, high in pairwise(values))
