"""What the reader of a ledger should know."""

from collections.abc import Sequence

from sim.analysis.calendar import Quarters
from sim.analysis.ledger.figures import EVEN_BY, Figure
from sim.analysis.ledger.inputs import Inputs


def notes(a: Inputs, b: Inputs, figures: Sequence[Figure]) -> tuple[str, ...]:
    """Say what the reader of the ledger of two runs should know.

    Parameters
    ----------
    a, b
        The runs.
    figures
        The business case.
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
    for kind in (a, b):
        if kind.money.staff.counted_by == "budget" and not any(
            x.covers == "staff" for x in kind.money.budget.values()
        ):
            said.append(
                f"{kind.run.name}: staff is counted by budget and has none, so it costs nothing in the totals"
            )
    return tuple(said)


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
