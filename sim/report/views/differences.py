"""Paired differences: dots with whiskers, in groups of one unit, and the table behind them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.comparison.paired import Paired, paired
from sim.analysis.kpis import KPIS
from sim.analysis.kpis.kpi import Kpi
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.people import PER, sentence
from sim.report.views.picture import Dot, Dots, Picture
from sim.report.views.shown import Shown, Variant

Floats = NDArray[np.float64]
BY_NAME = {kpi.name: kpi for kpi in KPIS}


class Told(NamedTuple):
    """A key figure as the picture tells it: its name, its label (English), and by what it is multiplied."""

    kpi: str
    label: str
    scale: float


PEOPLE = (
    Told("cohort_job_share", "Job", PER),
    Told("cohort_education_share", "Education", PER),
    Told("cohort_fleksjob_share", "Fleksjob (awarded)", PER),
    Told("cohort_pension_share", "Disability pension", PER),
    Told("cohort_resource_course_share", "Resource course", PER),
)
_ON_THE_WAY = (
    Told("cohort_clarified_share", "Case decided", PER),
    Told("cohort_internship_share", "Internship", PER),
)
_WORK = (
    Told("timely_share", "Meetings in time", 100.0),
    Told("meeting_length", "Length of meetings", 100.0),
    Told("busy_share", "Caseworkers' hours in use", 100.0),
)
_WAITS = (
    Told("weeks_recognised_to_submitted", "To make a case ready", 1.0),
    Told("weeks_submitted_to_decided", "From ready case to decision", 1.0),
    Told("weeks_ready_to_place", "For a consultant's list", 1.0),
)
GROUPS = (
    ("People, per 1,000 starting citizens", PEOPLE),
    ("Meetings and work, percentage points", _WORK),
    ("On the way, per 1,000 starting citizens", _ON_THE_WAY),
    ("Waits that have ended, weeks", _WAITS),
)
"""Titles of the panels, and what each shows."""


class Counted(NamedTuple):
    """In how many paired runs A has more than B, equally many, and fewer."""

    more: int
    equal: int
    fewer: int


def counted(a: Floats, b: Floats) -> Counted:
    """Count paired runs, those in which the figure is undefined left out."""
    d = a - b
    d = d[~np.isnan(d)]
    return Counted(int((d > 1e-12).sum()), int((np.abs(d) <= 1e-12).sum()), int((d < -1e-12).sum()))


def pair(a: Variant, b: Variant, kpi: str) -> Paired:
    """Compare two variants in a key figure, over the replications shown."""
    return paired(a.kpis[kpi], b.kpis[kpi], a.per_draw)


def differences(of: Shown, variant: Variant, baseline: Variant) -> Picture:
    """Draw what differs between a variant and the baseline."""
    language = of.language
    panels, alts = [], []
    rows: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    for title, told in GROUPS:
        dots = []
        for one in told:
            found = pair(variant, baseline, one.kpi)
            if found.replications and not np.isnan(found.difference):
                dots.append(_dot(language, one, found, variant, baseline))
                rows.append(_row(language, one, found, variant, baseline))
        if dots:
            ends.append(len(rows) - 1)
            low = min(min(dot.p05, dot.low, dot.value) for dot in dots)
            high = max(max(dot.p95, dot.high, dot.value) for dot in dots)
            xticks = even_ticks(language, high, lowest=low, most=4, signed=True)
            panels.append(Dots(language.say(title), tuple(dots), xticks))
            alts.append(f"{language.say(title)}: {', '.join(f'{d.label} {d.text} ({d.interval})' for d in dots)}")
    title = language.say("What differs: {a} minus {b}", a=variant.label, b=baseline.label)
    caption = language.say(
        "Dot: expected difference. Dark line: its 95 % interval. Pale bar: 9 in 10 single runs, as a real job "
        "centre lives only one."
    )
    view = View(title, _columns(language, variant, baseline), tuple(rows), frozenset(ends[:-1]))
    return Picture(f"differences_{variant.key}", title, caption, tuple(panels), tuple(alts), view)


def decimals_of(found: Paired, scale: float) -> int:
    """Choose decimals: none, one below 1, and one more where the rounded interval would collapse."""
    low, high, value = (scale * v for v in (found.ci95_low, found.ci95_high, found.difference))
    decimals = 0 if abs(value) >= 0.95 else 1
    if not np.isnan(low) and round(low, decimals) == round(high, decimals) and high - low > 0.0:
        decimals += 1
    return decimals


def spread(a: Variant, b: Variant, kpi: str) -> tuple[float, float]:
    """Give the range in which 9 in 10 of the paired differences lie."""
    d = a.kpis[kpi] - b.kpis[kpi]
    low, high = np.quantile(d[~np.isnan(d)], (0.05, 0.95))
    return float(low), float(high)


def _dot(language: Language, one: Told, found: Paired, a: Variant, b: Variant) -> Dot:
    decimals, scale = decimals_of(found, one.scale), one.scale
    value, low, high = (scale * v for v in (found.difference, found.ci95_low, found.ci95_high))
    p05, p95 = (scale * end for end in spread(a, b, one.kpi))
    if np.isnan(low):
        low = high = value
    return Dot(
        language.say(one.label), value, low, high, p05, p95, language.number(value, decimals, signed=True),
        language.interval(low, high, decimals),
    )  # fmt: skip


def _row(language: Language, one: Told, found: Paired, a: Variant, b: Variant) -> tuple[Cell, ...]:
    scale = one.scale
    p05, p95 = (scale * end for end in spread(a, b, one.kpi))
    more, equal, fewer = counted(a.kpis[one.kpi], b.kpis[one.kpi])
    return (
        language.say(one.label),
        Number(scale * found.mean, 1),
        Number(scale * found.baseline_mean, 1),
        Number(scale * found.difference, 1, signed=True),
        Interval(scale * found.ci95_low, scale * found.ci95_high, 1, note=found.interval_note),
        Interval(p05, p95, 1),
        f"{language.number(more)} / {language.number(equal)} / {language.number(fewer)}",
    )


def _columns(language: Language, a: Variant, b: Variant) -> tuple[Column, ...]:
    return (
        Column(""),
        figure(a.label),
        figure(b.label),
        figure(language.say("difference")),
        figure(language.say("95 % interval")),
        figure(language.say("9 in 10 runs")),
        figure(language.say("runs with more / equal / fewer")),
    )


def everything(of: Shown) -> View:
    """Tabulate every key figure of all variants, with the paired difference of each from the baseline."""
    language, base = of.language, of.baseline
    rows: list[tuple[Cell, ...]] = []
    for kpi in KPIS:
        cells = _kpi_row(of, kpi, language)
        if cells:
            rows.append(cells)
    columns = [Column(language.say("key figure")), Column(language.say("unit"))]
    for variant in of.variants:
        columns.append(figure(variant.label))
        if base is not None:
            columns += [figure(language.say("difference")), figure(language.say("95 % interval"))]
    if base is not None:
        columns.append(figure(base.label))
    title = language.say("All key figures, mean of {count} runs", count=of.replications)
    return View(title, tuple(columns), tuple(rows))


def _kpi_row(of: Shown, kpi: Kpi, language: Language) -> tuple[Cell, ...]:
    scale = 100.0 if kpi.unit == "share" else 1.0
    suffix = " pp" if kpi.unit == "share" and language.code == "en" else ""
    if all(np.isnan(variant.kpis[kpi.name]).all() for variant in of.everyone):
        return ()
    cells: list[Cell] = [sentence(language.kpi(kpi)), language.unit(kpi.unit)]
    for variant in of.variants:
        values = variant.kpis[kpi.name]
        mean = float(np.nanmean(values)) if not np.isnan(values).all() else float("nan")
        cells.append(Number(scale * mean, 2))
        if of.baseline is not None:
            found = pair(variant, of.baseline, kpi.name)
            cells += [
                Number(scale * found.difference, 2, signed=True, suffix=suffix),
                Interval(scale * found.ci95_low, scale * found.ci95_high, 2, note=found.interval_note),
            ]
    if of.baseline is not None:
        values = of.baseline.kpis[kpi.name]
        cells.append(Number(scale * float(np.nanmean(values)) if not np.isnan(values).all() else float("nan"), 2))
    return tuple(cells)
