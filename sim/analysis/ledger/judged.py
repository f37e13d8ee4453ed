"""One pair of runs priced as its config says, and by another judgement of what some exits count as.

What a fleksjob or a pension costs a municipality is judged, not simulated. The runs are read once and priced twice,
so that a report shows both judgements beside each other.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calendar import Quarters
from sim.analysis.comparison.moments import Intervals, PairedMoments
from sim.analysis.ledger.business_case import case
from sim.analysis.ledger.figures import Figure, figures
from sim.analysis.ledger.inputs import Inputs, inputs_of
from sim.analysis.ledger.ledger import check_start, in_order
from sim.analysis.ledger.lines import EFFORT, IN_ALL, MUNICIPALITY, Amounts, Line, lines, with_totals
from sim.analysis.ledger.notes import Note, notes
from sim.analysis.ledger.reading import paired_counts
from sim.analysis.ledger.terms import terms_of
from sim.catalogue import Destination
from sim.config.schema.money import DestinationCost, Money
from sim.store.run import Run

Floats = NDArray[np.float64]

JUDGED = (Destination.FLEKSJOB, Destination.PENSION)
"""Exits whose price is a judgement: as the benefit before, or a saving."""


class Judged(NamedTuple):
    """The ledger of A minus B under one judgement.

    Attributes
    ----------
    saves
        Whether the exits of `JUDGED` count as a saving, other than in the config; False: as the config says.
    neutral
        Whether these exits count as much as the benefit before, in both runs.
    price_year, discount_rate
        Price level, and rate of present values.
    line_names
        First axis of `intervals`.
    quarters
        The calendar; its years are the second axis of `intervals`, behind the total over all of them.
    intervals
        Amounts, not discounted, in kr or years; of runs with a posterior draws are what is independent.
    cumulative
        By replication and end of a quarter (0 first): net cost to the municipality so far, as present value.
    figures
        The business case, as of a ledger.
    per_draw
        Replications of each draw from a posterior; 1: all are independent.
    told
        What the reader should know.
    """

    saves: bool
    neutral: bool
    price_year: int
    discount_rate: float
    line_names: tuple[Line, ...]
    quarters: Quarters
    intervals: Intervals
    cumulative: Floats
    figures: tuple[Figure, ...]
    per_draw: int
    told: tuple[Note, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years."""
        return self.quarters.calendar_years

    @property
    def edges(self) -> Floats:
        """Ends of the quarters, in weeks since the start, 0 first."""
        return self.quarters.edges

    def place(self, line: Line) -> int:
        """Place of a line."""
        return self.line_names.index(line)


def judged(run: Run, baseline: Run, money: Path | None = None) -> tuple[Judged, ...]:
    """Price a pair of runs: as stated first, then with fleksjob and pension as a saving, if that differs.

    Parameters
    ----------
    run, baseline
        A and B, with the tables of a ledger.
    money
        A file of prices instead of the runs' own.

    Raises
    ------
    UsageError
        As of `sim.analysis.ledger.ledger.Ledger`.
    """
    stated = inputs_of(run, baseline, money)
    ways = [(False, stated)]
    if any(of.money.counts_as(d.key).counts_as != "saving" for of in stated for d in JUDGED):
        a, b = (of._replace(money=_saving(of.money)) for of in stated)
        ways.append((True, (a, b)))
    amounts: list[list[tuple[Amounts, Amounts, int]]] = [[] for _ in ways]
    both_frames = (run, stated[0].frame, baseline, stated[1].frame)
    for number, (ours, theirs) in enumerate(paired_counts(*both_frames)):
        check_start(run, baseline, number, ours, theirs)
        for found, (_, (a, b)) in zip(amounts, ways, strict=True):
            length = len(b.frame.quarters.years)
            both = [
                with_totals(lines(counted, of.posts, of.money, of.schemes, of.frame), length)
                for counted, of in ((ours, a), (theirs, b))
            ]
            found.append((both[0], both[1], theirs.treated))
    each = run.manifest.per_draw
    return tuple(_judged(saves, *of, found, each) for (saves, of), found in zip(ways, amounts, strict=True))


def _saving(money: Money) -> Money:
    saves = DestinationCost(counts_as="saving")
    return money.model_copy(update={"destinations": {**money.destinations, **{d.key: saves for d in JUDGED}}})


def _judged(
    saves: bool, a: Inputs, b: Inputs, pairs: Sequence[tuple[Amounts, Amounts, int]], per_draw: int
) -> Judged:
    q = b.frame.quarters
    names = in_order(pairs[0][0], pairs[0][1])
    moments = PairedMoments((len(names), 1 + len(q.calendar_years)), per_draw)
    terms = terms_of(b.money)
    factors = terms.discount.factors(q.years)
    nothing = np.zeros(len(q.years))
    cumulative, cases = [], []
    for ours, theirs, treated in pairs:
        quarterly = [np.stack([amounts.get(line, nothing) for line in names]) for amounts in (ours, theirs)]
        moments.add(*(np.concatenate([x.sum(axis=1, keepdims=True), q.by_year(x)], axis=1) for x in quarterly))
        net = factors * (ours[IN_ALL[MUNICIPALITY]] - theirs[IN_ALL[MUNICIPALITY]])
        cumulative.append(np.concatenate([[0.0], np.cumsum(net)]))
        cases.append(case(ours, theirs, treated, q, terms))
    found = figures(cases, q, per_draw)
    return Judged(
        saves=saves,
        neutral=all(of.money.counts_as(d.key).counts_as == "neutral" for of in (a, b) for d in JUDGED),
        price_year=b.money.price_year,
        discount_rate=b.money.discount_rate,
        line_names=names,
        quarters=q,
        intervals=moments.intervals(),
        cumulative=np.array(cumulative),
        figures=found,
        per_draw=per_draw,
        told=notes(a, b, found),
    )


EXTRA, NET = EFFORT, IN_ALL[MUNICIPALITY]
"""Lines of what the municipality pays for the effect, and of what it pays in all."""
