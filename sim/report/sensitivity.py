"""What a sensitivity study shows: the answer, what moves it, what would turn it round, and other structures."""

import math
from collections.abc import Iterator, Sequence

from sim.analysis.sensitivity.designs import Effect
from sim.analysis.sensitivity.tornado import changes_sign
from sim.analysis.summary import Statistics
from sim.config.sensitivity import Sensitivity
from sim.report.view import (
    UNDEFINED,
    Cell,
    Column,
    Estimate,
    Interval,
    Number,
    Page,
    View,
    figure,
    middle,
    scale_of,
    unit_text,
)
from sim.study.sensitivity.outcomes import NET_COST, Outcome
from sim.study.sensitivity.study import OneAtATime, Structure

MOST_BARS = 12
"""Of more parameters only those that move an outcome most are shown."""
_THOUSAND = 1000.0


class _Scale:
    """How the figures of an outcome are shown."""

    def __init__(self, outcome: Outcome, half_widths: Sequence[float]) -> None:
        money = outcome.name == NET_COST
        self.by = 1.0 / _THOUSAND if money else scale_of(outcome.unit)
        self.unit = "1,000 kr" if money else unit_text(outcome.unit)
        self.decimals = 0 if money else middle([self.by * half for half in half_widths])

    def estimate(self, found: Statistics | None, *, signed: bool = True) -> Cell:
        """Write a figure with its interval."""
        if found is None or math.isnan(found.mean):
            return UNDEFINED
        mean, low, high = (self.by * value for value in (found.mean, found.ci95_low, found.ci95_high))
        return Estimate(Number(mean, self.decimals, signed), Interval(low, high, self.decimals, signed))


def sensitivity_page(
    sensitivity: Sensitivity, outcomes: Sequence[Outcome], found: OneAtATime, others: Sequence[Structure]
) -> Page:
    """Show the answer, the bars of every outcome, the switching values and the structures.

    Parameters
    ----------
    sensitivity, outcomes
        What was looked at.
    found, others
        From `sim.study.sensitivity.study`.
    """
    scales = [_Scale(outcome, [_half(found.answer[i])]) for i, outcome in enumerate(outcomes)]
    views = [_answer(sensitivity, outcomes, scales, others)]
    views += [_bars(sensitivity, outcomes, i, scales[i], found) for i in range(len(outcomes))]
    if found.switching:
        views.append(_switching(sensitivity, outcomes, scales, found))
    question = (sensitivity.head.question,) if sensitivity.head.question else ()
    return Page(
        tuple(views),
        above=question,
        legend=(
            f"low and high: ends of the central {100 * sensitivity.head.interval:g} % of what is believed of a "
            "parameter, one parameter at a time, all else as in the configs",
            "in brackets: 95 % intervals from the replications, paired; they know nothing of the parameters",
        ),
        look=tuple(_look(sensitivity, outcomes, found)),
    )


def effects_view(
    sensitivity: Sensitivity, outcomes: Sequence[Outcome], found: Sequence[Effect], *, sobol: bool
) -> tuple[View, ...]:
    """Show Morris' measures or Sobol' indices, an outcome a table."""
    made = []
    for i, outcome in enumerate(outcomes):
        own = [effect for effect in found if effect.outcome == i]
        scale = _Scale(outcome, [effect.main_half_width for effect in own])
        by, unit, decimals = (100.0, "% of the variance", 0) if sobol else (scale.by, scale.unit, scale.decimals)
        columns = (
            Column("parameter"),
            figure("first order" if sobol else "mean effect (mu*)"),
            figure("total" if sobol else "spread of effects (sigma)"),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                sensitivity.parameters[effect.parameter].label,
                _plus_minus(by * effect.main, by * effect.main_half_width, decimals),
                _plus_minus(by * effect.total, by * effect.total_half_width, decimals),
            )
            for effect in own[:MOST_BARS]
        ]
        title = f"{'Sobol' if sobol else 'Morris'}: {outcome.label}, {unit}"
        made.append(View(title, columns, tuple(rows)))
    return tuple(made)


def _answer(
    sensitivity: Sensitivity, outcomes: Sequence[Outcome], scales: Sequence[_Scale], others: Sequence[Structure]
) -> View:
    """The answer in every structure, side by side."""
    signed = len(sensitivity.centres) == 2
    columns = (Column("outcome"), Column("unit", behind=True), *(figure(o.alternative.label) for o in others))
    rows = tuple(
        (
            outcome.label,
            scales[i].unit,
            *(scales[i].estimate(one.outcomes[i], signed=signed) for one in others),
        )
        for i, outcome in enumerate(outcomes)
    )
    names = " minus ".join(centre.name for centre in sensitivity.centres)
    return View(f"{sensitivity.name}: {names}, by structure", columns, rows)


def _bars(
    sensitivity: Sensitivity, outcomes: Sequence[Outcome], outcome: int, scale: _Scale, found: OneAtATime
) -> View:
    own = [bar for bar in found.bars if bar.outcome == outcome][:MOST_BARS]
    columns = (
        Column("parameter"),
        figure("own"),
        figure("low"),
        figure("high"),
        figure("change at low"),
        figure("change at high"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            sensitivity.parameters[bar.parameter].label,
            *(_value(value) for value in (found.own[bar.parameter], *found.ends[bar.parameter])),
            scale.estimate(bar.low),
            scale.estimate(bar.high),
        )
        for bar in own
    ]
    return View(f"what moves it: {outcomes[outcome].label}, {scale.unit}", columns, tuple(rows))


def _switching(
    sensitivity: Sensitivity, outcomes: Sequence[Outcome], scales: Sequence[_Scale], found: OneAtATime
) -> View:
    outcome = found.switching[0].outcome
    columns = (
        Column("parameter"),
        figure("own"),
        figure("from"),
        figure("to"),
        figure("switching value"),
        figure("outcome there"),
    )
    in_order = sorted(found.switching, key=lambda one: (math.isnan(one.value), one.parameter))
    rows: list[tuple[Cell, ...]] = [
        (
            sensitivity.parameters[one.parameter].label,
            *(_value(value) for value in (one.own, one.low, one.high)),
            "none" if math.isnan(one.value) else _value(one.value),
            scales[outcome].estimate(one.there),
        )
        for one in in_order
    ]
    return View(f"what would make it 0: {outcomes[outcome].label}, {scales[outcome].unit}", columns, tuple(rows))


def _look(sensitivity: Sensitivity, outcomes: Sequence[Outcome], found: OneAtATime) -> Iterator[str]:
    """Say in a sentence for each outcome whether its sign hangs on a parameter."""
    for i, outcome in enumerate(outcomes):
        own = [bar for bar in found.bars if bar.outcome == i]
        answer = found.answer[i].mean
        turning = [
            sensitivity.parameters[bar.parameter].label
            for bar in own
            if changes_sign(answer, (bar.low.mean, bar.high.mean))
        ]
        if len(sensitivity.centres) == 1 and outcome.name != NET_COST:
            most = ", ".join(sensitivity.parameters[bar.parameter].label for bar in own[:3])
            yield f"{outcome.label}: moved most by {most}"
        elif found.answer[i].ci95_low < 0.0 < found.answer[i].ci95_high:
            yield f"{outcome.label}: more replications are needed to know its sign where nothing is moved"
        elif turning:
            yield f"{outcome.label}: more or less? It hangs on {', '.join(turning)}"
        else:
            yield f"{outcome.label}: no parameter alone turns its sign within its interval"


def _value(value: float) -> str:
    if math.isnan(value):
        return UNDEFINED
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"


def _plus_minus(value: float, half: float, decimals: int) -> str:
    if math.isnan(value):
        return UNDEFINED
    shown = str(Number(value, decimals))
    return shown if math.isnan(half) else f"{shown} ±{Number(half, decimals)}"


def _half(found: Statistics) -> float:
    return (found.ci95_high - found.ci95_low) / 2.0
