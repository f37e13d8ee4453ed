"""Hours by kind of work and role against the hours that are there."""

import math

import numpy as np

from sim.analysis.course.band import Band, band
from sim.catalogue import COORDINATOR, Task
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.people import sentence
from sim.report.views.picture import Bar, Bars, Key, Layer, Picture
from sim.report.views.shown import Shown, Variant

UNUSED = "unused"
_LEAST = 0.5
"""Hours a week below which a kind of work is not drawn."""


def role_name(language: Language, name: str) -> str:
    """Name a role for readers: the coordinators are the caseworkers."""
    return language.say("Caseworkers") if name == COORDINATOR else sentence(_several(language, name))


def _several(language: Language, name: str) -> str:
    known = {"company_consultant": "company consultants"}
    return language.say(known[name]) if name in known else language.name(name)


def hours(of: Shown) -> Picture:
    """Draw where the hours of each role go, one panel a role, in hours a week, framed by the hours there."""
    language = of.language
    roles = list(dict.fromkeys(role for variant in of.everyone for role in variant.course.roles))
    panels, alts = [], []
    used: list[Layer] = []
    for role in roles:
        bars, words = [], []
        for variant in of.everyone:
            if role not in variant.course.roles:
                continue
            bar = _bar(variant, role, language)
            if bar.there > 0.0:
                bars.append(bar)
                used += [part for part in bar.parts if part.key not in {key.key for key in used}]
                parts = ", ".join(f"{part.label} {part.end}" for part in bar.parts)
                words.append(f"{bar.label}: {parts}; {bar.below}")
        if bars:
            top = max(max(bar.there, sum(float(part.values[0]) for part in bar.parts)) for bar in bars)
            panels.append(Bars(role_name(language, role), tuple(bars), top))
            alts.append(f"{role_name(language, role)}. {'. '.join(words)}")
    order = {key: i for i, key in enumerate((*Task.keys(), UNUSED))}
    legend = tuple(Key(part.key, part.label) for part in sorted(used, key=lambda part: order[part.key]))
    caption = language.say(
        "Hours a week for citizens, whole centre, mean of the time shown; the frame is the hours there."
    )
    return Picture(
        "hours", language.say("Where the hours go"), caption, tuple(panels), tuple(alts), _table(of, roles),
        across=2, legend=legend,
    )  # fmt: skip


def first_panel(picture: Picture) -> Picture:
    """Show the coordinators alone, and in the legend only what they do."""
    (first, *_), (alt, *_) = picture.panels, picture.alt
    assert isinstance(first, Bars)
    keys = {part.key for bar in first.bars for part in bar.parts}
    legend = tuple(key for key in picture.legend if key.key in keys)
    return picture._replace(panels=(first,), alt=(alt,), legend=legend)


def _bar(variant: Variant, role: str, language: Language) -> Bar:
    of, r = variant.course, variant.course.roles.index(role)
    means, there = of.hours[:, r].mean(axis=0), float(of.available[:, r].mean())
    parts = [
        Layer(task.key, sentence(language.label(task)), np.array([means[task]]), language.number(float(means[task])))
        for task in _order()
        if means[task] >= _LEAST
    ]
    unused = there - float(means.sum())
    if unused >= _LEAST:
        parts.append(Layer(UNUSED, language.say("Not used"), np.array([unused]), language.number(unused)))
    posts = float(of.posts[:, r].mean())
    waiting = float(np.nanmean(of.backlog_weeks[:, r])) if not np.isnan(of.backlog_weeks[:, r]).all() else math.nan
    below = language.say(
        "{posts} full-time posts filled · {hours} hours",
        posts=language.number(posts, 1),
        hours=language.number(there),
    )
    if not math.isnan(waiting):
        below += " · " + language.say("{weeks} weeks of work waiting at the end", weeks=language.number(waiting, 1))
    return Bar(variant.label, tuple(parts), there, below)


def _order() -> list[Task]:
    """Kinds of work: what must be done, then what is done when there is time."""
    return sorted(Task, key=lambda task: (task.spare, task))


def _table(of: Shown, roles: list[str]) -> View:
    language = of.language
    rows: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    for role in roles:
        own = [(v.course, v.course.roles.index(role), v.per_draw) for v in of.everyone if role in v.course.roles]
        if len(own) < len(of.everyone):
            continue
        for task in _order():
            bands = [band(c.hours[:, r, task], each) for c, r, each in own]
            if any(float(b.mean) > 0.0 for b in bands):
                rows.append((role_name(language, role), sentence(language.label(task)), *_cells(bands)))
        for text, bands in (
            ("Not used", [band(c.available[:, r] - c.hours[:, r].sum(axis=1), each) for c, r, each in own]),
            ("Hours there", [band(c.available[:, r], each) for c, r, each in own]),
        ):
            rows.append((role_name(language, role), language.say(text), *_cells(bands)))
        ends.append(len(rows) - 1)
    headings = [figure(h) for variant in of.everyone for h in (variant.label, language.say("95 % interval"))]
    title = language.say("Hours a week, mean of {count} runs", count=of.replications)
    return View(title, (Column(language.say("role")), Column(""), *headings), tuple(rows), frozenset(ends[:-1]))


def _cells(bands: list[Band]) -> list[Cell]:
    cells: list[Cell] = []
    for b in bands:
        cells += [Number(float(b.mean), 1), Interval(float(b.low), float(b.high), 1)]
    return cells
