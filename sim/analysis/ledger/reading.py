"""Reading two runs replication by replication: only what costs money, one replication of each in memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
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
from sim.store.parts import chunks_in

_COLUMNS = {"citizens": CITIZEN_COLUMNS, "coordinators": COORDINATOR_COLUMNS, "weekly": WEEKLY_COLUMNS}
TABLES = tuple(_COLUMNS)
"""Tables that a ledger needs."""


def paired_counts(a: Path, a_frame: Frame, b: Path, b_frame: Frame) -> Iterator[tuple[Counts, Counts]]:
    """Count every replication that two runs have in common, in order of its number."""
    ours, theirs = _replications(a, a_frame), _replications(b, b_frame)
    x, y = next(ours, None), next(theirs, None)
    while x is not None and y is not None:
        if x[0] == y[0]:
            yield x[1], y[1]
        behind = min(x[0], y[0])
        x = next(ours, None) if x[0] == behind else x
        y = next(theirs, None) if y[0] == behind else y


def _replications(directory: Path, frame: Frame) -> Iterator[tuple[int, Counts]]:
    tables = [_rows(directory / name, columns) for name, columns in _COLUMNS.items()]
    for (number, citizens), (_, coordinators), (_, weekly) in zip(*tables, strict=True):
        yield number, count(citizens, coordinators, weekly, frame)


def _rows(folder: Path, columns: Sequence[str]) -> Iterator[tuple[int, Table]]:
    """Give the rows of each replication; part files hold whole replications in each row group."""
    for chunk in sorted(chunks_in(folder)):
        with pq.ParquetFile(folder / chunk.file_name) as file:
            for group in range(file.num_row_groups):
                yield from _of_group(file.read_row_group(group, columns=["replication", *columns]), columns)


def _of_group(rows: pa.Table, columns: Sequence[str]) -> Iterator[tuple[int, Table]]:
    replication = rows["replication"].to_numpy()
    values = {name: _numbers(rows[name]) for name in columns}
    begins = np.flatnonzero(np.diff(replication, prepend=replication[0] - 1))
    for begin, end in zip(begins, [*begins[1:], len(replication)], strict=True):
        yield int(replication[begin]), {name: column[begin:end] for name, column in values.items()}


def _numbers(column: pa.ChunkedArray) -> NDArray[np.generic]:
    """Give numbers as they are (NaN: none) and names as codes into the run's list of them (-1: none)."""
    if pa.types.is_dictionary(column.type):
        return np.asarray(column.combine_chunks().indices.fill_null(-1).to_numpy(), np.int64)
    return np.asarray(column.to_numpy())
