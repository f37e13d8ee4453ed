"""What a calibration has found, as rows of tables."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.calibration.chains import Chains
from sim.analysis.calibration.identified import Identified
from sim.analysis.calibration.likelihood import expected
from sim.analysis.calibration.predictive import Predictive, predictive, score
from sim.config.calibration import Calibration
from sim.config.calibration.parameters import Parameter
from sim.study.calibrate.fit import Fitted, evaluated
from sim.tables.arrow import table_of
from sim.tables.column import number, text, whole

Floats = NDArray[np.float64]

PARAMETERS = (
    text("parameter", "Name in the calibration file: the dotted key that it sets."),
    text("label", "What tables call it."),
    text("unit", "Of its values."),
    number("prior_median", "", "Median before."),
    number("prior_low", "", "2.5 % quantile before."),
    number("prior_high", "", "97.5 % quantile before."),
    number("mean", "", "Mean over the posterior."),
    number("sd", "", "Standard deviation over the posterior."),
    number("median", "", "Median of the posterior."),
    number("low", "", "2.5 % quantile of the posterior."),
    number("high", "", "97.5 % quantile of the posterior."),
    number("spread_left", "", "Posterior standard deviation of the normal score; the prior's is 1."),
    text("learnt", "learnt: spread_left below 0.5; partly learnt: below 0.8; not learnt."),
    text("source", "Of the prior."),
)
TARGETS = (
    text("target", "Name in the calibration file."),
    text("label", "What tables call it."),
    text("config", "In which it is looked up."),
    text("unit", "Of all its figures."),
    number("published", "", "As published."),
    number("rounding", "", "Half the width of what rounds to it."),
    number("sampling_se", "", "Standard error of the published figure, by chance alone, at the posterior mean."),
    number("discrepancy", "", "Standard deviation of what the model leaves out."),
    number("prior_low", "", "2.5 % quantile of the expected figure over the priors."),
    number("prior_high", "", "97.5 % quantile of the expected figure over the priors."),
    number("expected", "", "Expected figure: mean over the posterior."),
    number("low", "", "2.5 % quantile of the expected figure over the posterior."),
    number("high", "", "97.5 % quantile of the expected figure over the posterior."),
    number(
        "surprise", "standard errors", "(published - expected) / standard deviation of the posterior predictive."
    ),
    number("tail", "", "Two-sided probability of a figure as far out (posterior predictive)."),
    number("prior_tail", "", "The same over the priors: small if the priors did not expect the figure."),
    number("simulated", "", "Mean over draws that were simulated, to check the emulator; no value: none were."),
    number("emulated", "", "Mean that the emulator gives for the same draws."),
    number(
        "check_z", "standard errors", "(simulated - emulated) / chance error of both; beyond 3 the emulator is off."
    ),
)
EFFECTS = (
    text("target", "Name in the calibration file."),
    text("parameter", "Name in the calibration file."),
    number("share", "", "Share of the target's variance over the priors that the parameter makes by itself."),
    number("slope", "", "Change of the target, scaled, for one prior standard deviation."),
    number("p_value", "", "Of the F test of no effect."),
    text("active", "yes: the target's emulator takes account of it."),
)
CORRELATIONS = (
    text("parameter", "Name in the calibration file."),
    text("other", "Another one."),
    number("correlation", "", "Of the normal scores over the posterior."),
)
DIRECTIONS = (
    whole("direction", "", "From 1, best known first."),
    number("spread_left", "", "Posterior standard deviation along it; the prior's is 1."),
    text("parameter", "Name in the calibration file."),
    number("weight", "", "Of the parameter in the direction."),
)
_SAMPLES_SEED = 7
_OFF = 3.0
UNEXPECTED = 0.01
"""Probability of a figure as far out below which it counts as not reached, or as not expected."""


class ParameterRow(NamedTuple):
    """A row of the table of parameters; see `PARAMETERS`."""

    parameter: str
    label: str
    unit: str
    prior_median: float
    prior_low: float
    prior_high: float
    mean: float
    sd: float
    median: float
    low: float
    high: float
    spread_left: float
    learnt: str
    source: str


class TargetRow(NamedTuple):
    """A row of the table of targets; see `TARGETS`."""

    target: str
    label: str
    config: str
    unit: str
    published: float
    rounding: float
    sampling_se: float
    discrepancy: float
    prior_low: float
    prior_high: float
    expected: float
    low: float
    high: float
    surprise: float
    tail: float
    prior_tail: float
    simulated: float
    emulated: float
    check_z: float


def emulator_off(row: TargetRow) -> bool:
    """Whether the emulator of a target is off by more than chance: by more than three standard errors."""
    return abs(row.check_z) > _OFF


class Outcome(NamedTuple):
    """What a calibration has found.

    Attributes
    ----------
    name, directory
        Of the calibration, and where its files are.
    question
        From the file.
    parameters, targets
        Rows.
    tables
        All tables by name, as they are written.
    sentences
        What is identified and what is not, in words.
    chains
        How the draws were made.
    draws
        How many are kept.
    simulated, kept
        Replications simulated now, and those that were there.
    """

    name: str
    directory: Path
    question: str
    parameters: tuple[ParameterRow, ...]
    targets: tuple[TargetRow, ...]
    tables: Mapping[str, pa.Table]
    sentences: tuple[str, ...]
    chains: Chains
    draws: int


def parameter_rows(
    parameters: Sequence[Parameter], scores: Floats, identified: Identified, words: Sequence[str]
) -> list[ParameterRow]:
    """Make the rows of the parameters, of draws of their scores."""
    rows = []
    probabilities = np.array([-1.959963984540054, 0.0, 1.959963984540054])
    for i, one in enumerate(parameters):
        prior_low, prior_median, prior_high = one.prior.at_scores(probabilities).tolist()
        values = one.prior.at_scores(scores[:, i])
        low, median, high = np.quantile(values, [0.025, 0.5, 0.975]).tolist()
        rows.append(
            ParameterRow(
                one.name, one.label, one.unit, prior_median, prior_low, prior_high,
                float(values.mean()), float(values.std(ddof=1)), median, low, high,
                float(identified.ratios[i]), words[i], one.source,
            )
        )  # fmt: skip
    return rows


def target_rows(
    calibration: Calibration,
    fitted: Fitted,
    scores: Floats,
    spread: Floats,
    check: tuple[Floats, Floats] | None,
) -> list[TargetRow]:
    """Make the rows of the targets.

    Parameters
    ----------
    calibration
        The file.
    fitted
        With an emulator for each.
    scores
        Draws of the posterior.
    spread
        Points spread over the priors.
    check
        Scores of draws that were simulated, and their key figures (centre x point x replication x KPI).
    """
    rows = []
    for figure, emulator in zip(fitted.targets, fitted.emulators, strict=True):
        of_posterior, of_prior = (expected(figure, emulator, points)[0] for points in (scores, spread))
        after, before = (_exact(figure, values) for values in (of_posterior, of_prior))
        scored = score(after, figure.value, figure.rounding)
        simulated = emulated = check_z = float("nan")
        if check is not None:
            at = evaluated(figure, check[1][figure.centre])
            mean, error = emulator.predict(check[0])
            known = ~np.isnan(at.means)
            off = (at.means - mean)[known]
            # What the emulator does not know of a point is not the chance of that point alone: it counts once.
            chance = float(np.sqrt(at.noise[known].sum())) / max(len(off), 1)
            check_z = float(off.mean()) / float(np.hypot(chance, np.sqrt(error[known].mean() / max(len(off), 1))))
            simulated = float(figure.from_scale(at.means[known])[0].mean())
            emulated = float(figure.from_scale(mean[known])[0].mean())
        rows.append(
            TargetRow(
                figure.name, figure.label, calibration.centres[figure.centre].name, figure.unit,
                figure.value, figure.rounding, float(np.sqrt(figure.variance(np.array([after.mean]))[0])),
                figure.discrepancy, before.low, before.high, after.mean, after.low, after.high,
                scored.surprise, scored.tail, score(before, figure.value, figure.rounding).tail,
                simulated, emulated, check_z,
            )
        )  # fmt: skip
    return rows


def _exact(figure: Any, values: Floats) -> Predictive:
    return predictive(figure, values, np.zeros_like(values), 1, _SAMPLES_SEED)


def tables_of(
    calibration: Calibration,
    fitted: Fitted,
    parameters: Sequence[ParameterRow],
    targets: Sequence[TargetRow],
    identified: Identified,
) -> dict[str, pa.Table]:
    """Make all tables, by the names of their files."""
    names = [parameter.name for parameter in calibration.parameters]
    effects = [
        (figure.name, name, *map(float, of_one), "yes" if i in found.active else "no")
        for figure, found in zip(fitted.targets, fitted.screened, strict=True)
        for i, (name, *of_one) in enumerate(zip(names, found.share, found.slope, found.p_value, strict=True))
    ]
    pairs = [
        (names[i], names[j], float(identified.correlations[i, j]))
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    directions = [
        (place + 1, float(spread), name, float(weight))
        for place, (spread, direction) in enumerate(zip(identified.spreads, identified.directions, strict=True))
        for name, weight in zip(names, direction, strict=True)
    ]
    return {
        "parameters": table_of(PARAMETERS, parameters, {}),
        "targets": table_of(TARGETS, targets, {}),
        "effects": table_of(EFFECTS, effects, {}),
        "correlations": table_of(CORRELATIONS, pairs, {}),
        "directions": table_of(DIRECTIONS, directions, {}),
    }
