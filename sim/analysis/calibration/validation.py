"""Every figure of the evidence beside what the model says of it, scored where it is known."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked
from sim.analysis.calibration.predictive import LEVELS, Predictive, Score, crps, predictive, score
from sim.tables.arrow import Metadata, table_of
from sim.tables.column import number, text

Floats = NDArray[np.float64]

TABLE = "validation"
"""Name of the table, and of its files without ``.parquet`` and ``.csv``."""
_NOT_KNOWN = Score(math.nan, (), math.nan, math.nan)


class Row(NamedTuple):
    """A figure and what the model says of it; see `COLUMNS`."""

    figure: str
    label: str
    group: str
    config: str
    unit: str
    published: float
    rounding: float
    expected: float
    low: float
    high: float
    low50: float
    high50: float
    low80: float
    high80: float
    low95: float
    high95: float
    parameters_sd: float
    chance_sd: float
    surprise: float
    inside: str
    tail: float
    crps: float
    crps_same_as_control: float
    crps_no_effect: float
    source: str


COLUMNS = (
    text("figure", "Name in the calibration file."),
    text("label", "What tables call it."),
    text("group", "calibrated, predicted, identity, kept back."),
    text("config", "In which it is looked up."),
    text("unit", "Of all its figures."),
    number("published", "", "As published; no value: kept back."),
    number("rounding", "", "Half the width of what rounds to it."),
    number("expected", "", "Expected figure: mean over the draws."),
    number("low", "", "2.5 % quantile of the expected figure over the draws: of the parameters alone."),
    number("high", "", "97.5 % quantile of the same."),
    number("low50", "", "Lower end of the 50 % interval of what could be published."),
    number("high50", "", "Upper end."),
    number("low80", "", "Lower end of its 80 % interval."),
    number("high80", "", "Upper end."),
    number("low95", "", "Lower end of its 95 % interval."),
    number("high95", "", "Upper end."),
    number("parameters_sd", "", "Standard deviation of the expected figure over the draws."),
    number("chance_sd", "", "Standard deviation of sampling error and discrepancy."),
    number("surprise", "standard errors", "(published - expected) / sd of what could be published."),
    text("inside", "Narrowest interval that what rounds to the published figure touches: 50, 80, 95 %, or outside."),
    number("tail", "", "Two-sided probability of a figure as far out."),
    number("crps", "", "Continuous ranked probability score of the model's forecast; smaller is better."),
    number(
        "crps_same_as_control", "", "The same of the published figure of the control group, with sampling error."
    ),
    number("crps_no_effect", "", "The same of what the model says of the control group."),
    text("source", "Where the figure is from."),
)
"""Columns of the table."""
OUTSIDE = "outside"


class Known(NamedTuple):
    """What is known of a figure: value (NaN: nothing), rounding, source, and its control figure's name."""

    value: float
    rounding: float
    source: str
    control: str


def validate_figures(
    figures: Sequence[Looked],
    known: Mapping[str, Known],
    centres: Sequence[str],
    kpis: Floats,
    seed: int,
) -> list[Row]:
    """Set every figure beside the model's distribution of it.

    Parameters
    ----------
    figures
        All.
    known
        By name.
    centres
        Names of the centres.
    kpis
        Centre x draw x replication x KPI.
    seed
        Of the samples that stand for distributions.
    """
    made = {figure.name: _forecast(figure, kpis, seed) for figure in figures}
    named = {figure.name: figure for figure in figures}
    rows = []
    for figure in figures:
        of, forecast = known[figure.name], made[figure.name]
        scored = _NOT_KNOWN if math.isnan(of.value) else score(forecast, of.value, of.rounding)
        same = none = math.nan
        if of.control and not math.isnan(of.value):
            control = named[of.control]
            same = crps(_same_as_control(figure, control, seed), of.value)
            none = crps(
                _forecast(figure._replace(centre=control.centre, kpis=control.kpis), kpis, seed).draws, of.value
            )
        ends = [end for level in LEVELS for end in forecast.interval(level)]
        facts = (figure.name, figure.label, figure.group, centres[figure.centre], figure.unit, of.value, of.rounding)
        said = (forecast.mean, forecast.low, forecast.high, *ends, forecast.parameter_sd, forecast.chance_sd)
        scores = (scored.surprise, _inside(scored), scored.tail, scored.crps, same, none)
        rows.append(Row._make((*facts, *said, *scores, of.source)))
    return rows


def validation_table(rows: Sequence[Row], metadata: Metadata) -> pa.Table:
    """Make the table."""
    return table_of(COLUMNS, rows, metadata)


def _forecast(figure: Looked, kpis: Floats, seed: int) -> Predictive:
    values = figure.of(kpis[figure.centre])
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    filled = np.where(known, values, 0.0)
    means = np.where(counts > 0, filled.sum(axis=1) / np.maximum(counts, 1), np.nan)
    squares = np.where(known, (filled - np.nan_to_num(means)[:, None]) ** 2, 0.0).sum(axis=1)
    within = np.where(counts > 0, squares / np.maximum(counts - 1, 1), np.nan)
    return predictive(figure, means, within, values.shape[1], seed)


def _same_as_control(figure: Looked, control: Looked, seed: int) -> Floats:
    """Sample of the forecast "as published of the control group": chance in its figure and in the one forecast."""
    value = np.array([control.value])
    sd = math.sqrt(float(control.variance(value)[0] + figure.variance(value)[0]) + control.rounding**2 / 3.0)
    sample = control.value + sd * np.random.default_rng([seed, 3]).standard_normal(20_000)
    return np.asarray(np.clip(sample, 0.0, 1.0) if figure.is_share else sample, np.float64)


def _inside(scored: Score) -> str:
    if not scored.inside:
        return ""
    within = [level for level, inside in zip(LEVELS, scored.inside, strict=True) if inside]
    return f"{100 * within[0]:.0f} %" if within else OUTSIDE
