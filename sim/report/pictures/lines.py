"""Lines with bands, and stacked layers, over time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.report.pictures.extent import extent
from sim.report.pictures.style import DASHES, GRID, INK, PAPER, colour
from sim.report.views.panels import Ticks
from sim.report.views.picture import Lines, Stack

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_APART = 14.0
"""Least distance of two texts at the ends of lines, in points."""
_MANY = 2
"""Series up to which the range of 9 in 10 runs is drawn; of more the bands hide each other."""


def lines(ax: "Axes", panel: Lines) -> None:
    """Draw lines; their last values stand at their ends."""
    _frame(ax, panel.xticks, panel.yticks, (float(panel.x[0]), float(panel.x[-1])), panel.title)
    for series in panel.series:
        ink = colour(series.key)
        if len(series.p05) and len(panel.series) <= _MANY:
            ax.fill_between(panel.x, series.p05, series.p95, color=ink, alpha=0.12, linewidth=0)
        if panel.dots:
            low, high = series.mean - series.low, series.high - series.mean
            bars = np.nan_to_num(np.array([low, high]))
            ax.errorbar(panel.x, series.mean, bars, fmt="o", color=ink, markersize=4.5, elinewidth=1.6, capsize=0)
        elif len(series.low):
            ax.fill_between(panel.x, series.low, series.high, color=ink, alpha=0.3, linewidth=0)
        ax.plot(
            panel.x, series.mean, color=ink, linewidth=1.2 if panel.dots else 1.8,
            linestyle=DASHES.get(series.key, "solid"),
        )  # fmt: skip
    known = [(s, s.mean[~np.isnan(s.mean)]) for s in panel.series]
    ends = [(float(values[-1]), s.end, colour(s.key)) for s, values in known if len(values)]
    _ends(ax, float(panel.x[-1]), ends)
    if panel.yticks[0][0] < 0:
        ax.axhline(0.0, color=INK, linewidth=1.0)
    for x, y, words in panel.ring:
        ax.plot([x], [y], "o", color=PAPER, markeredgecolor=colour("saves"), markeredgewidth=1.8, markersize=7)
        ax.annotate(words, (x, y), (-8, -14), textcoords="offset points", ha="right", color=colour("saves"))


def stack(ax: "Axes", panel: Stack) -> None:
    """Draw layers upon each other; name and last value of each stand at its end."""
    _frame(ax, panel.xticks, panel.yticks, (float(panel.x[0]), float(panel.x[-1])), panel.title)
    below = np.zeros(len(panel.x))
    ends = []
    for layer in panel.layers:
        above = below + layer.values
        ax.fill_between(panel.x, below, above, facecolor=colour(layer.key), edgecolor=PAPER, linewidth=0.8)
        middle = float(below[-1] + above[-1]) / 2
        ends.append((middle, f"{layer.end} {layer.label}", INK, colour(layer.key)))
        below = above
    _ends(ax, float(panel.x[-1]), [(y, text, ink) for y, text, ink, _ in ends], [c for *_, c in ends])


def _frame(ax: "Axes", xticks: Ticks, yticks: Ticks, x: tuple[float, float], title: str) -> None:
    ax.set_xlim(*x)
    ax.set_ylim(yticks[0][0], yticks[-1][0])
    ax.set_yticks([at for at, _ in yticks], [text for _, text in yticks])
    ax.set_xticks([at for at, _ in xticks], [text for _, text in xticks])
    for label, (at, _) in zip(ax.get_xticklabels(), xticks, strict=True):
        label.set_horizontalalignment(
            "left" if at <= x[0] else "right" if at >= x[1] - 0.02 * (x[1] - x[0]) else "center"
        )
    ax.grid(axis="y", color=GRID, linewidth=1.0)
    ax.set_axisbelow(True)
    ax.set_title(title, loc="left", fontsize=12, fontweight="bold", pad=8)


def _ends(ax: "Axes", x: float, ends: Sequence[tuple[float, str, str]], swatches: Sequence[str] = ()) -> None:
    """Write texts at the ends of lines, moved apart where they would touch."""
    if not ends:
        return
    per_unit = _points_per_unit(ax)
    order = sorted(range(len(ends)), key=lambda i: ends[i][0])
    places = [ends[i][0] * per_unit for i in order]
    placed = apart(places, _APART)
    for i, place in zip(order, placed, strict=True):
        value, text, ink = ends[i]
        offset = place - value * per_unit
        if swatches:
            box = {"boxstyle": "square,pad=0.25", "facecolor": swatches[i], "edgecolor": "none"}
            ax.annotate(
                " ", (x, value), (9, offset), textcoords="offset points", va="center", fontsize=6.5, bbox=box,
                annotation_clip=False,
            )  # fmt: skip
        ax.annotate(
            text, (x, value), (16 if swatches else 5, offset), textcoords="offset points", va="center", color=ink,
            fontweight="normal" if swatches else "bold", annotation_clip=False,
        )  # fmt: skip


def _points_per_unit(ax: "Axes") -> float:
    low, high = ax.get_ylim()
    return extent(ax)[1] / (high - low)


def apart(places: Sequence[float], least: float) -> list[float]:
    """Move rising places so far apart that none are closer than `least`, and no farther from where they were.

    Those that touch are spread about their mean, as often as that makes others touch.
    """
    groups: list[tuple[float, list[float]]] = []
    for place in places:
        members = [place]
        middle = place
        while (
            groups and middle - (len(members) - 1) * least / 2 < groups[-1][0] + (len(groups[-1][1]) + 1) * least / 2
        ):
            members = groups.pop()[1] + members
            middle = sum(members) / len(members)
        groups.append((middle, members))
    return [middle + (i - (len(members) - 1) / 2) * least for middle, members in groups for i in range(len(members))]
