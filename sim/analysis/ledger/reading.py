"""Reading two runs replication by replication: only what costs money, one replication of each in memory."""

from collections.abc import Iterator
from typing import NamedTuple

from sim.analysis.ledger.by_person import Rows
from sim.analysis.ledger.counts import (
    CITIZEN_COLUMNS,
    COORDINATOR_COLUMNS,
    SCHEME_COLUMNS,
    STARTING_COLUMNS,
    WEEKLY_COLUMNS,
    Counts,
    Frame,
    count,
)
from sim.analysis.ledger.persons import PERSON_COLUMNS
from sim.analysis.pairing import in_step
from sim.store.run import Run

_COLUMNS = {
    "citizens": tuple(dict.fromkeys((*CITIZEN_COLUMNS, *STARTING_COLUMNS, *PERSON_COLUMNS))),
    "schemes": SCHEME_COLUMNS,
    "coordinators": COORDINATOR_COLUMNS,
    "weekly": WEEKLY_COLUMNS,
}
TABLES = tuple(_COLUMNS)
"""Tables that a ledger needs."""


class Counted(NamedTuple):
    """A replication: what costs money in it, and the tables that tell of persons."""

    counts: Counts
    rows: Rows


def paired_counts(a: Run, a_frame: Frame, b: Run, b_frame: Frame) -> Iterator[tuple[Counts, Counts]]:
    """Count every replication that two runs have in common, in order of its number."""
    for ours, theirs in paired_replications(a, a_frame, b, b_frame):
        yield ours.counts, theirs.counts


def paired_replications(a: Run, a_frame: Frame, b: Run, b_frame: Frame) -> Iterator[tuple[Counted, Counted]]:
    """Count every replication that two runs have in common, and give the tables that tell of persons too."""
    return in_step(counted_replications(a, a_frame), counted_replications(b, b_frame))


def counted_replications(run: Run, frame: Frame) -> Iterator[tuple[int, Counted]]:
    """Count each replication; all have rows in the weekly table, some none in the others, where there is nobody."""
    tables = [run.arrays(name, columns) for name, columns in _COLUMNS.items()]
    for (number, citizens), (_, schemes), (_, coordinators), (_, weekly) in zip(*tables, strict=True):
        yield number, Counted(count(citizens, schemes, coordinators, weekly, frame), Rows(citizens, schemes))
