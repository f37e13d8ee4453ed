"""Part files: a table's rows of one chunk of replications, named by the exact range it holds."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.engine.records import TABLES
from sim.store.files import atomic, cannot_be_written, remove_leftovers

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


class PartWriter:
    """Adds rows to a part file, replication by replication; made by `part_writer`."""

    def __init__(self, path: Path, writer: pq.ParquetWriter) -> None:
        self._path, self._writer = path, writer
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Append the rows of one replication."""
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows >= ROW_GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        """Close the row group."""
        if self._rows:
            try:
                self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
            except OSError as error:  # Where several parts are being written, only this one knows that it is its.
                raise cannot_be_written(self._path, error) from error
        self._waiting, self._rows = [], 0


@contextmanager
def part_writer(path: Path, schema: pa.Schema) -> Iterator[PartWriter]:
    """Write one part file, which appears when the block ends without an error.

    Its bytes depend only on the tables added. Names are dictionary-encoded; numbers are not: floats are
    stored byte by byte across rows (byte stream split), which zstd packs best. Every page has a checksum.

    Parameters
    ----------
    path
        The file.
    schema
        Schema of every table added.
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
        part = PartWriter(path, writer)
        yield part
        part.flush()


def replications_of(path: Path) -> Iterator[pa.Table]:
    """Read a part file back as it was added: one table a replication, in order."""
    for rows in row_groups(path):
        numbers = rows["replication"].to_numpy()
        edges = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1, append=numbers[-1] + 1))
        for begin, end in pairwise(edges.tolist()):
            yield rows.slice(begin, end - begin)


def row_groups(path: Path) -> Iterator[pa.Table]:
    """Read a part file one row group at a time."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for group in range(file.num_row_groups):
            yield file.read_row_group(group)
