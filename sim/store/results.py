"""Results over all replications: the replications table and the summary, written when all parts are there."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.store.files import atomic, cannot_be_written, write_text
from sim.store.manifest import Block
from sim.store.parts import KPIS_FOLDER, chunks_in, longest, part_writer, row_groups
from sim.store.write_table import csv_cell
from sim.tables.arrow import Metadata, schema_of
from sim.tables.column import Column
from sim.tables.encode import KEYS

REPLICATIONS = "replications.parquet"
SUMMARY = "summary.parquet"
SUMMARY_CSV = "summary.csv"

_KEYS = len(KEYS)


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


_KINDS: dict[Any, Any] = {str: "text", float: "float64", int: "int64"}
SUMMARY_COLUMNS = tuple(
    Column(name, _KINDS[kind], *_NOTES[name]) for name, kind in SummaryRow.__annotations__.items()
)


class Head(NamedTuple):
    """What rows of the results say of their point beside its name.

    Attributes
    ----------
    names
        Names of all points, in the order of the results.
    fields
        Further columns: the factors of a sweep.
    arrays
        Makes these columns for a point and a number of rows.
    cells
        The same columns of a point as they stand in a CSV file.
    """

    names: tuple[str, ...]
    fields: Sequence[pa.Field]
    arrays: Callable[[int, int], list[pa.ChunkedArray]]
    cells: Callable[[int], Sequence[str]]


def write_results(
    directory: Path,
    blocks: Sequence[Block],
    head: Head,
    kpis: Sequence[Column],
    summarise: Callable[[NDArray[np.float64]], Sequence[Sequence[Any]]],
    metadata: Metadata,
) -> int:
    """Put the KPI parts together into ``replications.parquet``, and write ``summary.parquet`` and ``summary.csv``.

    One block of points is in memory at a time. ``summary.csv`` is the last: where it is there, the others are of the
    same replications.

    Parameters
    ----------
    directory
        Of the run or sweep.
    blocks
        Of its manifest.
    head
        What rows say of their point.
    kpis
        Columns of the KPIs.
    summarise
        Makes the statistics of every KPI of a point, one row a KPI, of its values (one row a replication).
    metadata
        Facts about the whole, stored in the files.

    Returns
    -------
    int
        Number of replications, all points together.
    """
    _mark_incomplete(directory)
    schema = _schema(KEYS, head.fields, kpis, metadata)
    summaries: list[list[Any]] = []
    total = 0
    with part_writer(directory / REPLICATIONS, schema) as writer:
        for place, rows in _points(directory, blocks, head.names):
            arrays = [_repeated(head.names, place, rows.num_rows), rows["replication"]]
            arrays += head.arrays(place, rows.num_rows)
            arrays += [rows[kpi.name] for kpi in kpis]
            writer.add(pa.Table.from_arrays(arrays, schema=schema))
            total += rows.num_rows
            values = np.stack([rows[kpi.name].to_numpy() for kpi in kpis], axis=1)
            summaries += [
                [place, kpi.name, kpi.unit, *figures] for kpi, figures in zip(kpis, summarise(values), strict=True)
            ]
    write_summary(directory, head, summaries, metadata)
    return total


def _mark_incomplete(directory: Path) -> None:
    """Remove what is written last, before the others change."""
    path = directory / SUMMARY_CSV
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_be_written(path, error) from error


def _points(directory: Path, blocks: Sequence[Block], names: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
    """Give the KPI rows of every point in the order of `names`."""
    block_of = {
        point.name: number for number, block in enumerate(blocks) for point in block.points if point.config_hash
    }
    chunks = longest(chunks_in(directory / KPIS_FOLDER))
    held, rows, codes = -1, pa.table({}), np.zeros(0)
    for place, name in enumerate(names):
        number = block_of[name]
        if number != held:
            files = (directory / KPIS_FOLDER / chunk.file_name for chunk in chunks if chunk.block == number)
            rows = pa.concat_tables([group for file in files for group in row_groups(file)]).combine_chunks()
            column = rows["variant"].combine_chunks()
            known = {text: code for code, text in enumerate(blocks[number].names)}
            codes = np.array([known[text] for text in column.dictionary.to_pylist()])[column.indices.to_numpy()]
            held = number
        own = np.flatnonzero(codes == blocks[number].names.index(name))
        yield place, rows if len(own) == rows.num_rows else rows.take(pa.array(own))


def _schema(
    first: Sequence[Column], fields: Sequence[pa.Field], last: Sequence[Column], metadata: Metadata
) -> pa.Schema:
    return pa.schema([*schema_of(first, {}), *fields, *schema_of(last, {})], metadata=dict(metadata))


def _repeated(names: Sequence[str], place: int, rows: int) -> pa.Array:
    """One name many times; the dictionary is the whole list, so it is the same in every row group."""
    return pa.DictionaryArray.from_arrays(
        pa.array(np.full(rows, place, np.int32)), pa.array(list(names), pa.string())
    )


def write_summary(directory: Path, head: Head, rows: Sequence[list[Any]], metadata: Metadata) -> None:
    """Write ``summary.parquet`` and ``summary.csv``; each row begins with the place of its point among the names."""
    variant, *others = SUMMARY_COLUMNS
    schema = _schema([variant], head.fields, others, metadata)
    per_point = len(rows) // len(head.names)
    turned = list(zip(*rows, strict=True))
    columns = [pa.array([head.names[place] for place in turned[0]], schema.field(0).type)]
    if head.fields:
        made = [head.arrays(place, per_point) for place in range(len(head.names))]
        columns += [pa.chunked_array([c for a in arrays for c in a.chunks]) for arrays in zip(*made, strict=True)]
    columns += [
        pa.array(cells, schema.field(column.name).type, from_pandas=True)
        for cells, column in zip(turned[1:], others, strict=True)
    ]
    with atomic(directory / SUMMARY) as file:
        table = pa.Table.from_arrays(columns, schema=schema).combine_chunks()
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(schema.names)
    writer.writerows(_csv_rows(head, rows))
    write_text(directory / SUMMARY_CSV, lines.getvalue())


def _csv_rows(head: Head, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    for place, *cells in rows:
        yield [head.names[place], *head.cells(place), *(csv_cell(cell) for cell in cells)]


def read_summary(directory: Path) -> list[SummaryRow]:
    """Read the summary of a run or sweep back."""
    table = pq.read_table(directory / SUMMARY, columns=list(SummaryRow._fields))
    values = [c.to_numpy() if pa.types.is_floating(c.type) else c.to_pylist() for c in table.columns]
    return [SummaryRow._make(cells) for cells in zip(*values, strict=True)]


def sound_rows(directory: Path) -> int:
    """Read the results over all replications through; count the replications, -1 if something is lost or damaged."""
    try:
        rows = sum(group.num_rows for group in row_groups(directory / REPLICATIONS))
        summary = pq.read_table(directory / SUMMARY, page_checksum_verification=True)
        lines = (directory / SUMMARY_CSV).read_bytes().count(b"\n")
    except (OSError, pa.ArrowException):
        return -1
    return rows if lines == summary.num_rows + 1 else -1
