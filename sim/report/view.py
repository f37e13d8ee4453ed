"""What is shown, apart from how it is drawn: tables of figures with labels, decimals and units, legends and notes.

The terminal, web pages and workbooks draw the same views, so they tell the same. How figures are written stands here
once: two digits of the half-width, shares in per cent, "-" for what cannot be computed.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

UNDEFINED = "-"
"""What stands for a figure that cannot be computed."""
IDENTICAL = "identical"
"""What stands for a difference between figures that are equal in every replication."""
KEY_FIGURE, UNIT = "key figure", "unit"
"""Headings of the first two columns of most tables."""
_MOST_DECIMALS = 3


class Number(NamedTuple):
    """A figure.

    Attributes
    ----------
    value
        In the unit that is shown; NaN: cannot be computed.
    decimals
        How many are shown.
    signed
        Whether a plus is written too.
    suffix
        Text behind it.
    """

    value: float
    decimals: int
    signed: bool = False
    suffix: str = ""

    def __str__(self) -> str:
        if math.isnan(self.value):
            return UNDEFINED
        rounded = round(self.value, self.decimals) + 0.0  # Never "-0.0".
        return f"{rounded:{'+' if self.signed else ''},.{self.decimals}f}{self.suffix}"


class Interval(NamedTuple):
    """A 95 % interval; low and high as in `Number`, NaN: cannot be computed; `note`: what must be said of it."""

    low: float
    high: float
    decimals: int
    signed: bool = False
    note: str = ""

    def __str__(self) -> str:
        if math.isnan(self.low):
            return self.note or UNDEFINED
        low, high = (Number(value, self.decimals, self.signed) for value in (self.low, self.high))
        return f"{low} to {high}" + (f", {self.note}" if self.note else "")


class Estimate(NamedTuple):
    """A figure with its interval in one cell: "mean (low to high)"; `mark` stands behind the mean."""

    mean: Number
    interval: Interval
    mark: str = ""

    def __str__(self) -> str:
        interval = str(self.interval)
        return str(self.mean) if interval == UNDEFINED else f"{self.mean}{self.mark} ({interval})"


class PlusMinus(NamedTuple):
    """A figure with half the width of its interval in one cell, and what must be said of it: "mean ±half, note"."""

    mean: Number
    half_width: float
    note: str = ""

    def __str__(self) -> str:
        half = "" if math.isnan(self.half_width) else f" ±{Number(self.half_width, self.mean.decimals)}"
        return f"{self.mean}{half}" + (f", {self.note}" if self.note else "")


Cell = str | Number | Interval | Estimate | PlusMinus
"""What stands in a table; its text is `str` of it."""


class Column(NamedTuple):
    """A column.

    Attributes
    ----------
    heading
        Its name.
    right
        Set to the right, as figures are.
    whole
        Never broken over two lines.
    short
        Heading where there is little room; empty: the same.
    behind
        Where there is little room it stands in brackets behind the first column: a unit, a payer.
    part
        Where there is little room the columns of one part stand in a table of their own, which has this title.
    """

    heading: str
    right: bool = False
    whole: bool = False
    short: str = ""
    behind: bool = False
    part: str = ""


class View(NamedTuple):
    """A table.

    Attributes
    ----------
    title, columns, rows
        What it holds; as many cells in each row as there are columns.
    rules
        Rows that end a section.
    names
        What the short headings "A" and "B" stand for.
    keys
        Columns at the front that tell the rows of a wide table apart: it may be drawn in pieces that each begin with
        them. 0: in one piece.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rules: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    keys: int = 0


class Page(NamedTuple):
    """What a command shows.

    Attributes
    ----------
    views
        Tables.
    above, below
        Lines before and after the tables.
    legend
        What the tables' words mean.
    notes
        What the reader should know.
    look
        What to look at, one sentence each.
    """

    views: tuple[View, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    look: tuple[str, ...] = ()


def figure(heading: str, *, short: str = "", part: str = "") -> Column:
    """Return a column of figures that are never broken."""
    return Column(heading, right=True, whole=True, short=short, part=part)


def key_figures(*columns: Column) -> tuple[Column, ...]:
    """Put the names of key figures and their units in front of some columns."""
    return (Column(KEY_FIGURE), Column(UNIT, behind=True), *columns)


def scale_of(unit: str) -> float:
    """By what figures of a unit are multiplied to be shown: shares are shown in per cent."""
    return 100.0 if unit == "share" else 1.0


def unit_text(unit: str) -> str:
    """Write the unit of the figures as shown."""
    return "%" if unit == "share" else unit


def narrowest(half_widths: Sequence[float]) -> int:
    """Decimals that show two digits of the narrowest half-width; NaN does not count."""
    return _decimals(half_widths, 0.0)


def middle(half_widths: Sequence[float]) -> int:
    """Decimals that show two digits of the middle half-width, so that one narrow interval does not decide."""
    return _decimals(half_widths, 0.5)


def p_value(p: float) -> str:
    """Write a probability value to three decimals."""
    if math.isnan(p):
        return UNDEFINED
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _decimals(half_widths: Sequence[float], place: float) -> int:
    known = sorted(width for width in half_widths if width > 0.0)
    decimals = 1 - math.floor(math.log10(known[int(place * len(known))])) if known else 1
    return min(max(decimals, 0), _MOST_DECIMALS)
