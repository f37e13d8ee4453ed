"""The ledger of a variant against a baseline: every line by period with its interval, and the business case."""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.analysis.ledger.business_case import Case, case
from sim.analysis.ledger.lines import SECTIONS, Amounts, Line, lines, with_totals
from sim.analysis.ledger.periods import Quarters, discount_factors
from sim.analysis.ledger.reading import paired_counts
from sim.analysis.ledger.sides import Side, sides
from sim.analysis.ledger.spells import Floats
from sim.analysis.moments import Intervals, PairedMoments
from sim.analysis.paired import wilson
from sim.analysis.summary import summarise
from sim.errors import UsageError
from sim.store.run import Run

if TYPE_CHECKING:
    import pandas as pd


class Period(NamedTuple):
    """A column of the ledger: `kind` is "total", "present value", "year" or "quarter"."""

    kind: str
    name: str


class Figure(NamedTuple):
    """A figure of the business case.

    Attributes
    ----------
    name, unit
        What it is.
    value, ci95_low, ci95_high
        Mean over replications with Student's interval; of a probability the share with Wilson's; of the payback
        time the median without one. NaN: cannot be computed. Infinite: not within the ledger.
    replications
        Those in which it is defined.
    """

    name: str
    unit: str
    value: float
    ci95_low: float
    ci95_high: float
    replications: int


class Ledger:
    """What a variant A costs and saves against a baseline B; made by `sim.ledger`.

    Attributes
    ----------
    variant, baseline
        Names of the runs.
    price_year, discount_rate
        Price level of all amounts, and the rate of present values.
    line_names, periods
        First and second axis of `intervals`.
    intervals
        Means in A and B and of A - B with its paired 95 % interval: kr, or years.
    figures
        The business case.
    replications
        Pairs.
    notes
        What the reader should know.
    """

    def __init__(self, run: Run, baseline: Run, money: Path | None = None) -> None:
        a, b = sides(run, baseline, money)
        self.variant, self.baseline = run.name, baseline.name
        self.price_year, self.discount_rate = b.money.price_year, b.money.discount_rate
        q = b.frame.quarters
        self.periods = periods_of(q)
        priced = _priced(a, b)
        first = next(priced, None)
        if first is None:
            raise UsageError(f"{run.shown} and {baseline.shown}: no replication is in both")
        self.line_names = in_order(first[0], first[1])
        moments = PairedMoments((len(self.line_names), len(self.periods)))
        factors = discount_factors(q.years, self.discount_rate)
        cases = []
        for ours, theirs, treated in chain([first], priced):
            moments.add(*(_by_period(side, self.line_names, q, factors) for side in (ours, theirs)))
            cases.append(case(ours, theirs, treated, q, self.discount_rate))
        self.intervals: Intervals = moments.intervals()
        self.replications = len(cases)
        self.figures = figures(cases, q)
        self.notes = notes(a, b)

    def __repr__(self) -> str:
        return f"Ledger({self.variant} minus {self.baseline})"

    @cached_property
    def lines(self) -> "pd.DataFrame":
        """One row a line and period: means in A and B, difference A - B, its 95 % interval; kr or years."""
        from sim.analysis.ledger.tables import lines_table

        frame: pd.DataFrame = lines_table(self).to_pandas()
        return frame

    @cached_property
    def business_case(self) -> "pd.DataFrame":
        """One row a figure of the business case."""
        from sim.analysis.ledger.tables import figures_table

        frame: pd.DataFrame = figures_table(self).to_pandas()
        return frame

    def write(self, directory: str | Path, suffix: str = "") -> list[Path]:
        """Write ``ledger`` and ``business_case``, as Parquet and CSV.

        Parameters
        ----------
        directory
            Where to.
        suffix
            Of the files' names.

        Returns
        -------
        list of Path
            The files.

        Raises
        ------
        RunFailed
            If a file cannot be written.
        """
        from sim.analysis.ledger.tables import figures_table, lines_table
        from sim.store.write_table import write_table

        tables = {f"ledger{suffix}": lines_table(self), f"business_case{suffix}": figures_table(self)}
        for stem, table in tables.items():
            write_table(Path(directory), stem, table)
        return [Path(directory) / f"{stem}.{ending}" for stem in tables for ending in ("csv", "parquet")]


def periods_of(q: Quarters) -> tuple[Period, ...]:
    """Columns of a ledger: all in all, its present value, calendar years, quarters."""
    return (
        Period("total", f"{q.years[0]}-{q.years[-1]}"),
        Period("present value", f"{q.years[0]}-{q.years[-1]}"),
        *(Period("year", f"{year}") for year in q.calendar_years),
        *(Period("quarter", f"{year}Q{n}") for year, n in zip(q.years, q.numbers, strict=True)),
    )


def in_order(*sides_: Amounts) -> tuple[Line, ...]:
    """List the lines of both sides, section by section, each once."""
    every = dict.fromkeys(line for amounts in sides_ for line in amounts)
    return tuple(sorted(every, key=lambda line: SECTIONS.index(line.section)))


def figures(cases: Sequence[Case], q: Quarters) -> tuple[Figure, ...]:
    """Summarise the business cases of all replications."""
    made = [
        _mean("extra cost", "kr", [c.extra_cost for c in cases]),
        _mean("saving on benefits and after exits", "kr", [c.saving for c in cases]),
        _mean("net cost to the municipality", "kr", [c.net_municipality for c in cases]),
        _mean("net cost to the state", "kr", [c.net_state for c in cases]),
        _mean("net cost to both", "kr", [c.net_public for c in cases]),
        _mean("weeks on benefit less", "weeks per treated citizen", [c.benefit_weeks for c in cases]),
        _mean("saving in weeks of benefit", "weeks per treated citizen", [c.saved_weeks for c in cases]),
        _mean("break-even saving", "weeks per treated citizen", [c.break_even_weeks for c in cases]),
        _median("payback time, median", "years", [c.payback_years for c in cases]),
    ]
    for n in range(len(q.calendar_years)):
        even = [c.net_by_year[n] <= 0.0 for c in cases if not math.isnan(c.payback_years)]
        share, low, high = wilson(sum(even), len(even))
        name = f"probability of breaking even by the end of {q.calendar_years[n]}"
        made.append(Figure(name, "share", share, low, high, len(even)))
    return tuple(made)


def notes(a: Side, b: Side) -> tuple[str, ...]:
    """Say what the reader of the ledger of two runs should know."""
    q = b.frame.quarters
    said = []
    if q.left_out_days:
        said.append(
            f"the last {q.left_out_days} days are left out: of their calendar year less than a week is observed"
        )
    part = [year for year, weeks, whole in _observed(q) if abs(weeks - whole) > 1e-9]
    if part:
        years = ", ".join(str(year) for year in part)
        said.append(
            f"observed in part: {years}; of those years budgets are whole, everything else is what was observed"
        )
    if not any(begin < end for begin, end in b.frame.treated):
        said.append("no department's posts differ, so all citizens count as treated")
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


def _priced(a: Side, b: Side) -> Iterator[tuple[Amounts, Amounts, int]]:
    length = len(b.frame.quarters.years)
    for counts in paired_counts(a.run, a.frame, b.run, b.frame):
        ours, theirs = (
            with_totals(lines(counted, side.posts, side.money, side.schemes, side.frame), length)
            for counted, side in zip(counts, (a, b), strict=True)
        )
        yield ours, theirs, counts[1].treated


def _by_period(amounts: Amounts, names: Sequence[Line], q: Quarters, factors: Floats) -> Floats:
    """Amounts by line and period; a line that only the other side has is 0."""
    nothing = np.zeros(len(q.years))
    quarterly = np.stack([amounts.get(line, nothing) for line in names])
    total = quarterly.sum(axis=1, keepdims=True)
    present = (quarterly * factors).sum(axis=1, keepdims=True)
    return np.concatenate([total, present, q.by_year(quarterly), quarterly], axis=1)


def _mean(name: str, unit: str, values: list[float]) -> Figure:
    s = summarise(np.array(values))
    return Figure(name, unit, s.mean, s.ci95_low, s.ci95_high, s.replications)


def _median(name: str, unit: str, values: list[float]) -> Figure:
    known = sorted(value for value in values if not math.isnan(value))
    middle = len(known) // 2
    if not known:
        return Figure(name, unit, math.nan, math.nan, math.nan, 0)
    median = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
    return Figure(name, unit, median, math.nan, math.nan, len(known))
