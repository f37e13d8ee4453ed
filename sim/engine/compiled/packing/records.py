"""What parameters are laid out with: a pool of numbers, and records from rows."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled.fields import Dtype, parameter_fields
from sim.model.distributions import Distribution

Array = NDArray[np.void]


class Numbers:
    """Pool of numbers and of distributions, each referred to by its place."""

    def __init__(self) -> None:
        self.numbers: list[float] = []
        self.distributions: list[tuple[Any, ...]] = []

    def record(self, parameters: Any) -> dict[str, Any]:
        """Return the fields of the record that holds a tuple of parameters (see `parameter_fields`)."""
        kind: Any = type(parameters)
        return {name: self._packed(getattr(parameters, name)) for name in parameter_fields(kind)}

    def _packed(self, value: Any) -> Any:
        if isinstance(value, Distribution):
            self.distributions.append(tuple(self.record(value).values()))
            return len(self.distributions) - 1
        if hasattr(value, "_fields"):
            return tuple(self.record(value).values())
        return self._span(value) if isinstance(value, tuple) else value

    def _span(self, values: Sequence[float]) -> tuple[int, int]:
        """Add numbers that lie side by side."""
        first = len(self.numbers)
        self.numbers.extend(values)
        return first, len(values)


def table(dtype: Dtype, rows: Iterable[dict[str, Any]]) -> Array:
    """Make records from rows of values by field; fields that a row leaves out are 0."""
    listed = list(rows)
    made = np.zeros(len(listed), dtype)
    for i, row in enumerate(listed):
        for field, value in row.items():
            made[field][i] = value
    return made
