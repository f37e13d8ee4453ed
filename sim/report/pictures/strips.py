"""Strips of figures with intervals, and tornadoes."""

from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.report.pictures.style import GRID, INK, MUTED, PAPER, colour
from sim.report.views.panels import Mark, Strips, Tornado

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEFT = 196.0
"""Room for the names on the left, in points."""
_LETTERS = 31
"""Letters of a name that fit into one line there."""
_PALE = frozenset({"before", "could_be", "range"})
"""Marks that are pale bars without a dot."""
_BEHIND = frozenset({"could_be", "range"})
"""Those of them that lie behind all others of the row."""
_DIAMOND = frozenset({"published"})
_APART = 0.27
"""Distance of the marks of one row; rows are 1 apart."""


def strips(ax: "Axes", panel: Strips) -> None:
    """Draw rows: names on the left, figures on the right, and each row's axis below it unless all share one."""
    rows = len(panel.strips)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_yticks([])
    shared = panel.xticks
    if shared:
        ax.set_xlim(shared[0][0], shared[-1][0])
        ax.set_xticks([at for at, _ in shared], [text for _, text in shared])
        for at, _ in shared:
            ax.axvline(at, color=GRID, linewidth=0.8, zorder=0)
        for at in panel.lines:
            ax.axvline(at, color=INK, linewidth=1.0, zorder=1)
    else:
        ax.set_xlim(0.0, 1.0)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
    for row, strip in enumerate(panel.strips):
        middle = float(row)
        first, last = (0.0, 1.0) if shared else (strip.xticks[0][0], strip.xticks[-1][0])
        if not shared:
            middle = row - 0.14
            _own_axis(ax, row + 0.24, strip.xticks)
        drawn = [mark for mark in strip.marks if mark.key not in _BEHIND]
        top = middle - _APART * (len(drawn) - 1) / 2
        for mark in strip.marks:
            at = top + _APART * drawn.index(mark) if mark in drawn else middle
            ends = (_to(value, first, last) for value in mark[1:])
            _mark(ax, at, Mark(mark.key, *ends), 8.0 if len(drawn) < 2 else 15.0)
        _beside(ax, row - (0.0 if shared else 0.1), strip.label, strip.text, strip.aside)
    _title(ax, panel.title)


def tornado(ax: "Axes", panel: Tornado) -> None:
    """Draw bars from the answer to where one parameter takes it: its low end above, its high end below."""
    rows = len(panel.bars)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.set_yticks([])
    ax.set_xlim(panel.xticks[0][0], panel.xticks[-1][0])
    ax.set_xticks([at for at, _ in panel.xticks], [text for _, text in panel.xticks])
    for at, _ in panel.xticks:
        ax.axvline(at, color=GRID, linewidth=0.8, zorder=0)
    ax.axvline(0.0, color=INK, linewidth=1.0, zorder=1)
    ax.axvline(panel.middle, color=MUTED, linewidth=1.2, linestyle=(0, (4, 2)), zorder=4)
    for row, bar in enumerate(panel.bars):
        for mark, at in ((bar.low, row - 0.19), (bar.high, row + 0.19)):
            ax.barh(at, mark.value - panel.middle, 0.36, panel.middle, color=colour(mark.key), zorder=2)
            if not np.isnan(mark.low):
                ax.plot([mark.low, mark.high], [at, at], color=INK, linewidth=1.2, zorder=3, solid_capstyle="butt")
        _beside(ax, row, bar.label, "", bar.aside)
    # The answer's own words stand above its line, inside the axes at either end.
    share = (panel.middle - panel.xticks[0][0]) / (panel.xticks[-1][0] - panel.xticks[0][0])
    ax.annotate(
        panel.middle_text, (panel.middle, 1.0), (4 if share < 0.5 else -4, 3), xycoords=ax.get_xaxis_transform(),
        textcoords="offset points", ha="left" if share < 0.5 else "right", va="bottom", color=MUTED, fontsize=11,
        annotation_clip=False,
    )  # fmt: skip
    _title(ax, panel.title, 18)


def _to(value: float, first: float, last: float) -> float:
    """Place a value of a row's own axis on that of the panel."""
    return (value - first) / (last - first)


def _own_axis(ax: "Axes", y: float, ticks: tuple[tuple[float, str], ...]) -> None:
    first, last = ticks[0][0], ticks[-1][0]
    ax.plot([0.0, 1.0], [y, y], color=GRID, linewidth=1.0, zorder=0, clip_on=False)
    for at, text in ticks:
        x = _to(at, first, last)
        ax.plot([x, x], [y, y - 0.55], color=GRID, linewidth=0.8, zorder=0)
        ax.annotate(
            text, (x, y), (0, -2), textcoords="offset points", ha="center", va="top", color=MUTED, fontsize=10,
            annotation_clip=False,
        )  # fmt: skip


def _mark(ax: "Axes", y: float, mark: Mark, behind: float) -> None:
    ink = colour(mark.key)
    if mark.key in _PALE:
        width, order = (behind, 1) if mark.key in _BEHIND else (8.0, 2)
        ax.plot([mark.low, mark.high], [y, y], color=ink, linewidth=width, solid_capstyle="butt", zorder=order)
        return
    if not np.isnan(mark.low):
        width = 1.4 if mark.key in _DIAMOND else 2.6
        ax.plot([mark.low, mark.high], [y, y], color=ink, linewidth=width, solid_capstyle="butt", zorder=3)
    if not np.isnan(mark.value):
        shape, size = ("D", 6.0) if mark.key in _DIAMOND else ("o", 6.5)
        edge: dict[str, Any] = {"markeredgecolor": PAPER, "markeredgewidth": 0.6}
        ax.plot([mark.value], [y], shape, color=ink, markersize=size, zorder=5, **edge)


def _beside(ax: "Axes", row: float, label: str, text: str, aside: str) -> None:
    side: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    side["xycoords"] = ax.get_yaxis_transform()
    ax.annotate(
        wrapped(label, _LETTERS), (0.0, row), (-LEFT + 2, 0), ha="left", va="center", linespacing=1.1, **side
    )
    if text and aside:
        ax.annotate(text, (1.0, row), (12, 1), ha="left", va="bottom", fontweight="bold", **side)
        ax.annotate(aside, (1.0, row), (12, -1), ha="left", va="top", color=MUTED, fontsize=11, **side)
    elif text or aside:
        look: dict[str, Any] = {"fontweight": "bold"} if text else {"color": MUTED}
        ax.annotate(text or aside, (1.0, row), (12, 0), ha="left", va="center", **look, **side)


def _title(ax: "Axes", title: str, above: float = 9) -> None:
    ax.annotate(
        title, (0.0, 1.0), (-LEFT + 2, above), xycoords="axes fraction", textcoords="offset points",
        fontweight="bold", annotation_clip=False,
    )  # fmt: skip


def wrapped(text: str, letters: int) -> str:
    """Break a name over lines."""
    return fill(text, letters, break_long_words=False)
