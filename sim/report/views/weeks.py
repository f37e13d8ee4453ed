"""The centre over time: stock, caseload, meetings in time, and who waits for what, as small panels."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.band import Band, band
from sim.analysis.course.centre import WEEKLY
from sim.analysis.course.course import Course
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.axes import even_ticks, week_ticks
from sim.report.views.people import points, series_of, variant_keys
from sim.report.views.picture import Lines, Picture
from sim.report.views.shown import Shown

Floats = NDArray[np.float64]


def _weekly(column: str) -> Callable[[Course], Floats]:
    place = WEEKLY.index(column)
    return lambda of: of.weekly[:, place]


def _caseload(of: Course) -> Floats:
    """Repeat the value of each period at its weeks, from the middle of the first to that of the last."""
    middles = (of.periods + np.concatenate([[0.0], of.periods[:-1]])) / 2
    weeks = np.arange(of.horizon + 1.0)
    drawn = [np.interp(weeks, middles, values, left=np.nan, right=np.nan) for values in of.caseload]
    return np.array(drawn)


_PANELS: tuple[tuple[str, Callable[[Course], Floats], int], ...] = (
    ("Citizens on a full-time caseworker's list", _caseload, 0),
    ("Citizens with the centre", _weekly("stock"), 0),
    ("Meetings begun in time, %", lambda of: 100.0 * of.timely, 0),
    ("Citizens with an overdue meeting", _weekly("overdue_meeting"), 0),
    ("Cases being made ready", _weekly("in_clarification"), 0),
    ("Cases waiting for the team", _weekly("waiting_team"), 0),
    ("Citizens waiting for a consultant", _weekly("waiting_consultant"), 0),
    ("Citizens in internship", _weekly("in_internship"), 0),
)
"""Title, what is shown, and decimals."""


def over_time(of: Shown) -> Picture:
    """Draw stock, caseload and queues by week; what is 0 throughout is left out."""
    language, horizon = of.language, of.variants[0].horizon
    places = points(horizon)
    panels, alts = [], []
    found: dict[str, list[Band]] = {}
    for name, values, decimals in _PANELS:
        bands = [band(values(variant.course), variant.per_draw) for variant in of.everyone]
        if not any(np.nanmax(b.mean, initial=0.0) > 0.0 for b in bands):
            continue
        title = language.say(name)
        found[title] = bands
        top = 100.0 if name.endswith("%") else max(float(np.nanmax(b.p95, initial=0.0)) for b in bands)
        series = tuple(
            series_of(variant, b, places, language.number(_last(b.mean), decimals))
            for variant, b in zip(of.everyone, bands, strict=True)
        )
        yticks = even_ticks(language, top, most=2)
        panels.append(Lines(title, places.astype(float), series, week_ticks(language, horizon), yticks))
        ends = ", ".join(f"{one.label} {one.end}" for one in series)
        alts.append(language.say("{title}, at the end: {ends}", title=title, ends=ends))
    caption = language.say(
        "All citizens with the centre, also new ones. Every axis begins at 0. Dark band: 95 % interval of the mean. "
        "Pale band: 9 in 10 single runs."
    )
    return Picture(
        "over_time", language.say("Stock, waits and caseload over time"), caption, tuple(panels), tuple(alts),
        _table(of, found), across=4, legend=variant_keys(of),
    )  # fmt: skip


def _last(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else float("nan")


def _table(of: Shown, found: dict[str, list[Band]]) -> View:
    horizon = of.variants[0].horizon
    weeks = sorted({week for week in (0, 13, 26, 52, 78, 104, 156) if week < horizon - 2} | {horizon})
    rows: list[tuple[Cell, ...]] = []
    for title, bands in found.items():
        for variant, b in zip(of.everyone, bands, strict=True):
            cells = [Number(float(b.mean[week]), 1) for week in weeks]
            known = ~np.isnan(b.mean)
            low, high = (float(values[known][-1]) if known.any() else float("nan") for values in (b.low, b.high))
            rows.append((title, variant.label, *cells, Interval(low, high, 1)))
    headings = [figure(of.language.say("week {week}", week=week)) for week in weeks]
    last = figure(of.language.say("95 % interval at the end"))
    title = of.language.say("Mean of {count} runs", count=of.replications)
    return View(title, (Column(""), Column(""), *headings, last), tuple(rows))
