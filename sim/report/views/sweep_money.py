"""Money in the report of a sweep: the net cost of each point against the baseline, where it can be computed."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.analysis.ledger.net import net_costs
from sim.analysis.ledger.reading import TABLES
from sim.analysis.ledger.spells import Floats
from sim.config.prices import MONEY, prices
from sim.errors import UsageError
from sim.report.language import Language
from sim.report.views.differences import Told
from sim.store.run import Run

NET_COST = Told("net_cost", "Net cost to the municipality, million kr.", 1e-6)
"""Against the baseline, so that it is a difference already."""


class Priced(NamedTuple):
    """What the points cost: by point and replication in kr against the baseline; and what is to be known of it."""

    values: tuple[Floats, ...]
    note: str


def priced(language: Language, runs: Sequence[Run], baseline: Run | None, money: Path | None) -> Priced:
    """Price every point of a sweep against its baseline; no values, and why, where that cannot be done.

    Parameters
    ----------
    language
        Of the note.
    runs, baseline
        The points, and which of them the others are compared with; None: none is.
    money
        A file of prices instead of the points' own.

    Raises
    ------
    UsageError
        If a file of prices is given and the points cannot be priced by it.
    """
    say = language.say
    if baseline is None:
        return _refused(say("No net cost is shown: it needs a baseline, which --baseline names."), money)
    missing = [table for table in TABLES if any(table not in run.tables for run in runs)]
    if missing:
        why = say("No net cost is shown: the sweep keeps no table {tables}.", tables=", ".join(missing))
        return _refused(f"{why} {say('Repeat it with --tables {all}.', all=','.join(TABLES))}", money)
    if money is None and any(run.config.get(MONEY) is None for run in runs):
        return _refused(say("No net cost is shown: not all points have prices ([money])."), money)
    try:
        values = tuple(net_costs(runs, baseline, money))
    except UsageError as error:
        if money is not None:
            raise
        return Priced((), say("No net cost is shown: {why}.", why=str(error).partition("\n")[0]))
    of = prices(baseline.config.get(MONEY), money)
    assert of is not None  # Else nothing could have been priced.
    return Priced(
        values,
        say(
            "Net cost: against the baseline, at the price level of {year}, not discounted; less than 0 is a saving.",
            year=of.price_year,
        ),
    )


def _refused(why: str, money: Path | None) -> Priced:
    if money is not None:
        raise UsageError(f"--money {money.as_posix()}: {why}")
    return Priced((), why)
