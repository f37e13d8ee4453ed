"""A figure in two variants: both means, the difference, its interval; what all views of a comparison share."""

import math
from typing import NamedTuple

from sim.report.view import IDENTICAL, Cell, Column, Interval, Number, figure, narrowest, scale_of

INTERVAL = (
    "95 % interval: holds the expected difference in 95 of 100 such comparisons; more replications narrow it; "
    "pp: percentage points"
)


class Compared(NamedTuple):
    """A figure in two variants.

    Attributes
    ----------
    unit
        Of the means and the difference.
    mean, baseline_mean, difference, ci95_low, ci95_high, identical, interval_note, replications
        As in `sim.analysis.comparison.paired.Paired`.
    """

    unit: str
    mean: float
    baseline_mean: float
    difference: float
    ci95_low: float
    ci95_high: float
    identical: bool
    interval_note: str
    replications: int


STATISTICS = Compared._fields[1:]


class Cells(NamedTuple):
    """How a figure in two variants is shown."""

    mean: Number
    baseline_mean: Number
    difference: Cell
    interval: Interval


def cells(of: Compared) -> Cells:
    """Show both means, difference and interval, to two digits of the half-width."""
    scale, suffix = scale_of(of.unit), " pp" if of.unit == "share" else ""
    decimals = narrowest([scale * (of.ci95_high - of.ci95_low) / 2])
    mean, base = (Number(scale * value, decimals) for value in (of.mean, of.baseline_mean))
    if of.identical:
        return Cells(mean, base, IDENTICAL, Interval(math.nan, math.nan, decimals, signed=True))
    return Cells(
        mean,
        base,
        Number(scale * of.difference, decimals, signed=True, suffix=suffix),
        Interval(scale * of.ci95_low, scale * of.ci95_high, decimals, signed=True, note=of.interval_note),
    )


def paired_text(what: str) -> str:
    """Say what a difference is of."""
    return f"difference: {what}, paired by replication: both have the same citizens with the same luck"


def columns_of(names: tuple[str, str]) -> tuple[Column, ...]:
    """Columns of both means, the difference and its interval."""
    short = (figure(name, short=letter) for name, letter in zip(names, "AB", strict=True))
    return (*short, figure("difference"), figure("95 % interval"))
