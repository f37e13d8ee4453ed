"""Prior and posterior of every parameter as densities, with the table behind them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.identified import word
from sim.config.calibration.priors import Prior
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure, scale_of
from sim.report.views.panels import Densities, Mark
from sim.report.views.people import sentence
from sim.report.views.picture import Key, Picture
from sim.report.views.studies.words import stated, three_digits, ticks_between, with_unit
from sim.study.calibrate.reading import CalibrationFound

Floats = NDArray[np.float64]
_POINTS = 161
_END = 2.6
"""Scores to either side up to which densities are drawn at least: 99 % of a prior."""


class Density(NamedTuple):
    """Values of a parameter, and its densities there before and now."""

    x: Floats
    prior: Floats
    posterior: Floats


def density(prior: Prior, scores: Floats) -> Density:
    """Estimate both densities of a parameter.

    The posterior's is the prior's times a kernel estimate of the draws' prior probabilities (Gaussian, by Silverman's
    rule, reflected at 0 and 1; Silverman 1986, 2.10): it is the prior itself where nothing was learnt, and never leaves
    the prior's range.

    Parameters
    ----------
    prior
        Of the parameter.
    scores
        Normal scores of the draws.
    """
    from scipy.special import ndtr

    grid = np.linspace(min(-_END, float(scores.min())), max(_END, float(scores.max())), _POINTS)
    x = prior.at_scores(grid)
    slope = np.maximum(np.gradient(x, grid), 1e-12 * float(x[-1] - x[0]))
    before = np.exp(-0.5 * grid**2) / np.sqrt(2.0 * np.pi) / slope
    probabilities, at = ndtr(scores), ndtr(grid)
    width = 1.06 * float(probabilities.std(ddof=1)) * len(scores) ** -0.2
    mirrored = np.concatenate([probabilities, -probabilities, 2.0 - probabilities])
    kernels = np.exp(-0.5 * ((at[:, None] - mirrored[None, :]) / width) ** 2)
    ratio = kernels.sum(axis=1) / (len(scores) * width * np.sqrt(2.0 * np.pi))
    return Density(x, before, before * ratio)


def densities_picture(language: Language, of: CalibrationFound) -> Picture:
    """Draw what was believed of every parameter before and what is known now, the best known first."""
    scores = of.scores
    panels, alts = [], []
    rows: list[tuple[Cell, ...]] = []
    for i in np.argsort(of.identified.ratios, kind="stable").tolist():
        row, by = of.parameters[i], scale_of(of.parameters[i].unit)
        found = density(of.priors[i], scores[:, i])
        decimals = three_digits(by * row.median)
        before = Mark("before", by * row.prior_median, by * row.prior_low, by * row.prior_high)
        after = Mark("now", by * row.median, by * row.low, by * row.high)
        label = sentence(stated(language, row.label))
        learnt = language.say(word(row.spread_left))
        note = f"{language.interval(after.low, after.high, decimals)} · {learnt}"
        x = by * found.x
        ticks = ticks_between(language, float(x[0]), float(x[-1]))
        title = with_unit(language, label, row.unit)
        panels.append(Densities(title, note, x, found.prior / by, found.posterior / by, before, after, ticks))
        alts.append(
            language.say(
                "{parameter}: before {before}, now {now}",
                parameter=title,
                before=language.interval(before.low, before.high, decimals),
                now=language.interval(after.low, after.high, decimals),
            )
        )
        rows.append(
            (
                title, Number(before.value, decimals), Interval(before.low, before.high, decimals),
                Number(after.value, decimals), Interval(after.low, after.high, decimals), learnt,
            )
        )  # fmt: skip
    title = language.say("What was believed before, and what is known now")
    caption = language.say(
        "Pale field: before. Dark line: now. The bars below are the 95 % intervals, the dots the medians. The best known "
        "first; where both are alike, nothing was learnt."
    )
    columns = (
        Column(language.say("parameter")), figure(language.say("before: median")), figure(language.say("95 % interval")),
        figure(language.say("now: median")), figure(language.say("95 % interval")), Column(""),
    )  # fmt: skip
    legend = (Key("before", language.say("before")), Key("now", language.say("now"), line=True))
    view = View(title, columns, tuple(rows))
    return Picture("before_and_now", title, caption, tuple(panels), tuple(alts), view, 4, legend)
