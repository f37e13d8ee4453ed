"""Part files: a table's rows of one chunk of replications, named by the block and the exact range it holds."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.limits import MOST_REPLICATIONS
from sim.store.arrays import Arrays, array_of, arrays
from sim.store.digest import DigestingFile
from sim.store.files import atomic, cannot_be_written, remove_leftovers
from sim.tables.records import TABLES

T = TypeVar("T")

KPIS_FOLDER = "kpis"
"""Folder of the KPI parts; a part in it is the record that its replications are done."""

ROW_GROUP_ROWS = 100_000
"""A row group is closed by the replication that reaches this many rows, which bounds memory."""

_REPEATED = ("replication", "case_id")  # columns whose values come in runs
_NAME = re.compile(r"part-(\d{4,})-(\d{8,})-(\d{8,})\.parquet")


class Chunk(NamedTuple):
    """Replications of all points of a block, from `start` up to, not including, `stop`.

    A run has one block of one point. A block of a sweep holds as many points as make a chunk worth its file.
    """

    block: int
    start: int
    stop: int

    @property
    def file_name(self) -> str:
        """Name of the chunk's part file: its block, its first and its last replication."""
        return f"part-{self.block:04d}-{self.start:08d}-{self.stop - 1:08d}.parquet"


def chunk_of(file_name: str) -> Chunk | None:
    """Chunk that a part file of this name holds; None: no such name, or more replications than a run has."""
    match = _NAME.fullmatch(file_name)
    chunk = Chunk(int(match[1]), int(match[2]), int(match[3]) + 1) if match else None
    return chunk if chunk is not None and chunk.start < chunk.stop <= MOST_REPLICATIONS else None


def chunks_in(folder: Path) -> set[Chunk]:
    """Chunks that have a part file in `folder` (none if there is no such folder)."""
    return {chunk for path in folder.glob("part-*.parquet") if (chunk := chunk_of(path.name)) is not None}


def chunks_among(names: Iterable[str], folder: str) -> set[Chunk]:
    """Chunks that have a part file of a folder among these paths from the directory of the run."""
    begin = f"{folder}/"
    found = (chunk_of(name.removeprefix(begin)) for name in names if name.startswith(begin))
    return {chunk for chunk in found if chunk is not None}


def longest(chunks: Iterable[Chunk]) -> list[Chunk]:
    """Of chunks of a block with the same start, the longest, which has replaced the others; in order."""
    return sorted({(chunk.block, chunk.start): chunk for chunk in sorted(chunks)}.values())


def tidy(directory: Path) -> None:
    """Remove what a run that died has left in a run's directory.

    These are temporary files, parts that a longer part with the same start has replaced, and parts of
    tables without a KPI part: their chunk was not done. Parts whose names say what cannot be go too: other
    programs that read a folder would take their rows for more.
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
        for path in folder.glob("part-*.parquet"):
            if _NAME.fullmatch(path.name) and chunk_of(path.name) is None and path.is_file():
                path.unlink(missing_ok=True)


Encode = Callable[[Sequence[Any], Sequence[Any]], pa.Table]
"""Makes rows for a file of the records of some replications, given what each is (its key) and its records."""


class PartWriter:
    """Adds rows to a part file, replication by replication; made by `part_writer`."""

    def __init__(self, path: Path, file: DigestingFile, writer: pq.ParquetWriter, encode: Encode | None) -> None:
        self._path, self._file, self._writer, self._encode = path, file, writer, encode
        self._made: list[pa.Table] = []
        self._keys: list[Any] = []
        self._records: list[Any] = []
        self._rows = 0

    @property
    def digest(self) -> str:
        """Digest of the file, when it is written."""
        return self._file.digest

    def add(self, rows: pa.Table) -> None:
        """Append rows that are encoded already, such as those of another part."""
        self._encode_records()
        self._made.append(rows)
        self._count(rows.num_rows)

    def add_records(self, key: Any, records: Any, rows: int) -> None:
        """Append one replication; those of a row group are encoded together, which is much faster."""
        assert self._encode is not None
        self._keys.append(key)
        self._records.append(records)
        self._count(rows)

    def _count(self, rows: int) -> None:
        self._rows += rows
        if self._rows >= ROW_GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        """Close the row group."""
        if self._rows:
            self._encode_records()
            try:
                self._writer.write_table(pa.concat_tables(self._made).combine_chunks())
            except OSError as error:  # Where several parts are being written, only this one knows that it is its.
                raise cannot_be_written(self._path, error) from error
        self._made, self._rows = [], 0

    def _encode_records(self) -> None:
        if self._encode is not None and self._records:
            self._made.append(self._encode(self._keys, self._records))
        self._keys, self._records = [], []


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
        part = PartWriter(path, file, writer, encode)
        yield part
        part.flush()


def replications_of(
    path: Path, columns: Sequence[str] | None = None, variant: str | None = None
) -> Iterator[tuple[int, pa.Table]]:
    """Read a part file back as it was added: number and rows of each replication, in order.

    Parameters
    ----------
    path
        The file.
    columns
        Of the rows; None: all.
    variant
        Only of this one; None: the file holds one.
    """
    for rows, places in _divided(path, columns, variant):
        for number, begin, end in places:
            yield number, rows.slice(begin, end - begin)


def _divided(
    path: Path, columns: Sequence[str] | None, variant: str | None
) -> Iterator[tuple[pa.Table, list[tuple[int, int, int]]]]:
    """Read row groups, and say where in them each replication begins and ends."""
    keys = ("replication",) if variant is None else ("variant", "replication")
    wanted = None if columns is None else tuple(dict.fromkeys((*keys, *columns)))
    for rows in row_groups(path, wanted, variant):
        numbers = array_of(rows["replication"])
        edges = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1, append=numbers[-1] + 1))
        yield rows, [(int(numbers[begin]), begin, end) for begin, end in pairwise(edges.tolist())]


def every_replication(
    path: Path, chunk: Chunk, columns: Sequence[str] | None = None, variant: str | None = None
) -> Iterator[tuple[int, pa.Table]]:
    """Read a part file back, as `replications_of`, but every replication of its chunk, each once.

    One without any rows, such as one of nobody, gets an empty table.

    Raises
    ------
    OSError
        If the file holds others.
    """
    return _each(chunk, replications_of(path, columns, variant), lambda: _no_rows(path, columns))


def every_replication_as_arrays(
    path: Path, chunk: Chunk, columns: Sequence[str], variant: str | None = None
) -> Iterator[tuple[int, Arrays]]:
    """Read a part file back as `every_replication`, as arrays: a row group is turned into them once."""

    def found() -> Iterator[tuple[int, Arrays]]:
        for rows, places in _divided(path, columns, variant):
            whole = arrays(rows, columns)
            for number, begin, end in places:
                yield number, {name: values[begin:end] for name, values in whole.items()}

    return _each(chunk, found(), lambda: arrays(_no_rows(path, columns), columns))


def _each(chunk: Chunk, found: Iterator[tuple[int, T]], nobody: Callable[[], T]) -> Iterator[tuple[int, T]]:
    """Give every replication of a chunk once, and what stands for one that has no rows."""
    ahead = next(found, None)
    none: T | None = None
    for number in range(chunk.start, chunk.stop):
        if ahead is not None and ahead[0] == number:
            yield ahead
            ahead = next(found, None)
        else:
            none = nobody() if none is None else none
            yield number, none
    if ahead is not None:
        raise OSError(f"replication {ahead[0]} is out of place")


def _no_rows(path: Path, columns: Sequence[str] | None) -> pa.Table:
    none = pq.read_schema(path).empty_table()
    return none if columns is None else none.select(list(dict.fromkeys(("replication", *columns))))


def row_groups(path: Path, columns: Sequence[str] | None = None, variant: str | None = None) -> Iterator[pa.Table]:
    """Read a part file one row group at a time; all columns, or these; all row groups, or those of a variant.

    The row groups of a table's part hold one variant each.
    """
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for group in range(file.num_row_groups):
            if variant is None or variant_of(file.metadata, group) == variant:
                yield file.read_row_group(group, columns)


def variant_of(metadata: Any, group: int) -> str | None:
    """Variant of a row group's rows, by its statistics; None: there are several."""
    statistics = metadata.row_group(group).column(0).statistics
    return statistics.min if statistics is not None and statistics.min == statistics.max else None
