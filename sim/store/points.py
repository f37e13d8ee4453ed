"""Results over all points of a sweep, put together from the points' own, one point in memory at a time."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sim.config.experiment import Point
from sim.store.files import atomic
from sim.store.parts import part_writer, row_groups
from sim.store.plan import Columns
from sim.store.results import REPLICATIONS, SUMMARY, SUMMARY_CSV
from sim.tables.arrow import Metadata

POINTS_FOLDER = "points"
"""Folder of the points' run directories."""


def point_directory(directory: Path, name: str) -> Path:
    """Run directory of a point."""
    return directory / POINTS_FOLDER / name


def write_all_replications(directory: Path, columns: Columns, points: Sequence[Point], metadata: Metadata) -> int:
    """Write ``replications.parquet`` over all points: the key, the factors, and one column a KPI.

    Returns
    -------
    int
        Number of replications, all points together.
    """
    first = pq.read_schema(point_directory(directory, points[0].name) / REPLICATIONS)
    kpis = first.names[2:]
    head = [first.field("variant"), first.field("replication")]
    schema = pa.schema([*head, *columns.fields(), *(first.field(kpi) for kpi in kpis)], metadata=dict(metadata))
    total = 0
    with part_writer(directory / REPLICATIONS, schema) as writer:
        for point in points:
            for rows in row_groups(point_directory(directory, point.name) / REPLICATIONS):
                same = [point] * rows.num_rows
                arrays = [columns.variant(same), rows["replication"], *columns.arrays(same)]
                arrays += [rows[kpi] for kpi in kpis]
                writer.add(pa.Table.from_arrays(arrays, schema=schema))
                total += rows.num_rows
    return total


def write_all_summaries(directory: Path, columns: Columns, points: Sequence[Point], metadata: Metadata) -> None:
    """Write ``summary.parquet`` and ``summary.csv`` over all points: the key, the factors, and the statistics."""
    first = pq.read_schema(point_directory(directory, points[0].name) / SUMMARY)
    own = first.names[1:]
    schema = pa.schema(
        [first.field("variant"), *columns.fields(), *(first.field(name) for name in own)], metadata=dict(metadata)
    )
    with (
        atomic(directory / SUMMARY) as file,
        pq.ParquetWriter(file, schema, compression="zstd", write_page_checksum=True) as writer,
        atomic(directory / SUMMARY_CSV) as text,
    ):
        text.write(_csv_lines([["variant", *columns.headings, *own]]))
        for point in points:
            rows = pq.read_table(point_directory(directory, point.name) / SUMMARY)
            arrays = [rows["variant"], *columns.arrays([point] * rows.num_rows), *(rows[name] for name in own)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            cells = columns.cells(point)
            text.write(_csv_lines([point.name, *cells, *_own(row, own)] for row in rows.to_pylist()))


def _own(row: Mapping[str, object], names: Sequence[str]) -> list[object]:
    """The statistics of a row; an empty cell is what cannot be computed."""
    values = [row[name] for name in names]
    return ["" if value is None or (isinstance(value, float) and math.isnan(value)) else value for value in values]


def _csv_lines(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")
