"""Whether files are those that were written: a disk may have lost or changed bytes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import UsageError
from sim.input_files import require_file
from sim.store.digest import file_digest
from sim.store.files import reason
from sim.store.manifest import Block, Manifest
from sim.store.parts import KPIS_FOLDER, Chunk, chunks_among, chunks_in

MOST_NAMED = 20
"""So many damaged files are named; of more only the number is told."""


def checked(directory: Path, manifest: Manifest, name: str) -> Path:
    """Check that a file of results is the one that was written, before it is read.

    Parameters
    ----------
    directory, manifest
        Of the run or sweep.
    name
        Path of the file from the directory.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    UsageError
        If it is missing, damaged or not written yet; gives the command that makes it.
    """
    path = directory / name
    written = manifest.files.get(name)
    if written is None:
        raise UsageError(f"{directory.as_posix()}: is not finished: there is no {name} yet; {manifest.remedy}")
    try:
        found = file_digest(path)
    except FileNotFoundError:
        raise UsageError(f"{path.as_posix()}: is missing; {manifest.remedy}") from None
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be read: {reason(error)}; {manifest.remedy}") from error
    if found != written:
        raise _damaged(path, manifest)
    return path


@contextmanager
def readable(file: Path, manifest: Manifest) -> Iterator[None]:
    """Turn what PyArrow says of a file that was damaged since it was checked into one clear error."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise _damaged(file, manifest) from error


class Examined(NamedTuple):
    """What became of the files of a directory.

    Attributes
    ----------
    files
        Digests of those that can be used.
    notes
        Which ones are made again, and why.
    """

    files: dict[str, str]
    notes: list[str]


def examine(
    directory: Path,
    manifest: Manifest,
    whole: Collection[str],
    tables: Sequence[str],
    metadata: Sequence[Mapping[str, str]],
    schemas: Mapping[str, pa.Schema],
) -> Examined:
    """Check all files of a run before any of them is used; those that cannot be are removed, to be made again.

    A file whose digest is in the manifest must have it. A part that was written after the manifest, because the
    command was killed, is read through: the checksum of every page, the schema, what the file says of its run, and
    whether its rows are those that its name tells, in their order.

    Parameters
    ----------
    directory, manifest
        Of the run or sweep.
    whole
        Names of the files over all replications.
    tables
        Folders to look at, beside that of the KPIs.
    metadata
        By block: what every part must say of the run that it belongs to.
    schemas
        By folder: the columns of a part.

    Raises
    ------
    UsageError
        If a file cannot be removed.
    """
    files: dict[str, str] = {}
    lost: list[str] = []
    listed = [name for name in whole if name in manifest.files]
    for folder in (KPIS_FOLDER, *tables):
        noted, there = chunks_among(manifest.files, folder), chunks_in(directory / folder)
        listed += [f"{folder}/{chunk.file_name}" for chunk in sorted(noted & there)]
        for chunk in sorted(noted - there):
            # A longer part with the same start has replaced it.
            if not any(c.block == chunk.block and c.start == chunk.start and c.stop > chunk.stop for c in there):
                lost.append(f"{folder}/{chunk.file_name}: missing")
        for chunk in sorted(there - noted):
            name = f"{folder}/{chunk.file_name}"
            known = chunk.block < len(manifest.blocks)
            if known and _sound(
                directory / name, chunk, manifest.blocks[chunk.block], metadata[chunk.block], schemas.get(folder)
            ):
                files[name] = file_digest(directory / name)
            else:
                _remove(directory / name)
                lost.append(f"{name}: damaged")
    for name in listed:
        try:
            if file_digest(directory / name) == manifest.files[name]:
                files[name] = manifest.files[name]
                continue
            lost.append(f"{name}: damaged")
        except FileNotFoundError:
            lost.append(f"{name}: missing")
        except OSError:
            lost.append(f"{name}: damaged")
        if name not in whole:  # Those are written over.
            _remove(directory / name)
    return Examined(files, _notes(directory, sorted(lost)))


def metadata_of(path: Path) -> dict[str, str] | None:
    """Read what a Parquet file says of its run; None if it cannot be read."""
    try:
        require_file(path)
        return _text(pq.read_schema(path).metadata)
    except Exception:  # Damaged bytes raise whatever the part of the reader raises that meets them.
        return None


def columns_of(path: Path) -> list[str] | None:
    """Names of the columns of a Parquet file; None if it cannot be read."""
    try:
        require_file(path)
        names: list[str] = pq.read_schema(path).names
    except Exception:  # As above.
        return None
    return names


def _damaged(path: Path, manifest: Manifest) -> UsageError:
    return UsageError(f"{path.as_posix()}: is damaged; {manifest.remedy}")


def _notes(directory: Path, lost: Sequence[str]) -> list[str]:
    notes = [f"{directory.as_posix()}/{what}, so it is made again" for what in lost[:MOST_NAMED]]
    more = len(lost) - len(notes)
    return notes if more == 0 else [*notes, f"{more} more files are damaged or missing, so they are made again"]


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: is damaged and cannot be removed: {reason(error)}") from error


def _text(metadata: Mapping[bytes, bytes] | None) -> dict[str, str]:
    return {key.decode("utf-8"): value.decode("utf-8") for key, value in (metadata or {}).items()}


def _sound(path: Path, chunk: Chunk, block: Block, metadata: Mapping[str, str], schema: pa.Schema | None) -> bool:
    """Whether a part holds what its name says."""
    try:
        require_file(path)
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if metadata.items() - _text(file.schema_arrow.metadata).items():
                return False
            if schema is not None and _claims(file.schema_arrow, schema) and not file.schema_arrow.equals(schema):
                return False
            _read_through(file, chunk, block, whole=path.parent.name == KPIS_FOLDER)
    except Exception:  # Damaged bytes raise whatever the part of the reader raises that meets them.
        return False
    return True


def _claims(there: pa.Schema, known: pa.Schema) -> bool:
    """Whether a file says that its columns are these: key figures may be those of another version."""
    return not (known.metadata or {}).items() - (there.metadata or {}).items()


def _read_through(file: Any, chunk: Chunk, block: Block, *, whole: bool) -> None:
    """Read all rows; raises an error if they are not in order, or not all there where each replication has one."""
    places = {name: place for place, name in enumerate(block.names)}
    order = np.zeros(0, np.int64)
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group)
        rows.validate(full=True)
        variants, numbers = rows["variant"].combine_chunks(), rows["replication"].to_numpy()
        if np.any(numbers < chunk.start) or np.any(numbers >= chunk.stop):
            raise ValueError("rows of another chunk")
        place = np.array([places[name] for name in variants.dictionary.to_pylist()])[variants.indices.to_numpy()]
        order = np.concatenate([order[-1:], place.astype(np.int64) << 32 | numbers])
        if np.any(np.diff(order) < 0):
            raise ValueError("rows out of order")
    if whole and not _complete(file.metadata.num_rows, chunk, block):
        raise ValueError("rows are missing")


def _complete(rows: int, chunk: Chunk, block: Block) -> bool:
    """Whether a KPI part has a row for every replication of every point; points dropped since may have some too."""
    replications = chunk.stop - chunk.start
    least = sum(point.planned for point in block.points)
    return rows % replications == 0 and least <= rows // replications <= len(block.points)
