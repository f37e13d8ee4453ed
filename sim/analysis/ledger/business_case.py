"""Whether it pays: what is paid in addition, what it brings, from when on, and what effect would be enough."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.lines import BOTH, EFFORT, IN_ALL, MUNICIPALITY, STATE, Amounts
from sim.analysis.ledger.spells import Floats
from sim.analysis.ledger.terms import Terms, beyond

ROUNDING = 0.01
"""An oere, in kr: sums of floating-point numbers that differ by less are the same money."""


class Case(NamedTuple):
    """The business case of one replication: A against B, present values in kr.

    Attributes
    ----------
    extra_cost
        What A costs more in staff, evaluation, programmes and other budgets.
    saving
        What the municipality saves on benefits and after exits.
    net_municipality, net_state, net_public
        What A costs more in all; negative: it saves. NaN: what the state pays is not known.
    benefit_weeks
        Weeks on benefit less, per treated citizen.
    saved_weeks
        The municipality's saving in weeks of benefit at B's mean price, per treated citizen.
    break_even_weeks
        The saving that would just pay the extra cost, in the same unit; NaN: A costs nothing in addition.
    payback_years
        From the first krone spent until the municipality has its money back for good, within the ledger; infinite:
        not; NaN: A costs nothing in addition in any quarter.
    even_by_year
        Has the municipality its money back at the end of each calendar year (1 or 0)? NaN: nothing is spent yet.
    beyond
        What the municipality saves after the ledger, by what one takes to become of the saving, in words.
    """

    extra_cost: float
    saving: float
    net_municipality: float
    net_state: float
    net_public: float
    benefit_weeks: float
    saved_weeks: float
    break_even_weeks: float
    payback_years: float
    even_by_year: tuple[float, ...]
    beyond: Mapping[str, float]


def case(a: Amounts, b: Amounts, treated: int, q: Quarters, terms: Terms) -> Case:
    """Make the business case of one replication.

    Parameters
    ----------
    a, b
        Lines of both runs by quarter, totals included.
    treated
        Citizens treated (in B's replication).
    q
        The quarters.
    terms
        Discount rates, and what may become of the saving after the ledger.
    """
    factors = terms.discount.factors(q.years)
    extra = factors * (a[EFFORT] - b[EFFORT])
    undiscounted = {payer: a[line] - b[line] for payer, line in IN_ALL.items()}
    net = {payer: factors * amount for payer, amount in undiscounted.items()}
    saving = float((extra - net[MUNICIPALITY]).sum())
    extra_cost = float(extra.sum())
    price = _price_of_a_week(b, q)
    per_citizen = price * treated
    return Case(
        extra_cost=extra_cost,
        saving=saving,
        net_municipality=float(net[MUNICIPALITY].sum()),
        net_state=float(net[STATE].sum()),
        net_public=float(net[BOTH].sum()),
        benefit_weeks=_ratio(float((_weeks_on_benefit(b, q) - _weeks_on_benefit(a, q)).sum()), treated),
        saved_weeks=_ratio(saving, per_citizen),
        break_even_weeks=_ratio(extra_cost, per_citizen) if extra_cost > ROUNDING else math.nan,
        payback_years=payback(extra, net[MUNICIPALITY], q),
        even_by_year=even_by_year(extra, net[MUNICIPALITY], q),
        beyond=beyond(a[EFFORT] - b[EFFORT] - undiscounted[MUNICIPALITY], q, terms),
    )


def payback(extra: Floats, net: Floats, q: Quarters) -> float:
    """Years from the first krone spent until the cumulative net cost is 0 or less for the rest of the ledger.

    Within a quarter costs and savings are spread evenly, so that the cumulative net cost is a line, and the first
    krone is spent at the beginning of the first quarter with an extra cost.

    Parameters
    ----------
    extra, net
        Extra cost and net cost by quarter, discounted.
    q
        The quarters.

    Returns
    -------
    float
        Infinite if the money is not back at the end; NaN if nothing was paid in addition; 0 if what was saved before
        the first krone pays for it all.
    """
    spent = np.flatnonzero(extra > ROUNDING)
    if len(spent) == 0:
        return math.nan
    cumulative = np.concatenate([[0.0], np.cumsum(net)])
    above = np.flatnonzero(cumulative > ROUNDING)
    if len(above) == 0:
        return 0.0
    last = int(above[-1])
    if last == len(cumulative) - 1:
        return math.inf
    high, low = cumulative[last], min(cumulative[last + 1], 0.0)
    weeks = q.edges[last] + (q.edges[last + 1] - q.edges[last]) * high / (high - low)
    years = np.concatenate([[0.0], np.cumsum(q.weeks / q.year_weeks)])
    return max(float(np.interp(weeks, q.edges, years) - years[spent[0]]), 0.0)


def even_by_year(extra: Floats, net: Floats, q: Quarters) -> tuple[float, ...]:
    """Say whether the cumulative net cost is 0 or less at the end of each calendar year (1 or 0).

    NaN up to the first krone: who has spent nothing has nothing to have back.
    """
    spent = np.maximum.accumulate(q.by_year((extra > ROUNDING).astype(np.float64))) > 0
    even = np.cumsum(q.by_year(net)) <= ROUNDING
    return tuple(np.where(spent, even.astype(np.float64), np.nan).tolist())


def _weeks_on_benefit(amounts: Amounts, q: Quarters) -> Floats:
    years = [v for line, v in amounts.items() if line.section == "quantities" and line.name.startswith("on ")]
    weeks: Floats = np.sum(years, axis=0) * q.year_weeks
    return weeks


def _price_of_a_week(amounts: Amounts, q: Quarters) -> float:
    """Mean net cost to the municipality of a week on benefit."""
    paid = sum(
        float(amount.sum())
        for line, amount in amounts.items()
        if line.section == "benefits" and line.payer == MUNICIPALITY
    )
    return _ratio(paid, float(_weeks_on_benefit(amounts, q).sum()))


def _ratio(top: float, bottom: float) -> float:
    return top / bottom if bottom else math.nan
