"""What is known of parameters: densities before and after, and clouds of draws."""

from typing import TYPE_CHECKING, Any

from sim.report.pictures.strips import wrapped
from sim.report.pictures.style import GRID, INK, MUTED, colour
from sim.report.views.panels import Cloud, Densities

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE = 36
"""Letters of a panel's title that fit into one line."""


def densities(ax: "Axes", panel: Densities) -> None:
    """Draw the prior as a pale field, the posterior as a line; their intervals below."""
    top = max(float(panel.prior.max()), float(panel.posterior.max()))
    ax.set_xlim(panel.xticks[0][0], panel.xticks[-1][0])
    ax.set_ylim(-0.30 * top, 1.04 * top)
    ax.set_yticks([])
    ax.set_xticks([at for at, _ in panel.xticks], [text for _, text in panel.xticks])
    ax.axhline(0.0, color=GRID, linewidth=1.0, zorder=0)
    ax.fill_between(panel.x, 0.0, panel.prior, color=colour("before"), linewidth=0, zorder=1)
    ax.plot(panel.x, panel.posterior, color=colour("now"), linewidth=1.8, zorder=3)
    for mark, at in ((panel.before, -0.10 * top), (panel.after, -0.21 * top)):
        ax.plot([mark.low, mark.high], [at, at], color=colour(mark.key), linewidth=4.0, solid_capstyle="butt")
        edge: dict[str, Any] = {"markeredgecolor": MUTED, "markeredgewidth": 0.6}
        ax.plot([mark.value], [at], "o", color=colour(mark.key), markersize=5.5, **edge)
    ax.set_title(wrapped(panel.title, _TITLE), loc="left", fontsize=11.5, fontweight="bold", pad=20, linespacing=1.1)
    ax.annotate(
        panel.note, (0.0, 1.0), (0, 5), xycoords="axes fraction", textcoords="offset points", color=MUTED,
        fontsize=11, annotation_clip=False,
    )  # fmt: skip


def cloud(ax: "Axes", panel: Cloud) -> None:
    """Draw one dot a draw."""
    ax.set_xlim(panel.xticks[0][0], panel.xticks[-1][0])
    ax.set_ylim(panel.yticks[0][0], panel.yticks[-1][0])
    ax.set_xticks([at for at, _ in panel.xticks], [text for _, text in panel.xticks])
    ax.set_yticks([at for at, _ in panel.yticks], [text for _, text in panel.yticks])
    ax.grid(color=GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.plot(panel.x, panel.y, "o", color=colour("now"), markersize=3.4, alpha=0.5, markeredgewidth=0)
    ax.set_xlabel(panel.xlabel)
    ax.set_ylabel(wrapped(panel.ylabel, 30))
    ax.set_title(panel.title, loc="left", fontsize=12, fontweight="bold", pad=8, color=INK)
