"""The sheets of key figures: of every run with their intervals, and paired differences."""

from collections.abc import Sequence

from sim.analysis.comparison.differences import Difference
from sim.analysis.kpis import KPIS
from sim.catalogue import DESTINATIONS
from sim.report.view import IDENTICAL
from sim.report.workbook.book import Book, Cell, Field, Figure
from sim.report.workbook.charts import ChartSheet, Strip
from sim.report.workbook.forms import difference_unit, figures, note_in
from sim.store.results import read_summary
from sim.store.run import Run
from sim.study.comparison import Comparison

_KPIS = {kpi.name: kpi for kpi in KPIS}
_P, _SHARE = "0.000", "0.00"


def put_key_figures(book: Book, runs: Sequence[Run]) -> None:
    """Put every key figure of some runs, those of the first table at the top."""
    say, language = book.language.say, book.language
    sheet = book.sheet(say("Key figures"), say("every key figure of each run: mean and 95 % interval"))
    sheet.heading(
        say("Key figures"),
        say("Means over replications with 95 % intervals: they cover chance, not whether assumptions hold."),
        say("The definitions are in docs/kpis.md, by the name in the last column."),
    )
    summaries = [{row.kpi: row for row in read_summary(run.directory) if row.variant == run.variant} for run in runs]
    fields = [Field(say("key figure"), width=48), Field(say("unit"), width=18)]
    for run in runs:
        fields += [Field(f"{run.name}: {say('mean')}"), Field(say("95 % interval: from")), Field(say("to"))]
        fields += [Field(say("standard deviation")), Field(say("replications")), Field(say("note"))]
    rows: list[list[Cell]] = []
    for kpi in sorted(KPIS, key=lambda one: not one.headline):
        found = [summary[kpi.name] for summary in summaries if kpi.name in summary]
        if len(found) < len(runs) or not any(row.replications for row in found):
            continue
        shown = figures(kpi.unit, *((row.mean, row.ci95_low, row.ci95_high) for row in found))
        cells: list[Cell] = [language.kpi(kpi), language.unit(kpi.unit)]
        for number, row in enumerate(found):
            own = shown[3 * number : 3 * number + 3]
            form = own[0].form if isinstance(own[0], Figure) else ""
            spread = Figure(row.sd, form) if form else row.sd
            cells += [*own, spread, float(row.replications), note_in(row.interval_note, language)]
        rows.append([*cells, kpi.name])
    sheet.table([*fields, Field(say("name in the files"))], rows, frozen=1, filtered=True)


def put_differences(book: Book, charts: ChartSheet, comparison: Comparison) -> None:
    """Put the paired difference of every key figure, and a chart of the first variant's starting citizens."""
    say = book.language.say
    base = comparison.baseline.name
    sheet = book.sheet(
        say("Differences"), say("each variant minus {baseline}, paired by replication", baseline=base)
    )
    sheet.heading(
        say("Differences from {baseline}", baseline=base),
        say("Paired by replication: both have the same citizens with the same luck."),
        say("p: how probable so large a difference is by chance alone, adjusted (Holm) for all that are shown."),
    )
    headings = [
        Field(say("variant"), width=24), Field(say("key figure"), width=48), Field(say("unit"), width=18),
        Field(say("variant: mean")), Field(say("baseline: mean")), Field(say("difference")),
        Field(say("95 % interval: from")), Field(say("to")), Field(say("half its width")),
        Field(say("larger in (share of pairs)"), _SHARE), Field("p", _P), Field(say("correlation"), _SHARE),
        Field(say("replications saved by pairing")), Field(say("pairs")), Field(say("note")),
        Field(say("name in the files")),
    ]  # fmt: skip
    order = {kpi.name: (not kpi.headline, place) for place, kpi in enumerate(KPIS)}
    chosen = sorted(
        (row for row in comparison.rows if row.paired.replications),
        key=lambda row: ([run.name for run in comparison.runs].index(row.variant), order[row.kpi]),
    )
    rows = [_difference(row, book) for row in chosen]
    placed = sheet.table(headings, rows, frozen=2, filtered=True)
    people = [n for n, row in enumerate(chosen) if row.variant == chosen[0].variant and row.kpi in _PEOPLE]
    if people and not any(chosen[n].paired.undefined for n in people):
        first, last = placed.first + people[0], placed.first + people[-1]
        title = say(
            "Starting citizens: {variant} minus {baseline}, percentage points",
            variant=chosen[0].variant,
            baseline=base,
        )
        strips = [Strip(sheet, (first, column), (last, column)) for column in (_LABEL, _DIFFERENCE, _HALF)]
        charts.whiskers(title, *strips)


_LABEL, _DIFFERENCE, _HALF = 1, 5, 8
"""Columns of the sheet of differences: names, the difference, half the width of its interval."""
_PEOPLE = tuple(kpi.name for kpi in KPIS if kpi.headline and kpi.name in {f"cohort_{d}_share" for d in DESTINATIONS})
"""Shares of starting citizens that stand together in the sheet."""


def _difference(row: Difference, book: Book) -> list[Cell]:
    found, language = row.paired, book.language
    interval = (found.difference, found.ci95_low, found.ci95_high)
    (mean, _, _, base, _, _) = figures(row.unit, (found.mean, *interval[1:]), (found.baseline_mean, *interval[1:]))
    difference, low, high = figures(row.unit, interval, signed=True)
    half = (found.ci95_high - found.ci95_low) / 2
    form = mean.form if isinstance(mean, Figure) else ""
    note = note_in(IDENTICAL if found.identical else found.interval_note, language)
    return [
        row.variant, language.kpi(_KPIS[row.kpi]), difference_unit(row.unit, language), mean, base, difference, low,
        high, Figure(half, form), found.larger_share, row.p_holm, found.correlation, found.replications_saved,
        float(found.replications), note, row.kpi,
    ]  # fmt: skip
