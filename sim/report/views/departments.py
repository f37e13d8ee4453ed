"""Departments as the arms of a trial: side by side, the effect within each, and what one trial would show."""

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.arms import TOLD, Arms, arms
from sim.analysis.course.band import Band, band
from sim.catalogue import Reached
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.differences import counted
from sim.report.views.panels import Mark, Strip, Strips
from sim.report.views.parts import by_part
from sim.report.views.people import sentence, short
from sim.report.views.picture import Dot, Dots, Key, Picture
from sim.report.views.section import Section
from sim.report.views.shown import Shown, Variant, what_differs
from sim.report.views.studies.words import axis_of

Floats = NDArray[np.float64]
_MOST = 4
"""Departments up to which they are drawn side by side."""
_DECIMALS = 1


def departments(of: Shown) -> list[Section]:
    """Show the departments of runs that have two to four, the same in all, each with citizens; nothing of others."""
    names = list(of.variants[0].run.config["departments"])
    if not 2 <= len(names) <= _MOST or any(list(one.run.config["departments"]) != names for one in of.everyone):
        return []
    language, base = of.language, of.baseline
    counts = [arms(one.run, one.replications) for one in of.everyone]
    if any((one.of == 0).any() for one in counts):
        return []
    pictures = [side_by_side(of, names, counts)]
    lead: tuple[str, ...] = ()
    if base is not None:
        for variant, found in zip(of.variants, counts, strict=False):
            within = by_part(language, variant, base, "departments")
            pictures += [within] if within is not None else []
            one = treated(variant, base, names)
            if one is not None:
                pictures.append(one_trial(language, variant, names[one], found.gaps(one)))
                lead = (*lead, _sentence(language, variant, names[one], found.gaps(one)))
    title = language.say("Departments side by side")
    return [Section("departments", language.say("Departments"), title, lead=lead, pictures=tuple(pictures))]


def treated(variant: Variant, base: Variant, names: list[str]) -> int | None:
    """Find the department that the variant runs otherwise than the baseline; None: it is not one alone."""
    differ = {
        str(difference.path[1])
        for difference in what_differs(variant, base)
        if len(difference.path) > 1 and difference.path[0] == "departments"
    }
    return names.index(differ.pop()) if len(differ) == 1 and differ <= set(names) else None


def side_by_side(of: Shown, names: list[str], counts: list[Arms]) -> Picture:
    """Draw what the citizens of each department reach, a panel a variant, with 95 % intervals of the mean."""
    language = of.language
    outcomes = _outcomes(language)
    found = [band(100.0 * one.shares, variant.per_draw) for variant, one in zip(of.everyone, counts, strict=True)]
    panels, alts = [], []
    rows: list[tuple[Cell, ...]] = []
    for variant, one in zip(of.everyone, found, strict=True):
        strips = []
        for e, outcome in enumerate(outcomes):
            marks = [_mark(f"arm_{d}", one.at(d, e)) for d in range(len(names))]
            beside = [_mark("", each.at(d, e)) for each in found for d in range(len(names))]
            text = " / ".join(language.number(mark.value, _DECIMALS) for mark in marks)
            strips.append(Strip(outcome, tuple(marks), text, "", axis_of(language, beside, "share")))
            cells: list[Cell] = []
            for mark in marks:
                cells += [Number(mark.value, _DECIMALS), Interval(mark.low, mark.high, _DECIMALS)]
            rows.append((variant.label, outcome, *cells))
        panels.append(Strips(variant.label, tuple(strips)))
        alts.append(f"{variant.label}: {', '.join(f'{strip.label} {strip.text}' for strip in strips)}")
    labels = [_name(language, name) for name in names]
    title = language.say("What the citizens of each department reach")
    caption = language.say(
        "Per cent of the starting citizens of each department by the end, and of all meetings that were due. Each row has its "
        "own axis from 0; the departments from top to bottom: {names}. Line: 95 % interval of the mean.",
        names=", ".join(labels),
    )
    headings = [figure(h) for label in labels for h in (label, language.say("95 % interval"))]
    columns = (Column(language.say("variant")), Column(language.say("outcome, %")), *headings)
    legend = tuple(Key(f"arm_{d}", label) for d, label in enumerate(labels))
    ends = frozenset(range(len(outcomes) - 1, len(rows) - 1, len(outcomes)))
    return Picture("departments", title, caption, tuple(panels), tuple(alts), View(title, columns, tuple(rows), ends), 2, legend)  # fmt: skip


def one_trial(language: Language, variant: Variant, name: str, gaps: Floats) -> Picture:
    """Draw what a single trial shows between the department and the others: each run is one trial."""
    dots, rows = [], []
    bands = band(100.0 * gaps, variant.per_draw)
    for e, outcome in enumerate(_outcomes(language)):
        more = counted(gaps[:, e], np.zeros(len(gaps)))
        mean, low, high, p05, p95 = (float(value) for value in bands.at(e))
        share = language.say("{share} of 100", share=language.number(100.0 * more.more / sum(more)))
        text = language.number(mean, _DECIMALS, signed=True)
        dots.append(Dot(outcome, mean, low, high, p05, p95, text, share))
        cells: tuple[Cell, ...] = (
            outcome, Number(mean, 2, signed=True), Interval(low, high, 2, signed=True), Interval(p05, p95, 2, signed=True),
            " / ".join(language.number(count) for count in more),
        )  # fmt: skip
        rows.append(cells)
    people, rest = dots[:-1], dots[-1:]
    panels, alts = [], []
    for title, own in (
        (language.say("People, percentage points"), people),
        (language.say("Meetings, percentage points"), rest),
    ):
        low, high = min(dot.p05 for dot in own), max(dot.p95 for dot in own)
        panels.append(Dots(title, tuple(own), even_ticks(language, high, lowest=low, most=4, signed=True)))
        alts.append(f"{title}: {', '.join(f'{dot.label} {dot.text} ({dot.interval})' for dot in own)}")
    title = language.say("What one trial would show: {name} minus the others", name=_name(language, name))
    caption = language.say(
        "In {variant}, where every run is one trial. Dot: mean difference between the departments. Pale bar: what 9 in 10 "
        "trials show. On the right: the trials, of 100, in which the department shows more than the others. This is "
        "no effect: the departments have other citizens.",
        variant=variant.label,
    )
    columns = (
        Column(""), figure(language.say("mean")), figure(language.say("95 % interval")),
        figure(language.say("9 in 10 runs")), figure(language.say("runs with more / equal / fewer")),
    )  # fmt: skip
    return Picture(f"one_trial_{variant.key}", title, caption, tuple(panels), tuple(alts), View(title, columns, tuple(rows)), 2)  # fmt: skip


def _sentence(language: Language, variant: Variant, name: str, gaps: Floats) -> str:
    """Say how often one trial would have shown more jobs."""
    jobs = gaps[:, TOLD.index(Reached.JOB)]
    more = counted(jobs, np.zeros(len(jobs)))
    known = more.more + more.equal + more.fewer
    return language.say(
        "What one trial would show is a matter of luck: in {more} of {count} runs more of **{name}** have a job than of the "
        "others, in {equal} equally many, in {fewer} fewer.",
        name=_name(language, name),
        more=language.number(more.more),
        count=language.number(known),
        equal=language.number(more.equal),
        fewer=language.number(more.fewer),
    )


def _outcomes(language: Language) -> list[str]:
    events = [language.say("Case decided") if event is Reached.DECIDED else short(language, event) for event in TOLD]
    return [*events, language.say("Meetings in time")]


def _name(language: Language, name: str) -> str:
    return sentence(language.name(name))


def _mark(key: str, found: Band) -> Mark:
    return Mark(key, float(found.mean), float(found.low), float(found.high))
