"""Colours, sizes and type of all pictures. Colours can be told apart by the colour-blind; none says good or bad."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sim.errors import UsageError

INK, MUTED, GRID, PAPER = "#1a1a1a", "#595959", "#d9d6cf", "#ffffff"

COLOURS: Mapping[str, str] = {
    "a": "#1a1a1a", "b": "#b3541e", "c": "#0072b2", "d": "#009e73", "e": "#8e5ea2", "f": "#8c8c8c",
    "stated": "#1a1a1a", "saves": "#0072b2",
    "job": "#0072b2", "education": "#56b4e9", "fleksjob": "#009e73", "pension": "#d55e00",
    "resource_course": "#e69f00", "other": "#8c8c8c", "back": "#c3bdb0",
    "on_cash_benefit": "#dad6cc", "cash_benefit": "#dad6cc", "on_resource_course": "#e69f00",
    "on_unemployed_fleksjob": "#7fcfb6", "on_sickness_benefit": "#c9b8a8", "on_rehabilitation_benefit": "#b8c4a0",
    "on_unemployment_insurance": "#c4cbd6",
    "meeting": "#33436b", "contact": "#6478ab", "clarification": "#97a6cc", "handover": "#c9d1e6",
    "placement": "#4f6a8f", "mentoring": "#b0bfd0", "extra_meeting": "#2e7d5b", "outreach": "#86c3a3",
    "unused": "#ffffff",
    "staff": "#33436b", "evaluation": "#6478ab", "programmes": "#97a6cc",
    "before": "#c5cbd8", "now": "#33436b", "published": "#b3541e", "could_be": "#dfe3ec", "range": "#dfe3ec",
    "low_end": "#97a6cc", "high_end": "#33436b", "first": "#33436b", "total": "#8e9dc2", "spread": "#b3541e",
    "model": "#33436b", "same_as_control": "#b3541e", "no_effect": "#8c8c8c",
    "arm_0": "#33436b", "arm_1": "#b3541e", "arm_2": "#009e73", "arm_3": "#8e5ea2",
}  # fmt: skip
"""By key: variants, destinations and schemes, kinds of work (spare time is green), judgements, sections of money,
what was believed before and is known now, and what was published."""
_OTHERS = ("#a89f91", "#7d8ca3", "#c2a878", "#93a58c", "#b08d9c")
DASHES: Mapping[str, Any] = {"b": (0, (5, 2)), "saves": (0, (5, 2)), "c": (0, (1, 1.2)), "d": (0, (6, 2, 1, 2))}
"""Lines that are not solid: colour alone tells nothing apart."""
HATCHED = frozenset({"unused"})
DARK = frozenset({"meeting", "contact", "placement", "extra_meeting", "staff", "evaluation", "job", "pension"})
"""Keys on whose colour text is white."""

RC: Mapping[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "sim",
    "font.family": ["DejaVu Sans"],
    "font.size": 12,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": 11.5,
    "ytick.labelsize": 11.5,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "figure.facecolor": PAPER,
    "hatch.linewidth": 0.7,
    "hatch.color": MUTED,
    "axes.unicode_minus": True,
    "path.simplify": False,
}
"""Settings that make the same bytes everywhere: the font comes with matplotlib, texts stay texts."""


def colour(key: str) -> str:
    """Colour of a key; of one that is not known always the same among a few greys and browns."""
    return COLOURS.get(key, _OTHERS[sum(key.encode("utf-8")) % len(_OTHERS)])


def ink_on(key: str) -> str:
    """Colour of a text on the colour of a key."""
    return PAPER if key in DARK else INK


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with the settings above.

    Raises
    ------
    UsageError
        If matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ModuleNotFoundError as error:
        raise UsageError(MISSING) from error
    settings: Any = dict(RC)
    with mpl.rc_context(settings):
        yield


MISSING = 'pictures need matplotlib, of the extra "report": python -m pip install "jobcentre-sim[report]"'
