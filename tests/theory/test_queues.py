"""Waiting lines with known answers, configured as job centres.

Each case states its power: the relative deviation that the bound of 4 standard errors would find with 90 %
probability, as measured.
"""

import math

import numpy as np
import pytest

from sim.catalogue import Activity
from sim.tables.records import Replication
from tests.engine.running import table
from tests.theory.support import Case, sizes, when

HORIZON = 5000
LONGEST_WAIT = 300
"""Citizens who came later than this before the horizon are left out: they may not have been met yet."""


def first_meetings(run: Replication, horizon: int, longest_wait: int) -> dict[str, float]:
    """Waits of all who came early enough to have been met."""
    c = table(run, "citizens")
    early = (c["entry_weeks"] >= 0) & (c["entry_weeks"] < horizon - longest_wait)
    assert (c["meetings_held"][early] == 1).all()
    waits = c["meeting_wait_weeks"][early]
    return {"size": len(waits), "wait": float(waits.mean()), "waits": float((waits > 0).mean())}


@sizes(4)
def test_pooled_mmc(part: int) -> None:
    """M/M/3 (Erlang C): 530,000 arrivals find a deviation of 2 % in P(wait) and of 10 % in the mean wait."""
    case = Case("pooled_mmc", 150 // part, lambda run: first_meetings(run, 1500, 80))
    case.agrees("waits", 0.702247)
    case.agrees("wait", 1.404494)
    # Three queues of their own instead of a shared one: a third of the arrivals at each, M/M/1 at 5/6.
    case.rejects("waits", 5 / 6)
    case.rejects("wait", 5.0)


@sizes(4)
def test_mg1(part: int) -> None:
    """M/G/1 (Pollaczek-Khinchine), SCV 2: 560,000 arrivals find a deviation of 10 % in the mean wait."""
    case = Case("mg1", 150 // part, lambda run: first_meetings(run, HORIZON, LONGEST_WAIT))
    case.agrees("wait", 6.0)
    case.agrees("waits", 0.8)
    case.rejects("wait", 4.0)  # the same with exponential meetings, SCV 1


@pytest.mark.long
def test_md1() -> None:
    """M/D/1, half the wait of exponential meetings: 370,000 arrivals find a deviation of 7 %."""
    case = Case("md1", 100, lambda run: first_meetings(run, HORIZON, LONGEST_WAIT))
    case.agrees("wait", 2.0)
    case.rejects("wait", 4.0)


def sojourns(run: Replication) -> dict[str, float]:
    """From entry to the end of the meeting, by group."""
    c = table(run, "citizens")
    ends = when(run, Activity.MEETING_ENDS)[c["citizen"]]
    early = (c["entry_weeks"] >= 0) & (c["entry_weeks"] < HORIZON - 200)
    spent = ends - c["entry_weeks"]
    high, low = (early & (c["group"] == g) for g in (0, 1))
    return {"size": int(early.sum()), "high": float(spent[high].mean()), "low": float(spent[low].mean())}


@sizes(4)
def test_priority(part: int) -> None:
    """Non-preemptive priority M/M/1 (Cobham): 460,000 arrivals find 2 % for the high group, 8 % for the low."""
    case = Case("priority_mm1", 120 // part, sojourns, events=True)
    case.agrees("high", 2.0)
    case.agrees("low", 6.0)
    case.rejects("high", 5.0)  # first come, first served: 5 for both
    case.rejects("high", 1.25)  # preemptive


def closed_loop(run: Replication) -> dict[str, float]:
    """Calls answered a week, mean wait for an answer, and share of the hours spent on them."""
    c, k, e = table(run, "citizens"), table(run, "coordinators"), table(run, "events")
    answered = int((e["activity"] == Activity.CONTACT_STARTS).sum())
    assert answered == c["contacts"].sum()
    return {
        "size": answered,
        "throughput": answered / 500,
        "wait": float(c["contact_wait_weeks"].sum() / answered),
        "utilisation": float(k["hours_contact"].sum() / k["hours_available"].sum()),
    }


def test_machine_repair() -> None:
    """A fixed caseload as a closed loop (machine repair): 970,000 calls find 0.5 % in throughput, 3 % in wait."""
    case = Case("machine_repair", 160, closed_loop, events=True)
    case.agrees("throughput", 12.13882)
    case.agrees("wait", 0.069017)
    case.agrees("utilisation", 0.606941)
    # An open queue of 12.5 calls a week (calls that come also from those who wait): M/M/1 at 0.625.
    case.rejects("throughput", 12.5)
    case.rejects("wait", 0.625 / (20 - 12.5))
    case.rejects("utilisation", 0.625)


def test_the_stated_values_are_the_formulas() -> None:
    """The numbers above, from their formulas: an independent check of what is compared with."""
    offered, c = 2.5, 3
    erlang = offered**c / math.factorial(c) * c / (c - offered)
    erlang_c = erlang / (sum(offered**k / math.factorial(k) for k in range(c)) + erlang)
    assert erlang_c == pytest.approx(0.702247, abs=5e-7)
    assert erlang_c / (c - offered) == pytest.approx(1.404494, abs=5e-7)
    machines, r = 50, 0.25 / 20
    weights = np.array([math.perm(machines, n) * r**n for n in range(machines + 1)])
    busy = 1 - weights[0] / weights.sum()
    throughput = 20 * busy
    in_system = (weights * np.arange(machines + 1)).sum() / weights.sum()
    assert busy == pytest.approx(0.606941, abs=5e-7)
    assert throughput == pytest.approx(12.13882, abs=5e-6)
    assert in_system / throughput - 1 / 20 == pytest.approx(0.069017, abs=5e-7)
