"""From evaluated points to draws: screening, one emulator for each target, and chains."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.chains import Chains, draw
from sim.analysis.calibration.emulator import Emulator
from sim.analysis.calibration.figures import Looked
from sim.analysis.calibration.likelihood import log_likelihood
from sim.analysis.calibration.screening import Screened, screen
from sim.errors import RunFailed

Floats = NDArray[np.float64]

_FEWEST = 32
"""Points at which a target must be defined."""
_POOLED = 14
"""Degrees of freedom that the mean variance over all points counts for, beside a point's own."""


class Evaluated(NamedTuple):
    """A figure at the points of a design, scaled.

    Attributes
    ----------
    means
        Over the replications; NaN: undefined in all.
    noise
        Variance of the mean's chance error.
    """

    means: Floats
    noise: Floats


class Fitted(NamedTuple):
    """What the points tell of the targets.

    Attributes
    ----------
    targets
        Their figures.
    screened, emulators
        Of each.
    """

    targets: tuple[Looked, ...]
    screened: tuple[Screened, ...]
    emulators: tuple[Emulator, ...]

    @property
    def active(self) -> NDArray[np.int64]:
        """Parameters that any target depends on."""
        return np.unique(np.concatenate([emulator.active for emulator in self.emulators]))

    def log_likelihood(self, published: Floats, scores: Floats) -> Floats:
        """Of published figures at points of scores; see `sim.analysis.calibration.likelihood`."""
        return log_likelihood(self.targets, self.emulators, published, scores)


def one_thread() -> AbstractContextManager[Any]:
    """Let linear algebra work in one thread: the last bits of sums depend on the number of threads."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[Any] = threadpool_limits(1)
    return limits


def evaluated(figure: Looked, kpis: Floats) -> Evaluated:
    """Look a figure up at all points (point x replication x KPI)."""
    values = figure.of(kpis)
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    filled = np.where(known, values, 0.0)
    means = np.where(counts > 0, filled.sum(axis=1) / np.maximum(counts, 1), np.nan)
    # On the scale the spread is alike everywhere, so that one point may borrow from the others.
    scaled = np.where(known, figure.to_scale(filled), 0.0)
    centre = scaled.sum(axis=1) / np.maximum(counts, 1)
    squares = (np.where(known, scaled - centre[:, None], 0.0) ** 2).sum(axis=1)
    degrees = np.maximum(counts - 1, 0)
    pooled = float(squares.sum()) / max(int(degrees.sum()), 1)
    variance = (squares + _POOLED * pooled) / (degrees + _POOLED)
    return Evaluated(figure.to_scale(means), np.maximum(variance / np.maximum(counts, 1), 1e-12))


def fit(targets: Sequence[Looked], scores: Floats, kpis: Floats, spread: int) -> Fitted:
    """Screen and emulate every target.

    Parameters
    ----------
    targets
        Their figures.
    scores
        Of all points (point x parameter).
    kpis
        Centre x point x replication x KPI.
    spread
        The first so many points are spread over the priors: these are screened.

    Raises
    ------
    RunFailed
        If a target is hardly ever defined.
    """
    screened: list[Screened] = []
    emulators: list[Emulator] = []
    with one_thread():
        for target in targets:
            at = evaluated(target, kpis[target.centre])
            usable = ~np.isnan(at.means)
            first = usable & (np.arange(len(scores)) < spread)
            if first.sum() < _FEWEST:
                raise RunFailed(
                    f"{target.name}: {target.label} is defined at {first.sum()} of {spread} points only: elsewhere "
                    f"it counts nobody; at least {_FEWEST} are needed"
                )
            found = screen(scores[first], at.means[first], float(at.noise[first].mean()))
            screened.append(found)
            emulators.append(Emulator(scores[usable], at.means[usable], at.noise[usable], found.active.tolist()))
    return Fitted(tuple(targets), tuple(screened), tuple(emulators))


def sample(
    fitted: Fitted,
    published: Floats,
    parameters: int,
    draws: int,
    seed: int,
    power: float = 1.0,
    steps: int = 500,
    most_steps: int = 8_000,
) -> Chains:
    """Draw scores from the posterior given published figures.

    Parameters
    ----------
    fitted
        What tells their likelihood.
    published
        Of the targets; NaN: not used.
    parameters
        Number of all.
    draws, seed, steps, most_steps
        Of the chains (see `sim.analysis.calibration.chains.draw`).
    power
        Of the likelihood: below 1 the draws spread further than the posterior.
    """
    chosen = partial(_powered, fitted, published, power)
    with one_thread():
        return draw(chosen, fitted.active, parameters, draws, seed, steps=steps, most_steps=most_steps)


def _powered(fitted: Fitted, published: Floats, power: float, scores: Floats) -> Floats:
    return power * fitted.log_likelihood(published, scores)
