"""What a sweep shows: its plan, what it will take, and the key figures point by point."""

import math
from collections.abc import Callable, Mapping, Sequence

from sim.analysis.attention.after import NOT_CALIBRATED
from sim.analysis.kpis import KPIS
from sim.analysis.kpis.kpi import Kpi
from sim.analysis.rounding import equal
from sim.config.experiment import Cell, Experiment, Point
from sim.report import view
from sim.report.intervals import explained
from sim.report.kpis import Summary
from sim.report.view import (
    Column,
    Number,
    Page,
    PlusMinus,
    View,
    figure,
    key_figures,
    middle,
    scale_of,
    unit_text,
)
from sim.store.results import SummaryRow
from sim.study.estimate import Estimate, Range

MOST_POINTS = 20
"""Of more points only the extremes are shown."""
_MOST_ROWS, _FIRST, _LAST = 30, 10, 3
_MOST_FACTORS = 4


def plan_page(experiment: Experiment) -> Page:
    """Show the points; of a long plan the first and the last."""
    points = experiment.points
    headings = ("number", "point", *_headings(experiment))
    shown = points if len(points) <= _MOST_ROWS else points[:_FIRST]
    rows = [_plan_row(experiment, point) for point in shown]
    if len(points) > _MOST_ROWS:
        left_out = ("...", f"({len(points) - _FIRST - _LAST} more)")
        rows.append((*left_out, *("" for _ in headings[2:])))
        rows += [_plan_row(experiment, point) for point in points[-_LAST:]]
    title = f"{experiment.name}: {_points(len(points))} x {experiment.replications} replications"
    columns = tuple(Column(heading, right=heading == "number") for heading in headings)
    return Page((View(title, columns, tuple(rows)),), above=_question(experiment))


def estimate_lines(found: Estimate, workers: int, points: int, total: int, memory: float) -> list[str]:
    """Say how long a batch will take, what it needs and how much it will write, and how well that is known.

    Parameters
    ----------
    found
        From `sim.study.estimate.estimate`.
    workers
        Processes that will work.
    points, total
        Points and replications of the whole.
    memory
        Bytes that a worker needs.
    """
    done = total - found.left
    already = f" ({done:,} of {total:,} are finished already)" if done else ""
    time = Range(*(seconds / workers + found.at_the_end_seconds for seconds in found.seconds))
    with_workers = "1 worker" if workers == 1 else f"{workers} workers that do not hinder each other"
    lines = [f"replications to run: {found.left:,}{already}"]
    if found.left:
        lines.append(f"time: about {duration(time.value)} with {with_workers} ({_from_to(time, duration)})")
    lines.append(f"memory: about {size(memory)} for each worker, {size(memory * workers)} in all")
    if not found.left:
        return [*lines, f"disk: {size(found.bytes.value)}"]
    return [
        *lines,
        f"disk: about {size(found.bytes.value)} ({_from_to(found.bytes, size)})",
        f"estimated from {found.replications:,} replications of {found.points:,} of {_points(points)}, run in "
        f"{duration(found.took_seconds)} just now by one process. In brackets: 95 % intervals, which know of "
        "differences between points and between replications, but not of what else the computer does. "
        "Starting the workers comes to it.",
    ]


def points_page(experiment: Experiment, summaries: Mapping[str, Summary]) -> Page:
    """Show the headline KPIs of every point with their 95 % intervals; of many points the extremes.

    Parameters
    ----------
    experiment
        With the points, in order.
    summaries
        The rows of each point, by its name.
    """
    headline = [kpi for kpi in KPIS if kpi.headline]
    of_kpi = {kpi.name: [summaries[point.name][kpi.name] for point in experiment.points] for kpi in headline}
    undefined = [kpi for kpi in headline if all(math.isnan(row.mean) for row in of_kpi[kpi.name])]
    same = [kpi for kpi in headline if kpi not in undefined and _is_same(of_kpi[kpi.name])]
    shown = [kpi for kpi in headline if kpi not in undefined and kpi not in same]
    below = [f"the same in every point: {kpi.label} {_with_unit(kpi, of_kpi[kpi.name])}" for kpi in same]
    if undefined:
        below.append(f"undefined in every point: {', '.join(kpi.label for kpi in undefined)}")
    make = _every_point if len(experiment.points) <= MOST_POINTS else _extremes
    views = (make(experiment, shown, of_kpi),) if shown else ()
    legend = explained(
        (row.interval_note, row.replications) for kpi in headline if kpi not in undefined for row in of_kpi[kpi.name]
    )
    return Page(views, above=_question(experiment), below=tuple(below), legend=legend, look=(NOT_CALIBRATED,))


def plus_minus(kpi: Kpi, rows: Sequence[SummaryRow]) -> list[PlusMinus]:
    """Give mean and half-width of one KPI in several points, all with the decimals of the middle half-width."""
    scale = scale_of(kpi.unit)
    halves = [scale * (row.ci95_high - row.ci95_low) / 2 for row in rows]
    decimals = middle(halves)
    return [
        PlusMinus(Number(scale * row.mean, decimals), half, row.interval_note)
        for row, half in zip(rows, halves, strict=True)
    ]


def _with_unit(kpi: Kpi, rows: Sequence[SummaryRow]) -> str:
    """Write a figure that is the same in every point."""
    cell = plus_minus(kpi, rows)[0]
    return f"{cell._replace(note='')} {unit_text(kpi.unit)}" + (f", {cell.note}" if cell.note else "")


def short_cell(cell: Cell) -> str:
    """Write a factor's value for the eye: four digits of a drawn number."""
    if cell is None:
        return "none"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else f"{cell:.4g}"


def duration(seconds: float) -> str:
    """Write a time as one says it: 40 s, 3 min, 2 h 5 min."""
    if math.isinf(seconds):
        return "unknown"
    if seconds < 1:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def size(count: float) -> str:
    """Write a number of bytes: 820 kB, 3.1 MB, 12 GB."""
    if math.isinf(count):
        return "unknown"
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if count >= scale:
            amount = count / scale
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:,.0f} {unit}"
    return f"{count / 1e3:,.0f} kB"


def _every_point(experiment: Experiment, shown: Sequence[Kpi], of_kpi: Mapping[str, Sequence[SummaryRow]]) -> View:
    """One row per point, one column per KPI."""
    headings = _point_headings(experiment)
    figures = [plus_minus(kpi, of_kpi[kpi.name]) for kpi in shown]
    rows: tuple[tuple[view.Cell, ...], ...] = tuple(
        (*_point_cells(experiment, point), *(column[i] for column in figures))
        for i, point in enumerate(experiment.points)
    )
    keys = (figure(heading) for heading in headings)
    kpis = (Column(f"{kpi.label}, {unit_text(kpi.unit)}", right=True) for kpi in shown)
    return View(f"{experiment.name}: mean ± half the 95 % interval", (*keys, *kpis), rows, keys=len(headings))


def _extremes(experiment: Experiment, shown: Sequence[Kpi], of_kpi: Mapping[str, Sequence[SummaryRow]]) -> View:
    """One row per KPI: the points with the lowest and the highest mean."""
    title = (
        f"{experiment.name}: lowest and highest mean (± half the 95 % interval) of "
        f"{_points(len(experiment.points))}; all in summary.csv"
    )
    rows = []
    for kpi in shown:
        known = [row for row in of_kpi[kpi.name] if not math.isnan(row.mean)]
        ends = [pick(known, key=lambda row: row.mean) for pick in (min, max)]
        low, high = plus_minus(kpi, ends)
        rows.append((kpi.label, unit_text(kpi.unit), low, ends[0].variant, high, ends[1].variant))
    at = Column("at")
    return View(title, key_figures(figure("lowest"), at, figure("highest"), at), tuple(rows))


def _is_same(rows: Sequence[SummaryRow]) -> bool:
    """Whether a KPI has the same mean and spread in every point, but for rounding: the factors do not touch it."""
    if len({row.replications for row in rows}) > 1:
        return False
    size = max(row.mean for row in rows)
    columns = ([row.mean for row in rows], [row.sd for row in rows if not math.isnan(row.sd)])
    return all(equal(min(column), max(column), size) for column in columns if column)


def _question(experiment: Experiment) -> tuple[str, ...]:
    question = experiment.definition.experiment.question
    return (question,) if question else ()


def _plan_row(experiment: Experiment, point: Point) -> tuple[str, ...]:
    mark = " (baseline)" if point.name == experiment.baseline else ""
    return (str(point.number), point.name + mark, *_cells(experiment, point))


def _headings(experiment: Experiment) -> list[str]:
    return [*(["variant"] if experiment.has_variants else []), *(factor.label for factor in experiment.factors)]


def _cells(experiment: Experiment, point: Point) -> list[str]:
    start = [point.base_variant] if experiment.has_variants else []
    return [*start, *(short_cell(point.cells[factor.name]) for factor in experiment.factors)]


def _point_headings(experiment: Experiment) -> list[str]:
    headings = _headings(experiment)
    return headings if len(headings) <= _MOST_FACTORS else ["point"]


def _point_cells(experiment: Experiment, point: Point) -> list[str]:
    """What tells a point in a row: its factors, or its name if they are many; the baseline has a star."""
    cells = _cells(experiment, point) if len(_headings(experiment)) <= _MOST_FACTORS else [point.name]
    return [f"* {cells[0]}" if point.name == experiment.baseline else cells[0], *cells[1:]]


def _points(count: int) -> str:
    return "1 point" if count == 1 else f"{count:,} points"


def _from_to(interval: Range, text: Callable[[float], str]) -> str:
    return f"{text(interval.low)} to {text(interval.high)}"
