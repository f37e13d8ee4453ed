"""Differences of incidence: the incidence tables of two runs, read replication by replication."""

from typing import NamedTuple

from sim.analysis.comparison.moments import Intervals, PairedMoments
from sim.analysis.incidence.summary import cube
from sim.analysis.incidence.table import PAIRS, TABLE, WITHIN_WEEKS
from sim.analysis.pairing import in_step
from sim.analysis.subgroups import Part, common_parts
from sim.store.run import Run


class IncidenceDifferences(NamedTuple):
    """All shares of a variant against the baseline.

    Attributes
    ----------
    variant, baseline
        Names of the runs.
    parts
        First axis of the statistics: everybody, and the groups and departments that both have. The others are
        `PAIRS` and `WITHIN_WEEKS`.
    intervals
        The statistics.
    """

    variant: str
    baseline: str
    parts: tuple[Part, ...]
    intervals: Intervals


def incidence_differences(run: Run, baseline: Run) -> IncidenceDifferences:
    """Compare two runs in every share, over the replications that both have; one of each is in memory at a time.

    Parameters
    ----------
    run, baseline
        Finished runs whose replications are pairs and that have incidence tables.
    """
    parts = common_parts(run, baseline)
    moments = PairedMoments((len(parts), len(PAIRS), len(WITHIN_WEEKS)), run.manifest.per_draw)
    for ours, theirs in in_step(run.replications(TABLE), baseline.replications(TABLE)):
        moments.add(cube(ours, parts), cube(theirs, parts))
    return IncidenceDifferences(run.name, baseline.name, parts, moments.intervals())
