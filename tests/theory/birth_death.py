"""The birth-death centre by its master equation: arrivals 8 a week, each of n leaves at 0.03 / (1 + n / 500)."""

import heapq
from itertools import count

import numpy as np
from scipy.sparse import diags_array
from scipy.sparse.linalg import expm_multiply

from tests.theory.support import Floats

ARRIVALS = 8.0
STATES = np.arange(1501, dtype=float)


def hazard(n: Floats) -> Floats:
    """Exit hazard of each of n citizens with 10 coordinators."""
    return np.asarray(0.03 / (1 + n / 500))


def moments(probability: Floats) -> tuple[float, float]:
    """Mean and variance of the stock."""
    mean = float(probability @ STATES)
    return mean, float(probability @ (STATES - mean) ** 2)


def stationary() -> Floats:
    """Stationary distribution, by detailed balance."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(ARRIVALS / (STATES[1:] * hazard(STATES[1:]))))])
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def after(weeks: float, start: int, arrivals: float, exit_rate: Floats) -> Floats:
    """Distribution after some weeks from a known stock, by the master equation (`exit_rate` of all n together)."""
    births = np.full(len(STATES), arrivals)
    births[-1] = 0.0
    generator = diags_array([births[:-1], -births - exit_rate, exit_rate[1:]], offsets=[-1, 0, 1], format="csr")
    first = np.zeros(len(STATES))
    first[start] = 1.0
    return np.asarray(expm_multiply(generator * weeks, first))


def drawn_once(weeks: float, start: int, centres: int) -> Floats:
    """The wrong model: each citizen's exit is drawn at entry from the hazard of that moment. Stocks at the end."""
    rng = np.random.default_rng(1)
    stocks = []
    for _ in range(centres):
        exits: list[tuple[float, int]] = []
        tie = count()
        now, n = 0.0, start
        for _ in range(start):
            heapq.heappush(exits, (rng.exponential((1 + start / 500) / 0.03), next(tie)))
        while (now := now + rng.exponential(1 / ARRIVALS)) < weeks:
            while exits and exits[0][0] < now:
                heapq.heappop(exits)
            n = len(exits)
            heapq.heappush(exits, (now + rng.exponential((1 + n / 500) / 0.03), next(tie)))
        stocks.append(sum(at >= weeks for at, _ in exits))
    return np.array(stocks, dtype=float)
