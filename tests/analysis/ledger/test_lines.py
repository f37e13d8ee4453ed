"""Quantities times prices: by hand for each kind of line, and the identities between lines."""

import math
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analysis.calendar import quarters
from sim.analysis.ledger.lines import (
    BOTH,
    EFFORT,
    IN_ALL,
    IN_ALL_REGION,
    MUNICIPALITY,
    REGION,
    STATE,
    Line,
    full_time_weeks,
    steps_of,
    yearly_price,
)
from sim.catalogue import DESTINATIONS
from sim.config.schema.money import BenefitCost
from tests.analysis.ledger.pricing import LADDER, counts, frame, money, priced

JOB, FLEKSJOB, PENSION = (DESTINATIONS.index(name) for name in ("job", "fleksjob", "pension"))


def of(amounts: dict[Line, np.ndarray], name: str, payer: str = MUNICIPALITY) -> float:
    """All quarters of a line."""
    return float(next(v for line, v in amounts.items() if line.name == name and line.payer == payer).sum())


def test_the_refund_ladder_of_the_law() -> None:
    """80 / 40 / 30 / 20 % by the state for weeks up to 4 / 5-26 / 27-52 / 53 and more [law]."""
    ladder = BenefitCost.model_validate({"refund_ladder": {"kr_per_month": 1_000}})
    municipality, state = yearly_price(ladder, np.array([0.0, 4.0, 26.0, 52.0]))
    assert state.tolist() == pytest.approx([9_600, 4_800, 3_600, 2_400])
    assert municipality.tolist() == pytest.approx([2_400, 7_200, 8_400, 9_600])


def test_a_full_year_costs_the_yearly_price_also_a_leap_year() -> None:
    for start in (date(2018, 1, 1), date(2020, 1, 1)):
        f = frame(money(), start=start)
        q = f.quarters
        table = priced(money(), f, benefit=q.weeks.reshape(1, 1, -1))
        first = next(v for line, v in table.items() if line.name == "cash" and line.payer == MUNICIPALITY)
        assert q.by_year(first)[0] == pytest.approx(52_000)


def test_a_spell_priced_by_hand() -> None:
    """30 weeks from the first day: 4 at 20 %, 22 at 60 %, 4 at 70 % of 12,000 a year of 365 / 7 weeks."""
    prices = money(benefits=LADDER)
    f = frame(prices)
    weeks = np.zeros((1, 4, len(f.quarters.years)))
    weeks[0, :3, 0] = [4, 22, 4]
    table = priced(prices, f, benefit=weeks)
    week = 12_000 * 7 / 365
    assert of(table, "cash") == pytest.approx(week * (4 * 0.2 + 22 * 0.6 + 4 * 0.7))
    assert of(table, "cash", STATE) == pytest.approx(week * (4 * 0.8 + 22 * 0.4 + 4 * 0.3))


@given(st.lists(st.floats(0, 1000), min_size=32, max_size=32), st.floats(0, 30_000))
def test_what_municipality_and_state_pay_is_the_gross_benefit(weeks: list[float], gross: float) -> None:
    prices = money(benefits={"cash": {"refund_ladder": {"kr_per_month": gross}}})
    f = frame(prices)
    benefit = np.array(weeks).reshape(1, 4, 8)
    table = priced(prices, f, benefit=benefit)
    expected = 12 * gross * (benefit.sum(axis=(0, 1)) / f.quarters.year_weeks).sum()
    assert of(table, "cash") + of(table, "cash", STATE) == pytest.approx(expected, abs=1e-6)
    assert of(table, "in all", BOTH) == pytest.approx(expected, abs=1e-6)


def after(weeks: float, destination: int, step: int = 3) -> np.ndarray:
    made = np.zeros((len(DESTINATIONS), 1, 4, 8))
    made[destination, 0, step, 2] = weeks
    return made


def test_an_exit_saves_costs_as_before_or_costs_its_own() -> None:
    own = {"pension": {"counts_as": "cost", "kr_per_year": 36_500, "state_share": 0.25}}
    for stated, expected in (
        ({}, 52.0 * 12_000 * 0.8),
        ({"pension": {"counts_as": "saving"}}, 0.0),
        (own, 52.0 * 36_500 * 0.75),
    ):
        prices = money(benefits=LADDER, destinations=stated)
        table = priced(prices, frame(prices), after=after(52.0, PENSION))
        word = prices.counts_as("pension").counts_as
        assert of(table, f"disability pension ({word})") == pytest.approx(expected * 7 / 365)
    prices = money(benefits=LADDER, destinations=own)
    table = priced(prices, frame(prices), after=after(52.0, PENSION))
    assert of(table, "disability pension (cost)", STATE) == pytest.approx(52.0 * 36_500 * 0.25 * 7 / 365)
    assert of(table, "job (saving)") == 0.0


SUBSIDY = {"refund_ladder": {"kr_per_month": 3_000}}
WAITING = {"refund_ladder": {"kr_per_month": 2_000}}


def test_a_benefit_after_the_exit_goes_on_along_the_ladder() -> None:
    """Ten weeks after the exit on each step: of 36,000 a year the municipality pays 20 / 60 / 70 / 80 % [law]."""
    prices = money(benefits=LADDER, destinations={"pension": {"counts_as": "benefit", "benefit": SUBSIDY}})
    f = frame(prices)
    assert f.steps.tolist() == [0, 4, 26, 52]
    weeks = np.sum([after(10.0, PENSION, step) for step in range(4)], axis=0)
    table = priced(prices, f, after=weeks)
    year = 36_000 * 10 * 7 / 365
    assert of(table, "disability pension (benefit)") == pytest.approx(year * (0.2 + 0.6 + 0.7 + 0.8))
    assert of(table, "disability pension (benefit)", STATE) == pytest.approx(year * (0.8 + 0.4 + 0.3 + 0.2))
    assert of(table, "in all") == pytest.approx(year * 2.3)
    assert of(table, "in all", BOTH) == pytest.approx(year * 4)


def test_some_are_paid_another_benefit_first() -> None:
    """Of 40 weeks after the exit 30 are the first: three quarters of them at 24,000 a year, all else at 36,000."""
    first = {"share": 0.75, "weeks": 52.0, "benefit": WAITING}
    cost = {"counts_as": "benefit", "benefit": SUBSIDY, "first": first}
    prices = money(benefits=LADDER, destinations={"fleksjob": cost})
    weeks, soon = after(40.0, FLEKSJOB), after(30.0, FLEKSJOB)
    table = priced(prices, frame(prices), after=weeks, after_first=soon)
    paid_first, later = 22.5 * 24_000 * 7 / 365, 17.5 * 36_000 * 7 / 365
    for payer, share in ((MUNICIPALITY, 0.8), (STATE, 0.2)):
        assert of(table, "fleksjob, paid first (benefit)", payer) == pytest.approx(share * paid_first)
        assert of(table, "fleksjob (benefit)", payer) == pytest.approx(share * later)
    assert of(table, "after exit: fleksjob, paid first", "") == pytest.approx(22.5 * 7 / 365)


@given(st.floats(0, 1), st.lists(st.floats(0, 1000), min_size=32, max_size=32))
def test_displacement_takes_its_share_of_what_jobs_save(share: float, weeks: list[float]) -> None:
    """Saved is what those in jobs would have cost; displaced cost a share of it: what is left is 1 - share of it."""
    left = np.zeros((len(DESTINATIONS), 1, 4, 8))
    left[JOB, 0] = np.array(weeks).reshape(4, 8)
    plain, displaced = (money(benefits=LADDER, **given) for given in ({}, {"displacement_share": share}))
    as_before = money(benefits=LADDER, destinations={"job": {"counts_as": "neutral"}})
    without, with_it, cost = (priced(prices, frame(prices), after=left) for prices in (plain, displaced, as_before))
    for payer in (MUNICIPALITY, STATE, BOTH):
        costs = of(with_it, "in all", payer) - of(without, "in all", payer)
        assert costs == pytest.approx(share * of(cost, "in all", payer), abs=1e-6)
    years = of(with_it, "kept out of jobs by those in jobs", "")
    assert years == pytest.approx(share * of(with_it, "after exit: job", ""), abs=1e-9)
    assert not any("kept out" in line.name for line in without)


def test_each_payer_pays_its_own_budgets() -> None:
    """Of the state's and the region's nothing is paid by the municipality; the region stands apart from both."""
    year = {"first_year": 2018, "last_year": 2018}
    budget = {
        "grant": {"covers": "programmes", "kr_per_year": 300_000, "payer": "state", **year},
        "clinic": {"covers": "other", "kr_per_year": 50_000, "payer": "region", **year},
        "own": {"covers": "evaluation", "kr_per_year": 7_000, **year},
    }
    prices = money(benefits=LADDER, budget=budget)
    table = priced(prices, frame(prices))
    in_all = {payer: of(table, "in all", payer) for payer in (MUNICIPALITY, STATE, BOTH, REGION)}
    assert in_all == pytest.approx({MUNICIPALITY: 7_000, STATE: 300_000, BOTH: 307_000, REGION: 50_000})
    assert float(table[EFFORT].sum()) == pytest.approx(7_000)
    assert of(table, "all budgets") == pytest.approx(7_000)
    assert IN_ALL_REGION not in priced(money(), frame(money()))  # Not known, so not shown as nothing.


def test_by_default_a_job_is_a_saving_and_a_pension_neutral() -> None:
    kinds = {d: money().counts_as(d).counts_as for d in DESTINATIONS}
    assert kinds == {
        "job": "saving", "education": "saving", "other": "saving",
        "fleksjob": "neutral", "pension": "neutral", "resource_course": "neutral",
    }  # fmt: skip


def test_a_change_into_a_scheme_that_costs_as_much_saves_nothing() -> None:
    prices = money(benefits={"cash": LADDER["cash"], "course": LADDER["cash"]})
    f = frame(prices, schemes=2)
    stayed, changed = np.zeros((2, 4, 8)), np.zeros((2, 4, 8))
    stayed[0, 3] = 10.0
    changed[0, 3, :4], changed[1, 3, 4:] = 10.0, 10.0
    a, b = (priced(prices, f, ("cash", "course"), benefit=weeks) for weeks in (changed, stayed))
    assert of(a, "course") > 0
    assert of(a, "in all") == pytest.approx(of(b, "in all"))


@given(st.dates(date(2015, 1, 1), date(2020, 12, 31)), st.integers(1, 230), st.integers(2014, 2022))
def test_a_budget_costs_its_part_of_every_day(start: date, weeks: int, first: int) -> None:
    budget = {"b": {"covers": "evaluation", "kr_per_year": 1_000_000, "first_year": first, "last_year": first + 1}}
    prices = money(budget=budget)
    f = frame(prices, start=start, weeks=weeks)
    table = priced(prices, f)
    days = [start + timedelta(days=n) for n in range(7 * weeks - f.quarters.left_out_days)]
    by_year = [
        1_000_000 * sum(day.year == year for day in days) / (date(year + 1, 1, 1) - date(year, 1, 1)).days
        if first <= year <= first + 1 else 0.0
        for year in f.quarters.calendar_years
    ]  # fmt: skip
    line = next(v for line, v in table.items() if line.name == "budget: b")
    assert f.quarters.by_year(line) == pytest.approx(np.array(by_year), abs=1e-6)
    assert float(line.sum()) == pytest.approx(math.fsum(by_year), abs=1e-6)
    assert float(table[EFFORT].sum()) == pytest.approx(math.fsum(by_year), abs=1e-6)


def test_one_day_of_a_year_costs_a_day_of_its_budgets() -> None:
    budget = {
        "evaluation": {"covers": "evaluation", "kr_per_year": 365_000, "first_year": 2018, "last_year": 2018},
        "posts": {"covers": "staff", "kr_per_year": 3_650, "first_year": 2018, "last_year": 2018},
    }
    f = frame(money(), start=date(2018, 12, 31), weeks=52)
    for basis, effort in (("posts", 1_000), ("budget", 1_010)):
        prices = money(budget=budget, staff={"coordinator_kr_per_year": 1, "counted_by": basis})
        table = priced(prices, f)
        assert of(table, "all budgets") == pytest.approx(1_010)
        assert float(table[EFFORT].sum()) == pytest.approx(effort)


def test_what_the_state_pays_is_unknown_under_flat_prices() -> None:
    """Also of a mixture: whatever was added would not be what the state pays. The municipality's part is known."""
    prices = money(benefits={"cash": LADDER["cash"], "course": {"flat": {"kr_per_year": 36_500}}})
    f = frame(prices, schemes=2)
    table = priced(prices, f, ("cash", "course"), benefit=np.full((2, 4, 8), 1.0))
    assert of(table, "cash", STATE) > 0
    assert of(table, "course") == pytest.approx(32 * 36_500 * 7 / 365)
    for name, payer in (
        ("course", STATE),
        ("disability pension (neutral)", STATE),
        ("in all", STATE),
        ("in all", BOTH),
    ):
        assert math.isnan(of(table, name, payer)), (name, payer)
    assert of(table, "job (saving)", STATE) == 0.0
    assert of(table, "in all") == of(table, "cash") + of(table, "course")


def test_benefits_of_similar_names_have_lines_of_their_own() -> None:
    prices = money(benefits={"a_b": LADDER["cash"], "a b": LADDER["cash"]})
    f = frame(prices, schemes=2)
    weeks = np.zeros((2, 4, 8))
    weeks[0, 3, 0], weeks[1, 3, 0] = 365 / 7, 2 * 365 / 7
    table = priced(prices, f, ("a_b", "a b"), benefit=weeks)
    assert [of(table, name) for name in ("a_b", "a b", "in all")] == pytest.approx([9_600, 19_200, 28_800])
    assert [of(table, f"on {name}", "") for name in ("a_b", "a b")] == pytest.approx([1.0, 2.0])


def test_participants_cost_by_the_week() -> None:
    prices = money(programme_kr_per_week=500, internship_kr_per_week=100)
    table = priced(prices, frame(prices), programme=np.ones(8), internship=np.full(8, 2.0))
    assert (of(table, "programmes"), of(table, "internships")) == (4_000, 1_600)
    assert not any(line.name == "internships" for line in priced(money(), frame(money()), internship=np.ones(8)))


def test_filled_posts_or_all_posts_are_counted_but_both_are_shown() -> None:
    f = frame(money())
    year = f.quarters.year_weeks
    for basis, expected in (("posts", 0.0), ("filled", 530_000 * 8)):
        prices = money(staff={"coordinator_kr_per_year": 530_000, "counted_by": basis})
        table = priced(prices, f, filled=year)
        assert of(table, "coordinators, filled") == pytest.approx(530_000 * 8)
        assert float(table[EFFORT].sum()) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1e4), min_size=64, max_size=64), st.sampled_from(["posts", "filled", "budget"]))
def test_the_lines_that_count_sum_to_the_totals(values: list[float], basis: str) -> None:
    staff = {"coordinator_kr_per_year": 530_000, "counted_by": basis}
    budget = {"b": {"covers": "staff", "kr_per_year": 7, "first_year": 2018, "last_year": 2019}}
    prices = money(benefits=LADDER, staff=staff, budget=budget, programme_kr_per_week=3)
    f = frame(prices)
    x = np.array(values)
    left = np.zeros((len(DESTINATIONS), 1, 4, 8))
    left[JOB, 0, 0], left[PENSION, 0, 1] = x[48:56], x[56:]
    table = priced(prices, f, benefit=x[:32].reshape(1, 4, 8), filled=x[32:40], programme=x[40:48], after=left)
    for payer in (MUNICIPALITY, STATE):
        counted = [v for line, v in table.items() if line.counted and line.payer == payer]
        assert np.sum(counted, axis=0) == pytest.approx(table[IN_ALL[payer]])
    assert table[IN_ALL[BOTH]] == pytest.approx(table[IN_ALL[MUNICIPALITY]] + table[IN_ALL[STATE]])


def test_steps_are_those_of_all_schemes() -> None:
    two = money(benefits={
        "cash": {"flat": {"kr_per_year": 1}},
        "a": {"refund_ladder": {"kr_per_month": 1, "from_weeks": [0, 13], "state_share": [1, 0.5]}},
        "b": {"refund_ladder": {"kr_per_month": 1}},
    })  # fmt: skip
    steps = steps_of(two, money())
    assert steps.tolist() == [0, 4, 13, 26, 52]
    municipality, state = yearly_price(two.benefits["a"], steps)
    assert (municipality.tolist(), state.tolist()) == ([0, 0, 6, 6, 6], [12, 12, 6, 6, 6])


def test_posts_by_quarter() -> None:
    q = quarters(date(2018, 1, 1), 52)
    weeks = full_time_weeks([(1.0, -np.inf, np.inf), (0.5, 90 / 7, 1000.0), (1.0, 1.0, 2.0)], q)
    lengths = [b - a for a, b in pairwise(q.edges.tolist())]
    assert weeks.tolist() == pytest.approx([lengths[0] + 1.0, *(1.5 * n for n in lengths[1:])])


def test_nothing_costs_nothing() -> None:
    f = frame(money(benefits=LADDER))
    assert counts(f).benefit.sum() == 0
    assert all((v == 0).all() for v in priced(money(benefits=LADDER), f).values())
