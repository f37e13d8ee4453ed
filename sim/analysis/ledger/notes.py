"""What the reader of a ledger should know."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.figures import EVEN_BY, Figure
from sim.analysis.ledger.inputs import Inputs
from sim.catalogue import Destination

Value = int | float | Destination | tuple[str, ...]


class Note(NamedTuple):
    """A sentence in English with places for values, so that it can be told in another language.

    Attributes
    ----------
    text
        With the names of values in braces.
    values
        By name: an int is written as it is, as years are; a float with the decimals it has; a destination by its
        label; a tuple holds names of the config.
    run
        Of which run it is told; empty: of both.
    """

    text: str
    values: Mapping[str, Value] = {}
    run: str = ""

    def __str__(self) -> str:
        """Write it in English."""
        told = self.text.format(**{name: _english(value) for name, value in self.values.items()})
        return f"{self.run}: {told}" if self.run else told


def _english(value: Value) -> str:
    if isinstance(value, Destination):
        return value.label
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


LEFT_OUT = "the last {days} days are left out: of their calendar year less than a week is observed"
IN_PART = "observed in part: {year} ({weeks} of {whole} weeks); only that part is counted, of budgets by days"
NOBODY_TREATED = "no department's posts differ, so all citizens count as treated"
STATE_UNKNOWN = (
    "what the state pays is not known: flat prices are net of its refund ({schemes}); a refund_ladder tells it"
)
GOES_ON = (
    "{variant} still costs more in the last quarter: a saving that lasts after the ledger is counted without what "
    "it would cost to go on"
)
NO_BUDGET = "staff is counted by budget and has none, so it costs nothing in the totals"
DISPLACEMENT = (
    "displacement is an assumption: of those in jobs {percent} % keep somebody else out of one, who costs what they "
    "cost before (money.displacement_share)"
)
PRICED_FIRST = (
    "of those who leave to {destination}, {percent} % are priced on another benefit for the first {weeks} weeks; in "
    "the model nobody waits"
)
FROM_OUTSIDE = (
    "a fleksjob and a pension count as a saving, as if nothing were paid after them: a view from outside, not a "
    "budget's; at the law's rates both cost the municipality about what cash benefit does, or more"
)
NOTHING_SPENT = "nothing is spent in addition, so there is nothing to have back"
SPENT_LATER = "nothing is spent in addition before {year}; breaking even is undefined until then"
NOTES = (
    LEFT_OUT, IN_PART, NOBODY_TREATED, STATE_UNKNOWN, GOES_ON, NO_BUDGET, DISPLACEMENT, PRICED_FIRST, FROM_OUTSIDE,
    NOTHING_SPENT, SPENT_LATER,
)  # fmt: skip
"""All texts; a language has each of them."""


def notes(a: Inputs, b: Inputs, figures: Sequence[Figure], *, goes_on: bool = False) -> tuple[Note, ...]:
    """Say what the reader of the ledger of two runs should know.

    Parameters
    ----------
    a, b
        The runs.
    figures
        The business case.
    goes_on
        Whether the effort still costs something more in the last quarter.
    """
    q = b.frame.quarters
    said = []
    if q.left_out_days:
        said.append(Note(LEFT_OUT, {"days": q.left_out_days}))
    said += [
        Note(IN_PART, {"year": year, "weeks": round(weeks, 1), "whole": round(whole, 1)})
        for year, weeks, whole in _observed(q)
        if abs(weeks - whole) > 1e-9
    ]
    said += _first_krone(figures)
    if not any(begin < end for begin, end in b.frame.treated):
        said.append(Note(NOBODY_TREATED))
    flat = dict.fromkeys(
        scheme for one in (a, b) for scheme in one.schemes if one.money.benefits[scheme].flat is not None
    )
    if flat:
        said.append(Note(STATE_UNKNOWN, {"schemes": tuple(flat)}))
    said += _assumptions(a, b)
    if goes_on:
        said.append(Note(GOES_ON, {"variant": (a.run.name,)}))
    said += [
        Note(NO_BUDGET, run=kind.run.name)
        for kind in (a, b)
        if kind.money.staff.counted_by == "budget"
        and not any(x.covers == "staff" for x in kind.money.budget.values())
    ]
    return tuple(said)


def _assumptions(a: Inputs, b: Inputs) -> Iterator[Note]:
    """Say what prices take for granted about people whom the model does not follow."""
    share = b.money.displacement_share
    if share is not None:
        yield Note(DISPLACEMENT, {"percent": 100.0 * share})
    for destination in Destination:
        firsts = {
            one.run.name: one.money.counts_as(destination.key).first
            for one in (a, b)
            if one.frame.first_weeks[destination]
        }
        told = {
            (first.share, first.weeks): Note(
                PRICED_FIRST,
                {"destination": destination, "percent": 100.0 * first.share, "weeks": float(first.weeks)},
            )
            for first in firsts.values()
            if first is not None
        }
        alone = next(iter(firsts)) if len(firsts) == 1 else ""
        yield from (note._replace(run=alone) for note in told.values())
    left = (Destination.FLEKSJOB, Destination.PENSION)
    if all(one.money.counts_as(d.key).counts_as == "saving" for one in (a, b) for d in left):
        yield Note(FROM_OUTSIDE)


def _observed(q: Quarters) -> list[tuple[int, float, float]]:
    weeks = q.by_year(q.weeks)
    whole = [q.year_weeks[q.years.index(year)] for year in q.calendar_years]
    return [(year, float(w), float(h)) for year, w, h in zip(q.calendar_years, weeks, whole, strict=True)]


def _first_krone(figures: Sequence[Figure]) -> list[Note]:
    """Say from when on there is something to have back."""
    even = [figure for figure in figures if figure.name.startswith(EVEN_BY)]
    first = next((figure for figure in even if figure.replications), None)
    if first is None:
        return [Note(NOTHING_SPENT)]
    if first is even[0]:
        return []
    return [Note(SPENT_LATER, {"year": int(first.name.removeprefix(EVEN_BY))})]
