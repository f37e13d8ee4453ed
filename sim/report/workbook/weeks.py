"""The sheets of the centre over time: stock, queues and meetings by week, and hours by role and kind of work."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.band import band
from sim.analysis.course.centre import WEEKLY
from sim.analysis.course.course import Course
from sim.catalogue import Task
from sim.report.workbook.book import DAY, Book, Cell, Field, Sheet
from sim.report.workbook.charts import ChartSheet, Line, Strip
from sim.store.run import Run

Floats = NDArray[np.float64]

_LABELS = {
    "stock": "citizens with the centre",
    "meetings_held": "planned meetings held",
    "meetings_timely": "of these in time",
    "overdue_meeting": "meetings overdue",
    "in_clarification": "cases being prepared",
    "waiting_team": "waiting for the rehabilitation team",
    "waiting_consultant": "waiting for a consultant",
    "in_internship": "in internship",
}
_DRAWN = ("stock", "overdue_meeting", "in_clarification", "waiting_team", "waiting_consultant")
_ONE, _SHARE = "#,##0.0", "0.0%"


def put_weeks(book: Book, charts: ChartSheet, runs: Sequence[Run], courses: Sequence[Course]) -> None:
    """Put the weeks of some runs, the baseline first, one below the other."""
    say = book.language.say
    sheet = book.sheet(say("Weeks"), say("stock, queues and meetings at the end of every week"))
    sheet.heading(
        say("By week"),
        say("Means over replications with 95 % intervals, all groups together; week 0 is the start."),
    )
    fields = [Field(say("run"), width=24), Field(say("week")), Field(say("ends on"), DAY, 12)]
    for name in WEEKLY:
        fields += [Field(say(_LABELS[name]), _ONE, 12), Field(say("95 %: from"), _ONE), Field(say("to"), _ONE)]
    rows: list[list[Cell]] = []
    for run, of in zip(runs, courses, strict=True):
        start = date.fromisoformat(run.config["run"]["start"])
        mean, low, high, _, _ = band(of.weekly, run.manifest.per_draw)
        for week in range(of.weekly.shape[-1]):
            cells: list[Cell] = [run.name, float(week), start + timedelta(days=7 * week - 1)]
            for place in range(len(WEEKLY)):
                cells += [float(values[place, week]) for values in (mean, low, high)]
            rows.append(cells)
    placed = sheet.table(fields, rows, frozen=3, filtered=True)
    lengths = [of.weekly.shape[-1] for of in courses]
    starts = [placed.first + sum(lengths[:n]) for n in range(len(lengths))]
    for name in _DRAWN:
        at = 3 + 3 * WEEKLY.index(name)
        series = [
            Line(run.name, Strip(sheet, (first, at), (first + length - 1, at)), place)
            for place, (run, first, length) in enumerate(zip(runs, starts, lengths, strict=True))
        ]
        if not any(of.weekly[:, WEEKLY.index(name)].any() for of in courses):
            continue
        weeks = Strip(sheet, (starts[0], 1), (starts[0] + lengths[0] - 1, 1))
        charts.lines(say(_LABELS[name]), weeks, series, axis=say("week"))


def put_hours(book: Book, charts: ChartSheet, runs: Sequence[Run], courses: Sequence[Course]) -> None:
    """Put hours a week by role and kind of work against the hours that are there, and the caseload by period."""
    say, language = book.language.say, book.language
    sheet = book.sheet(say("Hours"), say("hours a week by role and kind of work, and the caseload over time"))
    sheet.heading(
        say("Hours a week, by role and kind of work"),
        say("Means with 95 % intervals. Hours there: for citizens, absence and administration taken off."),
    )
    tasks = list(Task)
    fields = [Field(say("run"), width=24), Field(say("role"), width=24), Field(say("kind of work"), width=34)]
    fields += [Field(say("hours a week"), _ONE, 12), Field(say("95 %: from"), _ONE), Field(say("to"), _ONE)]
    fields += [Field(say("of the hours there"), _SHARE, 12)]
    rows: list[list[Cell]] = []
    sums: list[int] = []
    for run, of in zip(runs, courses, strict=True):
        for role, name in enumerate(of.roles):
            there = of.available[:, role]
            for task in tasks:
                hours = of.hours[:, role, task]
                if hours.any():
                    rows.append([run.name, language.name(name), language.label(task), *_shown(hours, there, run)])
            used = of.hours[:, role].sum(axis=-1)
            rows.append([run.name, language.name(name), say("not used"), *_shown(there - used, there, run)])
            sums.append(len(rows))
            rows.append([run.name, language.name(name), say("hours there"), *_shown(there, there, run)])
    sheet.table(fields, rows, bold=lambda row: row in sums, frozen=3)
    _put_kinds(sheet, charts, runs, courses)
    _put_caseload(sheet, charts, runs, courses)


def _shown(hours: Floats, there: Floats, run: Run) -> list[Cell]:
    mean, low, high, _, _ = (float(value) for value in band(hours, run.manifest.per_draw))
    whole = float(there.mean())
    return [mean, low, high, mean / whole if whole > 0.0 else float("nan")]


def _put_kinds(sheet: Sheet, charts: ChartSheet, runs: Sequence[Run], courses: Sequence[Course]) -> None:
    """Put the coordinators' hours with a column for each kind of work: what the chart is drawn from."""
    language = sheet.book.language
    say = language.say
    tasks = [task for task in Task if any(of.hours[:, 0, task].any() for of in courses)]
    labels = [*(language.label(task) for task in tasks), say("not used")]
    rows: list[list[Cell]] = []
    for run, of in zip(runs, courses, strict=True):
        used = [float(of.hours[:, 0, task].mean()) for task in tasks]
        rest = float(of.available[:, 0].mean()) - sum(used)
        rows.append([run.name, *used, max(rest, 0.0)])  # Where all is used, rounding may leave less than nothing.
    fields = [Field(say("run")), *(Field(label, _ONE) for label in labels)]
    placed = sheet.table(fields, rows, title=say("Coordinators' hours a week"))
    names = Strip(sheet, (placed.first, 0), (placed.last, 0))
    series = [
        Line(label, Strip(sheet, (placed.first, 1 + n), (placed.last, 1 + n)), n) for n, label in enumerate(labels)
    ]
    charts.stacks(say("Coordinators' hours a week"), names, series)


def _put_caseload(sheet: Sheet, charts: ChartSheet, runs: Sequence[Run], courses: Sequence[Course]) -> None:
    """Put the caseload by period of the coordinators' table, a row for each period."""
    say = sheet.book.language.say
    fields = [Field(say("to the end of week"))]
    for run in runs:
        fields += [Field(f"{run.name}: {say('mean')}", _ONE), Field(say("95 %: from"), _ONE), Field(say("to"), _ONE)]
    bands = [band(of.caseload, run.manifest.per_draw) for run, of in zip(runs, courses, strict=True)]
    longest = max((of.periods for of in courses), key=len)
    rows: list[list[Cell]] = []
    for period, end in enumerate(longest.tolist()):
        cells: list[Cell] = [float(end)]
        for of, found in zip(courses, bands, strict=True):
            known = period < len(of.periods)
            cells += [float(values[period]) if known else None for values in found[:3]]
        rows.append(cells)
    title = say("Citizens on a full-time coordinator's own list")
    placed = sheet.table(fields, rows, title=title)
    series = [
        Line(run.name, Strip(sheet, (placed.first, 1 + 3 * n), (placed.last, 1 + 3 * n)), n)
        for n, run in enumerate(runs)
    ]
    charts.lines(title, Strip(sheet, (placed.first, 0), (placed.last, 0)), series, axis=say("week"))
