"""Reading a run back as pandas frames."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from sim.errors import UsageError
from sim.store.check import readable
from sim.tables.records import TABLES

_FILES = ("replications", "summary", "plan")


def read(
    directory: str | Path, table: str, columns: Sequence[str] | None = None, *, variant: str | None = None
) -> pd.DataFrame:
    """Read a table of a run or a sweep, in order of replication.

    Parameters
    ----------
    directory
        Directory of the run.
    table
        "replications", "summary", "weekly", "citizens", "coordinators" or "events"; "plan" of a sweep.
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
    path = _path(directory, table)
    with readable(path):
        chosen = None if variant is None else ds.field("variant") == variant
        arrow = _dataset(path).to_table(columns=None if columns is None else list(columns), filter=chosen)
    frame: pd.DataFrame = arrow.to_pandas(date_as_object=False)
    return frame


def describe(directory: str | Path, table: str) -> pd.DataFrame:
    """List the columns of a table of a run: name, type, unit and description."""
    path = _path(directory, table)
    with readable(path):
        schema: pa.Schema = _dataset(path).schema
    return pd.DataFrame(
        {
            "column": schema.names,
            "type": [str(field.type) for field in schema],
            "unit": [field.metadata[b"unit"].decode("utf-8") for field in schema],
            "description": [field.metadata[b"description"].decode("utf-8") for field in schema],
        }
    )


def _path(directory: str | Path, table: str) -> Path:
    known = (*_FILES, *TABLES)
    if table not in known:
        raise UsageError(f"no table {table!r}; there are {', '.join(known)}")
    path = Path(directory) / (f"{table}.parquet" if table in _FILES else table)
    if not path.exists():
        raise UsageError(f"{Path(directory).as_posix()}: this run has no table {table}")
    return path


def _dataset(path: Path) -> ds.Dataset:
    checked = ds.ParquetFragmentScanOptions(page_checksum_verification=True)
    return ds.dataset(path, format=ds.ParquetFileFormat(default_fragment_scan_options=checked))
