"""What `sim sensitivity` does: one parameter at a time, what would turn the answer round, all at once."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.sensitivity.designs import (
    Effect,
    morris_effects,
    morris_points,
    sobol_effects,
    sobol_points,
)
from sim.analysis.sensitivity.switching import Search
from sim.analysis.sensitivity.tornado import Bar, bars
from sim.analysis.summary import Statistics, summarise
from sim.config.sensitivity import Alternative, Sensitivity
from sim.study.sensitivity.evaluation import Evaluation
from sim.study.sensitivity.outcomes import NET_COST

Floats = NDArray[np.float64]

WIDE = 0.999
"""Where the outcome has one sign at both ends of an interval, it is looked for between the ends of this one."""
CONFIRMED_BY = 5
"""A switching value is simulated again with so many times as many replications, none of them used to find it."""


class Structure(NamedTuple):
    """The answer in one structure of the job centre, nothing else being moved.

    Attributes
    ----------
    alternative
        Which.
    outcomes
        Of each outcome.
    """

    alternative: Alternative
    outcomes: tuple[Statistics, ...]


class SwitchingValue(NamedTuple):
    """Where one parameter turns one outcome round.

    Attributes
    ----------
    parameter, outcome
        Their places.
    low, high
        The values between which it was looked for: the interval's ends, or where those have one sign, the ends of
        the central `WIDE`.
    own
        The value in the baseline; NaN: it is no number there.
    value
        At which the outcome is 0; NaN: it has one sign between `low` and `high`.
    there
        The outcome at that value, in replications that were not used to find it.
    """

    parameter: int
    outcome: int
    low: float
    high: float
    own: float
    value: float
    there: Statistics | None


class OneAtATime(NamedTuple):
    """What moving one parameter at a time tells.

    Attributes
    ----------
    answer
        Outcomes where nothing is moved.
    ends
        Values of each parameter at its low and at its high end.
    own
        Its value in the baseline.
    bars
        By outcome, the longest first.
    switching
        Of the outcome that may turn round: net costs if they are looked at, else the first. None, if the file looks
        for none.
    """

    answer: tuple[Statistics, ...]
    ends: tuple[tuple[float, float], ...]
    own: tuple[float, ...]
    bars: tuple[Bar, ...]
    switching: tuple[SwitchingValue, ...]


def one_at_a_time(evaluation: Evaluation, sensitivity: Sensitivity) -> OneAtATime:
    """Move each parameter to the ends of its interval, then look for what would turn the answer round, if asked."""
    count = len(evaluation.parameters)
    end = _end(sensitivity.head.interval)
    moves: list[Mapping[int, float]] = [{}]
    moves += [{place: score} for score in (-end, end) for place in range(count)]
    values = [evaluation.values_at(move) for move in moves]
    found = evaluation.of(sensitivity.centres, values, "tornado")
    middle, low, high = found[0], found[1 : 1 + count], found[1 + count :]
    names = [parameter.name for parameter in evaluation.parameters]
    ends = tuple((values[1 + place][name], values[1 + count + place][name]) for place, name in enumerate(names))
    own = tuple(_own(sensitivity, place) for place in range(count))
    looked = _looked(evaluation)
    searched: tuple[SwitchingValue, ...] = ()
    if sensitivity.head.switching:
        searched = _switching(evaluation, sensitivity, looked, low[:, :, looked], high[:, :, looked], own)
    answer = tuple(summarise(middle[:, outcome]) for outcome in range(middle.shape[1]))
    return OneAtATime(answer, ends, own, tuple(bars(middle, low, high)), searched)


def structures(evaluation: Evaluation, sensitivity: Sensitivity) -> tuple[Structure, ...]:
    """Give the answer in every structure, the configs' own first; they are never averaged."""
    made = []
    for alternative in sensitivity.alternatives:
        (found,) = evaluation.of(alternative.centres, [{}], alternative.name)
        made.append(Structure(alternative, tuple(summarise(found[:, i]) for i in range(found.shape[1]))))
    return tuple(made)


def morris(evaluation: Evaluation, sensitivity: Sensitivity, trajectories: int) -> list[Effect]:
    """Screen all parameters by Morris' trajectories."""
    interval, seed = sensitivity.head.interval, _design_seed(sensitivity)
    points = morris_points(len(evaluation.parameters), trajectories, interval, seed)
    outcomes = _means(evaluation, sensitivity, points, "Morris")
    return morris_effects(points, outcomes, interval, seed)


def sobol(evaluation: Evaluation, sensitivity: Sensitivity, size: int) -> list[Effect]:
    """Divide the variance of every outcome among the parameters."""
    count, seed = len(evaluation.parameters), _design_seed(sensitivity)
    points = sobol_points(count, size, seed)
    return sobol_effects(_means(evaluation, sensitivity, points, "Sobol'"), count, seed)


def _means(evaluation: Evaluation, sensitivity: Sensitivity, points: Floats, name: str) -> Floats:
    """Outcomes of points of a design, means over replications: point x outcome."""
    from scipy.special import ndtri

    values = [evaluation.values_at(dict(enumerate(row))) for row in ndtri(points).tolist()]
    means: Floats = evaluation.of(sensitivity.centres, values, name).mean(axis=1)
    return means


def _switching(
    evaluation: Evaluation, sensitivity: Sensitivity, looked: int, low: Floats, high: Floats, own: tuple[float, ...]
) -> tuple[SwitchingValue, ...]:
    """Look for the switching values of all parameters at once, halving by halving.

    Parameters
    ----------
    evaluation, sensitivity
        What is looked at.
    looked
        Place of the outcome.
    low, high
        It, by parameter and replication, at the ends of the interval.
    own
        Values in the baseline.
    """
    end = _end(sensitivity.head.interval)
    searches = [_search(end, *ends) for ends in zip(low, high, strict=True)]
    one_sign = [place for place, search in enumerate(searches) if not search.has_change]
    if one_sign:
        wide = _end(WIDE)
        points = [evaluation.values_at({place: score}) for place in one_sign for score in (-wide, wide)]
        found = evaluation.of(sensitivity.centres, points, "switching values")[:, :, looked]
        for i, place in enumerate(one_sign):
            searches[place] = _search(wide, found[2 * i], found[2 * i + 1])
    ends = [(search.low, search.high) for search in searches]
    while wanted := {i: score for i, search in enumerate(searches) if (score := search.next_score) is not None}:
        points = [evaluation.values_at({i: score}) for i, score in wanted.items()]
        means = evaluation.of(sensitivity.centres, points, "switching values")[:, :, looked].mean(axis=1)
        for i, mean in zip(wanted, means.tolist(), strict=True):
            searches[i].tell(mean)
    made = []
    for place, search in enumerate(searches):
        lowest, highest = (_value(evaluation, place, score) for score in ends[place])
        value, there = _confirmed(evaluation, sensitivity, place, looked, search.score)
        made.append(SwitchingValue(place, looked, lowest, highest, own[place], value, there))
    return tuple(made)


def _search(end: float, low: Floats, high: Floats) -> Search:
    """Begin a search between two scores, from the outcome's replications there."""
    return Search(-end, end, float(low.mean()), float(high.mean()), tolerance=0.1 * _standard_error(low))


def _confirmed(
    evaluation: Evaluation, sensitivity: Sensitivity, place: int, looked: int, score: float
) -> tuple[float, Statistics | None]:
    """Give the value of a parameter at a score, and the outcome there in fresh replications."""
    if math.isnan(score):
        return math.nan, None
    (fresh,) = evaluation.of(
        sensitivity.centres,
        [evaluation.values_at({place: score})],
        "switching values",
        first=evaluation.replications,
        replications=CONFIRMED_BY * evaluation.replications,
    )
    return _value(evaluation, place, score), summarise(fresh[:, looked])


def _value(evaluation: Evaluation, place: int, score: float) -> float:
    """Value of a parameter at a score."""
    return evaluation.values_at({place: score})[evaluation.parameters[place].name]


def _looked(evaluation: Evaluation) -> int:
    """Place of the outcome whose sign is the answer."""
    names = [outcome.name for outcome in evaluation.outcomes]
    return names.index(NET_COST) if NET_COST in names else 0


def _own(sensitivity: Sensitivity, place: int) -> float:
    """Value of a parameter in the baseline; NaN: it is not stated as a number there."""
    centre = sensitivity.centres[-1]
    node = centre.base
    keys = centre.keys[sensitivity.parameters[place].name]
    if not keys:
        return math.nan
    found: object = node
    for part in keys[0].split("."):
        found = found.get(part) if isinstance(found, dict) else getattr(found, part, None)
    return float(found) if isinstance(found, (int, float)) else math.nan


def _standard_error(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.std(ddof=1) / math.sqrt(len(known))) if len(known) > 1 else 0.0


def _end(interval: float) -> float:
    """Score of the upper end of a central interval."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + interval / 2.0))


def _design_seed(sensitivity: Sensitivity) -> int:
    """Seed of the designs: SALib takes 32 bits."""
    return sensitivity.head.seed % 2**32
