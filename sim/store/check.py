"""Whether part files are what their names say: a disk may have lost or changed bytes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import UsageError
from sim.store.parts import KPIS_FOLDER, Chunk, chunks_in


def remove_damaged(directory: Path, tables: Sequence[str], metadata: Mapping[str, str]) -> list[str]:
    """Remove the part files of a run that cannot be used, so that they are made again.

    The KPI parts and the parts that a longer one will continue (the last) are read through, with the checksum
    of every page. Of the others only the end of the file is read, which is where a Parquet file that was cut
    short shows; a byte changed in their middle is found when the page is read.

    Parameters
    ----------
    directory
        Of the run.
    tables
        Folders to look at, beside that of the KPIs.
    metadata
        What every file must say of the run that it belongs to.

    Returns
    -------
    list of str
        The files removed.
    """
    removed = []
    last = max(chunks_in(directory / KPIS_FOLDER), default=None)
    for folder in (KPIS_FOLDER, *tables):
        for chunk in sorted(chunks_in(directory / folder)):
            path = directory / folder / chunk.file_name
            record = folder == KPIS_FOLDER
            if not _sound(path, chunk, metadata, record=record, through=record or chunk == last):
                path.unlink(missing_ok=True)
                removed.append(path.as_posix())
    return removed


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Turn what PyArrow says of a damaged file into one clear error."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise UsageError(
            f"{file.as_posix()}: cannot be read; is it damaged? Repeat the command of its run, which makes it again"
        ) from error


def metadata_of(path: Path) -> dict[str, str] | None:
    """Read what a Parquet file says of its run; None if it cannot be read."""
    try:
        return _text(pq.read_schema(path).metadata)
    except Exception:  # Damaged bytes raise whatever the part of the reader raises that meets them.
        return None


def _text(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {key.decode("utf-8"): value.decode("utf-8") for key, value in (metadata or {}).items()}


def _sound(path: Path, chunk: Chunk, metadata: Mapping[str, str], *, record: bool, through: bool) -> bool:
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if metadata.items() - _text(file.schema_arrow.metadata).items():
                return False
            if record and file.metadata.num_rows != chunk.stop - chunk.start:
                return False
            if not all(chunk.start <= low <= high < chunk.stop for low, high in _ranges(file.metadata)):
                return False
            if through:
                _read_through(file)
    except Exception:  # As above.
        return False
    return True


def _ranges(metadata: Any) -> Iterator[tuple[int, int]]:
    """First and last replication of each row group, by its statistics."""
    names = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
    column = names.index("replication")
    for group in range(metadata.num_row_groups):
        statistics = metadata.row_group(group).column(column).statistics
        if statistics is not None and statistics.has_min_max:
            yield statistics.min, statistics.max


def _read_through(file: Any) -> None:
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group)
        rows.validate()
        if np.any(np.diff(rows["replication"].to_numpy()) < 0):
            raise ValueError("replications out of order")
