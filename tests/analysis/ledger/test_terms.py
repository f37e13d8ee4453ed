"""Discount rates by year against factors written out by hand, and what is saved after the ledger."""

import math
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.calendar import quarters
from sim.analysis.ledger.terms import Discount, Terms, beyond, terms_of
from sim.config.schema.money import Money
from tests.analysis.ledger.pricing import CONFIGS, money

TO_2020 = Discount(((0, 0.04), (36, 0.03), (71, 0.02)))
"""4 / 3 / 2 % for years 0-35 / 36-70 / over 70 (Ministry of Finance, to 2020)."""
Q = quarters(date(2018, 1, 1), 105)  # Two years.


def test_each_rate_counts_for_its_own_years() -> None:
    """The factor of year t is that of the year before divided by 1 + the rate of year t, in whole fractions."""
    factors = TO_2020.factors(range(2018, 2018 + 101))
    exact = Fraction(1)
    for t in range(101):
        if t:
            rate = Fraction(4, 100) if t <= 35 else Fraction(3, 100) if t <= 70 else Fraction(2, 100)
            exact /= 1 + rate
        assert factors[t] == pytest.approx(float(exact), rel=1e-13)
    assert factors[0] == 1.0


def test_the_rates_in_force_by_hand() -> None:
    """3.5 % to year 35, then 2.5 % (from 7 January 2021)."""
    since_2021 = Discount(((0, 0.035), (36, 0.025)))
    found = since_2021.factors([2021, 2022, 2056, 2057, 2058])
    expected = [1.0, 1 / 1.035, 1.035**-35, 1.035**-35 / 1.025, 1.035**-35 / 1.025**2]
    assert found == pytest.approx(expected, rel=1e-14)


@given(st.floats(0, 0.5), st.integers(1, 60))
def test_steps_of_one_rate_are_that_rate(rate: float, years: int) -> None:
    many = Discount(((0, rate), (3, rate), (20, rate)))
    one = Discount(((0, rate),))
    calendar = range(2018, 2018 + years)
    assert many.factors(calendar) == pytest.approx(one.factors(calendar), rel=1e-12)
    assert one.factors(calendar).tolist() == [(1.0 + rate) ** -t for t in range(years)]


@given(st.integers(1, 60), st.floats(0.001, 0.5))
def test_the_present_value_of_a_constant_amount_is_that_of_an_annuity_due(years: int, rate: float) -> None:
    closed = (1 - (1 + rate) ** -years) / (rate / (1 + rate))
    assert Discount(((0, rate),)).factors(range(years)).sum() == pytest.approx(closed, rel=1e-9)


def test_rates_in_words() -> None:
    assert str(TO_2020) == "4 % a year, 3 % from year 36, 2 % from year 71"
    assert str(Discount(((0, 0.0),))) == "0 % a year"


def test_rates_come_from_the_prices() -> None:
    stated = money(
        discount_rate=0.04, discount_steps=[{"from_year": 36, "rate": 0.03}, {"from_year": 71, "rate": 0.02}]
    )
    assert terms_of(stated).discount == TO_2020


@pytest.mark.parametrize(
    ("file", "rates"),
    [
        ("discount_to_2020", ((0, 0.04), (36, 0.03), (71, 0.02))),
        ("discount_from_2021", ((0, 0.035), (36, 0.025))),
    ],
)
def test_the_ministrys_rates_are_shipped(file: str, rates: tuple[tuple[int, float], ...]) -> None:
    from sim.config.prices import prices

    stated = prices(money().model_dump(exclude_none=True), CONFIGS / "prices" / f"{file}.toml")
    assert isinstance(stated, Money)
    assert terms_of(stated).discount == Discount(rates)


def test_a_saving_after_the_ledger_by_hand() -> None:
    """1,000 a quarter in the last year, nothing before: 4,000 a year, which is halved every year."""
    saving = np.array([0.0] * 4 + [1_000.0] * 4)
    terms = Terms(Discount(((0, 0.25),)), (1.0,), 2)
    found = beyond(saving, Q, terms)
    assert list(found) == [
        "no effect after 2019", "half-life of 1 year, to 2021", "permanent effect, to 2021",
    ]  # fmt: skip
    after = [4_000 / 1.25**2, 4_000 / 1.25**3]  # 2020 and 2021, seen from 2018
    first, second = (1 - 0.5) / math.log(2), (0.5 - 0.25) / math.log(2)  # mean of 2 ** -t in each year
    assert list(found.values()) == pytest.approx([0.0, after[0] * first + after[1] * second, sum(after)])


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=8, max_size=8),
    st.lists(st.floats(0.1, 50), min_size=1, max_size=3, unique=True),
    st.integers(1, 40),
    st.floats(0, 0.3),
)
def test_a_saving_that_halves_lies_between_none_and_a_permanent_one(
    saving: list[float], half_lives: list[float], years: int, rate: float
) -> None:
    found = beyond(np.array(saving), Q, Terms(Discount(((0, rate),)), tuple(sorted(half_lives)), years))
    sizes = [abs(value) for value in found.values()]
    slack = 1e-9 * max(sizes)
    assert all(a <= b + slack for a, b in pairwise(sizes))


def test_a_year_observed_in_part_counts_as_much_of_a_year() -> None:
    """A ledger of one quarter: what it saves is a quarter of a year's saving."""
    q = quarters(date(2018, 1, 1), 12)._replace(edges=np.array([0.0, 365 / 28]))
    found = beyond(np.array([1_000.0]), q, Terms(Discount(((0, 0.0),)), (), 3))
    assert list(found.values()) == pytest.approx([0.0, 12_000.0])
