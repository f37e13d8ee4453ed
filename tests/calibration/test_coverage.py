"""Simulation-based calibration on a simulated job centre: minutes, and what docs/calibration.md shows."""

import pytest

from tests.calibration.coverage import check, simulated


@pytest.mark.long
def test_intervals_hold_as_often_as_they_say() -> None:
    """With 200 data sets, a 95 % interval that holds 86 times in 100 is found with probability 0.87."""
    check(simulated(200, 2).ranks)
