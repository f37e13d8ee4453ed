"""A table written in two forms: Parquet for programs, CSV for Excel."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.store.csv_file import write_csv
from sim.store.files import atomic


def write_table(directory: Path, stem: str, table: pa.Table, csv: str | None = None) -> None:
    """Write ``<stem>.parquet`` and ``<stem>.csv``, in a form of `sim.store.csv_file`, each whole or not at all."""
    with atomic(directory / f"{stem}.parquet") as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
    columns = [column.to_pylist() for column in table.columns]
    write_csv(directory / f"{stem}.csv", table.column_names, columns, csv)
