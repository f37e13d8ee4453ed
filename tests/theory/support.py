"""Comparing simulation with theory: replications of a config, and z-scores from their spread."""

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.catalogue import Activity
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.tables.records import Replication
from tests.engine.running import table

CONFIGS = Path(__file__).parent / "configs"
BOUND = 4.0
"""A simulator that is right exceeds it once in 16,000 comparisons."""
POWER = 1.2816
"""Standard errors beyond the bound at which a deviation is found with 90 % probability."""

Floats = NDArray[np.float64]
Measure = Callable[[Replication], Mapping[str, float]]


def sizes(part: int) -> pytest.MarkDecorator:
    """Run a test on a part of its replications, and among the long tests on all of them.

    The power that the test states is that of all. A quarter of them finds a deviation of twice that size, a half one
    of 1.4 times.
    """
    return pytest.mark.parametrize("part", [part, pytest.param(1, marks=pytest.mark.long)])


class Estimate(NamedTuple):
    """Mean over independent replications and its standard error, from the spread of the replications."""

    mean: float
    se: float

    def z(self, value: float) -> float:
        """How many standard errors the mean lies above `value`."""
        return (self.mean - value) / self.se

    def detectable(self, value: float) -> float:
        """Relative deviation from `value` that would be found with 90 % probability."""
        return (BOUND + POWER) * self.se / abs(value)


class Case:
    """Some replications of a config, and what was measured in each.

    They run on the compiled engine, for speed: `tests/engine_equality` shows that the SimPy engine gives the
    same events.
    """

    def __init__(self, config: str, replications: int, measure: Measure, *, events: bool = False) -> None:
        loaded = load(CONFIGS / f"{config}.toml").config
        parameters = build(loaded)
        self.name = config
        self.measured: dict[str, list[float]] = {}
        for replication in range(replications):
            run = simulate(parameters, loaded.run.seed, replication, events=events, engine="compiled")
            for quantity, value in measure(run).items():
                self.measured.setdefault(quantity, []).append(value)

    def estimate(self, quantity: str) -> Estimate:
        """Estimate of a quantity that was measured."""
        values = np.array(self.measured[quantity])
        return Estimate(float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(values))))

    def agrees(self, quantity: str, value: float) -> None:
        """Assert that theory's value lies within the bound, and tell how sharp the comparison is."""
        e = self.estimate(quantity)
        print(
            f"{self.name} {quantity}: theory {value:.6g}, simulated {e.mean:.6g} +- {e.se:.2g}, "
            f"z {e.z(value):+.2f}, {len(self.measured[quantity])} replications of "
            f"{np.mean(self.measured['size']):.0f}, finds {e.detectable(value):.1%}"
        )
        assert abs(e.z(value)) < BOUND

    def rejects(self, quantity: str, value: float) -> None:
        """Assert that a wrong value lies outside the bound."""
        assert abs(self.estimate(quantity).z(value)) > BOUND


def when(run: Replication, did: Activity) -> Floats:
    """Time of the (last) event of a kind, by citizen; NaN: none."""
    events, citizens = table(run, "events"), table(run, "citizens")
    times = np.full(int(citizens["citizen"].max()) + 1, np.nan)
    chosen = events["activity"] == did
    times[events["citizen"][chosen]] = events["weeks"][chosen]
    return times
