"""The ledger of a variant against a baseline: every line by period with its interval, and the business case."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from sim.analysis.calendar import Quarters
from sim.analysis.comparison.moments import Intervals, PairedMoments
from sim.analysis.ledger.business_case import ROUNDING, case
from sim.analysis.ledger.by_person import Persons, by_person, person_lines
from sim.analysis.ledger.counts import Counts
from sim.analysis.ledger.figures import figures, money_components, person_figures
from sim.analysis.ledger.inputs import Inputs, inputs_of
from sim.analysis.ledger.lines import EFFORT, SECTIONS, Amounts, Line, lines, with_totals
from sim.analysis.ledger.notes import Note, notes
from sim.analysis.ledger.pricing import Pricing
from sim.analysis.ledger.reading import paired_replications
from sim.analysis.ledger.spells import Floats
from sim.analysis.ledger.tables import Head, figures_table, lines_table
from sim.analysis.ledger.terms import terms_of
from sim.analysis.pairing import runs_metadata
from sim.errors import UsageError
from sim.store.run import Run
from sim.store.write_table import write_table

if TYPE_CHECKING:
    import pandas as pd


PERSON_LINES = person_lines()


class Span(NamedTuple):
    """What amounts are summed over: `kind` is "total", "present value", "year" or "quarter"."""

    kind: str
    name: str


class Treated(NamedTuple):
    """Persons treated, of these in a job or education at the end of the ledger in A, and in B."""

    persons: float
    reached: float
    reached_before: float


class Ledger:
    """What a variant A costs and saves against a baseline B; made by `sim.ledger`.

    Attributes
    ----------
    variant, baseline
        Names of the runs.
    price_year, discount_rate
        Price level of all amounts, and the rate of present values in the first years.
    terms
        All discount rates, and what may become of the saving after the ledger.
    line_names, spans
        First and second axis of `intervals`.
    intervals
        Means in A and B and of A - B with its paired 95 % interval: kr, or years.
    figures
        The business case.
    replications
        Pairs.
    person_intervals
        The same of the lines by person (`sim.analysis.ledger.by_person.person_lines`), by line and span.
    persons
        How many persons each of them tells of.
    components
        Of runs with a posterior: both uncertainties of the main figures, by name (see `sim.analysis.components`).
    treated
        Persons treated, and those of them in a job or education at the end, means over the pairs.
    quarters
        The calendar.
    told
        What the reader should know, to be told in any language.
    """

    def __init__(self, run: Run, baseline: Run, money: Path | None = None) -> None:
        a, b = inputs_of(run, baseline, money)
        self.variant, self.baseline = run.name, baseline.name
        self._of = runs_metadata((run,), baseline)
        self.price_year, self.discount_rate = b.money.price_year, b.money.discount_rate
        self.terms = terms_of(b.money)
        q = b.frame.quarters
        self.spans = spans_of(q)
        priced = _priced(a, b)
        first = next(priced, None)
        if first is None:
            raise UsageError(f"{run.shown} and {baseline.shown}: no replication is in both")
        self.line_names = in_order(first[0], first[1])
        moments = PairedMoments((len(self.line_names), len(self.spans)), run.manifest.per_draw)
        factors = self.terms.discount.factors(q.years)
        people = PairedMoments((len(PERSON_LINES), len(self.spans)), run.manifest.per_draw)
        cases, numbers, treatments = [], [], []
        for ours, theirs, persons, treated in chain([first], priced):
            moments.add(*(_by_span(amounts, self.line_names, q, factors) for amounts in (ours, theirs)))
            people.add(*(_by_span(amounts, PERSON_LINES, q, factors) for amounts in (persons.ours, persons.theirs)))
            numbers.append(persons.numbers)
            treatments.append((persons.treated, persons.reached, persons.reached_before))
            cases.append(case(ours, theirs, treated, q, self.terms))
        self.intervals: Intervals = moments.intervals()
        self.person_intervals: Intervals = people.intervals()
        self.persons = person_figures(numbers, run.manifest.per_draw)
        self.treated = Treated(*np.mean(np.array(treatments, np.float64), axis=0).tolist())
        self.quarters = q
        self.replications = len(cases)
        drawn = run.manifest.posterior is not None
        self.figures = figures(cases, q, run.manifest.per_draw)
        self.components = money_components(cases, run.manifest.per_draw) if drawn else {}
        last = self.intervals.difference[self.line_names.index(EFFORT), -1]
        self.told: tuple[Note, ...] = notes(a, b, self.figures, goes_on=last > ROUNDING)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know, in English."""
        return tuple(str(note) for note in self.told)

    def __repr__(self) -> str:
        return f"Ledger({self.variant} minus {self.baseline})"

    @cached_property
    def lines(self) -> "pd.DataFrame":
        """One row per line and period: means in A and B, difference A - B, its 95 % interval; kr or years."""
        frame: pd.DataFrame = self._lines_table().to_pandas()
        return frame

    @cached_property
    def business_case(self) -> "pd.DataFrame":
        """One row per figure of the business case, and for the persons of each line of `by_person`."""
        frame: pd.DataFrame = self._figures_table().to_pandas()
        return frame

    @cached_property
    def by_person(self) -> "pd.DataFrame":
        """As `lines`: benefits and what follows the exit, by what has become of each person's exit."""
        frame: pd.DataFrame = self._persons_table().to_pandas()
        return frame

    def write(self, directory: str | Path, suffix: str = "", csv: str | None = None) -> list[Path]:
        """Write ``ledger``, ``business_case`` and ``by_person``, as Parquet and CSV.

        Parameters
        ----------
        directory
            Where to.
        suffix
            Of the files' names.
        csv
            Form of the CSV files: "en" (the default) or "da" (see docs/tables.md).

        Returns
        -------
        list of Path
            The files.

        Raises
        ------
        UsageError
            If there is no such form.
        RunFailed
            If a file cannot be written.
        """
        made = {
            "ledger": self._lines_table(),
            "business_case": self._figures_table(),
            "by_person": self._persons_table(),
        }
        tables = {f"{stem}{suffix}": table.replace_schema_metadata(self._of) for stem, table in made.items()}
        for stem, table in tables.items():
            write_table(Path(directory), stem, table, csv)
        return [Path(directory) / f"{stem}.{ending}" for stem in tables for ending in ("csv", "parquet")]

    @property
    def _head(self) -> Head:
        return Head(self.variant, self.baseline, self.price_year, self.discount_rate, self._later_rates)

    @property
    def _later_rates(self) -> str | None:
        _, *later = str(self.terms.discount).split(", ")
        return ", ".join(later) or None

    def _lines_table(self) -> pa.Table:
        return lines_table(self._head, self.line_names, self.spans, self.intervals)

    def _figures_table(self) -> pa.Table:
        return figures_table(self._head, (*self.figures, *self.persons))

    def _persons_table(self) -> pa.Table:
        return lines_table(self._head, PERSON_LINES, self.spans, self.person_intervals)


def spans_of(q: Quarters) -> tuple[Span, ...]:
    """Columns of a ledger: all in all, its present value, calendar years, quarters."""
    return (
        Span("total", f"{q.years[0]}-{q.years[-1]}"),
        Span("present value", f"{q.years[0]}-{q.years[-1]}"),
        *(Span("year", f"{year}") for year in q.calendar_years),
        *(Span("quarter", name) for name in q.names),
    )


def in_order(*both: Amounts) -> tuple[Line, ...]:
    """List the lines of both runs, section by section, each once."""
    every = dict.fromkeys(line for amounts in both for line in amounts)
    return tuple(sorted(every, key=lambda line: SECTIONS.index(line.section)))


def _priced(a: Inputs, b: Inputs) -> Iterator[tuple[Amounts, Amounts, Persons, int]]:
    length = len(b.frame.quarters.years)
    pricings = [Pricing(*one[1:]) for one in (a, b)]
    for number, pair in enumerate(paired_replications(a.run, a.frame, b.run, b.frame)):
        counts = [one.counts for one in pair]
        check_start(a.run, b.run, number, *counts)
        ours, theirs = (
            with_totals(lines(counted, of.posts, of.money, of.schemes, of.frame), length)
            for counted, of in zip(counts, (a, b), strict=True)
        )
        yield ours, theirs, by_person(pair[0].rows, pair[1].rows, counts, pricings), counts[1].treated


def _by_span(amounts: Amounts, names: Sequence[Line], q: Quarters, factors: Floats) -> Floats:
    """Amounts by line and span; a line that only the other run has is 0."""
    nothing = np.zeros(len(q.years))
    quarterly = np.stack([amounts.get(line, nothing) for line in names])
    total = quarterly.sum(axis=1, keepdims=True)
    present = (quarterly * factors).sum(axis=1, keepdims=True)
    return np.concatenate([total, present, q.by_year(quarterly), quarterly], axis=1)


def check_start(a: Run, b: Run, pair: int, ours: Counts, theirs: Counts) -> None:
    """Refuse what has acted during the warm-up: it would have saved before its costs are counted."""
    differ = np.setxor1d(ours.starting, theirs.starting)
    if len(differ):
        raise UsageError(
            f"{a.shown} and {b.shown}: what differs between them acted during the warm-up, before its costs are "
            f"counted: in replication {pair}, {len(differ)} of the starting citizens are in one run only; give it a "
            "date from the start on (staffing.changes), or run both with run.warm_up_weeks = 0"
        )
