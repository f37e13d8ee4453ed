"""Dots with whiskers, bars of hours, bars of money by year."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report.pictures.extent import extent
from sim.report.pictures.style import GRID, HATCHED, INK, MUTED, PAPER, colour, ink_on
from sim.report.views.picture import Bars, Dots, Years

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DIGIT = 7.0
"""Width of a digit in points, to see whether a number fits into a bar."""
_RANGE = "#c5cbd8"
_LEFT = 172.0
"""Room for the names on the left, in points."""


def dots(ax: "Axes", panel: Dots) -> None:
    """Draw expected differences on one axis: names on the left, figures on the right."""
    rows = len(panel.dots)
    low, high = panel.xticks[0][0], panel.xticks[-1][0]
    ax.set_xlim(low, high)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_yticks([])
    ax.set_xticks([at for at, _ in panel.xticks], [text for _, text in panel.xticks])
    ax.axvline(0.0, color=INK, linewidth=1.0)
    for at, _ in panel.xticks:
        ax.axvline(at, color=GRID, linewidth=0.8, zorder=0)
    for row, dot in enumerate(panel.dots):
        ax.barh(row, dot.p95 - dot.p05, 0.5, dot.p05, color=_RANGE, zorder=2)
        ax.plot([dot.low, dot.high], [row, row], color=INK, linewidth=2.2, zorder=3, solid_capstyle="butt")
        ax.plot([dot.value], [row], "o", color=INK, markersize=6.5, zorder=4)
        side: dict[str, Any] = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "va": "center"}
        ax.annotate(dot.label, (0.0, row), (-_LEFT, 0), ha="left", annotation_clip=False, **side)
        ax.annotate(dot.text, (1.0, row), (42, 0), ha="right", fontweight="bold", annotation_clip=False, **side)
        ax.annotate(dot.interval, (1.0, row), (49, 0), ha="left", color=MUTED, annotation_clip=False, **side)
    ax.annotate(
        panel.title, (0.0, 1.0), (-_LEFT, 9), xycoords="axes fraction", textcoords="offset points",
        fontweight="bold", annotation_clip=False,
    )  # fmt: skip


def bars(ax: "Axes", panel: Bars) -> None:
    """Draw hours, one bar a variant: the parts, a frame of the hours there, words above and below."""
    ax.set_xlim(0.0, panel.top * 1.02)
    ax.set_ylim(len(panel.bars) - 0.42, -0.62)
    ax.axis("off")
    per_hour = extent(ax)[0] / (panel.top * 1.02)
    for row, bar in enumerate(panel.bars):
        at = 0.0
        for part in bar.parts:
            width, hatched = float(part.values[0]), part.key in HATCHED
            ax.barh(
                row, width, 0.40, at, facecolor=colour(part.key), edgecolor=MUTED if hatched else PAPER,
                hatch="////" if hatched else None, linewidth=0.8,
            )  # fmt: skip
            if width * per_hour > _DIGIT * (len(part.end) + 1):
                box = {"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none"}
                ax.text(
                    at + width / 2, row, part.end, ha="center", va="center", fontweight="bold",
                    color=ink_on(part.key), bbox=box if hatched else None,
                )  # fmt: skip
            at += width
        ax.barh(row, bar.there, 0.40, facecolor="none", edgecolor=INK, linewidth=1.4)
        ax.text(0.0, row - 0.27, bar.label, va="bottom", ha="left", fontweight="bold")
        ax.text(0.0, row + 0.26, bar.below, va="top", ha="left", color=MUTED, clip_on=False)
    ax.set_title(panel.title, loc="left", fontsize=12, fontweight="bold", pad=4)


def years(ax: "Axes", panel: Years) -> None:
    """Draw money by year: what costs more above 0, what costs less below, the net as a mark with its number."""
    places = np.arange(len(panel.years), dtype=float)
    above, below = np.zeros(len(places)), np.zeros(len(places))
    for layer in panel.layers:
        more, less = np.maximum(layer.values, 0.0), np.minimum(layer.values, 0.0)
        style: dict[str, Any] = {"color": colour(layer.key), "edgecolor": PAPER, "linewidth": 0.8}
        ax.bar(places, more, 0.46, above, **style)
        ax.bar(places, less, 0.46, below, **style)
        above, below = above + more, below + less
    ax.plot(places + 0.30, panel.net, "<", color=INK, markersize=7, linestyle="none")
    for x, y, text in zip(places, panel.net, panel.net_texts, strict=True):
        ax.annotate(text, (x + 0.30, y), (7, 0), textcoords="offset points", va="center", fontweight="bold")
    ax.set_ylim(panel.yticks[0][0], panel.yticks[-1][0])
    ax.set_xlim(-0.5, len(places) - 0.25)
    ax.set_yticks([at for at, _ in panel.yticks], [text for _, text in panel.yticks])
    ax.set_xticks(places, panel.years)
    ax.grid(axis="y", color=GRID, linewidth=1.0)
    ax.set_axisbelow(True)
    ax.axhline(0.0, color=INK, linewidth=1.0)
    ax.spines["bottom"].set_visible(False)
    if panel.title:
        ax.set_title(panel.title, loc="left", fontsize=12, fontweight="bold", pad=8)
