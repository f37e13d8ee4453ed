"""One share of the incidence of a replication, for any number of weeks, and since any event."""

from collections.abc import Sequence

import numpy as np

from sim.analysis.incidence.estimator import LOST, Floats, cumulative_incidence
from sim.analysis.incidence.table import FIRST, Cell, members_of, origins
from sim.catalogue import Destination, Reached, Since
from sim.tables.records import Table

SINCE = tuple(dict.fromkeys((*Since.keys(), *(event.key for event in FIRST))))
"""From when weeks may count: as in the incidence table, or from whatever is no way out."""


def ways_out(event: Reached) -> tuple[Destination, ...]:
    """Destinations of an event; none: it is no way out."""
    if event in FIRST:
        return ()
    return tuple(Destination) if event is Reached.LEFT else (Destination[event.name],)


def share_within(
    citizens: Table, cell: Cell, horizon: float, since: str, events: Sequence[Reached], weeks: float
) -> float:
    """Estimate the share that has reached one of some events within so many weeks.

    Where the incidence table has it, it is the same number; see `sim.analysis.incidence.table`.

    Parameters
    ----------
    citizens
        Of a replication.
    cell
        Of whom it is told.
    horizon
        End of the observed weeks.
    since
        One of `SINCE`.
    events
        Ways out, of which one is enough; or one event that is none.
    weeks
        Any number.

    Returns
    -------
    float
        NaN: there is nobody, or nobody began so long before the horizon.
    """
    origin = _origin(citizens, since)
    left = np.asarray(citizens["exit_weeks"], np.float64)
    last = np.where(np.isnan(left), horizon, left)
    if events[0] in FIRST:
        reached = np.asarray(citizens[FIRST[events[0]]], np.float64)
        end, won = np.where(np.isnan(reached), last, reached), ~np.isnan(reached)
    else:
        codes = [int(to) for event in events for to in ways_out(event)]
        end, won = last, ~np.isnan(left) & np.isin(citizens["destination"], codes)
    causes = np.where(won, 0, np.where(np.isnan(left), LOST, 1))
    waited = end - origin
    ours = np.flatnonzero(members_of(citizens, cell) & (waited >= 0.0))  # Not true of NaN.
    if len(ours) == 0 or weeks > horizon - float(origin[ours].min()):
        return float("nan")
    return float(cumulative_incidence(waited[ours], causes[ours], (weeks,), 1)[0, 0])


def _origin(citizens: Table, since: str) -> Floats:
    moment = {of.key: of for of in Since}.get(since)
    if moment is not None:
        return origins(citizens)[moment]
    return np.asarray(citizens[FIRST[Reached[since.upper()]]], np.float64)
