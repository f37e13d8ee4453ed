"""From quantities to kroner: the lines of a ledger, by calendar quarter, for one replication."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.counts import Counts, Frame
from sim.analysis.ledger.spells import Floats
from sim.catalogue import Destination
from sim.config.schema.money import BenefitCost, Money

SECTIONS = ("staff", "evaluation", "programmes", "other", "benefits", "after the exit", "total", "quantities")
COSTS = ("staff", "evaluation", "programmes", "other")
"""Sections of what is paid for the effect; benefits and what comes after the exit are the effect."""
MUNICIPALITY, STATE, BOTH, NOBODY = "municipality", "state", "both", ""


class Line(NamedTuple):
    """A line of the ledger.

    Attributes
    ----------
    section, name, payer
        What it is. `payer` is empty for quantities.
    unit
        "kr" or "years" (full-time years, person-years).
    counted
        Is it in the totals? What is not is shown for comparison.
    """

    section: str
    name: str
    payer: str
    unit: str
    counted: bool


Amounts = dict[Line, Floats]

BUDGETS = Line("total", "all budgets", MUNICIPALITY, "kr", counted=False)
"""What [money.budget] appropriates, whatever the totals count staff by: the notes' tables."""
EFFORT = Line("total", "staff, evaluation, programmes, other", MUNICIPALITY, "kr", counted=False)
IN_ALL = {
    payer: Line("total", "in all", payer, "kr", counted=False) for payer in (MUNICIPALITY, STATE, BOTH)
}  # fmt: skip
_BUDGET = "budget: "


COORDINATORS = "coordinators"
Posts = Mapping[str, Floats]
"""By role, `COORDINATORS` first: full-time weeks by quarter of the posts that the config has; no chance in them."""


def lines(counts: Counts, posts: Posts, money: Money, schemes: tuple[str, ...], frame: Frame) -> Amounts:
    """Price one replication.

    Parameters
    ----------
    counts
        Its quantities.
    posts
        The run's posts.
    money
        Prices.
    schemes
        Names of the benefit schemes, as `frame` numbers them.
    frame
        By what was counted.

    Returns
    -------
    dict
        By line: amounts a quarter, in kr or years.
    """
    q = frame.quarters
    return {
        **_staff(counts, posts, money, q),
        **_budgets(money, q),
        **_participants(counts, money, q),
        **dict(_benefits(counts, money, schemes, frame)),
        **dict(_after(counts, money, schemes, frame)),
        **dict(_quantities(counts, posts, schemes, q)),
    }


def with_totals(amounts: Amounts, quarters: int) -> Amounts:
    """Add what is appropriated, what is paid for the effect, what each payer pays in all, and both together."""
    added = {line: np.zeros(quarters) for line in (BUDGETS, EFFORT, *IN_ALL.values())}
    for line, amount in amounts.items():
        if line.section in COSTS and line.name.startswith(_BUDGET):
            added[BUDGETS] = added[BUDGETS] + amount
        if line.section in COSTS and line.counted:
            added[EFFORT] = added[EFFORT] + amount
        if line.counted and line.unit == "kr":
            for payer in (line.payer, BOTH):
                added[IN_ALL[payer]] = added[IN_ALL[payer]] + amount
    return {**amounts, **added}


def yearly_price(cost: BenefitCost, steps: Floats) -> tuple[Floats, Floats]:
    """Give what a full year on a benefit costs the municipality and the state, by step of weeks on benefit.

    `steps` are at least those of the cost's own ladder. NaN: a flat price does not tell what the state pays.
    """
    form, price = cost.form
    if form == "flat":
        return np.full(len(steps), price.kr_per_year), np.full(len(steps), np.nan)
    own = np.searchsorted(np.array(price.from_weeks), steps, side="right") - 1
    state = 12.0 * price.kr_per_month * np.array(price.state_share)[own]
    return 12.0 * price.kr_per_month - state, state


def steps_of(*moneys: Money) -> Floats:
    """Give the weeks on benefit at which any scheme's refund changes."""
    ladders = [cost.refund_ladder for money in moneys for cost in money.benefits.values()]
    return np.array(sorted({0.0}.union(*(ladder.from_weeks for ladder in ladders if ladder is not None))))


def _kr(section: str, name: str, payer: str = MUNICIPALITY, *, counted: bool = True) -> Line:
    return Line(section, name, payer, "kr", counted)


def _staff(counts: Counts, posts: Posts, money: Money, q: Quarters) -> Amounts:
    """Posts of every role. A budget for staff is one of coordinators: posts of others are counted beside it."""
    basis, made = money.staff.counted_by, {}
    prices = {COORDINATORS: money.staff.coordinator_kr_per_year, **money.staff.roles_kr_per_year}
    for (role, weeks), filled in zip(posts.items(), counts.filled, strict=True):
        by_posts = basis == "posts" or (basis == "budget" and role != COORDINATORS)
        name, price = role.replace("_", " "), prices[role]
        made[_kr("staff", f"{name}, posts", counted=by_posts)] = price * weeks / q.year_weeks
        made[_kr("staff", f"{name}, filled", counted=basis == "filled")] = price * filled / q.year_weeks
    return made


def _budgets(money: Money, q: Quarters) -> Amounts:
    """Appropriations: of a calendar year that is observed in part, that part."""
    made: Amounts = {}
    for name, budget in money.budget.items():
        counted = budget.covers != "staff" or money.staff.counted_by == "budget"
        granted = np.array([budget.first_year <= year <= budget.last_year for year in q.years])
        years = granted * q.weeks / q.year_weeks
        made[_kr(budget.covers, f"{_BUDGET}{name}", counted=counted)] = budget.kr_per_year * years
    return made


def _participants(counts: Counts, money: Money, q: Quarters) -> Amounts:
    prices = {
        "programmes": (money.programme_kr_per_week, counts.programme),
        "internships": (money.internship_kr_per_week, counts.internship),
    }
    return {_kr("programmes", name): price * weeks for name, (price, weeks) in prices.items() if price > 0}


def paid_share(counts: Counts, scheme: int) -> Floats:
    """Give the share of a scheme's benefit that is paid, by quarter: what small jobs save is taken off.

    Those in small jobs are taken to have been on benefit as long as the scheme's others: the price may follow it.
    """
    weeks = counts.benefit[scheme].sum(axis=0)
    share: Floats = np.divide(counts.saved[scheme], weeks, out=np.zeros_like(weeks), where=weeks > 0.0)
    return 1.0 - share


def _benefits(counts: Counts, money: Money, schemes: tuple[str, ...], frame: Frame) -> Iterator[tuple[Line, Floats]]:
    for s, scheme in enumerate(schemes):
        years = counts.benefit[s] / frame.quarters.year_weeks
        prices = yearly_price(money.benefits[scheme], frame.steps)
        for payer, price in zip((MUNICIPALITY, STATE), prices, strict=True):
            yield _kr("benefits", scheme, payer), price @ years * paid_share(counts, s)


def _after(counts: Counts, money: Money, schemes: tuple[str, ...], frame: Frame) -> Iterator[tuple[Line, Floats]]:
    """Price the time after each exit: nothing, as much as on the last scheme, or an amount of its own."""
    for destination in Destination:
        cost = money.counts_as(destination.key)
        years = counts.after[destination] / frame.quarters.year_weeks
        own = (cost.kr_per_year or 0.0) * years.sum(axis=(0, 1))
        paid = {MUNICIPALITY: (1.0 - cost.state_share) * own, STATE: cost.state_share * own}
        if cost.counts_as == "neutral":
            prices = [yearly_price(money.benefits[scheme], frame.steps) for scheme in schemes]
            for i, payer in enumerate((MUNICIPALITY, STATE)):
                paid[payer] = sum((p[i] @ years[s] for s, p in enumerate(prices)), np.zeros(years.shape[-1]))
        for payer, amount in paid.items():
            yield _kr("after the exit", f"{destination.label} ({cost.counts_as})", payer), amount


def _quantities(
    counts: Counts, posts: Posts, schemes: tuple[str, ...], q: Quarters
) -> Iterator[tuple[Line, Floats]]:
    for (role, weeks), filled in zip(posts.items(), counts.filled, strict=True):
        name = role.replace("_", " ")
        yield _quantity(f"{name}, posts"), weeks / q.year_weeks
        yield _quantity(f"{name}, filled"), filled / q.year_weeks
    for s, scheme in enumerate(schemes):
        yield _on(scheme), counts.benefit[s].sum(axis=0) / q.year_weeks
    for destination in Destination:
        yield after_exit(destination), counts.after[destination].sum(axis=(0, 1)) / q.year_weeks


def _on(scheme: str) -> Line:
    return _quantity(f"on {scheme}")


def after_exit(destination: Destination) -> Line:
    """Give the line of person-years after the exits to a destination."""
    return _quantity(f"after exit: {destination.label}")


def _quantity(name: str) -> Line:
    return Line("quantities", name, NOBODY, "years", counted=False)


def full_time_weeks(posts: Iterable[tuple[float, float, float]], q: Quarters) -> Floats:
    """Add up posts (full-time share, and the weeks from and to when it is there) to full-time weeks by quarter."""
    total = np.zeros(len(q.years))
    for share, begin, end in posts:
        total += share * np.maximum(np.minimum(end, q.edges[1:]) - np.maximum(begin, q.edges[:-1]), 0.0)
    return total
