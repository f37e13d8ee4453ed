"""Reading two runs replication by replication: only what costs money, one replication of each in memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.ledger.counts import (
    CITIZEN_COLUMNS,
    COORDINATOR_COLUMNS,
    WEEKLY_COLUMNS,
    Counts,
    Frame,
    Table,
    count,
)
from sim.analysis.pairing import in_step
from sim.store.check import readable
from sim.store.parts import chunks_in, replications_of

_COLUMNS = {"citizens": CITIZEN_COLUMNS, "coordinators": COORDINATOR_COLUMNS, "weekly": WEEKLY_COLUMNS}
TABLES = tuple(_COLUMNS)
"""Tables that a ledger needs."""


def paired_counts(a: Path, a_frame: Frame, b: Path, b_frame: Frame) -> Iterator[tuple[Counts, Counts]]:
    """Count every replication that two runs have in common, in order of its number."""
    return in_step(_replications(a, a_frame), _replications(b, b_frame))


def _replications(directory: Path, frame: Frame) -> Iterator[tuple[int, Counts]]:
    tables = [_rows(directory / name, columns) for name, columns in _COLUMNS.items()]
    for (number, citizens), (_, coordinators), (_, weekly) in zip(*tables, strict=True):
        yield number, count(citizens, coordinators, weekly, frame)


def _rows(folder: Path, columns: Sequence[str]) -> Iterator[tuple[int, Table]]:
    """Give the rows of each replication."""
    for chunk in sorted(chunks_in(folder)):
        with readable(folder / chunk.file_name):
            for rows in replications_of(folder / chunk.file_name, columns):
                yield rows["replication"][0].as_py(), {name: _numbers(rows[name]) for name in columns}


def _numbers(column: pa.ChunkedArray) -> NDArray[np.generic]:
    """Give numbers as they are (NaN: none) and names as codes into the run's list of them (-1: none)."""
    if pa.types.is_dictionary(column.type):
        return np.asarray(column.combine_chunks().indices.fill_null(-1).to_numpy(), np.int64)
    return np.asarray(column.to_numpy())
