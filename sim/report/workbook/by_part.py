"""The sheets of figures by year, quarter and group, and of what is reached within so many weeks."""

import math
from collections.abc import Iterator, Sequence
from itertools import product

from sim.analysis.comparison.incidence import IncidenceDifferences
from sim.analysis.incidence.summary import incidence_summary
from sim.analysis.incidence.table import HEADLINE, PAIRS, TABLE, WITHIN_WEEKS
from sim.analysis.periods import MEASURES, PeriodDifferences
from sim.analysis.subgroups import Part, common_parts
from sim.catalogue import Reached, Since
from sim.report.language import Language
from sim.report.workbook.book import Book, Cell, Field
from sim.report.workbook.charts import ChartSheet, Line, Strip
from sim.report.workbook.forms import difference_unit, figures, measure_in, note_in, part_in
from sim.store.run import Run
from sim.study.comparison import Comparison

Interval = tuple[float, float, float]
Key = tuple[Part, int, int]
"""Of whom, of which of `PAIRS`, within which of `WITHIN_WEEKS`, by place."""


def put_periods(book: Book, comparison: Comparison) -> None:
    """Put the differences by period and group of the weekly tables."""
    say, base = book.language.say, comparison.baseline.name
    sheet = book.sheet(say("By year and group"), say("stock, entries, exits and meetings by period and group"))
    sheet.heading(
        say("By year, quarter and group: differences from {baseline}", baseline=base),
        say("A week belongs to the quarter in which its fourth day lies. Each interval is for its figure alone."),
    )
    fields = [
        Field(say("variant"), width=24), Field(say("figure"), width=38), Field(say("unit"), width=18),
        Field(say("period"), width=26), Field(say("group"), width=20), Field(say("variant: mean")),
        Field(say("baseline: mean")), Field(say("difference")), Field(say("95 % interval: from")), Field(say("to")),
        Field(say("pairs")), Field(say("note")),
    ]  # fmt: skip
    rows = [row for found in comparison.by_period_rows for row in _periods(found, book.language)]
    sheet.table(fields, rows, frozen=2, filtered=True)


def _periods(found: PeriodDifferences, language: Language) -> Iterator[list[Cell]]:
    of = found.intervals
    for m, measure in enumerate(MEASURES):
        for g, group in enumerate(found.groups):
            for p, period in enumerate(found.periods):
                if not of.replications[p, g, m]:
                    continue
                place = (p, g, m)
                low, high = float(of.ci95_low[place]), float(of.ci95_high[place])
                mean, _, _, base, _, _ = figures(
                    measure.unit, (float(of.mean[place]), low, high), (float(of.baseline_mean[place]), low, high)
                )
                shown = figures(measure.unit, (float(of.difference[place]), low, high), signed=True)
                note = (
                    language.say("identical")
                    if of.identical[place]
                    else note_in(str(of.interval_note[place]), language)
                )
                name = language.say("all weeks") if period.kind == "total" else period.name
                yield [
                    found.variant, measure_in(measure, language), difference_unit(measure.unit, language), name,
                    part_in(group, language), mean, base, *shown, float(of.replications[place]), note,
                ]  # fmt: skip


def put_reached(book: Book, charts: ChartSheet, runs: Sequence[Run], comparison: Comparison | None) -> None:
    """Put the shares that reach an event within so many weeks: of each run (the baseline first), and differences."""
    say, language = book.language.say, book.language
    sheet = book.sheet(say("Reached"), say("who has reached a job, a pension ... within so many weeks"))
    sheet.heading(
        say("Shares that reach something within so many weeks"),
        say("Cumulative incidence (Aalen-Johansen): who has left otherwise can no longer reach it."),
    )
    parts = common_parts(*runs)
    shares = [_shares(run, parts) for run in runs]
    compared = {one.variant: one for one in comparison.incidence_rows} if comparison is not None else {}
    fields = [
        Field(say("since"), width=26), Field(say("reached"), width=36), Field(say("within weeks"), width=12),
        Field(say("group"), width=18), Field(say("department"), width=16),
    ]  # fmt: skip
    for run in runs:
        fields += [Field(f"{run.name}: {say('share')}"), Field(say("95 % interval: from")), Field(say("to"))]
    for name in compared:
        fields += [Field(f"{name}: {say('difference')}"), Field(say("95 % interval: from")), Field(say("to"))]
    keys = [key for key in _keys(parts) if _is_seen([of_run[key] for of_run in shares])]
    rows: list[list[Cell]] = []
    for key in keys:
        part, pair, week = key
        since, event = PAIRS[pair]
        cells: list[Cell] = [language.label(since), language.label(event), float(WITHIN_WEEKS[week])]
        cells += [part_in(part.group, language), part_in(part.department, language)]
        cells += figures("share", *(of_run[key] for of_run in shares))
        for found in compared.values():
            cells += figures("share", _difference(found, key), signed=True)
        rows.append(cells)
    placed = sheet.table(fields, rows, frozen=3, filtered=True)
    for pair in dict.fromkeys(pair for _, pair, _ in keys if PAIRS[pair] in _DRAWN):
        own = [placed.first + n for n, key in enumerate(keys) if key[:2] == (parts[0], pair)]
        since, event = PAIRS[pair]
        title = say(
            "{event}: share within so many weeks, since {since}",
            event=language.label(event),
            since=language.label(since),
        )
        series = [
            Line(run.name, Strip(sheet, (own[0], column), (own[-1], column)), place)
            for place, (run, column) in enumerate(zip(runs, range(_SHARE, _SHARE + 3 * len(runs), 3), strict=True))
        ]
        charts.lines(
            title, Strip(sheet, (own[0], _WITHIN), (own[-1], _WITHIN)), series, axis=say("weeks"), form="0%"
        )


_WITHIN, _SHARE = 2, 5
"""Columns of the weeks, and of the first share."""
_DRAWN = ((Since.START, Reached.JOB), (Since.START, Reached.DECIDED))


def _keys(parts: Sequence[Part]) -> Iterator[Key]:
    headline = [pair for pair, told in enumerate(PAIRS) if told in HEADLINE]
    for part in parts:
        for pair in headline:
            for week in range(len(WITHIN_WEEKS)):
                yield part, pair, week


def _is_seen(found: Sequence[Interval]) -> bool:
    return any(mean > 0.0 for mean, _, _ in found)


def _shares(run: Run, parts: Sequence[Part]) -> dict[Key, Interval]:
    rows = (of_one for _, of_one in run.replications(TABLE))
    table = incidence_summary(run.variant, parts, rows, {}, run.manifest.per_draw)
    columns = [table[name].to_pylist() for name in ("mean", "ci95_low", "ci95_high")]
    every = product(parts, range(len(PAIRS)), range(len(WITHIN_WEEKS)))
    return {
        key: (_known(mean), _known(low), _known(high)) for key, mean, low, high in zip(every, *columns, strict=True)
    }


def _known(value: float | None) -> float:
    return math.nan if value is None else value


def _difference(found: IncidenceDifferences, key: Key) -> Interval:
    part, pair, week = key
    if part not in found.parts:
        return math.nan, math.nan, math.nan
    place = (found.parts.index(part), pair, week)
    of = found.intervals
    return float(of.difference[place]), float(of.ci95_low[place]), float(of.ci95_high[place])
