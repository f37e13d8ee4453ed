"""Panels on axes, pictures as figures, and panels as SVG for a page."""

import io
import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.report.pictures.bars import bars, dots, years
from sim.report.pictures.draws import cloud, densities
from sim.report.pictures.flow import flow
from sim.report.pictures.heat import heat
from sim.report.pictures.lines import lines, stack
from sim.report.pictures.strips import LEFT, strips, tornado
from sim.report.pictures.style import DASHES, HATCHED, MUTED, colour, drawing
from sim.report.views.panels import Cloud, Densities, Strips, Tornado
from sim.report.views.picture import Bars, Dots, Flow, Heat, Lines, Panel, Picture, Stack, Years

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


PNG_DPI = 200
"""Sharp on a slide of 1920 points across."""


class Size(NamedTuple):
    """Size of a panel in points, and the margins around its axes."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


def size_of(panel: Panel, across: int) -> Size:
    """Give the size of a panel that stands with `across` in a row: small ones where there are more than two."""
    if isinstance(panel, Dots):
        return Size(474.0, 62.0 + 24.0 * len(panel.dots), 174.0, 136.0, 28.0, 24.0)
    if isinstance(panel, Bars):
        return Size(470.0, 26.0 + 76.0 * len(panel.bars), 4.0, 4.0, 24.0, 2.0)
    if isinstance(panel, Flow):
        return Size(480.0, 440.0, 4.0, 4.0, 50.0, 22.0)
    if isinstance(panel, Stack):
        return Size(440.0, 236.0, 40.0, 158.0, 30.0, 26.0)
    if isinstance(panel, Years):
        return Size(470.0, 300.0, 40.0, 10.0, 12.0, 26.0)
    if isinstance(panel, Heat):
        rows, columns = len(panel.ys), len(panel.xs)
        return Size(110.0 + max(58.0 * columns, 240.0), 80.0 + 34.0 * rows, 92.0, 12.0, 30.0, 48.0)
    if isinstance(panel, Strips):
        high = max((len(strip.marks) for strip in panel.strips), default=1)
        each = (30.0 if high < 3 else 40.0) if panel.xticks else (44.0 if high < 3 else 52.0)
        return Size(
            530.0,
            (50.0 if panel.title else 32.0) + each * len(panel.strips),
            LEFT,
            136.0,
            28.0 if panel.title else 10.0,
            22.0 if panel.xticks else 4.0,
        )
    if isinstance(panel, Tornado):
        return Size(530.0, 66.0 + 28.0 * len(panel.bars), LEFT, 110.0, 40.0, 24.0)
    if isinstance(panel, Densities):
        return Size(300.0, 186.0, 8.0, 14.0, 52.0, 26.0)
    if isinstance(panel, Cloud):
        return Size(420.0, 290.0, 66.0, 16.0, 30.0, 50.0)
    if across > 2:
        return Size(300.0, 178.0, 42.0, 46.0, 32.0, 26.0)
    return Size(470.0, 300.0, 42.0, 46.0, 30.0 if panel.title else 12.0, 26.0)


def draw(ax: "Axes", panel: Panel) -> "Axes":
    """Draw a panel on axes, whose place and size must be final."""
    draws: dict[type, Callable[[Axes, Any], None]] = {
        Lines: lines, Stack: stack, Flow: flow, Dots: dots, Bars: bars, Years: years, Heat: heat,
        Strips: strips, Tornado: tornado, Densities: densities, Cloud: cloud,
    }  # fmt: skip
    draws[type(panel)](ax, panel)
    return ax


def panel_figure(panel: Panel, across: int = 2) -> "Figure":
    """Make a figure of one panel; within `sim.report.pictures.style.drawing`."""
    from matplotlib.figure import Figure

    size = size_of(panel, across)
    figure = Figure((size.width / 72.0, size.height / 72.0))
    draw(figure.add_axes(_axes(size, size.width, size.height, 0.0, 0.0)), panel)
    return figure


def picture_figure(picture: Picture, new: "Callable[[tuple[float, float]], Figure] | None" = None) -> "Figure":
    """Make one figure of all panels of a picture, its title and its legend; for slides and notebooks.

    Parameters
    ----------
    picture
        What to draw.
    new
        Makes a figure of a width and a height in inches; None: one that no window or notebook shows by itself.

    Raises
    ------
    UsageError
        If matplotlib is not installed.
    """
    with drawing():
        from matplotlib.figure import Figure

        sizes = [size_of(panel, picture.across) for panel in picture.panels]
        across = min(picture.across, len(sizes))
        rows = [sizes[i : i + across] for i in range(0, len(sizes), across)]
        # The font of a file is wider than that of a page, and a flow's names stand behind its right end.
        gap = 60.0 if any(isinstance(panel, Flow) for panel in picture.panels) else 18.0
        width = max(sum(size.width for size in row) + gap * (len(row) - 1) for row in rows) + 2 * gap
        heights = [max(size.height for size in row) for row in rows]
        fit = max(
            int((width - 2 * gap) // (60.0 + 7.2 * max((len(key.label) for key in picture.legend), default=1))), 1
        )
        head, foot = 40.0, 14.0 + 24.0 * math.ceil(len(picture.legend) / fit)
        height = head + sum(heights) + gap * (len(rows) - 1) + foot
        figure = (new or Figure)((width / 72.0, height / 72.0))
        figure.text(gap / width, 1.0 - 16.0 / height, picture.title, fontsize=15, fontweight="bold", va="top")
        above = head
        panels = iter(picture.panels)
        for row, tall in zip(rows, heights, strict=True):
            beside = gap
            for size in row:
                bottom = height - above - size.height
                draw(figure.add_axes(_axes(size, width, height, beside, bottom)), next(panels))
                beside += size.width + gap
            above += tall + gap
        if picture.legend:
            _legend(figure, picture, gap / width, 4.0 / height, fit)
        return figure


def _axes(size: Size, width: float, height: float, x: float, y: float) -> tuple[float, float, float, float]:
    return (
        (x + size.left) / width,
        (y + size.bottom) / height,
        (size.width - size.left - size.right) / width,
        (size.height - size.top - size.bottom) / height,
    )


def _legend(figure: "Figure", picture: Picture, x: float, y: float, across: int) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Line2D([], [], color=colour(key.key), linestyle=DASHES.get(key.key, "solid"), label=key.label)
        if key.line
        else Patch(
            facecolor=colour(key.key), hatch="////" if key.key in HATCHED else None, edgecolor=MUTED, linewidth=0.5,
            label=key.label,
        )
        for key in picture.legend
    ]  # fmt: skip
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(x, y), ncols=across, frameon=False)


_HEAD = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_USED = re.compile(r'(?:url\(#|href="#)([^")]+)')
_FAMILY = re.compile(r"font-family: [^;\"]*;? ?")
_FONT = re.compile(r"font: (?:(\d+|bold|normal) )?([\d.]+)px [^;\"]*(?=[;\"])")
"""The first as newer versions of matplotlib write it, the second as older ones do."""
_TURN = re.compile(r' transform="rotate\(-0 [^"]*"')
_SPACE = re.compile(r">\s+<")
_STYLE = re.compile(r"\s*<style type=\"text/css\">.*?</style>", re.DOTALL)


def svg_of(panel: Panel, name: str, alt: str, across: int = 2) -> str:
    """Draw a panel as the SVG element of a page.

    The page's own font is used; identifiers begin with `name`, so that no two pictures of a page share one.

    Parameters
    ----------
    panel
        What to draw; within `sim.report.pictures.style.drawing`.
    name
        Of the picture, unique on the page.
    alt
        What it shows, in words.
    across
        How many stand in a row.
    """
    return _svg(panel_figure(panel, across), name, alt)


def picture_svg(picture: Picture) -> str:
    """Draw a whole picture as an SVG file, in whatever plain font there is; see `picture_figure`."""
    figure = picture_figure(picture)
    with drawing():
        text = _svg(figure, picture.name, " ".join(picture.alt))
    return text.replace("<svg ", '<svg font-family="Segoe UI, Helvetica Neue, Arial, sans-serif" ', 1) + "\n"


def picture_png(picture: Picture) -> bytes:
    """Draw a whole picture as a PNG file with `PNG_DPI` points an inch; see `picture_figure`."""
    figure = picture_figure(picture)
    file = io.BytesIO()
    with drawing():
        figure.savefig(file, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return file.getvalue()


def _svg(figure: "Figure", name: str, alt: str) -> str:
    """Write a figure without what differs from time to time or is not needed."""
    from xml.sax.saxutils import quoteattr

    file = io.BytesIO()
    figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = _HEAD.sub("", file.getvalue().decode("utf-8"))
    text = _STYLE.sub("", _METADATA.sub("", text))
    used = {found: f"{name}-{i}" for i, found in enumerate(dict.fromkeys(_USED.findall(text)))}
    text = _ID.sub(lambda match: f' id="{used[match[1]]}"' if match[1] in used else "", text)
    text = _USED.sub(lambda match: match[0].replace(match[1], used[match[1]]), text)
    text = _FONT.sub(lambda match: f"font-size: {match[2]}px; font-weight: {match[1] or 'normal'}", text)
    text = _TURN.sub("", _FAMILY.sub("", text))
    text = _SPACE.sub("><", text).replace("xlink:href", "href")
    head, _, rest = text.partition(">")
    box = re.search(r'viewBox="([^"]*)"', head)
    assert box is not None
    begin = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}" role="img"'
    return f"{begin} aria-label={quoteattr(alt)}>{rest.strip()}"
