"""How often the interval holds the true mean when `next_look` decides how many replications there are.

``python -m tests.analysis.coverage`` prints the table of docs/comparison.md (about two minutes): the lowest coverage
over several goals, and beside it that of a fixed number of replications.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.analysis.stopping import MINIMUM, half_width, next_look

Draws = Callable[[Generator, int], NDArray[np.float64]]
_MOST = 4000
TARGETS = (60, 100, 200, 400)
"""Replications that would be needed were the spread known: the half-width asked is 1.96 / sqrt of this."""


def _binomial(citizens: int, share: float) -> Draws:
    spread = math.sqrt(share * (1 - share) * citizens)
    return lambda rng, n: (rng.binomial(citizens, share, n).astype(np.float64) - citizens * share) / spread


def _lognormal(rng: Generator, n: int) -> NDArray[np.float64]:
    spread = math.sqrt((math.exp(0.25) - 1) * math.exp(0.25))
    return (rng.lognormal(0.0, 0.5, n) - math.exp(0.125)) / spread


DISTRIBUTIONS: dict[str, Draws] = {
    "normal": lambda rng, n: rng.standard_normal(n),
    "share of 40 citizens, 10 %": _binomial(40, 0.1),
    "yes or no, 30 %": _binomial(1, 0.3),
    "lognormal, skewness 1.75": _lognormal,
    "exponential, skewness 2": lambda rng, n: rng.standard_exponential(n) - 1.0,
    "yes or no, 10 %": _binomial(1, 0.1),
}
"""All with mean 0 and standard deviation 1."""


class Coverage(NamedTuple):
    """What came of many sequences of replications."""

    covered: float
    standard_error: float
    mean_replications: float


def cover(name: str, needed: int, trials: int, *, minimum: int = MINIMUM, seed: int = 1) -> Coverage:
    """Run the rule on independent sequences and count the intervals that hold 0, the true mean."""
    target = 1.96 / math.sqrt(needed)
    rng = np.random.default_rng([seed, needed, minimum])
    ends = list(_ends(DISTRIBUTIONS[name], rng, target, trials, minimum))
    held = np.array([abs(mean) <= width for mean, width, _ in ends])
    share = float(held.mean())
    error = math.sqrt(share * (1 - share) / trials)
    return Coverage(share, error, float(np.mean([n for _, _, n in ends])))


def _ends(
    draw: Draws, rng: Generator, target: float, trials: int, minimum: int
) -> Iterator[tuple[float, float, int]]:
    for _ in range(trials):
        values = draw(rng, minimum)
        while (ahead := next_look(values, target, _MOST)) > len(values):
            values = np.concatenate([values, draw(rng, ahead - len(values))])
        yield float(values.mean()), half_width(values), len(values)


def main() -> None:
    """Print the lowest coverage over `TARGETS` for several minimums."""
    minimums = (2, 20, 50, 100)
    print("|", " | ".join(["one replication is", f"always {MINIMUM}", *(f"minimum {n}" for n in minimums)]), "|")
    print("| --- |" + " ---: |" * (1 + len(minimums)))
    for name in DISTRIBUTIONS:
        cells = [f"{100 * cover(name, 1, 10_000).covered:.1f}"]  # Its first look is always narrow enough.
        for minimum in minimums:
            worst = min(cover(name, needed, 10_000, minimum=minimum) for needed in TARGETS)
            cells.append(f"{100 * worst.covered:.1f}")
        print("|", " | ".join([name, *cells]), "|", flush=True)


if __name__ == "__main__":
    main()
