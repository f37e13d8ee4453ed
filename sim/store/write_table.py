"""A table written in two forms: Parquet for programs, CSV for Excel."""

import csv
import io
import math
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.store.files import atomic, write_text


def write_table(directory: Path, stem: str, table: pa.Table) -> None:
    """Write ``<stem>.parquet`` and ``<stem>.csv`` (empty cell: cannot be computed), each whole or not at all."""
    with atomic(directory / f"{stem}.parquet") as file:
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        writer.writerow(csv_cell(value) for value in row)
    write_text(directory / f"{stem}.csv", text.getvalue())


def csv_cell(value: Any) -> Any:
    """Write a value for a CSV file; nothing for what cannot be computed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or (isinstance(value, float) and math.isnan(value)) else value
