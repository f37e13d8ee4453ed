"""The work of one process: simulate the replications of a unit and write their part files."""

import platform
import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sim.analysis.kpis import COLUMNS, Floats, kpi_values
from sim.batch.executors import check_abandoned
from sim.batch.plan import Unit
from sim.engine import get_ready, simulate
from sim.errors import RunFailed
from sim.model.parameters import Parameters
from sim.store.manifest import FILE_NAME
from sim.store.parts import KPIS_FOLDER, Chunk, PartWriter, part_writer, replications_of
from sim.tables.arrow import Metadata
from sim.tables.encode import encode_kpis, encode_table, table_schema
from sim.tables.encode import kpi_schema as schema_of_kpis
from sim.tables.records import TABLES, Replication, Table, TableName

MOST_FAILURES = 20
"""So many failures show what is wrong; then no more are looked for."""

_compiling = threading.Lock()


class Job(NamedTuple):
    """What all units of a batch share; sent to the process that does the work.

    Attributes
    ----------
    variant
        Name of the config.
    directory
        Directory of the run.
    parameters, seed, engine
        What `sim.engine.simulate` needs.
    start
        Calendar date of week 0.
    metadata
        Facts about the run, stored in every file.
    """

    variant: str
    directory: Path
    parameters: Parameters
    seed: int
    engine: str
    start: date
    metadata: Metadata


class Failure(NamedTuple):
    """A replication that cannot be had.

    Attributes
    ----------
    replication
        Its number.
    reason
        What follows after "replication 12 (seed 1)".
    """

    replication: int
    reason: str


class Outcome(NamedTuple):
    """What became of a unit: it is done, or nothing of it is there because some of its replications failed."""

    simulated: int
    failures: tuple[Failure, ...] = ()


class _Incomplete(Exception):  # noqa: N818 - what happened, not what kind of error
    """Some replications of a unit failed."""

    def __init__(self, failures: tuple[Failure, ...]) -> None:
        super().__init__(failures)
        self.failures = failures


class _Unreadable(Exception):  # noqa: N818 - what happened, not what kind of error
    """The part that a unit continues cannot be read."""


def kpi_schema(metadata: Metadata) -> pa.Schema:
    """Schema of the replications table."""
    return schema_of_kpis(COLUMNS, metadata)


def run_unit(job: Job, unit: Unit) -> Outcome:
    """Simulate a unit and write its part files; the KPI part, the record that it is done, comes last.

    A unit that is done already is not done again: a worker may have died after its last file.

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
    with _compiling:
        get_ready(job.engine)
    record = job.directory / KPIS_FOLDER / unit.chunk.file_name
    if not unit.record or not record.exists():
        try:
            _write(job, unit)
        except _Incomplete as incomplete:
            return Outcome(0, incomplete.failures)
        except _Unreadable:
            if not record.exists():  # If it does, another worker was faster.
                return run_unit(job, unit._replace(first_run=unit.chunk.start))
    if unit.replaces is not None:
        _remove(job.directory, unit.replaces)
    return Outcome(unit.replications)


def try_alone(job: Job, number: int) -> Failure | None:
    """Simulate one replication and write nothing, to see whether it fails."""
    try:
        _simulate(job, number, tuple(TABLES))
    except RunFailed as failed:
        return Failure(number, str(failed))
    return None


def _write(job: Job, unit: Unit) -> None:
    folder, name = job.directory, unit.chunk.file_name
    record = kpi_schema(job.metadata)
    schemas = {table: table_schema(table, job.metadata) for table in unit.tables}
    failures: list[Failure] = []
    with ExitStack() as stack:
        # Entered first, so renamed last.
        kpi_part = None
        if unit.record:
            encode = partial(_encode_kpis, job, record)
            kpi_part = stack.enter_context(part_writer(folder / KPIS_FOLDER / name, record, encode))
        parts = {
            table: stack.enter_context(
                part_writer(folder / table / name, schema, partial(_encode, job, table, schema))
            )
            for table, schema in schemas.items()
        }
        if unit.replaces is not None and unit.first_run == unit.replaces.stop:
            _copy(folder, unit.replaces, [*parts.items(), (KPIS_FOLDER, kpi_part)])
        for number in range(unit.first_run, unit.chunk.stop):
            check_abandoned()
            try:
                replication, figures = _simulate(job, number, unit.tables)
            except RunFailed as failed:
                failures.append(Failure(number, str(failed)))
                if len(failures) == MOST_FAILURES:
                    break
            if failures:  # The others are still tried, to tell of all that fail.
                continue
            for table, part in parts.items():
                columns = replication.tables[table]
                part.add_records(number, columns, len(next(iter(columns.values()))))
            if kpi_part is not None:
                kpi_part.add_records(number, figures, 1)
        check_abandoned()
        if failures:
            raise _Incomplete(tuple(failures))


def _encode(
    job: Job, table: TableName, schema: pa.Schema, numbers: Sequence[int], records: Sequence[Table]
) -> pa.Table:
    return encode_table(table, records, job.parameters.names, job.variant, numbers, job.start, schema)


def _encode_kpis(job: Job, schema: pa.Schema, numbers: Sequence[int], records: Sequence[Floats]) -> pa.Table:
    return encode_kpis(np.stack(records), [job.variant], [0] * len(numbers), numbers, schema)


def _copy(folder: Path, chunk: Chunk, parts: Iterable[tuple[str, PartWriter | None]]) -> None:
    """Begin the parts with those of a shorter chunk."""
    for table, part in parts:
        if part is not None:
            try:
                for rows in replications_of(folder / table / chunk.file_name):
                    part.add(rows)
            except (OSError, pa.ArrowException) as error:
                raise _Unreadable(table) from error


def _simulate(job: Job, number: int, tables: Collection[TableName]) -> tuple[Replication, Floats]:
    kept = {"events": "events" in tables, "weekly": "weekly" in tables}
    try:
        replication = simulate(job.parameters, job.seed, number, **kept, engine=job.engine)
        return replication, kpi_values(replication, job.parameters)
    except Exception as error:
        words = " ".join(str(error).split())
        raise RunFailed(f"failed: {type(error).__name__}: {words}") from error


def _remove(folder: Path, chunk: Chunk) -> None:
    # The record goes first: without it, leftovers of the tables are known as such.
    for name in (KPIS_FOLDER, *TABLES):
        (folder / name / chunk.file_name).unlink(missing_ok=True)
