"""Results over all replications: the replications table and the summary, written when all parts are there."""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.store.files import atomic, write_text
from sim.store.parts import KPIS_FOLDER, chunks_in, longest, part_writer, row_groups
from sim.tables.arrow import Metadata

REPLICATIONS = "replications.parquet"
SUMMARY = "summary.parquet"
SUMMARY_CSV = "summary.csv"

_NOTES = {
    "variant": ("", "Name of the config."),
    "kpi": ("", "Name of the KPI: a column of the replications table."),
    "unit": ("", "Unit of the KPI; of all figures of the row but the counts."),
    "mean": ("", "Mean over the replications in which the KPI is defined."),
    "sd": ("", "Standard deviation between replications (n - 1)."),
    "ci95_low": ("", "Lower end of the 95 % confidence interval of the mean (Student's t)."),
    "ci95_high": ("", "Upper end of the 95 % confidence interval of the mean (Student's t)."),
    "p05": ("", "5 % quantile over replications."),
    "p25": ("", "25 % quantile over replications."),
    "p50": ("", "Median over replications."),
    "p75": ("", "75 % quantile over replications."),
    "p95": ("", "95 % quantile over replications."),
    "replications": ("replications", "Those in which the KPI is defined."),
    "undefined": (
        "replications",
        "Left out: those in which the KPI is undefined (nothing to take a mean of).",
    ),
}


class SummaryRow(NamedTuple):
    """A row of the summary; NaN is "cannot be computed" (see the columns' descriptions)."""

    variant: str
    kpi: str
    unit: str
    mean: float
    sd: float
    ci95_low: float
    ci95_high: float
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    replications: int
    undefined: int


def write_replications(directory: Path, schema: pa.Schema) -> int:
    """Put the KPI parts together into ``replications.parquet``, one part in memory at a time.

    Returns
    -------
    int
        Number of replications.
    """
    total = 0
    with part_writer(directory / REPLICATIONS, schema) as writer:
        for chunk in longest(chunks_in(directory / KPIS_FOLDER)):
            for rows in row_groups(directory / KPIS_FOLDER / chunk.file_name):
                writer.add(rows)
                total += rows.num_rows
    return total


def kpi_columns(directory: Path) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """Name, unit and values (NaN: undefined) of each KPI of a run, one in memory at a time."""
    with pq.ParquetFile(directory / REPLICATIONS) as file:
        schema = file.schema_arrow
        for field in schema:
            if pa.types.is_floating(field.type):
                values = file.read([field.name])[field.name].to_numpy()
                yield field.name, field.metadata[b"unit"].decode("utf-8"), np.asarray(values, np.float64)


def write_summary(directory: Path, rows: Sequence[SummaryRow], metadata: Metadata) -> None:
    """Write ``summary.parquet`` and ``summary.csv`` (empty cell: cannot be computed)."""
    kinds: dict[Any, pa.DataType] = {str: pa.string(), float: pa.float64(), int: pa.int64()}
    schema = pa.schema(
        [
            pa.field(
                name,
                kinds[kind],
                metadata={"unit": _NOTES[name][0], "description": _NOTES[name][1]},
            )
            for name, kind in SummaryRow.__annotations__.items()
        ],
        metadata=dict(metadata),
    )
    columns = [
        pa.array([getattr(row, field.name) for row in rows], field.type, from_pandas=True) for field in schema
    ]
    with atomic(directory / SUMMARY) as file:
        pq.write_table(
            pa.Table.from_arrays(columns, schema=schema), file, compression="zstd", write_page_checksum=True
        )

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SummaryRow._fields)
    for row in rows:
        writer.writerow("" if isinstance(cell, float) and math.isnan(cell) else cell for cell in row)
    write_text(directory / SUMMARY_CSV, text.getvalue())


def read_summary(directory: Path) -> list[SummaryRow]:
    """Read the summary of a run back."""
    columns = pq.read_table(directory / SUMMARY, columns=list(SummaryRow._fields)).columns
    values = [c.to_numpy() if pa.types.is_floating(c.type) else c.to_pylist() for c in columns]
    return [SummaryRow._make(cells) for cells in zip(*values, strict=True)]
