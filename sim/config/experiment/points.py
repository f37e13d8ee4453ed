"""The points of an experiment: all variants combined with all combinations of the factors."""

import math
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product
from typing import NamedTuple

from sim.config.experiment.factors import Cell, Choice, DrawnFactor, ListedFactor
from sim.config.experiment.names import JOIN, sampled_name
from sim.config.experiment.sampling import unit_points
from sim.config.experiment.schema import Design
from sim.config.schema.base import Problem
from sim.config.schema.ranges import MOST_POINTS
from sim.config.toml.sourced import Node
from sim.file_names import LONGEST

_FEW = 8


class Draft(NamedTuple):
    """A point whose config has not been made yet.

    Attributes
    ----------
    name
        Its name, which depends on nothing but its own values, so that it stays when points are added.
    variant
        The experiment's variant it starts from; empty: there are none.
    cells
        The value of each factor, by the factor's name.
    layers
        What its factors change in the config.
    """

    name: str
    variant: str
    cells: Mapping[str, Cell]
    layers: tuple[Node, ...]


def drafts(variants: Sequence[str], factors: Sequence[ListedFactor | DrawnFactor], design: Design) -> list[Draft]:
    """Combine variants, listed values and drawn points; what is named first varies slowest.

    Parameters
    ----------
    variants
        Names of the variants; one empty name if there are none.
    factors
        In the order of the file; its ranges are drawn together by the design, and each drawn point is
        combined with every combination of the listed values.
    design
        How ranges are drawn.
    """
    listed = [factor for factor in factors if isinstance(factor, ListedFactor)]
    return [
        _draft(variant, listed, chosen, number, drawn, [factor.column.name for factor in factors])
        for variant in variants
        for chosen in product(*(factor.choices for factor in listed))
        for number, drawn in enumerate(_drawn(factors, design), start=1)
    ]


def _drawn(factors: Sequence[ListedFactor | DrawnFactor], design: Design) -> list[dict[str, Choice]]:
    """Draw the values of the ranges, one dict per point; a single empty point if there are no ranges."""
    ranges = [factor for factor in factors if isinstance(factor, DrawnFactor)]
    if not ranges:
        return [{}]
    units = unit_points(design, len(ranges))
    columns = [factor.choices(units[:, i].tolist()) for i, factor in enumerate(ranges)]
    names = [factor.column.name for factor in ranges]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _draft(
    variant: str,
    listed: Sequence[ListedFactor],
    chosen: Sequence[Choice],
    number: int,
    drawn: Mapping[str, Choice],
    order: Sequence[str],
) -> Draft:
    parts = [variant] if variant else []
    parts += [f"{factor.column.label}={choice.text}" for factor, choice in zip(listed, chosen, strict=True)]
    parts += [sampled_name(number)] if drawn else []
    choices = {factor.column.name: choice for factor, choice in zip(listed, chosen, strict=True)} | dict(drawn)
    cells = {name: choices[name].cell for name in order}
    return Draft(JOIN.join(parts), variant, cells, tuple(choices[name].layer for name in order))


def too_many(
    variants: Sequence[str], factors: Sequence[ListedFactor | DrawnFactor], design: Design
) -> Iterator[Problem]:
    """Say that there would be too many points, before any is made."""
    counts = [len(factor.choices) for factor in factors if isinstance(factor, ListedFactor)]
    form = design.form[1]
    drawn = any(isinstance(factor, DrawnFactor) for factor in factors)
    points = math.prod((*counts, len(variants), form.points if drawn else 1))
    if points > MOST_POINTS:
        yield Problem(("factors",), f"all combinations are {points:,} points; at most {MOST_POINTS:,}")


def name_problems(points: Sequence[Draft], baseline: str | None) -> Iterator[Problem]:
    """List what is wrong with the names: too long for a folder, or a baseline that is not a point."""
    longest = max((point.name for point in points), key=len)
    if len(longest) > LONGEST:
        yield Problem(
            ("factors",),
            f"the point {longest} has a name of {len(longest)} letters, too long for a folder (at most {LONGEST}); "
            "give factors a short label, or use levels",
        )
    names = [point.name for point in points]
    if baseline is not None and baseline not in names:
        near = get_close_matches(baseline, names, n=1)
        some = ", ".join(names) if len(names) <= _FEW else f"{', '.join(names[:_FEW])} ..."
        hint = f"did you mean {near[0]}?" if near else f"there are {some}"
        yield Problem(("experiment", "baseline"), f"there is no point {baseline!r}; {hint}")
