"""A map of means over two factors."""

from typing import TYPE_CHECKING

import numpy as np

from sim.report.pictures.style import INK, PAPER
from sim.report.views.picture import Heat

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MAP = "cividis"
"""Runs evenly from dark to light for every eye."""


def heat(ax: "Axes", panel: Heat) -> None:
    """Draw a field for each pair of levels, with its number; what was not simulated stays empty."""
    import matplotlib as mpl

    known = panel.values[~np.isnan(panel.values)]
    # From 0, so that a small difference looks small.
    low, high = min(float(known.min(initial=0.0)), 0.0), float(known.max(initial=0.0))
    span = high - low or 1.0
    shades = mpl.colormaps[_MAP]
    for j in range(len(panel.ys)):
        for i in range(len(panel.xs)):
            value = float(panel.values[j, i])
            if np.isnan(value):
                continue
            at = 0.08 + 0.92 * (value - low) / span
            ax.bar(i, 1.0, 1.0, j - 0.5, facecolor=shades(at), edgecolor=PAPER, linewidth=1.5)
            ax.text(i, j, panel.texts[j][i], ha="center", va="center", color=PAPER if at < 0.55 else INK)
    ax.set_xlim(-0.5, len(panel.xs) - 0.5)
    ax.set_ylim(-0.5, len(panel.ys) - 0.5)
    ax.set_xticks(range(len(panel.xs)), panel.xs)
    ax.set_yticks(range(len(panel.ys)), panel.ys)
    ax.set_xlabel(panel.xlabel)
    ax.set_ylabel(panel.ylabel)
    ax.spines["bottom"].set_visible(False)
    ax.set_title(panel.title, loc="left", fontsize=12, fontweight="bold", pad=8)
