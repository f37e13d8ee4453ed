"""Pictures apart from how they are drawn: what each panel shows, in words and numbers of the reader's language.

Colours belong to keys ("job", "meeting", "a"), which the drawing knows; lengths of axes are part of the view, so
that panels that are compared share a scale.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.report.view import View
from sim.report.views.panels import Cloud, Densities, Strips, Ticks, Tornado

Floats = NDArray[np.float64]


class Series(NamedTuple):
    """A line with its bands.

    Attributes
    ----------
    key
        Whose it is: "a" the first variant, "b" the baseline, "c" and so on the others.
    label, end
        Name; and what is written where the line ends: its last value.
    mean, low, high, p05, p95
        Values over `Lines.x`, the 95 % interval and 9 in 10 runs; empty bands are not drawn.
    """

    key: str
    label: str
    end: str
    mean: Floats
    low: Floats
    high: Floats
    p05: Floats
    p95: Floats


class Lines(NamedTuple):
    """Lines over time, or over a factor.

    Attributes
    ----------
    title
        Of the panel, unit included.
    x
        Where the values lie.
    series
        The lines.
    xticks, yticks
        Of the axes; the first and the last of `yticks` are its ends.
    dots
        Whether the points were simulated one by one, and so are drawn as dots with whiskers.
    ring
        Place and words of a point to be ringed, such as when the money is back; empty: none.
    """

    title: str
    x: Floats
    series: tuple[Series, ...]
    xticks: Ticks
    yticks: Ticks
    dots: bool = False
    ring: tuple[tuple[float, float, str], ...] = ()


class Layer(NamedTuple):
    """One layer of a stack or of bars: the key of its colour, its name, values, and what stands at its end."""

    key: str
    label: str
    values: Floats
    end: str = ""


class Stack(NamedTuple):
    """Layers upon each other from 0, over time."""

    title: str
    x: Floats
    layers: tuple[Layer, ...]
    xticks: Ticks
    yticks: Ticks


class Node(NamedTuple):
    """A box of a flow: the key of its colour, its name with its number, its size."""

    key: str
    label: str
    size: float


class Link(NamedTuple):
    """A ribbon from a box to one in a later column, by their places in `Flow.columns`."""

    start: tuple[int, int]
    end: tuple[int, int]
    size: float
    key: str


class Flow(NamedTuple):
    """Which ways people go: three columns of boxes, with ribbons between them; `total` is the height of all."""

    title: str
    headings: tuple[str, ...]
    columns: tuple[tuple[Node, ...], ...]
    links: tuple[Link, ...]
    total: float


class Dot(NamedTuple):
    """An expected difference with its interval and with the range of 9 in 10 runs; and both in words."""

    label: str
    value: float
    low: float
    high: float
    p05: float
    p95: float
    text: str
    interval: str


class Dots(NamedTuple):
    """Differences on one axis."""

    title: str
    dots: tuple[Dot, ...]
    xticks: Ticks


class Bar(NamedTuple):
    """Hours of one variant: parts, what is there in all, and what is said below."""

    label: str
    parts: tuple[Layer, ...]
    there: float
    below: str


class Bars(NamedTuple):
    """Bars in hours, on one scale from 0 to `top`."""

    title: str
    bars: tuple[Bar, ...]
    top: float


class Years(NamedTuple):
    """Money by year: layers above and below 0, and the net of each year."""

    title: str
    years: tuple[str, ...]
    layers: tuple[Layer, ...]
    net: Floats
    net_texts: tuple[str, ...]
    yticks: Ticks


class Heat(NamedTuple):
    """Means over two factors: rows from the bottom up, columns from the left; NaN: not simulated."""

    title: str
    xlabel: str
    ylabel: str
    xs: tuple[str, ...]
    ys: tuple[str, ...]
    values: Floats
    texts: tuple[tuple[str, ...], ...]


Panel = Lines | Stack | Flow | Dots | Bars | Years | Heat | Strips | Tornado | Densities | Cloud


class Key(NamedTuple):
    """An entry of the legend: the key of a colour, its name, and whether it is a line."""

    key: str
    label: str
    line: bool = False


class Picture(NamedTuple):
    """A picture.

    Attributes
    ----------
    name
        For file names and addresses: letters and underscores.
    title, caption
        What it shows, and how it is to be read.
    panels
        What is drawn, each beside the other, `across` in a row where there is room.
    alt
        For each panel what it shows in words, with its end values.
    table
        The figures behind it.
    legend
        What colours and lines mean, where they are not named in the panel.
    """

    name: str
    title: str
    caption: str
    panels: tuple[Panel, ...]
    alt: tuple[str, ...]
    table: View
    across: int = 2
    legend: tuple[Key, ...] = ()
