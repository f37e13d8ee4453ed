"""What the reader of a ledger should know."""

from collections.abc import Iterator, Sequence

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.figures import EVEN_BY, Figure
from sim.analysis.ledger.inputs import Inputs
from sim.catalogue import Destination


def notes(a: Inputs, b: Inputs, figures: Sequence[Figure], *, goes_on: bool = False) -> tuple[str, ...]:
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
        said.append(
            f"the last {q.left_out_days} days are left out: of their calendar year less than a week is observed"
        )
    part = [year for year, weeks, whole in _observed(q) if abs(weeks - whole) > 1e-9]
    if part:
        years = ", ".join(str(year) for year in part)
        said.append(f"observed in part: {years}; of those years only that part is counted, of budgets by days")
    said += _first_krone(figures)
    if not any(begin < end for begin, end in b.frame.treated):
        said.append("no department's posts differ, so all citizens count as treated")
    flat = dict.fromkeys(
        scheme for one in (a, b) for scheme in one.schemes if one.money.benefits[scheme].flat is not None
    )
    if flat:
        said.append(
            f"what the state pays is not known: flat prices are net of its refund ({', '.join(flat)}); "
            "a refund_ladder tells it"
        )
    said += _assumptions(a, b)
    if goes_on:
        said.append(
            f"{a.run.name} still costs more in the last quarter: a saving that lasts after the ledger is counted "
            "without what it would cost to go on"
        )
    for kind in (a, b):
        if kind.money.staff.counted_by == "budget" and not any(
            x.covers == "staff" for x in kind.money.budget.values()
        ):
            said.append(
                f"{kind.run.name}: staff is counted by budget and has none, so it costs nothing in the totals"
            )
    return tuple(said)


def _assumptions(a: Inputs, b: Inputs) -> Iterator[str]:
    """Say what prices take for granted about people whom the model does not follow."""
    share = b.money.displacement_share
    if share is not None:
        yield (
            f"displacement is an assumption: of those in jobs {100 * share:g} % keep somebody else out of one, who "
            "costs what they cost before (money.displacement_share)"
        )
    for destination in Destination:
        firsts = {
            one.run.name: one.money.counts_as(destination.key).first
            for one in (a, b)
            if one.frame.first_weeks[destination]
        }
        told = dict.fromkeys(
            f"of those who leave to {destination.label}, {100 * first.share:g} % are priced on another benefit for "
            f"the first {first.weeks:g} weeks; in the model nobody waits"
            for first in firsts.values()
            if first is not None
        )
        yield from told if len(firsts) != 1 else (f"{next(iter(firsts))}: {text}" for text in told)
    left = (Destination.FLEKSJOB, Destination.PENSION)
    if all(one.money.counts_as(d.key).counts_as == "saving" for one in (a, b) for d in left):
        yield (
            "a fleksjob and a pension count as a saving, as if nothing were paid after them: a view from outside, "
            "not a budget's; at the law's rates both cost the municipality about what cash benefit does, or more"
        )


def _observed(q: Quarters) -> list[tuple[int, float, float]]:
    weeks = q.by_year(q.weeks)
    whole = [q.year_weeks[q.years.index(year)] for year in q.calendar_years]
    return [(year, float(w), float(h)) for year, w, h in zip(q.calendar_years, weeks, whole, strict=True)]


def _first_krone(figures: Sequence[Figure]) -> list[str]:
    """Say from when on there is something to have back."""
    even = [figure for figure in figures if figure.name.startswith(EVEN_BY)]
    first = next((figure for figure in even if figure.replications), None)
    if first is None:
        return ["nothing is spent in addition, so there is nothing to have back"]
    if first is even[0]:
        return []
    year = first.name.removeprefix(EVEN_BY).strip()
    return [f"nothing is spent in addition before {year}; breaking even is undefined until then"]
