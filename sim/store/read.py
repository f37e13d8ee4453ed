"""Reading a run back as pandas frames."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from sim.errors import UsageError
from sim.store.check import checked, readable
from sim.store.manifest import Manifest
from sim.store.parts import chunks_among, longest
from sim.store.results import UNCERTAINTY
from sim.store.run import open_manifest
from sim.tables.records import TABLES

_FILES = ("replications", "summary", UNCERTAINTY, "plan")


def read(
    directory: str | Path, table: str, columns: Sequence[str] | None = None, *, variant: str | None = None
) -> pd.DataFrame:
    """Read a table of a run or a sweep, in order of replication.

    Parameters
    ----------
    directory
        Directory of the run.
    table
        "replications", "summary", "weekly", "citizens", "schemes", "coordinators", "incidence" or "events";
        "uncertainty" of a run with a posterior; "plan" of a sweep.
    columns
        Only these columns; absent: all.
    variant
        Only the rows of this point of a sweep; absent: of all.

    Returns
    -------
    pandas.DataFrame
        Names are categories, dates are timestamps, what has not happened is NaN or NaT.

    Raises
    ------
    UsageError
        If the run has no such table, or it is damaged.
    """
    folder = Path(directory)
    manifest = _manifest(folder, table)
    wanted = None if columns is None else list(columns)
    with readable(_path(folder, table), manifest):
        if table in TABLES:
            parts = [
                _dataset(files).to_table(columns=wanted, filter=chosen)
                for files, chosen in _blocks(folder, manifest, table, variant)
            ]
            arrow = pa.concat_tables(parts or [_dataset(_parts(folder, manifest, table)).head(0, columns=wanted)])
        else:
            chosen = None if variant is None else ds.field("variant") == variant
            arrow = _dataset(_parts(folder, manifest, table)).to_table(columns=wanted, filter=chosen)
    frame: pd.DataFrame = arrow.to_pandas(date_as_object=False)
    return frame


def _manifest(directory: Path, table: str) -> Manifest:
    """Read the manifest, which must know the table."""
    known = (*_FILES, *TABLES)
    if table not in known:
        raise UsageError(f"no table {table!r}; there are {', '.join(known)}")
    manifest = open_manifest(directory)
    if (table in TABLES and table not in manifest.tables) or _is_elsewhere(table, manifest):
        raise UsageError(f"{directory.as_posix()}: this run has no table {table}")
    return manifest


def _is_elsewhere(table: str, manifest: Manifest) -> bool:
    """Whether only other kinds of directories have a table."""
    return (table == "plan" and manifest.holds == "run") or (table == UNCERTAINTY and manifest.posterior is None)


def _path(directory: Path, table: str) -> Path:
    return directory / (f"{table}.parquet" if table in _FILES else table)


def _parts(directory: Path, manifest: Manifest, table: str) -> list[str]:
    """Give the files of a table, each checked."""
    if table in _FILES:
        return [str(checked(directory, manifest, f"{table}.parquet"))]
    chunks = longest(chunks_among(manifest.files, table))
    if not chunks:
        checked(directory, manifest, table)  # Says that it is not finished.
    return [str(checked(directory, manifest, f"{table}/{chunk.file_name}")) for chunk in chunks]


def _blocks(
    directory: Path, manifest: Manifest, table: str, variant: str | None
) -> Iterator[tuple[list[str], pc.Expression | None]]:
    """Give the part files of each block of a table, checked, and which of their rows are wanted (None: all).

    Points that the plan no longer has stay in their files. If it has one again, its rows may be in another block.
    """
    by_block: dict[int, list[str]] = {}
    for chunk in longest(chunks_among(manifest.files, table)):
        by_block.setdefault(chunk.block, []).append(f"{table}/{chunk.file_name}")
    for number, block in enumerate(manifest.blocks):
        planned = [point.name for point in block.points if point.planned]
        names = [name for name in planned if variant in (None, name)]
        if number in by_block and names:
            whole = len(names) == len(block.points)
            files = [str(checked(directory, manifest, name)) for name in by_block[number]]
            yield files, None if whole else ds.field("variant").isin(names)


def _dataset(files: list[str]) -> ds.Dataset:
    checksums = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
    return ds.dataset(files, format=ds.ParquetFileFormat(default_fragment_scan_options=checksums))
