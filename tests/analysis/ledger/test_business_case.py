"""Payback, break-even and savings, by hand."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.calendar import quarters
from sim.analysis.ledger.business_case import Case, case, even_by_year, payback
from sim.analysis.ledger.figures import figures
from sim.analysis.ledger.lines import Amounts
from sim.analysis.ledger.terms import Discount, Terms
from tests.analysis.ledger.pricing import frame, money, priced

Q = quarters(date(2017, 1, 1), 157)  # 2017-2019: three years of 365 days, but for two days left out.
YEARS = 12


def terms(rate: float) -> Terms:
    return Terms(Discount(((0, rate),)))


def paid(net: list[float]) -> float:
    amounts = np.array(net + [0.0] * (YEARS - len(net)))
    return payback(np.maximum(amounts, 0.0), amounts, Q)


def test_the_money_is_back_within_the_quarter_in_which_the_line_crosses() -> None:
    """100 paid in the first quarter, 50 back in each of the second and third: at the end of the third."""
    assert paid([100, -50, -50]) == pytest.approx(273 / 365)
    assert paid([100, -50, -100]) == pytest.approx((181 + 92 / 2) / 365)


def test_never_back() -> None:
    assert paid([100, -50]) == math.inf
    assert paid([100, -150, 100]) == math.inf  # Back for a while only.


def test_back_for_good() -> None:
    assert paid([100, -150, 100, -100]) == pytest.approx((273 + 92 / 2) / 365)
    assert paid([0, -10, 5]) == 0.0  # The saving came first.


def test_payback_counts_from_the_first_krone() -> None:
    """100 paid in the first quarter of the second year, with and without a saving before."""
    assert paid([0, 0, 0, 0, 100, -50, -50]) == pytest.approx(273 / 365)
    assert paid([0, -50, 0, 0, 100, -50]) == pytest.approx(181 / 365)
    assert paid([0, -99, 0, 0, 100, 0, 0, 0, -1]) == pytest.approx(1 + 90 / 365)


def test_nobody_breaks_even_before_the_first_krone() -> None:
    net = np.zeros(YEARS)
    net[[0, 4, 8]] = [-10.0, 100.0, -90.0]
    spent = np.maximum(net, 0.0)
    assert even_by_year(spent, net, Q) == pytest.approx((math.nan, 0.0, 1.0), nan_ok=True)
    assert even_by_year(np.zeros(YEARS), net, Q) == pytest.approx([math.nan] * 3, nan_ok=True)


def test_nothing_paid_in_addition() -> None:
    nothing = np.zeros(YEARS)
    assert math.isnan(payback(nothing, nothing, Q))
    assert math.isnan(payback(-np.ones(YEARS), -np.ones(YEARS), Q))
    assert math.isnan(payback(np.full(YEARS, 1e-9), nothing, Q))  # The rounding of sums.


STAFF = {"coordinator_kr_per_year": 104_000, "counted_by": "filled"}


def side(weeks: float, posts: float) -> Amounts:
    """So many weeks on benefit, and full-time posts, in each quarter."""
    prices = money(staff=STAFF)
    f = frame(prices)
    return priced(prices, f, benefit=np.full((1, 1, 8), weeks), filled=posts * f.quarters.weeks)


def test_a_case_by_hand() -> None:
    """One post for two years costs 208,000; 100 citizens; a week of benefit costs 52,000 / (365 / 7)."""
    q = frame(money()).quarters
    made = case(side(90.0, 1.0), side(100.0, 0.0), 100, q, terms(0.0))
    week = 52_000 * 7 / 365
    assert made.extra_cost == pytest.approx(208_000)
    assert made.saving == pytest.approx(80 * week)
    assert made.net_municipality == pytest.approx(208_000 - 80 * week)
    assert math.isnan(made.net_state)  # The price is net of the state's refund.
    assert math.isnan(made.net_public)
    assert made.benefit_weeks == pytest.approx(0.8)
    assert made.saved_weeks == pytest.approx(0.8)
    assert made.break_even_weeks == pytest.approx(208_000 / week / 100)
    assert made.payback_years == math.inf
    assert made.even_by_year == (0.0, 0.0)


def test_exactly_the_break_even_effect_pays_the_cost() -> None:
    q = frame(money()).quarters
    weeks = case(side(100.0, 1.0), side(100.0, 0.0), 100, q, terms(0.0)).break_even_weeks
    made = case(side(100.0 - weeks * 100 / 8, 1.0), side(100.0, 0.0), 100, q, terms(0.0))
    assert made.saved_weeks == pytest.approx(made.break_even_weeks)
    assert made.net_municipality == pytest.approx(0.0, abs=1e-6)


@given(st.floats(0, 0.2))
def test_present_values_discount_each_year(rate: float) -> None:
    q = frame(money()).quarters
    made = case(side(90.0, 1.0), side(100.0, 0.0), 100, q, terms(rate))
    assert made.extra_cost == pytest.approx(104_000 * (1 + 1 / (1 + rate)))
    assert made.extra_cost - made.saving == pytest.approx(made.net_municipality)


def test_a_cheaper_variant_has_nothing_to_break_even_with() -> None:
    q = frame(money()).quarters
    made = case(side(100.0, 0.0), side(100.0, 1.0), 100, q, terms(0.0))
    assert math.isnan(made.break_even_weeks)
    assert math.isnan(made.payback_years)
    assert made.net_municipality == pytest.approx(-208_000)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=12), st.integers(2, 4))
def test_cases_that_are_repeated_for_each_draw_say_no_more(costs: list[float], copies: int) -> None:
    """Each draw's case k times over gives the figures and the intervals of the draws alone."""
    alone = [
        Case(c, -c, c, 2 * c, 3 * c, c, c, c, 1.0, (float("nan"), float(c > 0), 1.0), {"for ever": c}) for c in costs
    ]
    repeated = [one for one in alone for _ in range(copies)]
    for a, b in zip(figures(alone, Q), figures(repeated, Q, copies), strict=True):
        assert b[:2] == a[:2]
        assert b[2:5] == pytest.approx(a[2:5], rel=1e-6, abs=1e-6, nan_ok=True), a.name
