"""What a validation shows: every published figure beside what the model says of it, and scores of its forecasts."""

import math
from collections.abc import Sequence

from sim.analysis.calibration.validation import OUTSIDE, Row
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure, scale_of
from sim.report.views.axes import even_ticks
from sim.report.views.panels import Mark, Strip, Strips
from sim.report.views.people import sentence
from sim.report.views.picture import Key, Picture
from sim.report.views.section import Section
from sim.report.views.studies.study import StudyPages
from sim.report.views.studies.words import axis_of, figure_label, in_unit, three_digits
from sim.study.calibrate.reading import ValidationFound

_CALIBRATED, _PREDICTED, _IDENTITY, _KEPT_BACK = "calibrated", "predicted", "identity", "kept back"
_TITLES = {
    _CALIBRATED: "Calibrated to: agreement is no evidence",
    _PREDICTED: "Published, and not calibrated to",
    _IDENTITY: "Follows from the inputs",
    _KEPT_BACK: "Kept back until the forecast stood",
}
_ORDER = (_KEPT_BACK, _PREDICTED, _CALIBRATED, _IDENTITY)
"""What is evidence comes first."""


def validation_pages(language: Language, of: ValidationFound) -> StudyPages:
    """Make the pages of a validation."""
    title = language.say("Does the model say what was published?")
    sub = language.say("{count} figures of {name}.", count=len(of.rows), name=of.name.replace("_", " "))
    if of.draws:
        sub += " " + language.say(
            "{draws} draws of the parameters, {count} replications of each.",
            draws=language.number(of.draws),
            count=language.number(of.replications),
        )
    band = language.say(
        "**Only figures that were not used are evidence.** Those that were calibrated to agree because the parameters were "
        "chosen so; disagreement there is against the model."
    )
    scored = [row for row in of.rows if not math.isnan(row.crps_no_effect)]
    pictures = [figures_picture(language, of.rows)]
    if scored:
        pictures.append(scores_picture(language, scored))
    sections = (
        Section(
            "validation", language.say("Validation"), language.say("Published figures beside the model"),
            pictures=tuple(pictures), tables=(counts(language, of.rows),),
        ),
    )  # fmt: skip
    return StudyPages(title, sub, band, tuple(answer(language, of.rows)), sections)


def answer(language: Language, rows: Sequence[Row]) -> list[str]:
    """Say how many figures that were not used lie where the model expects them, and how good its forecasts are."""
    said = []
    predicted = [row for row in rows if row.group == _PREDICTED and row.inside]
    if predicted:
        said.append(
            language.say(
                "**{inside} of {count}** published figures that were not calibrated to lie in the 95 % interval of what the "
                "model lets expect, {half} in the 50 % interval.",
                count=len(predicted),
                inside=_inside(predicted, 95),
                half=_inside(predicted, 50),
            )
        )
    kept = [row for row in rows if row.group == _KEPT_BACK]
    known = [row for row in kept if row.inside]
    if kept and not known:
        said.append(
            language.say(
                "Figures kept back and looked up by nobody here: {count}. What stands here of them is a forecast.",
                count=len(kept),
            )
        )
    if known:
        said.append(
            language.say(
                "**{inside} of {count}** figures that were kept back lie in the 95 % interval of the forecast, {half} in the 50 % "
                "interval.",
                count=len(known),
                inside=_inside(known, 95),
                half=_inside(known, 50),
            )
        )
    scored = [row for row in known if not math.isnan(row.crps_no_effect)]
    if scored:
        better = sum(row.crps < min(row.crps_same_as_control, row.crps_no_effect) for row in scored)
        said.append(
            language.say(
                "The model's forecast was better than both naive ones for {better} of {count}.",
                better=better,
                count=len(scored),
            )
        )
    return said


def figures_picture(language: Language, rows: Sequence[Row]) -> Picture:
    """Draw each figure's intervals and the published value, a panel a group."""
    panels, alts = [], []
    cells: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    for group in [group for group in _ORDER if any(row.group == group for row in rows)]:
        strips = []
        for row in [row for row in rows if row.group == group]:
            by = scale_of(row.unit)
            decimals = three_digits(by * row.expected)
            could = Mark("could_be", math.nan, by * row.low95, by * row.high95)
            expected = Mark("now", by * row.expected, by * row.low, by * row.high)
            published = Mark("published", by * row.published, by * (row.published - row.rounding), by * (row.published + row.rounding))  # fmt: skip
            known = not math.isnan(row.published)
            marks = (could, expected, published) if known else (could, expected)
            ticks = axis_of(language, marks, row.unit)
            unit = language.unit(row.unit)
            label = sentence(figure_label(language, row.label))
            if known:
                value = language.number(published.value, decimals)
                text, aside = language.say("published {value}", value=value), _where(language, row)
            else:
                text = language.interval(could.low, could.high, decimals)
                aside = language.say("forecast, 95 %")
            strips.append(Strip(in_unit(label, unit), marks, text, aside, ticks))
            cells.append(
                (
                    language.say(group), label, row.config, unit,
                    Number(by * row.published, decimals) if known else language.say("kept back"),
                    Number(expected.value, decimals), Interval(expected.low, expected.high, decimals),
                    Interval(could.low, could.high, decimals), Number(row.surprise, 1, signed=True), _where(language, row),
                    row.source,
                )
            )  # fmt: skip
        ends.append(len(cells) - 1)
        title = language.say(_TITLES[group])
        panels.append(Strips(title, tuple(strips)))
        alts.append(f"{title}: {', '.join(f'{one.label} {one.text} {one.aside}' for one in strips)}")
    title = language.say("What was published and what the model says")
    caption = language.say(
        "Each row has its own axis from 0. Pale bar: where the figure could be published (95 %, with sampling error and what "
        "the model leaves out). Dot and dark line: expected, with what is not known of the parameters (95 %). Diamond: as "
        "published; its line is the rounding."
    )
    columns = (
        Column(language.say("figures")), Column(language.say("figure")), Column(language.say("config")),
        Column(language.say("unit")), figure(language.say("published")), figure(language.say("expected")),
        figure(language.say("95 % interval")), figure(language.say("could be published")),
        figure(language.say("surprise")), Column(language.say("lies in")), Column(language.say("source")),
    )  # fmt: skip
    legend = (
        Key("published", language.say("published")),
        Key("now", language.say("expected")),
        Key("could_be", language.say("could be published")),
    )
    view = View(title, columns, tuple(cells), frozenset(ends[:-1]))
    return Picture("validation", title, caption, tuple(panels), tuple(alts), view, 2, legend)


def scores_picture(language: Language, rows: Sequence[Row]) -> Picture:
    """Draw how far the forecasts of what was kept back were off, the model's and two naive ones."""
    strips = []
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        by = scale_of(row.unit)
        values = {"model": row.crps, "same_as_control": row.crps_same_as_control, "no_effect": row.crps_no_effect}
        marks = tuple(Mark(key, by * value, math.nan, math.nan) for key, value in values.items())
        unit = language.say("percentage points") if row.unit == "share" else language.unit(row.unit)
        label = sentence(figure_label(language, row.label))
        best = min(values, key=lambda key: values[key])
        text = language.say("{model} (model)", model=language.number(by * row.crps, 2))
        aside = language.say("best: {name}", name=language.say(_FORECASTS[best]))
        top = max(mark.value for mark in marks)
        strips.append(Strip(in_unit(label, unit), marks, text, aside, even_ticks(language, top)))
        cells.append((label, unit, *(Number(mark.value, 2) for mark in marks)))
    title = language.say("How far the forecasts were off")
    caption = language.say(
        "Continuous ranked probability score of each forecast, in the figure's unit: smaller is better. Same as control: the "
        "control group's published figure comes again. No effect: what the model says of the control group."
    )
    legend = tuple(Key(key, language.say(name)) for key, name in _FORECASTS.items())
    columns = (Column(language.say("figure")), Column(language.say("unit")), *(figure(key.label) for key in legend))
    half = math.ceil(len(strips) / 2) if len(strips) > 4 else len(strips)
    groups = [group for group in (strips[:half], strips[half:]) if group]
    panels = tuple(Strips("", tuple(group)) for group in groups)
    alts = tuple("; ".join(f"{one.label}: {one.text}, {one.aside}" for one in group) for group in groups)
    return Picture("scores", title, caption, panels, alts, View(title, columns, tuple(cells)), 2, legend)


def counts(language: Language, rows: Sequence[Row]) -> View:
    """Count by group how many figures lie in each interval."""
    made: list[tuple[Cell, ...]] = []
    for group in _ORDER:
        own = [row for row in rows if row.group == group]
        known = [row for row in own if row.inside]
        if own:
            inside = [Number(_inside(known, level), 0) for level in (50, 80, 95)] if known else ["", "", ""]
            made.append((sentence(language.say(group)), Number(len(own), 0), Number(len(known), 0), *inside))
    headings = ("figures", "looked up", "in the 50 % interval", "in the 80 % interval", "in the 95 % interval")
    columns = (Column(""), *(figure(language.say(heading)) for heading in headings))
    return View(language.say("How many lie where the model expects them"), columns, tuple(made))


def _where(language: Language, row: Row) -> str:
    if not row.inside:
        return ""
    return language.say("outside the 95 % interval") if row.inside == OUTSIDE else language.say("in the {level} % interval", level=row.inside.split()[0])  # fmt: skip


def _inside(rows: Sequence[Row], level: int) -> int:
    return sum(row.inside != OUTSIDE and float(row.inside.split()[0]) <= level for row in rows)


_FORECASTS = {"model": "the model", "same_as_control": "same as control", "no_effect": "no effect"}
