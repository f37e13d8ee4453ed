"""Pictures of a sensitivity study: one assumption at a time, switching values, other structures."""

import math
from collections.abc import Sequence

from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.panels import Mark, Strip, Strips, Ticks, Tornado, TornadoBar
from sim.report.views.people import sentence
from sim.report.views.picture import Key, Picture
from sim.report.views.studies.looked import MOST_BARS, Looked, main_of
from sim.report.views.studies.words import stated, ticks_between, value_text
from sim.study.sensitivity.reading import AnswerRow, BarRow, SensitivityFound, SwitchingRow


def tornado_picture(language: Language, of: SensitivityFound, outcomes: Sequence[Looked]) -> Picture:
    """Draw what each parameter does to each outcome, a panel an outcome."""
    panels, alts = [], []
    rows: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    for one in outcomes:
        scale, row = one.scale, one.answer
        # Of one config alone outcomes are shown as changes: from 0 they would hardly be seen.
        middle = row.mean if one.has_sign else 0.0
        bars = [_bar(language, one, bar, middle) for bar in one.bars[:MOST_BARS]]
        values = [end for bar in bars for end in _known(bar.low, bar.high)]
        ticks = even_ticks(language, max([*values, scale.by * middle]), lowest=min([*values, scale.by * middle]), most=4, signed=True)  # fmt: skip
        text = language.say("as assumed: {value}", value=scale.number(row.mean))
        title = f"{sentence(one.label)}, {scale.unit}"
        if not one.has_sign:
            title = language.say("{title}, change", title=title)
        panels.append(Tornado(title, tuple(bars), scale.by * middle, text, ticks))
        alts.append(
            f"{title}. {text}. "
            + "; ".join(
                f"{stated(language, bar.label)}: {scale.number(middle + bar.at_low)}, {scale.number(middle + bar.at_high)}"
                for bar in one.bars[:MOST_BARS]
            )
        )
        rows += [_tornado_row(language, one, bar) for bar in one.bars]
        ends.append(len(rows) - 1)
    share = language.number(100.0 * of.interval)
    caption = language.say(
        "Each bar reaches from the answer (dashed) to where one assumption alone takes it: pale at the low end of the "
        "central {share} % of what is believed of it, dark at the high end; both ends stand on the right. Thin line: 95 % "
        "interval of the change, paired. Where a bar crosses 0, the assumption turns the answer.",
        share=share,
    )
    columns = (
        Column(language.say("outcome")), Column(language.say("assumption")), figure(language.say("own value")),
        figure(language.say("low end")), figure(language.say("high end")), figure(language.say("change at the low end")),
        figure(language.say("95 % interval")), figure(language.say("change at the high end")),
        figure(language.say("95 % interval")), Column(language.say("source")),
    )  # fmt: skip
    title = language.say("What moves the answer")
    legend = (Key("low_end", language.say("at the low end")), Key("high_end", language.say("at the high end")))
    view = View(title, columns, tuple(rows), frozenset(ends[:-1]))
    return Picture("tornado", title, caption, tuple(panels), tuple(alts), view, 2, legend)


def _bar(language: Language, one: Looked, bar: BarRow, middle: float) -> TornadoBar:
    by = one.scale.by
    low = Mark("low_end", *(by * (middle + v) for v in (bar.at_low, bar.at_low_ci95_low, bar.at_low_ci95_high)))
    high = Mark("high_end", *(by * (middle + v) for v in (bar.at_high, bar.at_high_ci95_low, bar.at_high_ci95_high)))  # fmt: skip
    ends = language.say("{low} to {high}", low=value_text(language, bar.low), high=value_text(language, bar.high))
    return TornadoBar(sentence(stated(language, bar.label)), low, high, ends)


def _tornado_row(language: Language, one: Looked, bar: BarRow) -> tuple[Cell, ...]:
    by, decimals = one.scale.by, one.scale.decimals
    return (
        sentence(one.label),
        stated(language, bar.label),
        *(value_text(language, value) for value in (bar.own, bar.low, bar.high)),
        Number(by * bar.at_low, decimals, signed=True),
        Interval(by * bar.at_low_ci95_low, by * bar.at_low_ci95_high, decimals, signed=True),
        Number(by * bar.at_high, decimals, signed=True),
        Interval(by * bar.at_high_ci95_low, by * bar.at_high_ci95_high, decimals, signed=True),
        bar.source,
    )


def switching_picture(language: Language, of: SensitivityFound, outcomes: Sequence[Looked]) -> Picture:
    """Draw where each parameter would have to be for the main outcome to be 0."""
    main = main_of(of, outcomes)
    scale = main.scale
    strips = []
    rows: list[tuple[Cell, ...]] = []
    ordered = sorted(of.switching, key=lambda row: math.isnan(row.value))
    for row in ordered:
        found = language.say("none") if math.isnan(row.value) else value_text(language, row.value)
        own = (
            language.say("own value {value}", value=value_text(language, row.own)) if not math.isnan(row.own) else ""
        )
        marks = (
            Mark("range", math.nan, row.low, row.high),
            Mark("now", row.own, math.nan, math.nan),
            Mark("published", row.value, math.nan, math.nan),
        )
        label = sentence(stated(language, row.label))
        strips.append(Strip(label, marks[: 2 + (not math.isnan(row.value))], found, own, _own_ticks(language, row)))
        rows.append(
            (
                label, *(value_text(language, value) for value in (row.own, row.low, row.high)), found,
                Number(scale.by * row.there, scale.decimals, main.has_sign),
                Interval(scale.by * row.there_ci95_low, scale.by * row.there_ci95_high, scale.decimals, main.has_sign),
            )
        )  # fmt: skip
    title = language.say("At which value the answer turns: {outcome}", outcome=main.label)
    caption = language.say(
        "Pale bar: the values that were looked at. Dot: the value of the config. Diamond: where the outcome would be 0, "
        "found by halving and simulated again with fresh runs; the table has the outcome there. None: no value that was "
        "looked at turns the sign."
    )
    columns = (
        Column(language.say("assumption")), figure(language.say("own value")), figure(language.say("from")),
        figure(language.say("to")), figure(language.say("switching value")),
        figure(f"{language.say('outcome there')}, {scale.unit}"), figure(language.say("95 % interval")),
    )  # fmt: skip
    half = math.ceil(len(strips) / 2) if len(strips) > 6 else len(strips)
    groups = [tuple(strips[:half]), tuple(strips[half:])]
    panels = tuple(Strips("", group) for group in groups if group)
    alts = tuple("; ".join(f"{strip.label}: {strip.text}" for strip in group) for group in groups if group)
    return Picture("switching_values", title, caption, panels, alts, View(title, columns, tuple(rows)), 2)


def _own_ticks(language: Language, row: SwitchingRow) -> Ticks:
    values = [value for value in (row.low, row.high, row.own, row.value) if not math.isnan(value)]
    low, high = min(values), max(values)
    return ticks_between(language, min(low, 0.0) if low < 0.25 * high else low, high)


def structures_picture(language: Language, of: SensitivityFound, outcomes: Sequence[Looked]) -> Picture:
    """Draw the answer in every structure of the job centre, a panel an outcome."""
    panels, alts = [], []
    rows: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    for one in outcomes:
        scale = one.scale
        strips, values = [], [0.0]
        for row in one.answers:
            low, high = (_or(end, row.mean) for end in (row.mean_ci95_low, row.mean_ci95_high))
            mark = Mark("now", scale.by * row.mean, scale.by * low, scale.by * high)
            values += [mark.low, mark.high, mark.value]
            label = _structure(language, of, row)
            strips.append(Strip(label, (mark,), scale.number(row.mean), scale.interval(row.mean_ci95_low, row.mean_ci95_high)))  # fmt: skip
            rows.append(
                (
                    sentence(one.label), scale.unit, label, Number(scale.by * row.mean, scale.decimals, one.signed),
                    Interval(scale.by * row.mean_ci95_low, scale.by * row.mean_ci95_high, scale.decimals, one.signed),
                    row.source,
                )
            )  # fmt: skip
        ends.append(len(rows) - 1)
        title = f"{sentence(one.label)}, {scale.unit}"
        ticks = even_ticks(language, max(values), lowest=min(values), most=4, signed=one.signed)
        panels.append(Strips(title, tuple(strips), ticks, (0.0,)))
        alts.append(f"{title}: {', '.join(f'{strip.label} {strip.text} ({strip.aside})' for strip in strips)}")
    title = language.say("The answer in other structures")
    caption = language.say(
        "Other readings of how the job centre works, each with all other figures as in the configs. They are not averaged: "
        "nobody knows how likely they are. Line: 95 % interval by chance alone."
    )
    columns = (
        Column(language.say("outcome")), Column(language.say("unit")), Column(language.say("structure")),
        figure(language.say("answer")), figure(language.say("95 % interval")), Column(language.say("source")),
    )  # fmt: skip
    view = View(title, columns, tuple(rows), frozenset(ends[:-1]))
    return Picture("structures", title, caption, tuple(panels), tuple(alts), view, 2)


def _structure(language: Language, of: SensitivityFound, row: AnswerRow) -> str:
    return sentence(stated(language, of.structures[row.alternative]))


def _known(*marks: Mark) -> list[float]:
    return [value for mark in marks for value in mark[1:] if not math.isnan(value)]


def _or(value: float, other: float) -> float:
    return other if math.isnan(value) else value
