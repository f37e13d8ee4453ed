"""What a ledger multiplies by prices: quantities by calendar year, replication by replication.

Every amount of a ledger is a sum of quantities, each times a price. Whoever has the quantities can price them again
without the runs: a workbook does.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from sim.analysis.ledger.counts import Counts
from sim.analysis.ledger.inputs import Inputs
from sim.analysis.ledger.lines import paid_share
from sim.analysis.ledger.reading import paired_counts
from sim.analysis.ledger.spells import Floats
from sim.catalogue import Destination
from sim.config.schema.money import BenefitCost

Kind = Literal[
    "posts", "filled", "budget", "programmes", "internships", "benefit", "after", "not_yet", "first", "kept_out"
]


class Item(NamedTuple):
    """What has one price.

    Attributes
    ----------
    kind
        Posts of a role, or the same while filled (full-time years); a budget (calendar years that are granted and
        observed); participants (weeks); a benefit that is paid, or the time after an exit (person-years); of that
        the time in which some are paid another benefit first, taken off ("not_yet") and priced itself ("first");
        and the time in jobs once more, for those who are kept out of them.
    name
        The role, the budget, the scheme, or the key of the destination; of participants the kind again.
    covers, payer
        Of a budget: its section of the ledger, and who pays it.
    scheme
        After an exit: the last scheme.
    from_weeks
        Of a benefit, and after an exit: weeks on benefit at which the step of the refund ladder begins.
    """

    kind: Kind
    name: str
    covers: str = ""
    payer: str = ""
    scheme: str = ""
    from_weeks: float = 0.0


class Quantities(NamedTuple):
    """The quantities of a ledger.

    Attributes
    ----------
    items
        First axis of each replication's quantities.
    years
        Second axis: calendar years.
    ours, theirs
        Of the variant and of the baseline: quantities by replication, item and year.
    treated
        Citizens treated, by replication.
    weeks_on_benefit
        Of the baseline, by replication: small jobs are not taken off.
    """

    items: tuple[Item, ...]
    years: tuple[int, ...]
    ours: Floats
    theirs: Floats
    treated: Floats
    weeks_on_benefit: Floats


def quantities_of(a: Inputs, b: Inputs, items: Sequence[Item]) -> Quantities:
    """Count what the ledger of two runs multiplies by prices.

    Parameters
    ----------
    a, b
        The variant and the baseline; see `sim.analysis.ledger.inputs.inputs_of`.
    items
        From `items_of`, of both and perhaps of more runs.
    """
    pairs = list(paired_counts(a.run, a.frame, b.run, b.frame))
    ours, theirs = (
        np.array([count_items(pair[side], of, items) for pair in pairs]) for side, of in enumerate((a, b))
    )
    return Quantities(
        tuple(items),
        b.frame.quarters.calendar_years,
        ours,
        theirs,
        np.array([float(counts.treated) for _, counts in pairs]),
        np.array([float(counts.benefit.sum()) for _, counts in pairs]),
    )


def items_of(*runs: Inputs) -> tuple[Item, ...]:
    """List what has a price in any of some runs, in the order of the ledger's lines."""
    roles = dict.fromkeys(role for of in runs for role in of.posts)
    budgets = dict.fromkeys(
        (name, budget.covers, budget.payer) for of in runs for name, budget in of.money.budget.items()
    )
    schemes = tuple(dict.fromkeys(scheme for of in runs for scheme in of.schemes))
    steps = {scheme: steps_of(*(of.money.benefits.get(scheme) for of in runs)) for scheme in schemes}
    displaced = any(of.money.displacement_share is not None for of in runs)
    return (
        *(Item(kind, role) for role in roles for kind in _STAFF),
        *(Item("budget", name, covers, payer) for name, covers, payer in budgets),
        Item("programmes", "programmes"),
        Item("internships", "internships"),
        *(Item("benefit", scheme, from_weeks=step) for scheme in schemes for step in steps[scheme]),
        *(item for destination in Destination for item in _after(destination, steps, runs)),
        *(_kept_out(steps) if displaced else ()),
    )


_STAFF: tuple[Kind, Kind] = ("posts", "filled")


def _kept_out(steps: Mapping[str, Sequence[float]]) -> Iterator[Item]:
    """List what has a price of those who are kept out of jobs."""
    for scheme, of_scheme in steps.items():
        for step in of_scheme:
            yield Item("kept_out", Destination.JOB.key, scheme=scheme, from_weeks=step)


def _after(destination: Destination, steps: Mapping[str, Sequence[float]], runs: Sequence[Inputs]) -> Iterator[Item]:
    """List what has a price after the exit to a destination."""
    costs = [of.money.counts_as(destination.key) for of in runs]
    own, firsts = [cost.benefit for cost in costs], [cost.first.benefit if cost.first else None for cost in costs]
    for scheme, of_scheme in steps.items():
        for step in sorted({*of_scheme, *steps_of(*own)}):
            yield Item("after", destination.key, scheme=scheme, from_weeks=step)
    if any(firsts):
        both: tuple[tuple[Kind, list[BenefitCost | None]], ...] = (("not_yet", own), ("first", firsts))
        for kind, of_kind in both:
            for step in steps_of(*of_kind):
                yield Item(kind, destination.key, from_weeks=step)


def steps_of(*costs: BenefitCost | None) -> tuple[float, ...]:
    """Give the weeks on benefit at which the price of a benefit changes in any of some runs; flat: 0 only."""
    ladders = [cost.refund_ladder for cost in costs if cost is not None and cost.refund_ladder is not None]
    return tuple(sorted({0.0}.union(*(ladder.from_weeks for ladder in ladders))))


def count_items(counts: Counts, of: Inputs, items: Sequence[Item]) -> Floats:
    """Count one replication of one run, by item and year."""
    q, steps = of.frame.quarters, of.frame.steps
    nothing = np.zeros(len(q.years))
    roles = list(of.posts)
    starts: dict[tuple[str, str, str], list[float]] = {}
    for item in items:
        starts.setdefault((item.kind, item.name, item.scheme), []).append(item.from_weeks)

    def on_step(weeks: Floats, item: Item) -> Floats:
        """Person-years on the steps of `frame` that lie on the step of the item."""
        own = np.array(starts[item.kind, item.name, item.scheme])
        chosen = own[np.searchsorted(own, steps, side="right") - 1] == item.from_weeks
        years: Floats = weeks[chosen].sum(axis=0) / q.year_weeks
        return years

    def quarterly(item: Item) -> Floats:
        scheme = item.name if item.kind == "benefit" else item.scheme
        s = of.schemes.index(scheme) if scheme in of.schemes else -1
        match item.kind:
            case "posts":
                return of.posts.get(item.name, nothing) / q.year_weeks
            case "filled":
                return counts.filled[roles.index(item.name)] / q.year_weeks if item.name in roles else nothing
            case "budget":
                budget = of.money.budget.get(item.name)
                if budget is None or (budget.covers, budget.payer) != (item.covers, item.payer):
                    return nothing
                granted = np.array([budget.first_year <= year <= budget.last_year for year in q.years])
                return granted * q.weeks / q.year_weeks
            case "programmes":
                return counts.programme
            case "internships":
                return counts.internship
            case "not_yet" | "first":
                return on_step(counts.after_first[Destination[item.name.upper()]].sum(axis=0), item)
        if s < 0:
            return nothing
        if item.kind == "benefit":
            return on_step(counts.benefit[s], item) * paid_share(counts, s)
        return on_step(counts.after[Destination[item.name.upper()]][s], item)

    return q.by_year(np.stack([quarterly(item) for item in items]))
