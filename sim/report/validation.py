"""What a validation shows: figures beside their intervals, group by group, and scores of forecasts."""

import math
from collections.abc import Sequence
from itertools import pairwise

from sim.analysis.calibration.validation import OUTSIDE, Row
from sim.report.view import Cell, Column, Interval, Number, Page, View, figure, scale_of, unit_text
from sim.study.calibrate.validate import Validation

_LEGEND = (
    "expected: mean over the draws, with the 95 % interval of what is not known of the parameters",
    "could be published: 95 % interval with sampling error and discrepancy besides",
    "surprise: (published - expected) / standard deviation of what could be published",
    "inside: the narrowest of the 50, 80 and 95 % intervals of what could be published that holds it",
)
_SCORES = (
    "CRPS: continuous ranked probability score, in the figure's unit; smaller is better",
    "same as control: the forecast that the control group's published figure comes again",
    "no effect: the forecast of what the model says of the control group",
)


def validation_page(validation: Validation) -> Page:
    """Show a validation.

    Parameters
    ----------
    validation
        From `sim.study.calibrate.validate.validate`.
    """
    rows = validation.rows
    ends = frozenset(i for i, (row, after) in enumerate(pairwise(rows)) if row.group != after.group)
    columns = (
        Column("figures"),
        Column("figure"),
        Column("in"),
        Column("unit", behind=True),
        figure("published"),
        figure("expected"),
        figure("95 % of it"),
        figure("could be published"),
        figure("surprise"),
        figure("inside"),
    )
    title = f"{validation.name}: {validation.draws} draws x {validation.replications} replications of each config"
    cells = tuple(_cells(row, first=not i or rows[i - 1].group != row.group) for i, row in enumerate(rows))
    views = [View(title, columns, cells, ends)]
    scored = [row for row in rows if not math.isnan(row.crps_no_effect)]
    if scored:
        views.append(_scores(scored))
    return Page(
        tuple(views), legend=(*_LEGEND, *(_SCORES if scored else ())), notes=(*_counts(rows), *validation.notes)
    )


def _cells(row: Row, *, first: bool) -> tuple[Cell, ...]:
    scale = scale_of(row.unit)
    decimals = decimals_of(scale * row.expected)
    published = UNKNOWN
    if not math.isnan(row.published):
        published = str(Number(scale * row.published, decimals))
    return (
        row.group if first else "",
        row.label,
        row.config,
        unit_text(row.unit),
        published,
        Number(scale * row.expected, decimals),
        Interval(scale * row.low, scale * row.high, decimals),
        Interval(scale * row.low95, scale * row.high95, decimals),
        "" if math.isnan(row.surprise) else Number(row.surprise, 1, signed=True),
        row.inside,
    )


def _scores(rows: Sequence[Row]) -> View:
    columns = (
        Column("figure"),
        Column("unit", behind=True),
        figure("CRPS of the model"),
        figure("same as control"),
        figure("no effect"),
    )
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        scale = scale_of(row.unit)
        scores = (row.crps, row.crps_same_as_control, row.crps_no_effect)
        made.append((row.label, unit_text(row.unit), *(Number(scale * one, 2) for one in scores)))
    return View("forecasts of what was kept back", columns, tuple(made))


def _counts(rows: Sequence[Row]) -> list[str]:
    """Count, group by group, how many figures lie inside."""
    said = []
    for group in dict.fromkeys(row.group for row in rows):
        known = [row for row in rows if row.group == group and row.inside]
        if known:
            inside = {level: sum(_level(row) <= level for row in known) for level in (50, 80, 95)}
            counts = ", ".join(f"{count} in the {level} %" for level, count in inside.items())
            said.append(f"{group}: of {len(known)} figures {counts} interval")
    return said


def _level(row: Row) -> float:
    return math.inf if row.inside == OUTSIDE else float(row.inside.split()[0])


UNKNOWN = "kept back"
"""What stands for a figure that nobody here has looked up."""


def decimals_of(value: float) -> int:
    """Decimals that show three digits."""
    if not value or math.isnan(value):
        return 1
    return min(max(2 - math.floor(math.log10(abs(value))), 0), 6)
