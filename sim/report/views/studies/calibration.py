"""What a calibration shows: what was learnt, prior and posterior, the published figures, what stays tied together."""

import math

import numpy as np

from sim.analysis.calibration.chains import settled, worth
from sim.analysis.calibration.identified import LEARNT, PARTLY, TIED, composition, pairs, tied, together, word
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure, scale_of
from sim.report.views.axes import even_ticks
from sim.report.views.panels import Cloud, Mark, Strip, Strips
from sim.report.views.people import sentence
from sim.report.views.picture import Key, Picture
from sim.report.views.section import Fact, Section
from sim.report.views.studies.densities import densities_picture
from sim.report.views.studies.study import StudyPages
from sim.report.views.studies.words import (
    axis_of,
    figure_label,
    in_unit,
    stated,
    three_digits,
    ticks_between,
    with_unit,
)
from sim.study.calibrate.outcome import UNEXPECTED, emulator_off
from sim.study.calibrate.reading import CalibrationFound

_Z = 1.959963984540054
"""Standard deviations to either side that hold 95 % of a normal distribution."""
_CLOUDS = 4
"""Pairs that are drawn: those that the figures tie together most."""
_PAIRS = 10
"""Pairs in the table behind them."""


def calibration_pages(language: Language, of: CalibrationFound) -> StudyPages:
    """Make the pages of a calibration."""
    title = stated(language, of.question) or language.say("Which values agree with what was published?")
    sub = language.say(
        "{parameters} parameters and {targets} published figures; {draws} draws of the parameters are kept.",
        parameters=language.number(len(of.parameters)),
        targets=language.number(len(of.targets)),
        draws=language.number(len(of.values)),
    )
    band = language.say(
        "**Agreement is no evidence here**: the parameters were chosen so that these figures come out. Evidence are figures "
        "that were not used: sim validate sets them beside the model."
    )
    first = Section(
        "calibration", language.say("Calibration"), language.say("What the published figures have taught"),
        pictures=(learnt_picture(language, of), targets_picture(language, of)),
    )  # fmt: skip
    densities = Section(
        "parameters", language.say("Parameters"), language.say("Every parameter before and now"),
        pictures=(densities_picture(language, of),),
    )  # fmt: skip
    return StudyPages(
        title, sub, band, tuple(answer(language, of)), (first, densities, *_apart(language, of), _made(language, of))
    )


def answer(language: Language, of: CalibrationFound) -> list[str]:
    """Say how much was learnt, whether the published figures are reached, and whether the chains can be trusted."""
    words = [word(float(ratio)) for ratio in of.identified.ratios]
    said = [
        language.say(
            "The published figures teach something of **{known} of {all} parameters** (learnt: {learnt}, partly: {partly}). The "
            "other {rest} are as uncertain as before, and results made with the draws carry that.",
            known=words.count("learnt") + words.count("partly learnt"),
            all=len(words),
            learnt=words.count("learnt"),
            partly=words.count("partly learnt"),
            rest=words.count("not learnt"),
        )
    ]
    far = [figure_label(language, row.label) for row in of.targets if row.tail < UNEXPECTED]
    if far:
        said.append(language.say("**Not reached**: {list}. A prior excludes what would agree, or the model cannot give it.", list=language.listed(far)))  # fmt: skip
    else:
        said.append(
            language.say("All {count} published figures are within reach of the draws.", count=len(of.targets))
        )
    off = [figure_label(language, row.label) for row in of.targets if emulator_off(row)]
    if off:
        said.append(language.say("The emulators are off by more than chance for {list}: more points help.", list=language.listed(off)))  # fmt: skip
    if not _settled(of):
        said.append(language.say("The chains are too short for their autocorrelation: intervals may be too narrow."))
    return said


def learnt_picture(language: Language, of: CalibrationFound) -> Picture:
    """Draw how much of what was not known of each parameter is left."""
    order = np.argsort(of.identified.ratios, kind="stable").tolist()
    strips = []
    rows: list[tuple[Cell, ...]] = []
    for i in order:
        row = of.parameters[i]
        left = 100.0 * row.spread_left
        learnt = language.say(word(row.spread_left))
        mark = Mark("now", left, math.nan, math.nan)
        label = sentence(stated(language, row.label))
        strips.append(Strip(label, (mark,), f"{language.number(left)} %", learnt))
        decimals = three_digits(scale_of(row.unit) * row.median)
        scaled = [scale_of(row.unit) * v for v in (row.prior_median, row.prior_low, row.prior_high, row.median, row.low, row.high)]  # fmt: skip
        rows.append(
            (
                label, stated(language, language.unit(row.unit)), Number(scaled[0], decimals),
                Interval(scaled[1], scaled[2], decimals), Number(scaled[3], decimals),
                Interval(scaled[4], scaled[5], decimals), Number(left, 0), learnt, row.source,
            )
        )  # fmt: skip
    columns = (
        Column(language.say("parameter")), Column(language.say("unit")), figure(language.say("before: median")),
        figure(language.say("95 % interval")), figure(language.say("now: median")), figure(language.say("95 % interval")),
        figure(language.say("spread left, %")), Column(""), Column(language.say("source of what was believed before")),
    )  # fmt: skip
    title = language.say("How much is still open")
    caption = language.say(
        "Spread of each parameter now, in per cent of its spread before. Below {learnt} it counts as learnt, below {partly} as "
        "partly learnt; at 100 nothing was learnt, and what was believed before goes on.",
        learnt=language.number(100 * LEARNT),
        partly=language.number(100 * PARTLY),
    )
    top = max(100.0, *(strip.marks[0].value for strip in strips))
    ticks = even_ticks(language, top, most=4)
    half = math.ceil(len(strips) / 2) if len(strips) > 6 else len(strips)
    groups = [group for group in (strips[:half], strips[half:]) if group]
    lines = (100.0 * LEARNT, 100.0 * PARTLY)
    panels = tuple(Strips("", tuple(group), ticks, lines) for group in groups)
    alts = tuple("; ".join(f"{one.label}: {one.text}, {one.aside}" for one in group) for group in groups)
    return Picture("learnt", title, caption, panels, alts, View(title, columns, tuple(rows)), 2)


def targets_picture(language: Language, of: CalibrationFound) -> Picture:
    """Draw each published figure with the error allowed to it, beside what is expected before and now."""
    strips = []
    rows: list[tuple[Cell, ...]] = []
    for row in of.targets:
        by = scale_of(row.unit)
        decimals = three_digits(by * row.published)
        allowed = _Z * math.hypot(row.sampling_se, row.discrepancy) + row.rounding
        published = Mark("published", by * row.published, by * max(row.published - allowed, 0.0), by * (row.published + allowed))  # fmt: skip
        now = Mark("now", by * row.expected, by * row.low, by * row.high)
        before = Mark("before", math.nan, by * row.prior_low, by * row.prior_high)
        label = sentence(figure_label(language, row.label))
        unit = language.unit(row.unit)
        ticks = axis_of(language, (published, now, before), row.unit)
        text = f"{language.number(now.value, decimals)} ({language.interval(now.low, now.high, decimals)})"
        shown = language.say("published {value}", value=language.number(published.value, decimals))
        strips.append(Strip(in_unit(label, unit), (published, before, now), text, shown, ticks))
        rows.append(
            (
                label, row.config, unit, Number(published.value, decimals),
                Interval(published.low, published.high, decimals), Interval(before.low, before.high, decimals),
                Number(now.value, decimals), Interval(now.low, now.high, decimals), Number(row.surprise, 1, signed=True),
                Number(row.check_z, 1, signed=True),
            )
        )  # fmt: skip
    columns = (
        Column(language.say("published figure")), Column(language.say("config")), Column(language.say("unit")),
        figure(language.say("published")), figure(language.say("error allowed")), figure(language.say("before")),
        figure(language.say("now")), figure(language.say("95 % interval")), figure(language.say("surprise")),
        figure(language.say("check of the emulator")),
    )  # fmt: skip
    title = language.say("Published figures, before and now")
    caption = language.say(
        "Each row has its own axis from 0. Diamond: as published; its line: rounding, chance and what the model leaves out, 95 "
        "%. Pale bar: expected before, over all that was believed (95 %). Dot and dark line: expected now. On the right: "
        "expected now."
    )
    legend = (
        Key("published", language.say("published, with the error allowed")),
        Key("before", language.say("expected before")),
        Key("now", language.say("expected now")),
    )
    half = math.ceil(len(strips) / 2) if len(strips) > 4 else len(strips)
    groups = [group for group in (strips[:half], strips[half:]) if group]
    panels = tuple(Strips("", tuple(group)) for group in groups)
    alts = tuple("; ".join(f"{one.label}: {one.text}, {one.aside}" for one in group) for group in groups)
    return Picture("targets", title, caption, panels, alts, View(title, columns, tuple(rows)), 2, legend)


def _apart(language: Language, of: CalibrationFound) -> list[Section]:
    """Show which parameters cannot be told apart, as a picture and in words; nothing of a single parameter."""
    found = of.identified
    if len(of.parameters) < 2:
        return []
    names = [stated(language, row.label) for row in of.parameters]
    said = []
    for pair in tied(found):
        values = {"a": sentence(names[pair.i]), "b": names[pair.j], "r": language.number(pair.r, 2, signed=True)}
        if pair.r < 0:
            text = language.say(
                "**{a}** and **{b}** are tied together: more of one goes with less of the other (correlation {r}).",
                **values,
            )
        else:
            text = language.say(
                "**{a}** and **{b}** are tied together: more of one goes with more of the other (correlation {r}).",
                **values,
            )
        said.append(text)
    if not said:
        said.append(
            language.say(
                "No two parameters are tied together by a correlation of {tied} or more.",
                tied=language.number(TIED, 1),
            )
        )
    for place in together(found):
        parts = " ".join(composition(found.directions[place], names))
        said.append(
            language.say(
                "Better known together than alone, to {left} % of the spread before: {parts} (in spreads of each before).",
                left=language.number(100.0 * float(found.spreads[place])),
                parts=parts if language.decimal == "." else parts.replace(".", language.decimal),
            )
        )
    title = language.say("What is tied together")
    return [Section("tied", language.say("Tied together"), title, lead=tuple(said), pictures=(_clouds(language, of, names),))]  # fmt: skip


def _clouds(language: Language, of: CalibrationFound, names: list[str]) -> Picture:
    strongest = pairs(of.identified)
    panels, alts = [], []
    for pair in strongest[:_CLOUDS]:
        axes = []
        for i in (pair.i, pair.j):
            row, by = of.parameters[i], scale_of(of.parameters[i].unit)
            values = by * of.values[:, i]
            low, high = min(by * row.prior_low, float(values.min())), max(by * row.prior_high, float(values.max()))
            axes.append((with_unit(language, sentence(names[i]), row.unit), values, ticks_between(language, low, high)))  # fmt: skip
        r = language.number(pair.r, 2, signed=True)
        heading = language.say("correlation {r}", r=r)
        (xlabel, x, xticks), (ylabel, y, yticks) = axes
        panels.append(Cloud(heading, xlabel, ylabel, x, y, xticks, yticks))
        alts.append(f"{xlabel}; {ylabel}: {heading}")
    rows: list[tuple[Cell, ...]] = [
        (names[pair.i], names[pair.j], Number(pair.r, 2, signed=True)) for pair in strongest[:_PAIRS]
    ]
    columns = (Column(language.say("parameter")), Column(language.say("another one")), figure(language.say("correlation")))  # fmt: skip
    title = language.say("The pairs that are tied together most")
    caption = language.say(
        "One dot a draw; the axes are as wide as what was believed before. A round cloud: the two are known apart. A ridge: "
        "only a combination of both is known. Correlations are of normal scores."
    )
    view = View(title, columns, tuple(rows))
    return Picture("tied_together", title, caption, tuple(panels), tuple(alts), view, 2)


def _made(language: Language, of: CalibrationFound) -> Section:
    """Say how the draws were made, and whether the chains agree."""
    chains, about = of.chains, of.posterior.about
    steps, walkers, slow = int(chains["steps"]), int(chains["walkers"]), float(chains["autocorrelation_steps"])
    text = language.say(
        "{walkers} chains of {steps} steps, which is {times} times their longest autocorrelation ({slow} steps): worth {worth} "
        "independent draws of the slowest parameter. {share} % of the steps moved.",
        walkers=language.number(walkers),
        steps=language.number(steps),
        times=language.number(steps / slow),
        slow=language.number(slow),
        worth=language.number(worth(steps, walkers, slow)),
        share=language.number(100.0 * float(chains["acceptance"])),
    )
    if _settled(of):
        text += " " + language.say("50 times or more is what is asked for: the chains are long enough to agree.")
    checks = [row for row in of.targets if not math.isnan(row.check_z)]
    facts = [Fact(language.say("Chains"), text)]
    if checks:
        worst = max(checks, key=lambda row: abs(row.check_z))
        facts.append(
            Fact(
                language.say("Emulators"),
                language.say(
                    "Draws were simulated to check the emulators. The largest deviation is {z} standard errors ({figure}); "
                    "beyond 3 it would be more than chance.",
                    z=language.number(worst.check_z, 1, signed=True),
                    figure=figure_label(language, worst.label),
                ),
            )
        )
    libraries = ", ".join(f"{name} {version}" for name, version in about.get("libraries", {}).items())
    facts.append(
        Fact(
            language.say("Implementation"),
            language.say(
                "sim {version}, version {rules} of the rules, seed {seed}, {count} replications of every point; {libraries}.",
                version=about["version"],
                rules=about["rules"],
                seed=about["seed"],
                count=language.number(about["replications"]),
                libraries=libraries,
            ),
        )
    )
    return Section("calibration_made", language.say("How made"), language.say("How the draws were made"), facts=tuple(facts))  # fmt: skip


def _settled(of: CalibrationFound) -> bool:
    return settled(int(of.chains["steps"]), float(of.chains["autocorrelation_steps"]))
