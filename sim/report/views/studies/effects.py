"""Pictures of Morris' measures and of Sobol' indices: all assumptions of a sensitivity study at once."""

import math
from collections.abc import Sequence

from sim.report.language import Language
from sim.report.view import Cell, Column, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.panels import Mark, Strip, Strips
from sim.report.views.people import sentence
from sim.report.views.picture import Key, Picture
from sim.report.views.studies.looked import MOST_BARS, Looked
from sim.report.views.studies.words import stated
from sim.study.sensitivity.reading import SensitivityFound


def effects(language: Language, of: SensitivityFound, outcomes: Sequence[Looked]) -> list[Picture]:
    """Draw Morris' measures and Sobol' indices, where they were computed."""
    made = []
    if of.morris:
        caption = language.say(
            "All assumptions at once. Dot with line: mean effect of crossing the whole interval of one, wherever the others "
            "are, with its 95 % interval. Dot of the other colour: how much that effect varies; where it is as large as the "
            "mean, the effect hangs on the value or on other assumptions."
        )
        legend = (Key("first", language.say("mean effect")), Key("spread", language.say("spread of the effects")))
        rows = [
            (row.outcome, row.label, (row.mu_star, row.mu_star_half_width), (row.sigma, math.nan))
            for row in of.morris
        ]
        made.append(
            _effects(language, "morris", language.say("Screening by Morris"), caption, outcomes, rows, legend)
        )
    if of.sobol:
        caption = language.say(
            "All assumptions at once, each drawn from all that is believed of it. Share of the outcome's variance that "
            "knowing an assumption would take away: alone, and with all interactions that it takes part in. Lines: 95 % "
            "intervals; wide ones, and shares below 0 or above 100, say that more points are needed."
        )
        legend = (Key("first", language.say("alone (first order)")), Key("total", language.say("with interactions (total)")))  # fmt: skip
        rows = [
            (
                row.outcome,
                row.label,
                (row.first_order, row.first_order_half_width),
                (row.total, row.total_half_width),
            )
            for row in of.sobol
        ]
        made.append(_effects(language, "sobol", language.say("Shares of the variance (Sobol')"), caption, outcomes, rows, legend))  # fmt: skip
    return made


Effects = Sequence[tuple[str, str, tuple[float, float], tuple[float, float]]]


def _effects(
    language: Language,
    name: str,
    title: str,
    caption: str,
    outcomes: Sequence[Looked],
    rows: Effects,
    legend: tuple[Key, ...],
) -> Picture:
    """Draw two measures of each parameter with their intervals, a panel an outcome."""
    shares = name == "sobol"
    keys = [key.key for key in legend]
    panels, alts = [], []
    cells: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    for one in outcomes:
        by, decimals = (100.0, 0) if shares else (one.scale.by, one.scale.decimals)
        unit = language.say("% of the variance") if shares else one.scale.unit
        strips: list[Strip] = []
        values = [0.0]
        for _, label, main, total in [row for row in rows if row[0] == one.name]:
            named = sentence(stated(language, label))
            marks = tuple(
                Mark(key, by * value, by * (value - half if shares else max(value - half, 0.0)), by * (value + half))
                for key, (value, half) in zip(keys, (main, total), strict=True)
            )
            if len(strips) < MOST_BARS:
                values += [v for mark in marks for v in mark[1:] if not math.isnan(v)]
                text = language.number(by * main[0], decimals)
                strips.append(Strip(named, marks, f"{text} / {language.number(by * total[0], decimals)}"))
            cells.append(
                (
                    sentence(one.label), unit, named, Number(by * main[0], decimals), _half(language, by * main[1], decimals),
                    Number(by * total[0], decimals), *([_half(language, by * total[1], decimals)] if shares else []),
                )
            )  # fmt: skip
        if not strips:
            continue
        ends.append(len(cells) - 1)
        heading = f"{sentence(one.label)}, {unit}"
        ticks = even_ticks(language, max(values), lowest=min(values), most=4)
        panels.append(Strips(heading, tuple(strips), ticks, (0.0,)))
        alts.append(f"{heading}: {', '.join(f'{strip.label} {strip.text}' for strip in strips)}")
    half = figure(language.say("± (95 %)"))
    columns = (
        Column(language.say("outcome")), Column(language.say("unit")), Column(language.say("assumption")),
        figure(legend[0].label), half, figure(legend[1].label), *([half] if shares else []),
    )  # fmt: skip
    view = View(title, columns, tuple(cells), frozenset(ends[:-1]))
    return Picture(name, title, caption, tuple(panels), tuple(alts), view, 2, legend)


def _half(language: Language, value: float, decimals: int) -> Cell:
    return language.number(value, decimals)
