"""Sliders over the simulated points of a sweep: precomputed, nothing between them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.analysis.comparison.paired import paired
from sim.analysis.kpis import KPI_NAMES
from sim.report.view import UNDEFINED
from sim.report.views.people import sentence
from sim.report.views.sweep.figures import estimate, figures
from sim.report.views.sweep.swept import Swept, level_text, point_text
from sim.report.views.sweep_money import NET_COST


class Slider(NamedTuple):
    """A slider: its factor, and its levels as places on it and as texts."""

    label: str
    levels: tuple[str, ...]


class WhatIf(NamedTuple):
    """What the sliders show: precomputed points, nothing between them.

    Attributes
    ----------
    sliders
        One for each factor.
    headings
        Of the table.
    rows
        Names of its rows.
    points
        For each point its place on every slider, its name, its cells by row, and its command.
    start
        Place of the point shown first.
    """

    sliders: tuple[Slider, ...]
    headings: tuple[str, ...]
    rows: tuple[str, ...]
    points: tuple[Mapping[str, Any], ...]
    start: int


def what_if(of: Swept) -> WhatIf:
    """Prepare the sliders over the simulated points: every text is written here, the page only chooses."""
    language = of.language
    base = None if of.baseline is None else of.points[of.baseline]
    points = []
    for point in of.points:
        rows = []
        for told in of.told:
            found = [language.cell(cell) for cell in figures(language, told, estimate(language, told, point))]
            if told == NET_COST:  # It is a difference, and has no level of its own.
                rows.append([UNDEFINED, UNDEFINED, *found])
                continue
            cells = found
            if base is not None:
                both = paired(point.values[told.kpi], base.values[told.kpi])
                d, d_low, d_high = (told.scale * v for v in (both.difference, both.ci95_low, both.ci95_high))
                own = 0 if abs(d) >= 10 else 1
                cells += [language.number(d, own, signed=True), language.interval(d_low, d_high, own)]
            rows.append(cells)
        at = [factor.levels.index(value) for factor, value in zip(of.factors, point.cells, strict=True)]
        runs = language.number(len(point.values[KPI_NAMES[0]]))
        name = language.say("{point}: simulated, {count} runs.", point=sentence(point_text(of, point)), count=runs)
        points.append({"at": at, "name": name, "rows": rows, "command": point.command})
    headings = [language.say("expected"), language.say("95 % interval")]
    if base is not None:
        headings += [
            language.say("difference from {name}", name=point_text(of, base)),
            language.say("95 % interval"),
        ]
    sliders = tuple(
        Slider(sentence(factor.label), tuple(level_text(language, level) for level in factor.levels))
        for factor in of.factors
    )
    rows_named = tuple(language.say(told.label) for told in of.told)
    return WhatIf(sliders, tuple(headings), rows_named, tuple(points), of.baseline or 0)
