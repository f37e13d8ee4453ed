"""Whether it pays: what is paid in addition, what it brings, from when on, and what effect would be enough."""

import math
from typing import NamedTuple

import numpy as np

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.lines import BOTH, EFFORT, IN_ALL, MUNICIPALITY, STATE, Amounts
from sim.analysis.ledger.spells import Floats


class Case(NamedTuple):
    """The business case of one replication: A against B, present values in kr.

    Attributes
    ----------
    extra_cost
        What A costs more in staff, evaluation, programmes and other budgets.
    saving
        What the municipality saves on benefits and after exits.
    net_municipality, net_state, net_public
        What A costs more in all; negative: it saves.
    benefit_weeks
        Weeks on benefit less, per treated citizen.
    saved_weeks
        The municipality's saving in weeks of benefit at B's mean price, per treated citizen.
    break_even_weeks
        The saving that would just pay the extra cost, in the same unit; NaN: A costs nothing in addition.
    payback_years
        From the start until the municipality has its money back for good, within the ledger; infinite: not.
    net_by_year
        The municipality's net cost up to the end of each calendar year.
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
    net_by_year: tuple[float, ...]


def case(a: Amounts, b: Amounts, treated: int, q: Quarters, rate: float) -> Case:
    """Make the business case of one replication.

    Parameters
    ----------
    a, b
        Lines of both runs by quarter, totals included.
    treated
        Citizens treated (in B's replication).
    q
        The quarters.
    rate
        Discount rate a year.
    """
    factors = discount_factors(q.years, rate)
    extra = factors * (a[EFFORT] - b[EFFORT])
    net = {payer: factors * (a[line] - b[line]) for payer, line in IN_ALL.items()}
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
        break_even_weeks=_ratio(extra_cost, per_citizen) if extra_cost > 0 else math.nan,
        payback_years=payback(extra, net[MUNICIPALITY], q),
        net_by_year=tuple(np.cumsum(q.by_year(net[MUNICIPALITY])).tolist()),
    )


def payback(extra: Floats, net: Floats, q: Quarters) -> float:
    """Years from the start until the cumulative net cost is 0 or less for the rest of the ledger.

    Within a quarter costs and savings are spread evenly, so that the cumulative net cost is a line.

    Parameters
    ----------
    extra, net
        Extra cost and net cost by quarter, discounted.
    q
        The quarters.

    Returns
    -------
    float
        Infinite if the money is not back at the end; NaN if nothing was paid in addition.
    """
    if not (extra > 0).any():
        return math.nan
    cumulative = np.concatenate([[0.0], np.cumsum(net)])
    above = np.flatnonzero(cumulative > 0.0)
    if len(above) == 0:
        return 0.0
    last = int(above[-1])
    if last == len(cumulative) - 1:
        return math.inf
    high, low = cumulative[last], cumulative[last + 1]
    weeks = q.edges[last] + (q.edges[last + 1] - q.edges[last]) * high / (high - low)
    return float(np.interp(weeks, q.edges, np.concatenate([[0.0], np.cumsum(q.weeks / q.year_weeks)])))


def discount_factors(years: tuple[int, ...], rate: float) -> Floats:
    """(1 + rate) ** -(year - first year) for each of `years`."""
    return np.array([(1.0 + rate) ** -(year - years[0]) for year in years])


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
