"""From quantities to kroner: the lines of a ledger, by calendar quarter, for one replication."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
REGION = "region"


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
IN_ALL_REGION = Line("total", "in all", REGION, "kr", counted=False)
"""What budgets of the region pay; it stands apart from municipality and state together."""
KEPT_OUT = "kept out of jobs by those in jobs"
"""Those displaced, as a stated share of those in jobs."""
PAID_FIRST = ", paid first"
"""Behind a destination: the benefit that some are paid before that of the destination."""
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
        **dict(_quantities(counts, posts, money, schemes, q)),
    }


def with_totals(amounts: Amounts, quarters: int) -> Amounts:
    """Add what is appropriated, what is paid for the effect, what each payer pays in all, and both together.

    What the municipality appropriates and pays for the effect, that is; "both" are municipality and state.
    """
    added = {line: np.zeros(quarters) for line in (BUDGETS, EFFORT, *IN_ALL.values())}
    for line, amount in amounts.items():
        if line.payer == REGION:
            if line.counted:
                added[IN_ALL_REGION] = added.get(IN_ALL_REGION, 0.0) + amount
            continue
        if line.section in COSTS and line.name.startswith(_BUDGET) and line.payer == MUNICIPALITY:
            added[BUDGETS] = added[BUDGETS] + amount
        if line.section in COSTS and line.counted and line.payer == MUNICIPALITY:
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
    """Give the weeks on benefit at which any scheme's refund changes, those after the exit included."""
    ladders = [cost.refund_ladder for money in moneys for cost in _benefit_costs(money)]
    return np.array(sorted({0.0}.union(*(ladder.from_weeks for ladder in ladders if ladder is not None))))


def _benefit_costs(money: Money) -> Iterator[BenefitCost]:
    yield from money.benefits.values()
    for destination in money.destinations.values():
        yield from [destination.benefit] if destination.benefit else []
        yield from [destination.first.benefit] if destination.first else []


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
        made[_kr(budget.covers, f"{_BUDGET}{name}", budget.payer, counted=counted)] = budget.kr_per_year * years
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
    """Price the time after each exit: nothing, as much as on the last scheme, an amount or a benefit of its own."""
    year_weeks = frame.quarters.year_weeks
    as_before = [money.benefits[scheme] for scheme in schemes]
    for destination in Destination:
        cost = money.counts_as(destination.key)
        name, years = f"{destination.label} ({cost.counts_as})", counts.after[destination] / year_weeks
        if cost.counts_as == "neutral":
            paid = _on_benefits(years, as_before, frame)
        elif cost.benefit is not None:
            share = cost.first.share if cost.first else 0.0
            first = share * counts.after_first[destination] / year_weeks
            paid = _on_benefits(years - first, [cost.benefit] * len(schemes), frame)
            if cost.first is not None:
                before = _on_benefits(first, [cost.first.benefit] * len(schemes), frame)
                yield from _paid(f"{destination.label}{PAID_FIRST} (benefit)", before)
        else:
            own = (cost.kr_per_year or 0.0) * years.sum(axis=(0, 1))
            paid = (1.0 - cost.state_share) * own, cost.state_share * own
        yield from _paid(name, paid)
    if money.displacement_share is not None:
        displaced = money.displacement_share * counts.after[Destination.JOB] / year_weeks
        yield from _paid(f"{KEPT_OUT} (cost)", _on_benefits(displaced, as_before, frame))


def _paid(name: str, amounts: tuple[Floats, Floats]) -> Iterator[tuple[Line, Floats]]:
    for payer, amount in zip((MUNICIPALITY, STATE), amounts, strict=True):
        yield _kr("after the exit", name, payer), amount


def _on_benefits(years: Floats, costs: Sequence[BenefitCost], frame: Frame) -> tuple[Floats, Floats]:
    """Price person-years by scheme, step and quarter: what the municipality and what the state pay a quarter."""
    nothing = np.zeros(years.shape[-1])
    prices = [yearly_price(cost, frame.steps) for cost in costs]
    municipality, state = (sum((p[i] @ years[s] for s, p in enumerate(prices)), nothing) for i in (0, 1))
    return municipality, state


def _quantities(
    counts: Counts, posts: Posts, money: Money, schemes: tuple[str, ...], q: Quarters
) -> Iterator[tuple[Line, Floats]]:
    for (role, weeks), filled in zip(posts.items(), counts.filled, strict=True):
        name = role.replace("_", " ")
        yield _quantity(f"{name}, posts"), weeks / q.year_weeks
        yield _quantity(f"{name}, filled"), filled / q.year_weeks
    for s, scheme in enumerate(schemes):
        yield _on(scheme), counts.benefit[s].sum(axis=0) / q.year_weeks
    for destination in Destination:
        yield after_exit(destination), counts.after[destination].sum(axis=(0, 1)) / q.year_weeks
        first = money.counts_as(destination.key).first
        if first is not None:
            waiting = first.share * counts.after_first[destination].sum(axis=(0, 1))
            yield _quantity(f"after exit: {destination.label}{PAID_FIRST}"), waiting / q.year_weeks
    if money.displacement_share is not None:
        jobs = counts.after[Destination.JOB].sum(axis=(0, 1))
        yield _quantity(KEPT_OUT), money.displacement_share * jobs / q.year_weeks


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
