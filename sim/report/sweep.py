"""The tables of a sweep on the terminal: its plan, what it will take, and the key figures point by point."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from sim.analysis.kpis import KPIS, Kpi
from sim.config.experiment import Cell, Experiment, Point
from sim.report.terminal import UNDEFINED, unit_text
from sim.store.results import SummaryRow
from sim.study.estimate import Estimate, Range

MOST_POINTS = 20
"""Of more points only the extremes are shown."""
_MOST_ROWS, _FIRST, _LAST = 30, 10, 3
_MOST_FACTORS = 4
_KPI_WIDTH = 16
_WIDE = 200  # Columns of a pipe, which has no edge to wrap at.
_MOST_DECIMALS = 3

Summary = Mapping[str, SummaryRow]
"""The rows of a point, by KPI."""


def print_plan(experiment: Experiment, stream: TextIO) -> None:
    """Print the points; of a long plan the first and the last."""
    console = _console(stream)
    points = experiment.points
    table = _table(f"{experiment.name}: {_points(len(points))} x {experiment.replications} replications")
    for heading in ("number", "point", *_headings(experiment)):
        table.add_column(heading, justify="right" if heading == "number" else "left")
    shown = points if len(points) <= _MOST_ROWS else points[:_FIRST]
    for point in shown:
        table.add_row(*_plan_row(experiment, point))
    if len(points) > _MOST_ROWS:
        table.add_row("...", f"({len(points) - _FIRST - _LAST} more)")
        for point in points[-_LAST:]:
            table.add_row(*_plan_row(experiment, point))
    if experiment.definition.experiment.question:
        console.print(experiment.definition.experiment.question)
    console.print(table)


def print_estimate(found: Estimate, workers: int, points: int, total: int, stream: TextIO) -> None:
    """Print how long a sweep will take and how much it will write, and how well that is known.

    Parameters
    ----------
    found
        From `sim.study.estimate.estimate`.
    workers
        Processes that will work.
    points, total
        Points and replications of the whole sweep.
    stream
        Where to.
    """
    done = total - found.left
    already = f" ({done:,} of {total:,} are finished already)" if done else ""
    time = Range(*(seconds / workers for seconds in found.seconds))
    with_workers = "1 worker" if workers == 1 else f"{workers} workers that do not hinder each other"
    lines = [f"replications to run: {found.left:,}{already}"]
    if found.left:
        lines.append(f"time: about {duration(time.value)} with {with_workers} ({_from_to(time, duration)})")
    lines += [
        f"disk: about {size(found.bytes.value)} ({_from_to(found.bytes, size)})",
        f"estimated from {found.replications} replications of each of {found.points} of {_points(points)}, run in "
        f"{duration(found.took_seconds)} just now by one process. In brackets: 95 % intervals, which know of "
        "differences between points and between replications, but not of what else the computer does.",
    ]
    stream.write("\n".join(lines) + "\n")


def print_points(experiment: Experiment, summaries: Mapping[str, Summary], stream: TextIO) -> None:
    """Print the headline KPIs of every point with their 95 % intervals; of many points the extremes.

    Parameters
    ----------
    experiment
        With the points, in order.
    summaries
        The rows of each point, by its name.
    stream
        Where to.
    """
    console = _console(stream)
    if experiment.definition.experiment.question:
        console.print(experiment.definition.experiment.question)
    headline = [kpi for kpi in KPIS if kpi.headline]
    of_kpi = {kpi.name: [summaries[point.name][kpi.name] for point in experiment.points] for kpi in headline}
    undefined = [kpi for kpi in headline if all(math.isnan(row.mean) for row in of_kpi[kpi.name])]
    same = [kpi for kpi in headline if kpi not in undefined and _is_same(of_kpi[kpi.name])]
    shown = [kpi for kpi in headline if kpi not in undefined and kpi not in same]
    if len(experiment.points) <= MOST_POINTS:
        for table in _blocks(experiment, shown, of_kpi, console.width):
            console.print(table)
    else:
        console.print(_extremes(experiment, shown, of_kpi))
    for kpi in same:
        console.print(
            f"the same in every point: {kpi.label} {plus_minus(kpi, of_kpi[kpi.name])[0]} {unit_text(kpi)}"
        )
    if undefined:
        console.print(f"undefined in every point: {', '.join(kpi.label for kpi in undefined)}")


def plus_minus(kpi: Kpi, rows: Sequence[SummaryRow]) -> list[str]:
    """Write "mean ±half-width" of one KPI in several points, all to the same number of decimals.

    The middle half-width keeps two digits. Shares are in per cent.
    """
    scale = 100.0 if kpi.unit == "share" else 1.0
    halves = [scale * (row.ci95_high - row.ci95_low) / 2 for row in rows]
    known = [half for half in halves if half > 1e-12]  # NaN is not; nor is a constant's rounding.
    decimals = 1 - math.floor(math.log10(sorted(known)[len(known) // 2])) if known else 1
    decimals = min(max(decimals, 0), _MOST_DECIMALS)
    texts = []
    for row, half in zip(rows, halves, strict=True):
        mean = f"{scale * row.mean:,.{decimals}f}"
        interval = "" if math.isnan(half) else f" ±{half:,.{decimals}f}"
        texts.append(UNDEFINED if math.isnan(row.mean) else mean + interval)
    return texts


def short_cell(cell: Cell) -> str:
    """Write a factor's value for the eye: four digits of a drawn number."""
    if cell is None:
        return "none"
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else f"{cell:.4g}"


def duration(seconds: float) -> str:
    """Write a time as one says it: 40 s, 3 min, 2 h 5 min."""
    if seconds < 1:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def size(count: float) -> str:
    """Write a number of bytes: 820 kB, 3.1 MB, 12 GB."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if count >= scale:
            amount = count / scale
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:,.0f} {unit}"
    return f"{count / 1e3:,.0f} kB"


def _blocks(
    experiment: Experiment, shown: Sequence[Kpi], of_kpi: Mapping[str, Sequence[SummaryRow]], width: int
) -> list[Table]:
    """Tables with a row a point, each with as many KPIs as the width holds."""
    points, headings = experiment.points, _point_headings(experiment)
    heads = [_point_cells(experiment, point) for point in points]
    used = sum(max(len(text) for text in column) + 2 for column in zip(headings, *heads, strict=True))
    each = max((width - used) // (_KPI_WIDTH + 2), 1)
    texts = {kpi.name: plus_minus(kpi, of_kpi[kpi.name]) for kpi in shown}
    tables: list[Table] = []
    waiting = iter(shown)
    while block := list(islice(waiting, each)):
        table = _table(f"{experiment.name}: mean ± half the 95 % interval" if not tables else None)
        for heading in headings:
            table.add_column(heading, justify="right", no_wrap=True, vertical="bottom")
        for kpi in block:
            table.add_column(f"{kpi.label}, {unit_text(kpi)}", justify="right", width=_KPI_WIDTH)
        for i, head in enumerate(heads):
            table.add_row(*head, *(texts[kpi.name][i] for kpi in block))
        tables.append(table)
    return tables


def _extremes(experiment: Experiment, shown: Sequence[Kpi], of_kpi: Mapping[str, Sequence[SummaryRow]]) -> Table:
    """One row a KPI: the points with the lowest and the highest mean."""
    table = _table(
        f"{experiment.name}: lowest and highest mean (± half the 95 % interval) of "
        f"{_points(len(experiment.points))}; all in summary.csv"
    )
    for heading in ("key figure", "unit"):
        table.add_column(heading)
    for heading in ("lowest", "highest"):
        table.add_column(heading, justify="right", no_wrap=True)
        table.add_column("at")
    for kpi in shown:
        known = [row for row in of_kpi[kpi.name] if not math.isnan(row.mean)]
        ends = [pick(known, key=lambda row: row.mean) for pick in (min, max)]
        low, high = plus_minus(kpi, ends)
        table.add_row(kpi.label, unit_text(kpi), low, ends[0].variant, high, ends[1].variant)
    return table


def _is_same(rows: Sequence[SummaryRow]) -> bool:
    """Whether a KPI has the same mean and interval in every point: the factors do not touch it."""
    return len({(row.mean, row.sd, row.replications) for row in rows}) == 1


def _plan_row(experiment: Experiment, point: Point) -> list[str]:
    mark = " (baseline)" if point.name == experiment.baseline else ""
    return [str(point.number), point.name + mark, *_cells(experiment, point)]


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


def _table(title: str | None) -> Table:
    return Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)


def _console(stream: TextIO) -> Console:
    return Console(file=stream, width=None if stream.isatty() else _WIDE, highlight=False, markup=False, emoji=False)
