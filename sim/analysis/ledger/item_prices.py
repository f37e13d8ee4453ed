"""What one unit of each quantity costs the municipality and the state, as the totals of a ledger count it."""

import math
from typing import NamedTuple

from sim.analysis.ledger.lines import COORDINATORS, REGION, STATE
from sim.analysis.ledger.quantities import Item
from sim.config.schema.money import BenefitCost, Money


class Price(NamedTuple):
    """Kroner a unit; NaN: not known."""

    municipality: float
    state: float


NOTHING = Price(0.0, 0.0)


def price_of(item: Item, money: Money) -> Price:
    """Give the price of a unit: 0 where the totals do not count it."""
    match item.kind:
        case "posts" | "filled" | "budget" | "programmes" | "internships":
            own = kroner(item, money) if is_counted(item, money) else 0.0
            return Price(0.0, own) if item.payer == STATE else Price(0.0 if item.payer == REGION else own, 0.0)
        case "benefit":
            return of_a_year(money.benefits.get(item.name), item.from_weeks)
        case "kept_out":
            before = of_a_year(money.benefits.get(item.scheme), item.from_weeks)
            return _times(money.displacement_share or 0.0, before)
    cost = money.counts_as(item.name)
    share = cost.first.share if cost.first is not None else 0.0
    if item.kind == "first":
        return _times(share, of_a_year(cost.first.benefit if cost.first is not None else None, item.from_weeks))
    if item.kind == "not_yet":
        return _times(-share, of_a_year(cost.benefit, item.from_weeks))
    if cost.counts_as == "neutral":
        return of_a_year(money.benefits.get(item.scheme), item.from_weeks)
    if cost.counts_as == "benefit":
        return of_a_year(cost.benefit, item.from_weeks)
    own = cost.kr_per_year or 0.0
    return Price(own * (1.0 - cost.state_share), own * cost.state_share)


def _times(factor: float, price: Price) -> Price:
    return Price(factor * price.municipality, factor * price.state)


def kroner(item: Item, money: Money) -> float:
    """Give what a unit of staff, of a budget, or a week of a participant costs, counted in the totals or not."""
    match item.kind:
        case "posts" | "filled":
            if item.name == COORDINATORS:
                return money.staff.coordinator_kr_per_year
            return money.staff.roles_kr_per_year.get(item.name, 0.0)
        case "budget":
            budget = money.budget.get(item.name)
            same = budget is not None and (budget.covers, budget.payer) == (item.covers, item.payer)
            return budget.kr_per_year if budget is not None and same else 0.0
        case "programmes":
            return money.programme_kr_per_week
        case _:
            return money.internship_kr_per_week


def is_counted(item: Item, money: Money) -> bool:
    """Whether the totals count posts or a budget: a budget for staff is one of coordinators."""
    basis = money.staff.counted_by
    match item.kind:
        case "posts":
            return basis == "posts" or (basis == "budget" and item.name != COORDINATORS)
        case "filled":
            return basis == "filled"
        case _:
            return item.covers != "staff" or basis == "budget"


def of_a_year(cost: BenefitCost | None, from_weeks: float) -> Price:
    """Give what a full year on a benefit costs, so many weeks after it began; none: nothing."""
    if cost is None:
        return NOTHING
    if cost.flat is not None:
        return Price(cost.flat.kr_per_year, math.nan)
    ladder = cost.refund_ladder
    assert ladder is not None
    share = share_at(from_weeks, ladder.from_weeks, ladder.state_share)
    gross = 12.0 * ladder.kr_per_month
    return Price(gross * (1.0 - share), gross * share)


def share_at(weeks: float, from_weeks: list[float], shares: list[float]) -> float:
    """Give the state's share on the step that holds so many weeks on benefit."""
    return next(share for start, share in zip(reversed(from_weeks), reversed(shares), strict=True) if start <= weeks)
