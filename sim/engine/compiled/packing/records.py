"""What parameters are laid out with: a pool of numbers, and records from rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled.layout import Dtype
from sim.model.distributions import Distribution

Array = NDArray[np.void]


class Numbers:
    """Pool of numbers and of distributions, each referred to by its place."""

    def __init__(self) -> None:
        self.numbers: list[float] = []
        self.distributions: list[tuple[Any, ...]] = []

    def row(self, values: Sequence[float]) -> int:
        """Add numbers that lie side by side; returns the place of the first."""
        first = len(self.numbers)
        self.numbers.extend(values)
        return first

    def distribution(self, d: Distribution) -> int:
        """Add a distribution; returns its place."""
        values, cumulative = self.row(d.values), self.row(d.cumulative)
        self.distributions.append(
            (d.kind, d.a, d.b, d.c, values, cumulative, len(d.values), len(d.cumulative), d.mean)
        )
        return len(self.distributions) - 1


def table(dtype: Dtype, rows: Iterable[dict[str, Any]]) -> Array:
    """Make records from rows of values by field; fields that a row leaves out are 0."""
    listed = list(rows)
    made = np.zeros(len(listed), dtype)
    for i, row in enumerate(listed):
        for field, value in row.items():
            made[field][i] = value
    return made
