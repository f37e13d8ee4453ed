"""On what terms later years count: the discount rates, and what becomes of the saving after the ledger."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.spells import Floats
from sim.config.schema.money import Money

AT_END = 4
"""Quarters at the end of the ledger whose saving may last."""


class Discount(NamedTuple):
    """Discount rates by year.

    Attributes
    ----------
    rates
        (first year, rate a year) in the order of the years; year 0 is the first calendar year of the ledger.
    """

    rates: tuple[tuple[int, float], ...]

    def factors(self, years: Sequence[int]) -> Floats:
        """Give the discount factor of each calendar year; of the first it is 1.

        The factor of year t is that of year t - 1 divided by 1 + the rate in force in year t: as the Ministry of
        Finance's rates are meant, of which a lower one counts for the later years only. With one rate it is
        ``(1 + rate) ** -t``.
        """
        return np.array([self._factor(year - years[0]) for year in years])

    def _factor(self, t: int) -> float:
        ends = [first - 1 for first, _ in self.rates[1:]]
        made, before = 1.0, 0
        for (_, rate), end in zip(self.rates, [*ends, t], strict=True):
            until = min(t, end)
            if until > before:
                made *= (1.0 + rate) ** -(until - before)
                before = until
        return made

    def __str__(self) -> str:
        """Write the rates: "4 % a year", "3.5 % a year, 2.5 % from year 36"."""
        (_, first), *later = self.rates
        steps = [f"{100.0 * rate:.3g} % from year {year}" for year, rate in later]
        return ", ".join([f"{100.0 * first:.3g} % a year", *steps])


class Terms(NamedTuple):
    """On what terms later years count.

    Attributes
    ----------
    discount
        Rates of present values.
    half_lives
        Years after which half of a saving is left; a choice for each.
    years
        Years after the ledger that are counted.
    """

    discount: Discount
    half_lives: tuple[float, ...] = ()
    years: int = 0


def terms_of(money: Money) -> Terms:
    """Read the terms from prices."""
    rates = ((0, money.discount_rate), *((step.from_year, step.rate) for step in money.discount_steps))
    return Terms(Discount(rates), tuple(money.persistence.half_life_years), money.persistence.years)


def beyond(saving: Floats, q: Quarters, terms: Terms) -> Mapping[str, float]:
    """Give the present value of what is saved after the ledger, by what one takes to become of the saving.

    With F the saving a year in the last four quarters (all, if there are fewer), year k = 1, 2, ... after the ledger
    saves F times the mean over that year of 2 ** -(t / half-life), t in years since the end: F x (h / ln 2) x
    (2 ** -((k - 1) / h) - 2 ** -(k / h)). A permanent saving is F each year, none is 0.

    Parameters
    ----------
    saving
        The municipality's saving by quarter, not discounted.
    q
        The quarters.
    terms
        Discount rates, half-lives and years.

    Returns
    -------
    dict
        By choice, in words: kr.
    """
    if not terms.years:
        return {}
    last = q.years[-1]
    later = range(last + 1, last + 1 + terms.years)
    factors = terms.discount.factors([q.years[0], *later])[1:]
    yearly = float(saving[-AT_END:].sum() / (q.weeks / q.year_weeks)[-AT_END:].sum())
    until = f"to {later[-1]}"
    made = {f"no effect after {last}": 0.0}
    for half_life in terms.half_lives:
        left = np.array([2.0 ** -(k / half_life) for k in range(terms.years + 1)])
        means = half_life / math.log(2.0) * np.array([a - b for a, b in pairwise(left.tolist())])
        unit = "year" if half_life == 1 else "years"
        made[f"half-life of {half_life:g} {unit}, {until}"] = yearly * float((means * factors).sum())
    made[f"permanent effect, {until}"] = yearly * float(factors.sum())
    return made
