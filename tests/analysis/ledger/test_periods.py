"""Calendar quarters in weeks, and discounting against the closed form of an annuity."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.ledger.periods import discount_factors, quarters


def test_209_weeks_from_new_year_are_four_whole_years_and_two_days_left_out() -> None:
    q = quarters(date(2018, 1, 1), 209)
    assert q.calendar_years == (2018, 2019, 2020, 2021)
    assert len(q.years) == 16
    assert q.left_out_days == 2
    assert q.by_year(q.weeks) * 7 == pytest.approx([365, 365, 366, 365], rel=1e-12)
    assert q.year_weeks[8] == 366 / 7
    assert q.edges[1] == 90 / 7  # 1 April


def test_a_year_may_be_observed_in_part() -> None:
    q = quarters(date(2018, 1, 1), 104)
    assert q.calendar_years == (2018, 2019)
    assert q.by_year(q.weeks) * 7 == pytest.approx([365, 363], rel=1e-12)
    assert q.left_out_days == 0
    inside = quarters(date(2018, 5, 15), 10)
    assert (inside.years, inside.numbers) == ((2018, 2018), (2, 3))
    assert inside.edges.tolist() == [0.0, 47 / 7, 10.0]


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 700))
def test_quarters_cover_the_observed_days_without_gaps(start: date, weeks: int) -> None:
    q = quarters(start, weeks)
    assert q.edges[0] == 0.0
    assert (np.diff(q.edges) > 0).all()
    assert round(q.edges[-1] * 7) + q.left_out_days == weeks * 7
    assert 0 <= q.left_out_days < 7
    for year, number, edge in zip(q.years, q.numbers, q.edges, strict=False):
        day = start + timedelta(days=round(edge * 7))
        assert (day.year, (day.month + 2) // 3) == (year, number)


@given(st.integers(1, 60), st.floats(0.001, 0.5))
def test_the_present_value_of_a_constant_amount_is_that_of_an_annuity_due(years: int, rate: float) -> None:
    factors = discount_factors(tuple(range(2018, 2018 + years)), rate)
    closed = (1 - (1 + rate) ** -years) / (rate / (1 + rate))
    assert factors.sum() == pytest.approx(closed, rel=1e-9)
    assert (discount_factors(tuple(range(2018, 2018 + years)), 0.0) == 1.0).all()
