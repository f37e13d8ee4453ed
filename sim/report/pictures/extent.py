"""How large axes are, to place texts that must not touch."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def extent(ax: "Axes") -> tuple[float, float]:
    """Give width and height of axes in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches()
    place = ax.get_position()
    return float(place.width * width * 72.0), float(place.height * height * 72.0)
