"""Pictures in a notebook: the axes of one picture of a report."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.report.language import language_of
from sim.report.pictures.draw import picture_figure
from sim.report.pictures.files import pictures_of
from sim.report.pictures.style import drawing
from sim.report.views.document import report_of_runs
from sim.store.run import Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot(runs: Sequence[Run], baseline: Run | None, name: str, language: str) -> "list[Axes]":
    """Draw one picture of the report of some runs on a new figure of pyplot, which a notebook shows.

    Parameters
    ----------
    runs, baseline
        As of `sim.report.views.document.report_of_runs`.
    name
        Of the picture, as `sim report --svg` names its file; where there is one variant, without its letter.
    language
        "en" or "da".

    Returns
    -------
    list of Axes
        One for each panel.

    Raises
    ------
    UsageError
        If there is no such picture or language, a run lacks tables, or the extra "report" is not installed.
    """
    with drawing():  # Says what is missing before anything is computed.
        from matplotlib import pyplot
    pictures = pictures_of(report_of_runs(language_of(language), runs, baseline, None, None))
    short = {long.removesuffix("_a"): long for long in pictures} if len(runs) == 1 else {}
    chosen = pictures.get(short.get(name, name))
    if chosen is None:
        known = list(short or pictures)
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise UsageError(f"there is no picture {name!r}; {hint}")
    return picture_figure(chosen, lambda size: pyplot.figure(figsize=size)).axes
