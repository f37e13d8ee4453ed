"""Whether part files are what their names say: a disk may have lost or changed bytes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import UsageError
from sim.store.manifest import Block
from sim.store.parts import KPIS_FOLDER, Chunk, chunks_in


def remove_damaged(
    directory: Path, tables: Sequence[str], blocks: Sequence[Block], metadata: Sequence[Mapping[str, str]]
) -> list[str]:
    """Remove the part files of a run that cannot be used, so that they are made again.

    The KPI parts and the parts that a longer one will continue (the last of a block) are read through, with the
    checksum of every page. Of the others only the end of the file is read, which is where a Parquet file that was
    cut short shows; a byte changed in their middle is found when the page is read.

    Parameters
    ----------
    directory
        Of the run.
    tables
        Folders to look at, beside that of the KPIs.
    blocks
        Of the manifest.
    metadata
        By block: what every file must say of the run that it belongs to.

    Returns
    -------
    list of str
        The files removed.
    """
    removed = []
    last = {chunk.block: chunk for chunk in sorted(chunks_in(directory / KPIS_FOLDER))}
    for folder in (KPIS_FOLDER, *tables):
        for chunk in sorted(chunks_in(directory / folder)):
            path = directory / folder / chunk.file_name
            record = folder == KPIS_FOLDER
            through = record or chunk == last.get(chunk.block)
            known = chunk.block < len(blocks)
            if not known or not _sound(
                path, chunk, blocks[chunk.block], metadata[chunk.block], record=record, through=through
            ):
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


def columns_of(path: Path) -> list[str] | None:
    """Names of the columns of a Parquet file; None if it cannot be read."""
    try:
        names: list[str] = pq.read_schema(path).names
    except Exception:  # As above.
        return None
    return names


def _text(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {key.decode("utf-8"): value.decode("utf-8") for key, value in (metadata or {}).items()}


def _sound(
    path: Path, chunk: Chunk, block: Block, metadata: Mapping[str, str], *, record: bool, through: bool
) -> bool:
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if metadata.items() - _text(file.schema_arrow.metadata).items():
                return False
            if record and not _complete(file.metadata.num_rows, chunk, block):
                return False
            if not all(chunk.start <= low <= high < chunk.stop for low, high in _ranges(file.metadata)):
                return False
            if through:
                _read_through(file, block)
    except Exception:  # As above.
        return False
    return True


def _complete(rows: int, chunk: Chunk, block: Block) -> bool:
    """Whether a KPI part has a row for every replication of every point; points dropped since may have some too."""
    replications = chunk.stop - chunk.start
    least = sum(point.planned for point in block.points)
    return rows % replications == 0 and least <= rows // replications <= len(block.points)


def _ranges(metadata: Any) -> Iterator[tuple[int, int]]:
    """First and last replication of each row group, by its statistics."""
    names = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
    column = names.index("replication")
    for group in range(metadata.num_row_groups):
        statistics = metadata.row_group(group).column(column).statistics
        if statistics is not None and statistics.has_min_max:
            yield statistics.min, statistics.max


def _read_through(file: Any, block: Block) -> None:
    places = {name: place for place, name in enumerate(block.names)}
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group)
        rows.validate()
        variants = rows["variant"].combine_chunks()
        place = np.array([places[name] for name in variants.dictionary.to_pylist()])[variants.indices.to_numpy()]
        order = place.astype(np.int64) << 32 | rows["replication"].to_numpy()
        if np.any(np.diff(order) < 0):
            raise ValueError("rows out of order")
