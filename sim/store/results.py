"""Results over all replications: the replications table and the summary, written when all parts are there."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import RunFailed
from sim.store.csv_file import write_csv
from sim.store.digest import Digests
from sim.store.files import atomic, cannot_be_written
from sim.store.manifest import Block
from sim.store.parts import KPIS_FOLDER, chunks_in, longest, part_writer, row_groups
from sim.tables.arrow import Metadata, schema_of
from sim.tables.column import Column
from sim.tables.encode import KEYS, variant_column

REPLICATIONS = "replications.parquet"
SUMMARY = "summary.parquet"
SUMMARY_CSV = "summary.csv"
UNCERTAINTY = "uncertainty"
"""Name of the table of a run with a posterior, and of its files without ``.parquet`` and ``.csv``."""
RESULTS = (REPLICATIONS, SUMMARY, SUMMARY_CSV)
"""Files over all replications."""

_KEYS = len(KEYS)


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
    interval_note: str


Places = NDArray[np.int32]


class Head(NamedTuple):
    """What rows of the results say of their point beside its name.

    Attributes
    ----------
    names
        Names of all points, in the order of the results.
    fields
        Further columns: the factors of a sweep.
    arrays
        Makes these columns for some rows, given the place of each row's point among the names.
    cells
        The same columns of a point as they stand in a CSV file.
    """

    names: tuple[str, ...]
    fields: Sequence[pa.Field]
    arrays: Callable[[Places], list[pa.ChunkedArray]]
    cells: Callable[[int], Sequence[Any]]


def write_results(
    directory: Path,
    blocks: Sequence[Block],
    head: Head,
    kpis: Sequence[Column],
    statistics: Sequence[Column],
    summarise: Callable[[NDArray[np.float64]], Sequence[Sequence[Sequence[Any]]]],
    metadata: Metadata,
    csv: str | None = None,
) -> Digests:
    """Put the KPI parts together into ``replications.parquet``, and write ``summary.parquet`` and ``summary.csv``.

    The points of one block are in memory at a time. ``summary.csv`` is written last: where it is there, the others
    are of the same replications.

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
    statistics
        Columns of the summary: variant, KPI, unit, and the statistics.
    summarise
        Makes the statistics of every KPI of some points, of their values (point x replication x KPI).
    metadata
        Facts about the whole, stored in the files.
    csv
        Form of ``summary.csv`` (see `sim.store.csv_file`).

    Returns
    -------
    Digests
        Of the three files.
    """
    _mark_incomplete(directory)
    schema = _schema(KEYS, head.fields, kpis, metadata)
    summaries: list[list[Any]] = []
    with part_writer(directory / REPLICATIONS, schema) as writer:
        for places, rows in _stretches(directory, blocks, head.names):
            arrays = [variant_column(head.names, places), rows["replication"], *head.arrays(places)]
            arrays += [rows[kpi.name] for kpi in kpis]
            writer.add(pa.Table.from_arrays(arrays, schema=schema))
            values = np.stack([rows[kpi.name].to_numpy() for kpi in kpis], axis=1)
            ours = np.unique(places)
            of_points = summarise(values.reshape(len(ours), -1, len(kpis)))
            for place, figures in zip(ours.tolist(), of_points, strict=True):
                named = zip(kpis, figures, strict=True)
                summaries += [[place, kpi.name, kpi.unit, *of_kpi] for kpi, of_kpi in named]
    return {REPLICATIONS: writer.digest, **write_summary(directory, head, statistics, summaries, metadata, csv)}


def _mark_incomplete(directory: Path) -> None:
    """Remove what is written last, before the others change."""
    path = directory / SUMMARY_CSV
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_be_written(path, error) from error


def _stretches(directory: Path, blocks: Sequence[Block], names: Sequence[str]) -> Iterator[tuple[Places, pa.Table]]:
    """Give the KPI rows in the order of `names`, as many points at a time as stand together in a block."""
    block_of = {point.name: number for number, block in enumerate(blocks) for point in block.points if point.planned}
    chunks = longest(chunks_in(directory / KPIS_FOLDER))
    for number, of_block in groupby(enumerate(names), key=lambda item: block_of[item[1]]):
        files = (directory / KPIS_FOLDER / chunk.file_name for chunk in chunks if chunk.block == number)
        rows = pa.concat_tables([group for file in files for group in row_groups(file)]).combine_chunks()
        column = rows["variant"].combine_chunks()
        place_of = {name: place for place, name in of_block}
        ours = np.array([place_of.get(name, -1) for name in column.dictionary.to_pylist()], np.int32)
        places = ours[column.indices.to_numpy()]
        order = np.lexsort((rows["replication"].to_numpy(), places))
        order = order[places[order] >= 0]
        numbers, points = rows["replication"].to_numpy()[order], len(np.unique(places[order]))
        each = numbers[: len(numbers) // points]
        if np.any(np.diff(each) <= 0) or not np.array_equal(numbers, np.tile(each, points)):
            raise RunFailed(f"{directory.as_posix()}: the parts of {KPIS_FOLDER} do not hold every replication once")
        yield places[order], rows.take(pa.array(order))


def _schema(
    first: Sequence[Column], fields: Sequence[pa.Field], last: Sequence[Column], metadata: Metadata
) -> pa.Schema:
    return pa.schema([*schema_of(first, {}), *fields, *schema_of(last, {})], metadata=dict(metadata))


def write_summary(
    directory: Path,
    head: Head,
    statistics: Sequence[Column],
    rows: Sequence[list[Any]],
    metadata: Metadata,
    csv: str | None = None,
) -> Digests:
    """Write ``summary.parquet`` and ``summary.csv``; each row begins with the place of its point among the names.

    Returns
    -------
    Digests
        Of both files.
    """
    variant, *others = statistics
    schema = _schema([variant], head.fields, others, metadata)
    turned = list(zip(*rows, strict=True))
    columns = [pa.array([head.names[place] for place in turned[0]], schema.field(0).type)]
    columns += head.arrays(np.array(turned[0], np.int32))
    columns += [
        pa.array(cells, schema.field(column.name).type, from_pandas=True)
        for cells, column in zip(turned[1:], others, strict=True)
    ]
    cells: list[Sequence[Any]] = [[head.names[place] for place in turned[0]]]
    if head.fields:
        of_point = {place: head.cells(place) for place in set(turned[0])}
        cells += zip(*(of_point[place] for place in turned[0]), strict=True)
    cells += turned[1:]
    with atomic(directory / SUMMARY) as file:
        table = pa.Table.from_arrays(columns, schema=schema).combine_chunks()
        pq.write_table(table, file, compression="zstd", write_page_checksum=True)
    return {SUMMARY: file.digest, SUMMARY_CSV: write_csv(directory / SUMMARY_CSV, schema.names, cells, csv)}


def read_summary(directory: Path) -> list[SummaryRow]:
    """Read the summary of a run or sweep back."""
    table = pq.read_table(directory / SUMMARY, columns=list(SummaryRow._fields))
    values = [c.to_numpy() if pa.types.is_floating(c.type) else c.to_pylist() for c in table.columns]
    return [SummaryRow._make(cells) for cells in zip(*values, strict=True)]


def replications_in(file: Path) -> int:
    """Count the replications in the results over all, all points together."""
    count: int = pq.read_metadata(file).num_rows
    return count
