"""Exits with known survival: competing risks, hazards that follow the caseload, the weeks, the last meeting.

Closed cohorts are compared by the exact binomial standard error, everything else by the spread of replications.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest

from sim.catalogue import DESTINATIONS
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.tables.records import Replication
from tests.engine.running import Columns, table
from tests.theory import birth_death
from tests.theory.support import BOUND, CONFIGS, POWER, Case, sizes


def cohorts(config: str, replications: int) -> list[Columns]:
    """The citizens tables of some replications."""
    loaded = load(CONFIGS / f"{config}.toml").config
    p = build(loaded)
    return [table(simulate(p, loaded.run.seed, r, engine="compiled"), "citizens") for r in range(replications)]


def binomial_z(count: int, of: int, share: float) -> float:
    """Standard errors between a count and its expectation."""
    return (count - of * share) / math.sqrt(of * share * (1 - share))


def detectable(of: int, share: float) -> float:
    """Deviation of the share, relative to it, that is found with 90 % probability."""
    return (BOUND + POWER) * math.sqrt((1 - share) / share / of)


def test_competing_risks() -> None:
    """30,000 citizens: finds a deviation of 3 % in the exits to job and of 7 % in the others."""
    tables = cohorts("competing_risks", 3)
    destination = np.concatenate([t["destination"] for t in tables])
    n = len(destination)
    theory = {DESTINATIONS.index("job"): 0.484909, DESTINATIONS.index("other"): 0.161636, -1: 0.353455}
    assert sum(theory.values()) == pytest.approx(1.0, abs=1e-9)
    for code, share in theory.items():
        z = binomial_z(int((destination == code).sum()), n, share)
        print(f"competing risks {code}: theory {share}, z {z:+.2f}, {n} citizens, finds {detectable(n, share):.1%}")
        assert abs(z) < BOUND
    # Without competition each would take its own share: 1 - exp(-0.03 x 26).
    assert binomial_z(int((destination == 0).sum()), n, -math.expm1(-0.78)) < -BOUND
    # The exit weeks of those who left are exponential with the total hazard, cut off at 26.
    exits = np.concatenate([t["exit_weeks"] for t in tables])
    for week in (1, 5, 13):
        assert abs(binomial_z(int((exits < week).sum()), n, -math.expm1(-0.04 * week))) < BOUND


def steps(t: float) -> float:
    """Integral of the table of weeks on benefit."""
    return min(t, 4) + 3 * min(max(t - 4, 0), 8) + 0.5 * max(t - 12, 0)


def falling(t: float) -> float:
    """Integral of (t / 10) ** -0.3, level below one week."""
    return math.pow(10, 0.3) * (min(t, 1) + (math.pow(max(t, 1), 0.7) - 1) / 0.7)


def rising(t: float) -> float:
    """Integral of (t / 10) ** 0.5, level above 20 weeks."""
    held = min(t, 20)
    return 10 * math.pow(held / 10, 1.5) / 1.5 + max(t - 20, 0) * math.sqrt(2)


def in_pairs(h: float, t: float) -> float:
    """Half with the full hazard, half with 0.4 of it."""
    return 0.5 * math.exp(-h * t) + 0.5 * math.exp(-0.4 * h * t)


SURVIVAL: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "steps": (lambda t: math.exp(-0.05 * steps(t)), lambda t: math.exp(-0.05 * t)),
    "steps_in_course": (
        lambda t: math.exp(-0.05 * (steps(6 + t) - steps(6))),
        lambda t: math.exp(-0.05 * steps(t)),
    ),
    "weibull_falling": (lambda t: math.exp(-0.05 * falling(t)), lambda t: math.exp(-0.05 * t)),
    "weibull_rising": (lambda t: math.exp(-0.05 * rising(t)), lambda t: math.exp(-0.05 * t)),
    "frail": (lambda t: math.pow(1 + 0.05 * t * 0.64, -1 / 0.64), lambda t: math.exp(-0.05 * t)),
    "high": (lambda t: math.exp(-0.053 * t), lambda t: math.exp(-0.04 * t)),
    "mixed": (lambda t: in_pairs(0.05, t), lambda t: math.exp(-0.05 * 0.7 * t)),
}
"""By group: the survival function, and that of a nearby error (mechanism off, clock reset, a level missing)."""


def test_hazards_of_every_shape() -> None:
    """About 9,600 citizens a group (6,000 in the last two): finds 1-2 % of survival early, 7-12 % at the horizon."""
    tables = cohorts("hazards", 2)
    for g, (name, (survival, wrong)) in enumerate(SURVIVAL.items()):
        exits = np.concatenate([t["exit_weeks"][t["group"] == g] for t in tables])
        n = len(exits)
        zs_wrong = []
        for week in (1.0, 3.0, 6.0, 10.0, 16.0, 26.0):
            alive = n - int((exits < week).sum())
            z = binomial_z(alive, n, survival(week))
            finds = detectable(n, survival(week))
            print(f"{name} week {week:g}: S {survival(week):.4f}, z {z:+.2f}, finds {finds:.1%}")
            assert abs(z) < BOUND, (name, week)
            zs_wrong.append(abs(binomial_z(alive, n, wrong(week))))
        assert max(zs_wrong) > BOUND, name


def test_meeting_effect_decays() -> None:
    """8,000 citizens: finds 5 % of the survival after 10 weeks, 8 % after 20."""
    (table,) = cohorts("meeting_effect", 1)
    exits = table["exit_weeks"]
    n = len(exits)
    left = [n - int((exits < week).sum()) for week in (10, 20)]

    def survival(weeks: int, lift: float) -> float:
        # Over whole periods the integral is the same for every phase of the meetings.
        return math.exp(-0.03 * weeks * (1 + lift))

    lift = 2.0 * 4 * -math.expm1(-10 / 4) / 10
    for weeks, alive in zip((10, 20), left, strict=True):
        z = binomial_z(alive, n, survival(weeks, lift))
        print(f"meeting effect, {weeks} weeks: z {z:+.2f}, finds {detectable(n, survival(weeks, lift)):.1%}")
        assert abs(z) < BOUND
    # An effect that does not fade, and none.
    assert binomial_z(left[0], n, survival(10, 2.0)) > BOUND
    assert binomial_z(left[0], n, survival(10, 0.0)) < -BOUND


def stock_after(run: Replication) -> dict[str, float]:
    """Stock at the horizon."""
    stock = float(table(run, "weekly")["stock"][-1])
    return {"size": len(table(run, "citizens")["citizen"]), "stock": stock}


def test_power_response_on_a_shrinking_list() -> None:
    """80 lists of 200 for a year: finds a deviation of 3 % in the mean stock."""
    case = Case("caseload_power", 80, stock_after)
    n = np.maximum(birth_death.STATES, 1.0)
    rate = birth_death.STATES * 0.02 * (50 / n) ** 0.8
    mean, _ = birth_death.moments(birth_death.after(52, 200, 0.0, rate))
    case.agrees("stock", mean)
    case.rejects("stock", 200 * math.exp(-0.02 * 52 * 0.25**0.8))  # the caseload at the start, for good
    case.rejects("stock", 200 * math.exp(-0.02 * 52))  # no response


@sizes(2)
def test_hazard_follows_the_caseload_of_a_growing_centre(part: int) -> None:
    """60 centres that grow from 100 to 383: finds 4 %; exits drawn once at entry are 8 % away."""
    case = Case("birth_death_growing", 60 // part, stock_after)
    rate = birth_death.STATES * birth_death.hazard(birth_death.STATES)
    mean, _ = birth_death.moments(birth_death.after(100, 100, birth_death.ARRIVALS, rate))
    case.agrees("stock", mean)
    once = birth_death.drawn_once(100, 100, 1500)
    print(f"drawn once: {once.mean():.2f}")
    case.rejects("stock", float(once.mean()))


def stationary_moments(run: Replication) -> dict[str, float]:
    """Mean stock over the weeks, and mean squared deviation from the mean that theory gives."""
    stock = table(run, "weekly")["stock"].astype(float)[1:]
    return {
        "size": len(table(run, "citizens")["citizen"]),
        "mean": float(stock.mean()),
        "variance": float(((stock - 572.571) ** 2).mean()),
    }


@sizes(4)
def test_caseload_birth_death(part: int) -> None:
    """Stationary mean and standard deviation.

    The stock takes 150 weeks to forget, so this needs many citizens: 1,000,000 find a deviation of 1.5 % in the
    mean and of 25 % in the variance. The growing centre above tests the same mechanism more sharply.
    """
    case = Case("birth_death", 150 // part, stationary_moments)
    case.agrees("mean", 572.571)
    case.agrees("variance", 35.028**2)
    case.rejects("mean", 8 / 0.03)  # hazards that ignore the caseload
    case.rejects("variance", 572.571)  # hazards held at those of the mean caseload: Poisson


def test_the_stated_moments_are_those_of_the_stationary_distribution() -> None:
    """The numbers above, from detailed balance."""
    mean, variance = birth_death.moments(birth_death.stationary())
    assert mean == pytest.approx(572.571, abs=5e-4)
    assert math.sqrt(variance) == pytest.approx(35.028, abs=5e-4)


def test_the_stock_is_the_frailty_of_those_who_have_stayed() -> None:
    """Gamma frailty of variance v: S(t | 20) = ((1 + v H(20)) / (1 + v H(20 + t))) ** (1 / v)."""
    v, before = 0.64, 0.05 * (1.5 * 10 + 0.5 * 10)
    tables = cohorts("stayers", 3)
    exits = np.concatenate([t["exit_weeks"] for t in tables])
    n = len(exits)
    for week in (1, 5, 13, 26, 52):
        share = 1 - ((1 + v * before) / (1 + v * (before + 0.05 * 0.5 * week))) ** (1 / v)
        z = binomial_z(int((exits < week).sum()), n, share)
        print(f"stayers, left within {week}: theory {share:.6f}, z {z:+.2f}, {n}, finds {detectable(n, share):.1%}")
        assert abs(z) < BOUND
    # As new citizens they would have left sooner.
    assert binomial_z(int((exits < 13).sum()), n, 1 - (1 + v * 0.025 * 13) ** (-1 / v)) < -BOUND
