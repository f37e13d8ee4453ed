"""How figures are written: decimals, signs, and what cannot be computed."""

import math

import pytest

from sim.report.view import (
    Estimate,
    Interval,
    Number,
    PlusMinus,
    figure,
    key_figures,
    middle,
    narrowest,
    p_value,
    scale_of,
    unit_text,
)

NAN = math.nan


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Number(1234.5678, 2), "1,234.57"),
        (Number(1234.5678, 0, signed=True), "+1,235"),
        (Number(-0.04, 1), "0.0"),
        (Number(-0.04, 1, signed=True), "+0.0"),
        (Number(15.02, 1, signed=True, suffix=" pp"), "+15.0 pp"),
        (Number(NAN, 1, suffix=" pp"), "-"),
        (Interval(-1.234, 0.5, 2), "-1.23 to 0.50"),
        (Interval(-1.234, 0.5, 2, signed=True), "-1.23 to +0.50"),
        (Interval(NAN, NAN, 2), "-"),
        (Estimate(Number(2.0, 1), Interval(1.0, 3.0, 1)), "2.0 (1.0 to 3.0)"),
        (Estimate(Number(2.0, 1), Interval(1.0, 3.0, 1), "*"), "2.0* (1.0 to 3.0)"),
        (Estimate(Number(2.0, 1), Interval(NAN, NAN, 1), "*"), "2.0"),
        (PlusMinus(Number(2.0, 1), 0.25), "2.0 ±0.2"),
        (PlusMinus(Number(2.0, 1), NAN), "2.0"),
        (PlusMinus(Number(NAN, 1), NAN), "-"),
    ],
)
def test_cells(cell: object, text: str) -> None:
    assert str(cell) == text


@pytest.mark.parametrize(
    ("half_widths", "of_narrowest", "of_middle"),
    [
        ([], 1, 1),
        ([NAN, 0.0], 1, 1),
        ([120.0], 0, 0),
        ([12.0], 0, 0),
        ([1.2], 1, 1),
        ([0.12], 2, 2),
        ([0.0001], 3, 3),
        ([0.012, 1.2, 12.0], 3, 1),
        ([12.0, NAN, 0.12], 2, 0),
    ],
)
def test_two_digits_of_the_half_width(half_widths: list[float], of_narrowest: int, of_middle: int) -> None:
    assert (narrowest(half_widths), middle(half_widths)) == (of_narrowest, of_middle)


def test_shares_are_in_per_cent() -> None:
    assert (scale_of("share"), unit_text("share")) == (100.0, "%")
    assert (scale_of("weeks"), unit_text("weeks")) == (1.0, "weeks")


def test_probability_values() -> None:
    assert [p_value(p) for p in (NAN, 0.0, 0.00099, 0.001, 0.0496, 1.0)] == [
        "-", "<0.001", "<0.001", "0.001", "0.050", "1.000",
    ]  # fmt: skip


def test_columns() -> None:
    assert [(c.heading, c.right, c.whole) for c in key_figures(figure("mean"))] == [
        ("key figure", False, False),
        ("unit", False, False),
        ("mean", True, True),
    ]
