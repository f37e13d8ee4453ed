"""The work of one process: simulate the replications of a chunk and write its part files."""

import platform
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.analysis.kpis import COLUMNS, KPI_TABLES, KPIS_IDENTITY, kpi_values, kpis_now
from sim.analysis.kpis.kpi import Floats
from sim.batch.plan import ChunkTask
from sim.batch.variant import Variant, facts_of, replicate
from sim.batch.workers.local import check_abandoned
from sim.engine import get_ready
from sim.errors import RunFailed
from sim.store.digest import Digests
from sim.store.manifest import FILE_NAME
from sim.store.parts import (
    KPIS_FOLDER,
    Chunk,
    PartWriter,
    every_replication,
    part_writer,
    replications_of,
    row_groups,
)
from sim.tables.arrow import Metadata
from sim.tables.decode import decode_table
from sim.tables.encode import encode_kpis, encode_table, kpi_schema, table_schema
from sim.tables.records import TABLES, Replication, Table, TableName

MOST_FAILURES = 20
"""So many failures show what is wrong; then no more are looked for."""

_compiling = threading.Lock()

Key = tuple[int, Variant, int]
"""What rows belong to: the variant with its place in the block, and the number of the replication."""


class Job(NamedTuple):
    """What all chunks of a batch share; sent to the process that does the work.

    Attributes
    ----------
    name
        Of the config or the experiment.
    directory
        Of the run or the sweep.
    seed, engine
        What `sim.engine.simulate` needs.
    metadata
        Facts about the whole, stored in every file.
    """

    name: str
    directory: Path
    seed: int
    engine: str
    metadata: Metadata


class Failure(NamedTuple):
    """A replication that could not be simulated.

    Attributes
    ----------
    variant, replication
        Which.
    reason
        What follows after "replication 12 (seed 1)".
    """

    variant: str
    replication: int
    reason: str


class Outcome(NamedTuple):
    """What became of a chunk: it is done, or nothing of it is there because some of its replications failed.

    Attributes
    ----------
    simulated
        Number of replications.
    failures
        Those that failed.
    files
        Path from the directory, and digest, of each part file written.
    """

    simulated: int
    failures: tuple[Failure, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


class _Incomplete(Exception):  # noqa: N818 - what happened, not what kind of error
    """Some replications of a chunk failed."""

    def __init__(self, failures: tuple[Failure, ...]) -> None:
        super().__init__(failures)
        self.failures = failures


class _Unreadable(Exception):  # noqa: N818 - what happened, not what kind of error
    """The part that a chunk continues, or is filled from, cannot be read."""


def run_chunk(job: Job, task: ChunkTask) -> Outcome:
    """Simulate a chunk and write its part files; the KPI part, the record that it is done, comes last.

    A chunk that is done already is written again, the same bytes: a worker may have died before it could tell their
    digests.

    Raises
    ------
    RunFailed
        If a file cannot be written; names the file.
    """
    if not (job.directory / FILE_NAME).exists():
        raise RunFailed(
            f"{platform.node()} does not see {job.directory.as_posix()}: every worker must share the directory of "
            "the run, under the same path; choose an --out that all machines have"
        )
    if task.refill:
        try:
            return Outcome(0, files=tuple(_refill(job, task).items()))
        except _Unreadable:  # A page in the middle of a table is damaged, which nobody had looked at.
            task = task._replace(refill=False, renews=True, tables=KPI_TABLES)
    with _compiling:
        get_ready(job.engine)
    try:
        files = _write(job, task)
    except _Incomplete as incomplete:
        return Outcome(0, incomplete.failures)
    except _Unreadable:  # It may be gone: another worker, thought lost, was faster.
        return run_chunk(job, task._replace(first_run=task.chunk.start))
    if task.replaces is not None:
        _remove(job.directory, task.replaces)
    return Outcome(task.replications, files=tuple(files.items()))


def try_alone(job: Job, variant: Variant, number: int) -> Failure | None:
    """Simulate one replication and write nothing, to see whether it fails."""
    try:
        _simulate(job, variant, number, tuple(TABLES))
    except RunFailed as failed:
        return Failure(variant.name, number, str(failed))
    return None


def _write(job: Job, task: ChunkTask) -> Digests:
    with ExitStack() as stack:
        # Entered first, so renamed last.
        kpi_part = stack.enter_context(_kpi_writer(job, task)) if task.record else None
        parts = {table: stack.enter_context(_table_writer(job, task, table)) for table in task.tables}
        continues = task.replaces is not None and task.first_run == task.replaces.stop
        failures: list[Failure] = []
        for place, variant in task.variants:
            if continues and task.replaces is not None:
                _copy(job.directory, task, variant.name, [*parts.items(), (KPIS_FOLDER, kpi_part)])
            for number in range(task.first_run, task.chunk.stop):
                check_abandoned()
                try:
                    replication, figures = _simulate(job, variant, number, task.tables)
                except RunFailed as failed:
                    failures.append(Failure(variant.name, number, str(failed)))
                    if len(failures) == MOST_FAILURES:
                        break
                if failures:  # The others are still tried, to tell of all that fail.
                    continue
                key = place, variant, number
                for table, part in parts.items():
                    columns = replication.tables[table]
                    part.add_records(key, columns, len(next(iter(columns.values()))))
                if kpi_part is not None:
                    kpi_part.add_records(key, figures, 1)
            for part in parts.values():
                part.flush()  # A row group holds one variant, so that a reader finds it.
            if len(failures) == MOST_FAILURES:
                break
        check_abandoned()
        if failures:
            raise _Incomplete(tuple(failures))
    written = [*parts.items(), *([] if kpi_part is None else [(KPIS_FOLDER, kpi_part)])]
    return {f"{folder}/{task.chunk.file_name}": part.digest for folder, part in written}


def _refill(job: Job, task: ChunkTask) -> Digests:
    """Compute the KPIs of finished replications again, from the tables that are kept."""
    with _kpi_writer(job, task) as part:
        for place, variant in task.variants:
            alone = None if len(task.names) == 1 else variant.name
            kept = {table: _kept(job.directory / table / task.chunk.file_name, alone, task) for table in KPI_TABLES}
            for number in range(task.chunk.start, task.chunk.stop):
                records = {
                    table: decode_table(table, next(rows), variant.parameters.names) for table, rows in kept.items()
                }
                figures = kpi_values(Replication(number, records), variant.parameters)
                part.add_records((place, variant, number), figures, 1)
    return {f"{KPIS_FOLDER}/{task.chunk.file_name}": part.digest}


def _kept(file: Path, alone: str | None, task: ChunkTask) -> Iterator[pa.Table]:
    """Rows of every replication of a part."""
    try:
        for _, rows in every_replication(file, task.chunk, None, alone):
            yield rows
    except (OSError, pa.ArrowException) as error:
        raise _Unreadable(file) from error


def _kpi_writer(job: Job, task: ChunkTask) -> AbstractContextManager[PartWriter]:
    schema = kpi_schema(COLUMNS, {**job.metadata, **task.metadata, KPIS_IDENTITY: kpis_now()})
    path = job.directory / KPIS_FOLDER / task.chunk.file_name
    return part_writer(path, schema, partial(_encode_kpis, task, schema))


def _table_writer(job: Job, task: ChunkTask, table: TableName) -> AbstractContextManager[PartWriter]:
    schema = table_schema(table, {**job.metadata, **task.metadata, **facts_of(table)})
    path = job.directory / table / task.chunk.file_name
    return part_writer(path, schema, partial(_encode, table, schema))


def _encode(table: TableName, schema: pa.Schema, keys: Sequence[Key], records: Sequence[Table]) -> pa.Table:
    _, variant, _ = keys[0]  # A row group holds one variant.
    numbers = [number for _, _, number in keys]
    return encode_table(table, records, variant.parameters.names, variant.name, numbers, variant.start, schema)


def _encode_kpis(task: ChunkTask, schema: pa.Schema, keys: Sequence[Key], records: Sequence[Floats]) -> pa.Table:
    places, numbers = [place for place, _, _ in keys], [number for _, _, number in keys]
    return encode_kpis(np.stack(records), task.names, places, numbers, schema)


def _copy(folder: Path, task: ChunkTask, variant: str, parts: Iterable[tuple[str, PartWriter | None]]) -> None:
    """Begin a variant's rows in the parts with those of a shorter chunk."""
    assert task.replaces is not None
    alone = None if len(task.names) == 1 else variant
    for table, part in parts:
        if part is not None:
            path = folder / table / task.replaces.file_name
            try:
                if table == KPIS_FOLDER:
                    part.add(_of_variant(path, variant))
                else:
                    for _, rows in replications_of(path, None, alone):
                        part.add(rows)
            except (OSError, pa.ArrowException) as error:
                raise _Unreadable(table) from error


def _of_variant(path: Path, variant: str) -> pa.Table:
    """The rows of a variant in a KPI part."""
    rows = pa.concat_tables(row_groups(path))
    return rows.filter(pc.equal(rows["variant"], variant))


def _simulate(job: Job, variant: Variant, number: int, tables: Sequence[TableName]) -> tuple[Replication, Floats]:
    try:
        return replicate(variant.parameters_of(number), job.seed, number, tables=tables, engine=job.engine)
    except Exception as error:
        words = " ".join(str(error).split())
        raise RunFailed(f"failed: {type(error).__name__}: {words}") from error


def _remove(folder: Path, chunk: Chunk) -> None:
    # The record goes first: without it, leftovers of the tables are known as such.
    for name in (KPIS_FOLDER, *TABLES):
        (folder / name / chunk.file_name).unlink(missing_ok=True)
