"""Key figures of the points of a sweep, and the table of all points."""

import math

from sim.report.language import Language
from sim.report.view import Cell, Column, Estimate, Interval, Number, View, figure
from sim.report.views.differences import Told
from sim.report.views.sweep.swept import Point, Swept, level_text
from sim.report.views.sweep_money import NET_COST


def estimate(language: Language, told: Told, point: Point) -> tuple[float, float, float]:
    """Give a key figure of a point with its interval, as shown; NaN where it cannot be computed."""
    from sim.analysis.summary import summarise

    found = summarise(point.values[told.kpi])
    low, high = found.ci95_low, found.ci95_high
    if math.isnan(low):
        low = high = found.mean
    return told.scale * found.mean, told.scale * low, told.scale * high


def figures(language: Language, told: Told, found: tuple[float, float, float]) -> tuple[Number, Interval]:
    """Write a figure and its interval: whole from 10 on, more where the interval would collapse; money with its sign."""
    mean, low, high = found
    signed = told == NET_COST
    decimals = 0 if abs(mean) >= 10 and not signed else 1
    while signed and decimals < 3 and 0.0 < high - low < 2.0 * 10.0**-decimals:
        decimals += 1
    return Number(mean, decimals, signed), Interval(low, high, decimals, signed)


def table(of: Swept) -> View:
    """Tabulate every point: its levels, and each key figure with its interval."""
    language = of.language
    rows: list[tuple[Cell, ...]] = []
    for i, point in enumerate(of.points):
        mark = f" ({language.say('baseline')})" if i == of.baseline else ""
        cells: list[Cell] = [level_text(language, value) for value in point.cells]
        cells[0] = f"{cells[0]}{mark}"
        for told in of.told:
            cells.append(Estimate(*figures(language, told, estimate(language, told, point))))
        rows.append(tuple(cells))
    columns = [Column(factor.label) for factor in of.factors] + [
        figure(language.say(told.label)) for told in of.told
    ]
    title = language.say(
        "Every simulated point, {count} runs each; people per 1,000 starting citizens",
        count=language.number(of.replications),
    )
    return View(title, tuple(columns), tuple(rows))
