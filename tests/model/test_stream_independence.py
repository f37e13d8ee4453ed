"""Streams that lie close together are independent: of neighbours, of other decisions, replications and seeds."""

import itertools

import numpy as np
from numpy.typing import NDArray

from sim.model.streams import decision_key, person_key, uniform

COUNT = 20_000


def draws(varied: str, start: int = 0, **fixed: int) -> NDArray[np.float64]:
    """COUNT numbers, with one argument counted up from `start`."""
    arguments = {
        "key": person_key(1, "citizen", "a", "stock"),
        "ordinal": 0,
        "replication": 0,
        "decision": decision_key("no_show"),
        "n": 0,
        **fixed,
    }
    return np.array([uniform(**{**arguments, varied: start + i}) for i in range(COUNT)])


STREAMS = {
    "a citizen": {},
    "the next citizen": {"ordinal": 1},
    "the next replication": {"replication": 1},
    "another decision": {"decision": decision_key("ready")},
    "an adjacent decision key": {"decision": decision_key("no_show") + 1},
    "an adjacent person key": {"key": person_key(1, "citizen", "a", "stock") + 1},
    "another origin": {"key": person_key(1, "citizen", "a", "inflow")},
    "another seed": {"key": person_key(2, "citizen", "a", "stock")},
}


def test_streams_are_uncorrelated() -> None:
    """20,000 draws of each of 8 streams: |r| < 4.2 / sqrt(20,000) = 0.030 finds a correlation of 0.04 (90 %).

    The bound of 4.2 standard errors keeps the false alarms of all comparisons together below 0.2 %.
    """
    streams = {name: draws("n", **fixed) for name, fixed in STREAMS.items()}
    streams["the same, one draw later"] = draws("n", start=1)
    bound = 4.2 / np.sqrt(COUNT)
    for (a, x), (b, y) in itertools.combinations(streams.items(), 2):
        assert abs(np.corrcoef(x, y)[0, 1]) < bound, (a, b)
        # Dependence that a correlation does not see: of the spreads.
        assert abs(np.corrcoef(np.abs(x - 0.5), np.abs(y - 0.5))[0, 1]) < bound, (a, b)
    one = streams["a citizen"]
    for lag in (1, 2, 3, 64):
        assert abs(np.corrcoef(one[:-lag], one[lag:])[0, 1]) < bound
