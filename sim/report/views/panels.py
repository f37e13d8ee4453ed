"""Panels of studies, apart from how they are drawn: strips of intervals, tornadoes, densities, clouds of draws."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ticks = tuple[tuple[float, str], ...]
"""Places on an axis, and what is written there."""


class Mark(NamedTuple):
    """A figure with an interval: the key of its look; a NaN is not drawn."""

    key: str
    value: float
    low: float
    high: float


class Strip(NamedTuple):
    """One row: what it is of, its marks from top to bottom, and what is said of it on the right.

    Attributes
    ----------
    label
        Its name.
    marks
        What is drawn, each below the other.
    text, aside
        On the right: what matters most, and below it what is muted.
    xticks
        Of its own axis, the first and the last its ends; empty: the panel's.
    """

    label: str
    marks: tuple[Mark, ...]
    text: str
    aside: str = ""
    xticks: Ticks = ()


class Strips(NamedTuple):
    """Rows of figures with intervals, each on an axis of its own, or all on one.

    Attributes
    ----------
    title, strips
        What is shown.
    xticks
        Of the one axis; empty: each has its own.
    lines
        Where that axis is marked, such as at 0.
    """

    title: str
    strips: tuple[Strip, ...]
    xticks: Ticks = ()
    lines: tuple[float, ...] = ()


class TornadoBar(NamedTuple):
    """One parameter: the outcome at its low and at its high end with 95 % intervals, and the ends in words."""

    label: str
    low: Mark
    high: Mark
    aside: str


class Tornado(NamedTuple):
    """What moves an outcome: bars from the answer to where one parameter alone takes it.

    Attributes
    ----------
    title, bars
        What is shown, the longest first.
    middle, middle_text
        The answer where nothing is moved, and in words.
    xticks
        Of the axis.
    """

    title: str
    bars: tuple[TornadoBar, ...]
    middle: float
    middle_text: str
    xticks: Ticks


class Densities(NamedTuple):
    """What was believed of a parameter before and after, as densities with their intervals.

    Attributes
    ----------
    title, note
        The parameter with its unit, and what is said below it.
    x, prior, posterior
        Values of the parameter, and both densities there; only their shapes are read.
    before, after
        Medians and 95 % intervals.
    xticks
        Of the axis.
    """

    title: str
    note: str
    x: Floats
    prior: Floats
    posterior: Floats
    before: Mark
    after: Mark
    xticks: Ticks


class Cloud(NamedTuple):
    """Draws of two parameters: a narrow ridge says that the evidence cannot tell them apart.

    Attributes
    ----------
    title
        How they go together.
    xlabel, ylabel, x, y
        The two parameters, and the draws.
    xticks, yticks
        Of the axes, which are as wide as what was believed before.
    """

    title: str
    xlabel: str
    ylabel: str
    x: Floats
    y: Floats
    xticks: Ticks
    yticks: Ticks
