"""The figures of a business case over all replications, each with its interval."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calendar import Quarters
from sim.analysis.comparison.paired import wilson_by_draws
from sim.analysis.components import Components, components
from sim.analysis.draws import widened
from sim.analysis.ledger.business_case import Case
from sim.analysis.ledger.persons import LABELS, Change
from sim.analysis.summary import summarise

EXTRA_COST = "extra cost"
SAVING = "saving on benefits and after exits"
NET_MUNICIPALITY = "net cost to the municipality"
NET_STATE = "net cost to the state"
NET_BOTH = "net cost to both"
BENEFIT_WEEKS = "fewer weeks on benefit"
SAVED_WEEKS = "saving in weeks of benefit"
BREAK_EVEN = "break-even saving"
PAYBACK = "payback time from the first krone spent, median"
EVEN_BY = "probability of breaking even by the end of"
SAVING_WITH = f"{SAVING}, "
NET_WITH = f"{NET_MUNICIPALITY}, "
"""The saving and the net cost with the years after the ledger; behind it, what becomes of the saving then."""
PERSONS = "persons: "
"""Behind it, what has become of their exit."""


class Figure(NamedTuple):
    """A figure of the business case.

    Attributes
    ----------
    name, unit
        What it is.
    value, ci95_low, ci95_high
        Mean over replications with Student's interval; of a probability the share with Wilson's; of the payback
        time the median without one. NaN: cannot be computed. Infinite: not within the ledger.
    replications
        Those in which it is defined.
    """

    name: str
    unit: str
    value: float
    ci95_low: float
    ci95_high: float
    replications: int


def figures(cases: Sequence[Case], q: Quarters, per_draw: int = 1) -> tuple[Figure, ...]:
    """Summarise the business cases of all replications.

    Parameters
    ----------
    cases
        In the order of the replications.
    q
        The quarters.
    per_draw
        Of runs with a posterior: replications of each draw. Intervals then count draws as independent.
    """
    made = [
        _mean(EXTRA_COST, "kr", [c.extra_cost for c in cases], per_draw),
        _mean(SAVING, "kr", [c.saving for c in cases], per_draw),
        _mean(NET_MUNICIPALITY, "kr", [c.net_municipality for c in cases], per_draw),
        _mean(NET_STATE, "kr", [c.net_state for c in cases], per_draw),
        _mean(NET_BOTH, "kr", [c.net_public for c in cases], per_draw),
        _mean(BENEFIT_WEEKS, "weeks per treated citizen", [c.benefit_weeks for c in cases], per_draw),
        _mean(SAVED_WEEKS, "weeks per treated citizen", [c.saved_weeks for c in cases], per_draw),
        _mean(BREAK_EVEN, "weeks per treated citizen", [c.break_even_weeks for c in cases], per_draw),
        _median(PAYBACK, "years", [c.payback_years for c in cases]),
    ]
    for n in range(len(q.calendar_years)):
        even = np.array([c.even_by_year[n] for c in cases])
        known = int((~np.isnan(even)).sum())
        made.append(Figure(f"{EVEN_BY} {q.calendar_years[n]}", "share", *wilson_by_draws(even, per_draw), known))
    for choice in cases[0].beyond if cases else ():
        saved = [c.saving + c.beyond[choice] for c in cases]
        made.append(_mean(f"{SAVING_WITH}{choice}", "kr", saved, per_draw))
        net = [c.net_municipality - c.beyond[choice] for c in cases]
        made.append(_mean(f"{NET_WITH}{choice}", "kr", net, per_draw))
    return tuple(made)


def person_figures(numbers: Sequence[NDArray[np.int64]], per_draw: int = 1) -> tuple[Figure, ...]:
    """Summarise how many persons there are of each `Change`, over all replications (`per_draw`: as in `figures`)."""
    counts = np.array(numbers, np.float64)
    return tuple(_mean(f"{PERSONS}{LABELS[c]}", "persons", counts[:, c], per_draw) for c in Change)


def _mean(name: str, unit: str, values: list[float] | NDArray[np.float64], per_draw: int) -> Figure:
    numbers = np.array(values)
    s = summarise(numbers)
    s = s if per_draw == 1 else widened(s, numbers, per_draw, None)
    return Figure(name, unit, s.mean, s.ci95_low, s.ci95_high, s.replications)


def money_components(cases: Sequence[Case], per_draw: int) -> dict[str, Components]:
    """Tell what is not known of the parameters, and chance, of the main figures by name."""
    values = {
        EXTRA_COST: [c.extra_cost for c in cases],
        SAVING: [c.saving for c in cases],
        NET_MUNICIPALITY: [c.net_municipality for c in cases],
    }
    return {name: components(np.array(of_name), per_draw) for name, of_name in values.items()}


def _median(name: str, unit: str, values: list[float]) -> Figure:
    known = sorted(value for value in values if not math.isnan(value))
    middle = len(known) // 2
    if not known:
        return Figure(name, unit, math.nan, math.nan, math.nan, 0)
    median = known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2
    return Figure(name, unit, median, math.nan, math.nan, len(known))
