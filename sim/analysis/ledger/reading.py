"""Reading two runs replication by replication: only what costs money, one replication of each in memory."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.ledger.counts import (
    CITIZEN_COLUMNS,
    COORDINATOR_COLUMNS,
    SCHEME_COLUMNS,
    STARTING_COLUMNS,
    WEEKLY_COLUMNS,
    Counts,
    Frame,
    Table,
    count,
)
from sim.analysis.pairing import in_step
from sim.store.run import Run

_COLUMNS = {
    "citizens": tuple(dict.fromkeys((*CITIZEN_COLUMNS, *STARTING_COLUMNS))),
    "schemes": SCHEME_COLUMNS,
    "coordinators": COORDINATOR_COLUMNS,
    "weekly": WEEKLY_COLUMNS,
}
TABLES = tuple(_COLUMNS)
"""Tables that a ledger needs."""


def paired_counts(a: Run, a_frame: Frame, b: Run, b_frame: Frame) -> Iterator[tuple[Counts, Counts]]:
    """Count every replication that two runs have in common, in order of its number."""
    return in_step(_replications(a, a_frame), _replications(b, b_frame))


def _replications(run: Run, frame: Frame) -> Iterator[tuple[int, Counts]]:
    """Count each replication; all have rows in the weekly table, some none in the others, where there is nobody."""
    tables = [_rows(run, name, columns) for name, columns in _COLUMNS.items()]
    for (number, citizens), (_, schemes), (_, coordinators), (_, weekly) in zip(*tables, strict=True):
        yield number, count(citizens, schemes, coordinators, weekly, frame)


def _rows(run: Run, table: str, columns: Sequence[str]) -> Iterator[tuple[int, Table]]:
    """Give the rows of each replication."""
    for number, rows in run.replications(table, columns):
        yield number, {name: _numbers(rows[name]) for name in columns}


def _numbers(column: pa.ChunkedArray) -> NDArray[np.generic]:
    """Give numbers as they are (NaN: none) and names as codes into the run's list of them (-1: none)."""
    if pa.types.is_dictionary(column.type):
        return np.asarray(column.combine_chunks().indices.fill_null(-1).to_numpy(), np.int64)
    return np.asarray(column.to_numpy())
