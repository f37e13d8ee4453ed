"""The work of one process: simulate the replications of a unit and write their part files."""

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from sim.analysis.kpis import KPIS, kpis
from sim.batch.plan import Unit
from sim.engine import simulate
from sim.engine.records import TABLES, Replication
from sim.errors import RunFailed
from sim.model.parameters import Parameters
from sim.store.parts import KPIS_FOLDER, Chunk, part_writer, replications_of
from sim.store.schemas import Metadata, encode_kpis, encode_table, replications_schema, table_schema


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


def kpi_schema(metadata: Metadata) -> pa.Schema:
    """Schema of the replications table."""
    return replications_schema([(kpi.name, kpi.unit, kpi.description) for kpi in KPIS], metadata)


def run_unit(job: Job, unit: Unit) -> int:
    """Simulate a unit and write its part files; the KPI part, the record that it is done, comes last.

    Returns
    -------
    int
        Number of replications simulated.

    Raises
    ------
    RunFailed
        If a replication or a file fails; names the variant, the replication and the seed, or the file.
    """
    folder, name = job.directory, unit.chunk.file_name
    record = kpi_schema(job.metadata)
    schemas = {table: table_schema(table, job.metadata) for table in unit.tables}
    with ExitStack() as stack:
        # Entered first, so renamed last.
        kpi_part = stack.enter_context(part_writer(folder / KPIS_FOLDER / name, record)) if unit.record else None
        parts = {
            table: stack.enter_context(part_writer(folder / table / name, schema))
            for table, schema in schemas.items()
        }
        if unit.replaces is not None and unit.first_run == unit.replaces.stop:
            for table, part in (*parts.items(), (KPIS_FOLDER, kpi_part)):
                if part is not None:
                    for rows in replications_of(folder / table / unit.replaces.file_name):
                        part.add(rows)
        for number in range(unit.first_run, unit.chunk.stop):
            replication, figures = _simulate(job, number, events="events" in unit.tables)
            for table, part in parts.items():
                part.add(
                    encode_table(
                        table,
                        replication.tables[table],
                        job.parameters.names,
                        job.variant,
                        number,
                        job.start,
                        schemas[table],
                    )
                )
            if kpi_part is not None:
                kpi_part.add(encode_kpis([figures], job.variant, [number], record))
    if unit.replaces is not None:
        _remove(folder, unit.replaces)
    return unit.replications


def _simulate(job: Job, number: int, *, events: bool) -> tuple[Replication, dict[str, float]]:
    try:
        replication = simulate(job.parameters, job.seed, number, events=events, engine=job.engine)
        return replication, kpis(replication, job.parameters)
    except Exception as error:
        words = " ".join(str(error).split())
        raise RunFailed(
            f"{job.variant}: replication {number} (seed {job.seed}) failed: {type(error).__name__}: {words}"
        ) from error


def _remove(folder: Path, chunk: Chunk) -> None:
    # The record goes first: without it, leftovers of the tables are known as such.
    for name in (KPIS_FOLDER, *TABLES):
        (folder / name / chunk.file_name).unlink(missing_ok=True)
