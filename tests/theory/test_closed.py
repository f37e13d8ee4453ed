"""The same citizens in a loop, or a caseload kept filled: by mean value analysis, and by an exact Markov chain.

Each case states its power: the relative deviation that the bound of 4 standard errors would find with 90 %
probability, as measured.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.linalg import expm

from sim.catalogue import WEEKS_PER_YEAR, Activity
from sim.tables.records import Replication
from tests.engine.running import table
from tests.theory.support import Case, Floats, sizes

CITIZENS = 20
HANDOVER, PLACEMENT, ELSEWHERE = 0.5, 1.5, WEEKS_PER_YEAR / 365 + 6.0 + 2.0 + 4.0
"""Mean weeks of a handover, of placement work, and elsewhere: becoming ready, being found so, search, internship."""


class Network(NamedTuple):
    """Rounds a week, and by station the mean weeks there (wait and work) and the share of time with nobody there."""

    rounds: float
    weeks: list[float]
    empty: list[float]


def mean_value_analysis(stations: list[Callable[[int], float]], elsewhere: float, citizens: int) -> Network:
    """Exact mean value analysis with rates that depend on the number there (Reiser and Lavenberg, 1980)."""
    there = [np.eye(1, citizens + 1)[0] for _ in stations]
    rounds, weeks = 0.0, [0.0 for _ in stations]
    for n in range(1, citizens + 1):
        weeks = [
            sum(j / rate(j) * before[j - 1] for j in range(1, n + 1))
            for rate, before in zip(stations, there, strict=True)
        ]
        rounds = n / (elsewhere + sum(weeks))
        for rate, before in zip(stations, there, strict=True):
            after = [rounds / rate(j) * before[j - 1] for j in range(1, n + 1)]
            before[1 : n + 1] = after
            before[0] = 1.0 - sum(after)
    return Network(rounds, weeks, [float(chances[0]) for chances in there])


def rounds_of_work(run: Replication) -> dict[str, float]:
    """Internships a week, and mean weeks from ready to handed over, and from there to placement work done."""
    e, k = table(run, "events"), table(run, "coordinators")
    order = np.lexsort((e["weeks"], e["citizen"]))
    citizen, did, weeks = (e[column][order] for column in ("citizen", "activity", "weeks"))

    def between(first: Activity, last: Activity) -> float:
        steps = np.isin(did, (first, last))
        who, what, when = citizen[steps], did[steps], weeks[steps]
        pairs = (what[:-1] == first) & (what[1:] == last) & (who[:-1] == who[1:])
        return float((when[1:] - when[:-1])[pairs].mean())

    begun = int((did == Activity.INTERNSHIP_STARTS).sum())
    handovers, hours = k["hours_handover"], k["hours_available"]
    coordinator = k["role"] == 0
    return {
        "size": begun,
        "rounds": begun / 1000,
        "at coordinator": between(Activity.READY, Activity.HANDOVER_ENDS),
        "at consultants": between(Activity.HANDOVER_ENDS, Activity.PLACEMENT_ENDS),
        "coordinator busy": float(handovers[coordinator].sum() / hours[coordinator].sum()),
    }


def test_closed_network() -> None:
    """One coordinator and two consultants in a loop: 120,000 rounds find 1 % in rounds, 4 % in weeks."""
    coordinator, consultants = (lambda _: 1 / HANDOVER), (lambda n: min(n, 2) / PLACEMENT)
    theory = mean_value_analysis([coordinator, consultants], ELSEWHERE, CITIZENS)
    case = Case("closed_network", 100, rounds_of_work, events=True)
    case.agrees("rounds", theory.rounds)
    case.agrees("at coordinator", theory.weeks[0])
    case.agrees("at consultants", theory.weeks[1])
    case.agrees("coordinator busy", 1 - theory.empty[0])
    own = mean_value_analysis([coordinator, lambda _: 2 / PLACEMENT], ELSEWHERE, CITIZENS)
    case.rejects("at consultants", own.weeks[1])  # one consultant, twice as fast
    open_rounds = CITIZENS / (ELSEWHERE + HANDOVER + PLACEMENT)
    case.rejects("rounds", open_rounds)  # nobody waits for anybody
    case.rejects("at coordinator", HANDOVER / (1 - theory.rounds * HANDOVER))  # calls from outside: M/M/1


State = tuple[tuple[bool, ...], int, int]


class Filled(NamedTuple):
    """Cases decided a week, mean weeks from recognised to complete and on to decided, share of the hours used."""

    decided: float
    preparing: float
    waiting: float
    busy: float


def filled_caseload(citizens: int, package: float, documents: float, recognised: float, slots: int) -> Filled:
    """Exact, from the Markov chain of the weeks.

    A state is the line of packages (of each whether it is the last of its case), the cases that wait for documents,
    and those that are complete; the others are not recognised yet. Between two meetings of the team it is a chain in
    continuous time; at a meeting up to `slots` complete cases give way to citizens who are not recognised yet.
    """
    states: dict[State, int] = {}
    to_do: list[State] = [((), 0, 0)]
    jumps: list[tuple[int, int, float]] = []
    meetings: dict[int, int] = {}

    def number(state: State) -> int:
        if state not in states:
            states[state] = len(states)
            to_do.append(state)
        return states[state]

    number(to_do.pop())
    while to_do:
        line, away, complete = state = to_do.pop()
        me = number(state)
        fresh = citizens - len(line) - away - complete
        if fresh:
            jumps.append((me, number(((*line, False), away, complete)), fresh / recognised))
        if away:
            jumps.append((me, number(((*line, True), away - 1, complete)), away / documents))
        if line:
            done = (line[1:], away, complete + 1) if line[0] else (line[1:], away + 1, complete)
            jumps.append((me, number(done), 1 / package))
        meetings[me] = number((line, away, max(complete - slots, 0)))
    size = len(states)
    rates, decides = np.zeros((2 * size, 2 * size)), np.zeros((size, size))
    for before, then, rate in jumps:
        rates[before, then] += rate
        rates[before, before] -= rate
    rates[:size, size:] = np.eye(size)
    for before, then in meetings.items():
        decides[before, then] = 1.0
    exponential = expm(rates)
    week, spent = exponential[:size, :size], exponential[:size, size:]
    balance = np.vstack([(week @ decides).T - np.eye(size), np.ones(size)])
    after: Floats = np.linalg.lstsq(balance, np.append(np.zeros(size), 1.0), rcond=None)[0]
    in_line, away_from, complete_ones = (
        np.array(values, float) for values in zip(*((len(line), a, c) for line, a, c in states), strict=True)
    )
    decided = float(after @ week @ np.minimum(complete_ones, slots))
    mean = after @ spent
    return Filled(
        decided,
        float(mean @ (in_line + away_from)) / decided,
        float(mean @ complete_ones) / decided,
        float(mean @ (in_line > 0)),
    )


def cases(run: Replication) -> dict[str, float]:
    """Of all who were recognised early enough to have been decided."""
    c, k = table(run, "citizens"), table(run, "coordinators")
    early = (c["recognised_weeks"] >= 0) & (c["recognised_weeks"] < 2900)
    assert not np.isnan(c["decided_weeks"][early]).any()
    coordinators = k["role"] == 0
    hours = k["hours_clarification"][coordinators].sum() / k["hours_available"][coordinators].sum()
    return {
        "size": int(early.sum()),
        "decided": float((~np.isnan(c["decided_weeks"])).sum() / 3000),
        "preparing": float((c["submitted_weeks"] - c["recognised_weeks"])[early].mean()),
        "waiting": float((c["decided_weeks"] - c["submitted_weeks"])[early].mean()),
        "busy": float(hours),
    }


@sizes(2)
def test_fixed_caseload(part: int) -> None:
    """Packages, documents and the team's weekly meeting, caseload kept filled: 150,000 cases find about 1 %."""
    theory = filled_caseload(6, 0.25, 2.0, 1.0, 2)
    case = Case("fixed_caseload", 40 // part, cases)
    for quantity, value in theory._asdict().items():
        case.agrees(quantity, value)
    case.rejects("preparing", 2 * 0.25 + 2.0)  # nobody waits for the coordinator
    case.rejects("preparing", 2 * 0.25 / (1 - theory.busy) + 2.0)  # cases from outside: two passes of an M/M/1 queue
    enough = filled_caseload(6, 0.25, 2.0, 1.0, 6)
    for quantity in ("decided", "waiting"):
        case.rejects(quantity, getattr(enough, quantity))  # slots for all
