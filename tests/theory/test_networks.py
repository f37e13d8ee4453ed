"""Stocks and waits of whole chains: infinite servers, the team's weekly meeting, packages with waits between them.

Each case states its power: the relative deviation that the bound of 4 standard errors would find with 90 %
probability, as measured.
"""

import math

import numpy as np

from sim.tables.records import Replication
from tests.engine.running import table
from tests.theory.support import Case, Floats, sizes

STAYS = ("constant", "exponential", "gamma", "uniform")
PRESENT = 2 * 10.0
"""Mean number of each group: inflow x mean stay."""


def present(run: Replication) -> dict[str, float]:
    """Mean of each group's stock, and mean squared deviation from theory's mean, every 20 weeks."""
    c = table(run, "citizens")
    found = {"size": float(len(c["citizen"]))}
    for g, name in enumerate(STAYS):
        mine = c["group"] == g
        entries, exits = np.sort(c["entry_weeks"][mine]), np.sort(c["exit_weeks"][mine])  # NaN comes last
        moments = np.arange(0.0, 2000.0, 20.0)
        stock = np.searchsorted(entries, moments, "right") - np.searchsorted(exits, moments, "right")
        found[f"{name} mean"] = float(stock.mean())
        found[f"{name} variance"] = float(((stock - PRESENT) ** 2).mean())
    return found


@sizes(2)
def test_infinite_servers(part: int) -> None:
    """M/G/infinity: Poisson whatever the stay. 640,000 stays find 2.5 % in the mean and 13 % in the variance."""
    case = Case("infinite_servers", 40 // part, present)
    for name in STAYS:
        case.agrees(f"{name} mean", PRESENT)
        case.agrees(f"{name} variance", PRESENT)
    # Arrivals evenly spread: the variance is inflow x integral of S (1 - S), 0, 1/2 and 1/3 of the mean.
    for name, share in (("constant", 0.0), ("exponential", 1 / 2), ("uniform", 1 / 3)):
        case.rejects(f"{name} variance", share * PRESENT)
    # Stays seen from a moment instead of from entry: longer by 1 + CV^2.
    case.rejects("gamma mean", 3 * PRESENT)


def left_after_meeting(arrivals: float, slots: int, most: int = 400) -> Floats:
    """Stationary distribution of the cases that a meeting leaves: the next is ``max(left + Poisson - slots, 0)``."""
    counts = np.arange(most)
    log_factorials = np.concatenate([[0.0], np.cumsum(np.log(counts[1:]))])
    come = np.exp(counts * math.log(arrivals) - arrivals - log_factorials)
    left = np.zeros(most)
    left[0] = 1.0
    for _ in range(4000):
        before = np.convolve(left, come)
        after = before[slots : slots + most].copy()
        after[0] += before[:slots].sum()
        if np.abs(after - left).max() < 1e-15:
            break
        left = after
    return np.asarray(left / left.sum())


def waits_for_team(run: Replication) -> dict[str, float]:
    """From complete to decided, of all who were complete early enough to have been decided."""
    c = table(run, "citizens")
    early = (c["entry_weeks"] >= 0) & (c["submitted_weeks"] < 4900)
    waits = (c["decided_weeks"] - c["submitted_weeks"])[early]
    return {"size": len(waits), "wait": float(waits.mean()), "first meeting": float((waits <= 1).mean())}


@sizes(2)
def test_team(part: int) -> None:
    """Periodic bulk queue, 1.6 cases a week for 2 slots: 310,000 cases find 6 % in the mean wait."""
    arrivals, slots = 1.6, 2
    left = left_after_meeting(arrivals, slots)
    queue = float(left @ np.arange(len(left))) + arrivals / 2  # over the week, half of it has come on average
    case = Case("team", 40 // part, waits_for_team)
    case.agrees("wait", queue / arrivals)
    case.rejects("wait", 0.5)  # as many slots as cases
    case.rejects("wait", 1 / (slots - arrivals))  # M/M/1 with the same mean number of slots
    # First come, first heard: the next meeting hears the i-th of those who come if fewer than slots are before.
    rest = np.array([_at_most(arrivals, slots - n) for n in range(slots)])
    case.agrees("first meeting", float(left[:slots] @ rest) / arrivals)


def _at_most(mean: float, most: int) -> float:
    """Expectation of the lesser of a Poisson number and `most`."""
    chances = [math.exp(-mean) * mean**n / math.factorial(n) for n in range(most)]
    return most - sum((most - n) * chance for n, chance in enumerate(chances))


def preparation(run: Replication) -> dict[str, float]:
    """From recognised to complete, of all who came early enough to be complete."""
    c = table(run, "citizens")
    early = (c["entry_weeks"] >= 0) & (c["entry_weeks"] < 3800)
    weeks = (c["submitted_weeks"] - c["recognised_weeks"])[early]
    assert not np.isnan(weeks).any()
    return {"size": len(weeks), "weeks": float(weeks.mean())}


def test_packages() -> None:
    """Jackson network: a first-come queue that each case passes three times; 45,000 cases find a deviation of 4 %.

    The queue is M/M/1 with three times the arrivals. Between the passes are infinite servers, of which only the mean
    counts.
    """
    packages, arrivals, documents = 3, 0.2, 4.0
    at_desk = 1 / (1 - packages * arrivals)
    case = Case("packages", 60, preparation)
    case.agrees("weeks", packages * at_desk + (packages - 1) * documents)
    case.rejects("weeks", packages * at_desk + packages * documents)  # a wait after the last one too
    case.rejects("weeks", packages / (1 - arrivals) + (packages - 1) * documents)  # only the first pass queues
