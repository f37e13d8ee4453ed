"""Draws from the posterior of the scores, by an ensemble of chains (emcee)."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 500
_MOST_STEPS = 8_000
_TIMES = 50
"""Chains are as long as this many autocorrelation times (Foreman-Mackey et al. 2013), or `_MOST_STEPS`."""


class Chains(NamedTuple):
    """What the chains have found.

    Attributes
    ----------
    scores
        Draw x parameter, evenly spaced over the second half of the chains, in random order.
    log_likelihood
        Of each draw.
    steps, walkers
        Length and number of the chains.
    autocorrelation
        Longest integrated autocorrelation time over the parameters, in steps.
    acceptance
        Share of the steps that moved.
    """

    scores: Floats
    log_likelihood: Floats
    steps: int
    walkers: int
    autocorrelation: float
    acceptance: float

    @property
    def effective(self) -> float:
        """Number of independent draws that the chains are worth, for the slowest parameter."""
        return worth(self.steps, self.walkers, self.autocorrelation)

    @property
    def settled(self) -> bool:
        """Whether the chains were long enough for their autocorrelation."""
        return settled(self.steps, self.autocorrelation)


def worth(steps: int, walkers: int, autocorrelation: float) -> float:
    """Give the number of independent draws that chains are worth: their second halves are used."""
    return steps / 2 * walkers / autocorrelation


def settled(steps: int, autocorrelation: float) -> bool:
    """Whether chains are long enough for their autocorrelation."""
    return steps >= _TIMES * autocorrelation


def draw(
    log_likelihood: Callable[[Floats], Floats],
    active: NDArray[np.int64],
    parameters: int,
    draws: int,
    seed: int,
    *,
    steps: int = _STEPS,
    most_steps: int = _MOST_STEPS,
) -> Chains:
    """Draw scores from their posterior: standard normal prior times likelihood.

    Parameters
    ----------
    log_likelihood
        Of points of scores (point x parameter).
    active
        Parameters that the likelihood depends on; the others are drawn from their priors.
    parameters
        Number of all.
    draws
        How many.
    seed
        Of the chains.
    steps
        Chains are lengthened by so many steps until they are long enough.
    most_steps
        And no further.
    """
    generator = np.random.default_rng([seed, 1])
    scores = generator.standard_normal((draws, parameters))
    if len(active) == 0:
        return Chains(scores, log_likelihood(scores), 0, 0, 1.0, 1.0)
    sampler, start = _sampler(log_likelihood, active, parameters, seed, generator)
    sampler.random_state = np.random.RandomState(np.random.MT19937(generator.integers(2**63))).get_state()
    time, steps = np.inf, min(steps, most_steps)
    while sampler.iteration < most_steps and not (sampler.iteration >= _TIMES * time and sampler.iteration > steps):
        start = sampler.run_mcmc(start, steps, skip_initial_state_check=True)
        time = _autocorrelation(sampler)
    half = sampler.iteration // 2
    chain = sampler.get_chain(discard=half)
    flat = chain.reshape(-1, len(active))
    values = sampler.get_log_prob(discard=half).reshape(-1) + 0.5 * (flat**2).sum(axis=1)
    chosen = np.linspace(0, len(flat) - 1, draws).round().astype(int)
    chosen = generator.permutation(chosen)
    scores[:, active] = flat[chosen]
    return Chains(
        scores,
        np.asarray(values[chosen], np.float64),
        int(sampler.iteration),
        chain.shape[1],
        float(time),
        float(sampler.acceptance_fraction.mean()),
    )


def _sampler(
    log_likelihood: Callable[[Floats], Floats],
    active: NDArray[np.int64],
    parameters: int,
    seed: int,
    generator: np.random.Generator,
) -> tuple[Any, Floats]:
    """Make the ensemble, and where it starts: likely points of the prior."""
    import emcee

    def log_posterior(of_active: Floats) -> Floats:
        whole = np.zeros((len(of_active), parameters))
        whole[:, active] = of_active
        return np.asarray(log_likelihood(whole) - 0.5 * (of_active**2).sum(axis=1), np.float64)

    walkers = max(4 * len(active), 40)
    tried = generator.standard_normal((50 * walkers, len(active)))
    whole = np.zeros((len(tried), parameters))
    whole[:, active] = tried
    likely = log_likelihood(whole)
    start = tried[np.argsort(-likely, kind="stable")[:walkers]]
    moves = [(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)]
    return emcee.EnsembleSampler(walkers, len(active), log_posterior, moves=moves, vectorize=True), start


def _autocorrelation(sampler: Any) -> float:
    """Longest autocorrelation time over the second half of the chains."""
    from emcee.autocorr import integrated_time

    times = integrated_time(sampler.get_chain(discard=sampler.iteration // 2), quiet=True, tol=0)
    finite = times[np.isfinite(times)]
    return float(finite.max()) if len(finite) else float("inf")
