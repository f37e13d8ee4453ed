"""Part files: a table's rows of one chunk of replications, named by the exact range it holds."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.store.files import atomic, cannot_be_written, remove_leftovers
from sim.tables.records import TABLES

KPIS_FOLDER = "kpis"
"""Folder of the KPI parts; a part in it is the record that its replications are done."""

ROW_GROUP_ROWS = 100_000
"""A row group is closed by the replication that reaches this many rows, which bounds memory."""

_REPEATED = ("replication", "case_id")  # columns whose values come in runs
_NAME = re.compile(r"part-(\d{8,})-(\d{8,})\.parquet")


class Chunk(NamedTuple):
    """Replications from `start` up to, not including, `stop`."""

    start: int
    stop: int

    @property
    def file_name(self) -> str:
        """Name of the chunk's part file: its first and its last replication."""
        return f"part-{self.start:08d}-{self.stop - 1:08d}.parquet"


def chunks_in(folder: Path) -> set[Chunk]:
    """Chunks that have a part file in `folder` (none if there is no such folder)."""
    found = (_NAME.fullmatch(path.name) for path in folder.glob("part-*.parquet"))
    return {Chunk(int(match[1]), int(match[2]) + 1) for match in found if match}


def longest(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Of chunks with the same start, the longest, which has replaced the others; in order."""
    return sorted({chunk.start: chunk for chunk in sorted(chunks)}.values())


def tidy(directory: Path) -> None:
    """Remove what a run that died has left in a run's directory.

    These are temporary files, parts that a longer part with the same start has replaced, and parts of
    tables without a KPI part: their chunk was not done.
    """
    kpis = directory / KPIS_FOLDER
    done = chunks_in(kpis)
    kept = set(longest(done))
    for chunk in sorted(done - kept):
        (kpis / chunk.file_name).unlink(missing_ok=True)
    for table in TABLES:
        for chunk in sorted(chunks_in(directory / table) - kept):
            (directory / table / chunk.file_name).unlink(missing_ok=True)
    for folder in (directory, kpis, *(directory / table for table in TABLES)):
        remove_leftovers(folder)


Encode = Callable[[Sequence[int], Sequence[Any]], pa.Table]
"""Makes rows for a file of the records of some replications, given their numbers and their records."""


class PartWriter:
    """Adds rows to a part file, replication by replication; made by `part_writer`."""

    def __init__(self, path: Path, writer: pq.ParquetWriter, encode: Encode | None) -> None:
        self._path, self._writer, self._encode = path, writer, encode
        self._made: list[pa.Table] = []
        self._numbers: list[int] = []
        self._records: list[Any] = []
        self._rows = 0

    def add(self, rows: pa.Table) -> None:
        """Append rows that are encoded already, such as those of another part."""
        assert not self._records
        self._made.append(rows)
        self._count(rows.num_rows)

    def add_records(self, number: int, records: Any, rows: int) -> None:
        """Append one replication; those of a row group are encoded together, which is much faster."""
        assert self._encode is not None
        self._numbers.append(number)
        self._records.append(records)
        self._count(rows)

    def _count(self, rows: int) -> None:
        self._rows += rows
        if self._rows >= ROW_GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        """Close the row group."""
        if self._rows:
            if self._encode is not None and self._records:
                self._made.append(self._encode(self._numbers, self._records))
            try:
                self._writer.write_table(pa.concat_tables(self._made).combine_chunks())
            except OSError as error:  # Where several parts are being written, only this one knows that it is its.
                raise cannot_be_written(self._path, error) from error
        self._made, self._numbers, self._records, self._rows = [], [], [], 0


@contextmanager
def part_writer(path: Path, schema: pa.Schema, encode: Encode | None = None) -> Iterator[PartWriter]:
    """Write one part file, which appears when the block ends without an error.

    Its bytes depend only on the tables added. Names are dictionary-encoded; numbers are not: floats are
    stored byte by byte across rows (byte stream split), which zstd packs best. Every page has a checksum.

    Parameters
    ----------
    path
        The file.
    schema
        Schema of all rows.
    encode
        Makes rows of records that are added.
    """
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    repeated = [f.name for f in schema if pa.types.is_dictionary(f.type) or f.name in _REPEATED]
    with (
        atomic(path) as file,
        pq.ParquetWriter(
            file,
            schema,
            compression="zstd",
            use_dictionary=repeated,
            use_byte_stream_split=floats,
            write_page_checksum=True,
        ) as writer,
    ):
        part = PartWriter(path, writer, encode)
        yield part
        part.flush()


def replications_of(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Read a part file back as it was added: one table a replication, in order; all columns, or these."""
    for rows in row_groups(path, None if columns is None else ("replication", *columns)):
        numbers = rows["replication"].to_numpy()
        edges = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1, append=numbers[-1] + 1))
        for begin, end in pairwise(edges.tolist()):
            yield rows.slice(begin, end - begin)


def row_groups(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Read a part file one row group at a time; all columns, or these."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for group in range(file.num_row_groups):
            yield file.read_row_group(group, columns)
