"""A picture as it stands on a page: its panels as SVG, its legend, its place in a grid."""

from typing import NamedTuple

from sim.report.pictures.draw import svg_of
from sim.report.pictures.style import HATCHED, MUTED, colour
from sim.report.views.panels import Cloud, Strips, Tornado
from sim.report.views.picture import Dots, Flow, Picture, Stack

_DASHES = {"b": "6 3", "saves": "6 3", "c": "2 2", "d": "7 3 2 3"}
"""Dashes of the legend's lines, as long as those of the picture look."""


class Sign(NamedTuple):
    """An entry of the legend: its line or its field as SVG, and its name."""

    svg: str
    label: str


class Drawn(NamedTuple):
    """A drawn picture.

    Attributes
    ----------
    of
        The picture.
    anchor
        Its address on the page.
    svgs
        Its panels.
    signs
        Its legend.
    grid
        Class of the grid that the panels stand in: "one", "two", "three" or "four".
    """

    of: Picture
    anchor: str
    svgs: tuple[str, ...]
    signs: tuple[Sign, ...]
    grid: str


def drawn(picture: Picture, place: str) -> Drawn:
    """Draw a picture for a page; within `sim.report.pictures.style.drawing`.

    Parameters
    ----------
    picture
        What to draw.
    place
        Where on the page: names that begin with it are unique there.
    """
    anchor = f"{place}-{picture.name}"
    svgs = tuple(
        svg_of(panel, f"{anchor}-{i}", alt, picture.across)
        for i, (panel, alt) in enumerate(zip(picture.panels, picture.alt, strict=True))
    )
    wide = any(isinstance(panel, (Dots, Flow, Stack, Strips, Tornado, Cloud)) for panel in picture.panels)
    across = min(2 if wide else picture.across, len(svgs), 4)
    signs = tuple(_sign(key.key, key.label, line=key.line) for key in picture.legend)
    return Drawn(picture, anchor, svgs, signs, ("one", "two", "three", "four")[across - 1])


def _sign(key: str, label: str, *, line: bool) -> Sign:
    ink = colour(key)
    if line:
        dash = f' stroke-dasharray="{_DASHES[key]}"' if key in _DASHES else ""
        width, inside = 30, f'<line x1="0" y1="6" x2="30" y2="6" stroke="{ink}" stroke-width="2.4"{dash}/>'
    else:
        edge = f' stroke="{MUTED}" stroke-dasharray="2 2"' if key in HATCHED else ""
        width, inside = 12, f'<rect x="0.5" y="0.5" width="11" height="11" fill="{ink}"{edge}/>'
    head = f'<svg class="sign" viewBox="0 0 {width} 12" width="{width}" height="12" aria-hidden="true">'
    return Sign(f"{head}{inside}</svg>", label)
