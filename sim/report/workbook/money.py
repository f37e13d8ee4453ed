"""The sheets of money: prices, and for each variant a ledger with the quantities and replications it is made of."""

from collections.abc import Sequence
from pathlib import Path

from sim.analysis.ledger import Ledger
from sim.analysis.ledger.inputs import Inputs, inputs_of
from sim.analysis.ledger.lines import steps_of
from sim.analysis.ledger.quantities import items_of, quantities_of
from sim.analysis.ledger.spells import Floats
from sim.report.workbook.book import Book
from sim.report.workbook.charts import ChartSheet
from sim.report.workbook.ledger import LedgerSheet
from sim.report.workbook.pair import Pair
from sim.report.workbook.prices import Prices
from sim.report.workbook.quantities import QuantitySheet
from sim.report.workbook.replications import ReplicationSheet
from sim.store.run import Run


def put_money(book: Book, charts: ChartSheet, runs: Sequence[Run], baseline: Run, money: Path | None) -> None:
    """Put the sheets of the ledgers of some variants against a baseline.

    Parameters
    ----------
    book, charts
        Where they are added.
    runs, baseline
        Finished runs that can stand in a ledger (see `sim.analysis.ledger.inputs.inputs_of`).
    money
        Prices of this file instead of the runs' own.
    """
    say = book.language.say
    given = [inputs_of(run, baseline, money) for run in runs]
    steps = steps_of(*(of.money for pair in given for of in pair))
    both = [(_by_steps(ours, steps), _by_steps(theirs, steps)) for ours, theirs in given]
    sides: list[Inputs] = [both[0][1], *(ours for ours, _ in both)]
    items = items_of(*sides)
    names = [baseline.name, *(run.name for run in runs)]
    pairs = [
        Pair(Ledger(run, baseline, money), (theirs, ours), quantities_of(ours, theirs, items), side)
        for side, (run, (ours, theirs)) in enumerate(zip(runs, both, strict=True), start=1)
    ]

    def named(what: str, pair: Pair) -> str:
        return what if len(pairs) == 1 else f"{what} {pair.ledger.variant}"

    # The order of the sheets is the order in which they are added: what is read first comes first.
    ledgers = [LedgerSheet(book, pair, named(say("Ledger"), pair)) for pair in pairs]
    prices = Prices(book, names, sides, items, pairs[0].quantities.years, pairs[0].discount)
    for pair, ledger in zip(pairs, ledgers, strict=True):
        quantities = QuantitySheet(book, pair, prices, named(say("Quantities"), pair))
        replications = ReplicationSheet(book, pair, prices, quantities, named(say("Pairs"), pair))
        ledger.fill(charts, prices, quantities, replications)


def _by_steps(of: Inputs, steps: Floats) -> Inputs:
    """Count by the steps of the refund ladders of all runs: one sheet of prices holds for all."""
    return of._replace(frame=of.frame._replace(steps=steps))
