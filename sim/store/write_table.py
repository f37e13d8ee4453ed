"""A table written in two forms: Parquet for programs, CSV for Excel."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.store.csv_file import write_csv
from sim.store.digest import Digests
from sim.store.files import atomic


def write_table(directory: Path, stem: str, table: pa.Table, csv: str | None = None) -> Digests:
    """Write ``<stem>.parquet`` and ``<stem>.csv``, in a form of `sim.store.csv_file`, each whole or not at all.

    Returns
    -------
    Digests
        Of both files.
    """
    parquet, text = f"{stem}.parquet", f"{stem}.csv"
    with atomic(directory / parquet) as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
    columns = [column.to_pylist() for column in table.columns]
    return {parquet: file.digest, text: write_csv(directory / text, table.column_names, columns, csv)}
