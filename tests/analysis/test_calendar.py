"""The calendar: exact quarters, and whole weeks in them, also in awkward years."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.calendar import periods, quarters


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


def test_whole_weeks_are_put_where_their_fourth_day_lies() -> None:
    found = periods(date(2018, 1, 1), 60)
    assert [(period.kind, period.name, len(period.weeks)) for period in found] == [
        ("total", "2018-01-01 to 2019-02-24", 60),
        ("year", "2018", 52),
        ("year", "2019", 8),
        ("quarter", "2018Q1", 13),
        ("quarter", "2018Q2", 13),
        ("quarter", "2018Q3", 13),
        ("quarter", "2018Q4", 13),
        ("quarter", "2019Q1", 8),
    ]
    # As ISO 8601 counts: the week of Monday 30 December 2019 belongs to 2020, the one before to 2019.
    for week in periods(date(2018, 1, 1), 156)[0].weeks:
        monday = pd.Timestamp(2018, 1, 1) + pd.Timedelta(weeks=week - 1)
        (year,) = [p.name for p in periods(date(2018, 1, 1), 156) if p.kind == "year" and week in p.weeks]
        assert year == str(monday.isocalendar().year)


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("year", [2015, 2018, 2020, 2021, 2026])
def test_years_have_52_or_53_weeks_whatever_the_first_day(year: int, weekday: int) -> None:
    """2015, 2020 and 2026 have an ISO week 53."""
    start = date(year - 1, 12, 29) - timedelta(days=365) + timedelta(days=weekday)
    found = {period.name: period.weeks for period in periods(start, 160) if period.kind == "year"}
    assert sorted(week for weeks in found.values() for week in weeks) == list(range(1, 161))
    first = next(week for week in range(1, 161) if start + timedelta(days=7 * week - 4) >= date(year, 1, 1))
    after = next(week for week in range(1, 161) if start + timedelta(days=7 * week - 4) >= date(year + 1, 1, 1))
    assert found[str(year)] == tuple(range(first, after))
    assert len(found[str(year)]) in (52, 53)
    monday = start.weekday() == 0
    if monday:
        assert len(found[str(year)]) == date(year, 12, 28).isocalendar().week


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 300))
def test_most_days_of_a_week_lie_in_its_exact_quarter(start: date, weeks: int) -> None:
    """Both ways of dividing time agree but for three days of a week, and have the same names."""
    q = quarters(start, weeks)
    edges = dict(zip(q.names, pairwise(np.rint(q.edges * 7).astype(int).tolist()), strict=True))
    whole = {period.name: period.weeks for period in periods(start, weeks) if period.kind == "quarter"}
    for name, (first, last) in edges.items():
        numbers = whole.pop(name, ())
        assert all(min(last, 7 * week) - max(first, 7 * (week - 1)) >= 4 for week in numbers)
        assert abs(7 * len(numbers) - (last - first)) <= 6
    assert sum(map(len, whole.values())) == (q.left_out_days >= 4)  # The week that ends in the days left out.
