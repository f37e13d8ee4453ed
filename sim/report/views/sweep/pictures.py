"""Pictures of a sweep: lines over a factor, maps of two."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.report.views.axes import even_ticks
from sim.report.views.people import sentence
from sim.report.views.picture import Heat, Key, Lines, Picture, Series
from sim.report.views.shown import KEYS
from sim.report.views.sweep.figures import estimate, table
from sim.report.views.sweep.swept import Point, Swept, Value, level_text
from sim.report.views.sweep_money import NET_COST

Floats = NDArray[np.float64]


_MOST_LINES = 5


def lines(of: Swept) -> Picture | None:
    """Draw each key figure over the first factor of numbers, a line for each level of another; None: there is none."""
    language = of.language
    numeric = [i for i, factor in enumerate(of.factors) if factor.numeric and len(factor.levels) > 1]
    if not numeric:
        return None
    x = max(numeric, key=lambda i: len(of.factors[i].levels))
    others = [i for i in range(len(of.factors)) if i != x and len(of.factors[i].levels) > 1]
    groups: dict[tuple[Value, ...], list[Point]] = {}
    for point in of.points:
        groups.setdefault(tuple(point.cells[i] for i in others), []).append(point)
    if any(len({point.cells[x] for point in group}) < 2 for group in groups.values()) or len(groups) > _MOST_LINES:
        return None
    panels, alts = [], []
    xs = np.array([v for v in of.factors[x].levels if isinstance(v, (int, float))], np.float64)
    for told in of.told:
        series, ends = [], []
        found = {point.run.variant: estimate(language, told, point) for point in of.points}
        top = max(high for _, _, high in found.values() if not math.isnan(high))
        for key, (levels, group) in zip(KEYS, groups.items(), strict=False):
            at = {p.cells[x]: found[p.run.variant] for p in group}
            values = np.array([at.get(level, (math.nan,) * 3) for level in of.factors[x].levels]).T
            named = ", ".join(
                f"{of.factors[i].label} {level_text(language, level)}"
                for i, level in zip(others, levels, strict=True)
            )
            signed = told == NET_COST
            decimals = 0 if top >= 10 and not signed else 1
            end = language.number(float(values[0][-1]), decimals, signed=signed)
            series.append(Series(key, named, end, values[0], values[1], values[2], np.array([]), np.array([])))
            first = language.number(float(values[0][0]), decimals, signed=signed)
            ends.append(f"{named} {first} - {end}".strip())
        xticks = tuple((float(v), level_text(language, float(v))) for v in _few(xs))
        title = language.say(told.label)
        lowest = min(0.0, *(low for _, low, _ in found.values() if not math.isnan(low)))
        yticks = even_ticks(language, 100.0 if told.label.endswith("%") else top, lowest=lowest, most=2)
        panels.append(Lines(title, xs, tuple(series), xticks, yticks, dots=True))
        alts.append(f"{title}: {'; '.join(ends)}")
    caption = language.say(
        "Dots: the points that were simulated, {count} runs each, with 95 % intervals; people per 1,000 starting "
        "citizens. The straight lines between them only guide the eye. From left to right: {factor}.",
        count=language.number(of.replications),
        factor=of.factors[x].label,
    )
    caption = _with_money(of, caption)
    title = language.say("Step by step: {factor}", factor=of.factors[x].label)
    legend = tuple(Key(one.key, one.label, line=True) for one in panels[0].series) if others else ()
    return Picture("lines", title, caption, tuple(panels), tuple(alts), table(of), across=4, legend=legend)


def _with_money(of: Swept, caption: str) -> str:
    return f"{caption} {of.money}" if NET_COST in of.told else caption


def _few(xs: Floats) -> list[float]:
    """Choose the first, the last, and between them what is not too near."""
    span = float(xs[-1] - xs[0])
    kept = [float(xs[0])]
    for value in xs[1:-1]:
        if value - kept[-1] >= 0.22 * span and xs[-1] - value >= 0.22 * span:
            kept.append(float(value))
    return [*kept, float(xs[-1])]


def maps(of: Swept) -> Picture | None:
    """Draw each key figure as a map of two factors; None: there are not two that were combined as a grid."""
    language = of.language
    varied = [i for i, factor in enumerate(of.factors) if len(factor.levels) > 1]
    if len(varied) != 2:
        return None
    x, y = varied
    at = {(point.cells[x], point.cells[y]): point for point in of.points}
    xs, ys = of.factors[x].levels, of.factors[y].levels
    if len(at) != len(of.points) or len(at) < 0.6 * len(xs) * len(ys) or max(len(xs), len(ys)) > 12:
        return None
    panels, alts = [], []
    for told in of.told:
        values = np.full((len(ys), len(xs)), np.nan)
        for j, level_y in enumerate(ys):
            for i, level_x in enumerate(xs):
                if (level_x, level_y) in at:
                    values[j, i] = estimate(language, told, at[level_x, level_y])[0]
        decimals, signed = 0 if np.nanmax(np.abs(values)) >= 10 else 1, told == NET_COST
        texts = tuple(
            tuple("" if np.isnan(v) else language.number(float(v), decimals, signed=signed) for v in row)
            for row in values
        )
        title = language.say(told.label)
        panels.append(
            Heat(
                title, of.factors[x].label, of.factors[y].label, tuple(level_text(language, v) for v in xs),
                tuple(level_text(language, v) for v in ys), values, texts,
            )
        )  # fmt: skip
        low, high = (language.number(float(v), decimals) for v in (np.nanmin(values), np.nanmax(values)))
        alts.append(language.say("{title}: from {low} to {high}", title=title, low=low, high=high))
    caption = language.say(
        "Mean of {count} runs at each simulated point; people per 1,000 starting citizens. Light: much, dark: little.",
        count=language.number(of.replications),
    )
    caption = _with_money(of, caption)
    title = language.say("{a} and {b} together", a=sentence(of.factors[x].label), b=of.factors[y].label)
    return Picture("maps", title, caption, tuple(panels), tuple(alts), table(of), across=3)
