"""Ribbons between boxes: which ways people go."""

from typing import TYPE_CHECKING

import numpy as np

from sim.report.pictures.extent import extent
from sim.report.pictures.lines import apart
from sim.report.pictures.style import INK, MUTED, PAPER, colour
from sim.report.views.picture import Flow, Node

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GAP = 26.0
"""Between two boxes of a column, in people of 1,000."""
_NAME = 54.0
"""Likewise in the middle, where a name stands above each box."""
_WIDTH = 0.035
_PLACES = (0.0, 0.37, 0.655)
_CURVE = np.linspace(0.0, 1.0, 25)


def flow(ax: "Axes", panel: Flow) -> None:
    """Draw the boxes of three columns and the ribbons between them, wide as the people who go there."""
    lows = [_stacked(column, panel.total, x == 1) for x, column in enumerate(panel.columns)]
    height = panel.total + _GAP * (max(len(column) for column in panel.columns) - 1)
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(height, 0.0)
    ax.axis("off")
    ax.set_title(panel.title, loc="left", fontsize=12, fontweight="bold", pad=24)
    out, into = ([list(low) for low in lows] for _ in range(2))
    # Ribbons leave and arrive in the order of the boxes at their other ends, so that they cross as little as can be.
    leave: dict[int, float] = {}
    arrive: dict[int, float] = {}
    for i in sorted(range(len(panel.links)), key=lambda i: (panel.links[i].start, _level(panel, lows, i, end=True))):
        link = panel.links[i]
        leave[i] = out[link.start[0]][link.start[1]]
        out[link.start[0]][link.start[1]] += link.size
    for i in sorted(range(len(panel.links)), key=lambda i: (panel.links[i].end, _level(panel, lows, i, end=False))):
        link = panel.links[i]
        arrive[i] = into[link.end[0]][link.end[1]]
        into[link.end[0]][link.end[1]] += link.size
    for i, link in enumerate(panel.links):
        x0, x1 = _PLACES[link.start[0]] + _WIDTH, _PLACES[link.end[0]]
        along = x0 + (x1 - x0) * _CURVE
        eased = _CURVE * _CURVE * (3.0 - 2.0 * _CURVE)
        upper = leave[i] + (arrive[i] - leave[i]) * eased
        ax.fill_between(along, upper, upper + link.size, facecolor=colour(link.key), alpha=0.6, linewidth=0)
    for x, (column, low) in enumerate(zip(panel.columns, lows, strict=True)):
        for node, at in zip(column, low, strict=True):
            ax.bar(
                _PLACES[x], node.size, _WIDTH, at, align="edge", facecolor=colour(node.key), edgecolor=INK,
                linewidth=0.6,
            )  # fmt: skip
    for x, heading in enumerate(panel.headings):
        ax.annotate(
            heading, (_PLACES[x] + (_WIDTH / 2 if x == 1 else 0), 0.0), (0, 7), textcoords="offset points",
            ha="center" if x == 1 else "left", color=MUTED, annotation_clip=False,
        )  # fmt: skip
    _names(ax, panel, lows, height)


def _level(panel: Flow, lows: list[list[float]], i: int, *, end: bool) -> tuple[float, int]:
    link = panel.links[i]
    column, row = link.end if end else link.start
    return lows[column][row], i


def _stacked(column: tuple[Node, ...], total: float, middle: bool) -> list[float]:
    """Upper ends of the boxes: from above, or those of the middle column in the lower part, each below its name."""
    gap = _NAME if middle else _GAP
    whole = sum(node.size for node in column) + gap * (len(column) - 1)
    at = max(total + 4 * _GAP - whole, 0.0) if middle else 0.0
    lows = []
    for node in column:
        lows.append(at)
        at += node.size + gap
    return lows


def _names(ax: "Axes", panel: Flow, lows: list[list[float]], height: float) -> None:
    """Write the names: beside or below the boxes of the first column, above the middle ones, beside the last."""
    per_unit = extent(ax)[1] / height
    back = {"boxstyle": "square,pad=0.08", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.7}
    for x, (column, low) in enumerate(zip(panel.columns, lows, strict=True)):
        middles = [(at + node.size / 2) * per_unit for node, at in zip(column, low, strict=True)]
        placed = apart(middles, 14.0) if x == 2 else middles
        for node, at, place in zip(column, low, placed, strict=True):
            where, align, box = (_PLACES[2] + _WIDTH + 0.015, place / per_unit), "left", None
            if x == 1:
                where, align, box = (_PLACES[1] + _WIDTH / 2, at - 9.0 / per_unit), "center", back
            elif x == 0 and node.size * per_unit > _INSIDE:
                where = (_PLACES[0] + _WIDTH + 0.015, place / per_unit)
            elif x == 0:
                where = (_PLACES[0], at + node.size + 9.0 / per_unit)
            ax.text(*where, node.label, va="center", ha=align, clip_on=False, bbox=box)


_INSIDE = 40.0
"""Height of a box, in points, that has room for its name beside it where ribbons begin."""
