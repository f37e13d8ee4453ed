"""Runs a batch: keeps an executor busy with its units, then writes the results over all replications."""

from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from sim.analysis.summary import summarise
from sim.batch.interrupt import CtrlC, Stopped
from sim.batch.plan import Unit, finished, plan
from sim.batch.prepare import Batch
from sim.batch.unit import Job, kpi_schema, run_unit
from sim.engine import get_ready
from sim.engine.records import TABLES
from sim.errors import RunFailed
from sim.store.manifest import FILE_NAME
from sim.store.parts import KPIS_FOLDER, chunks_in, tidy
from sim.store.provenance import environment
from sim.store.results import (
    REPLICATIONS,
    SUMMARY,
    SUMMARY_CSV,
    SummaryRow,
    kpi_columns,
    write_replications,
    write_summary,
)

_WAKE_UP_SECONDS = 0.5
"""On Windows a wait without an end is deaf to Ctrl-C."""


class Progress(Protocol):
    """Is told how far a batch has come."""

    def begin(self, variant: str, done: int, total: int) -> None:
        """A batch begins, with `done` of `total` replications finished earlier."""

    def advance(self, replications: int) -> None:
        """So many more are finished."""

    def stopping(self) -> None:
        """Ctrl-C was pressed; what is in flight is being finished. Must not print."""


def run_batch(batch: Batch, executor: Executor, workers: int, progress: Progress, command: str) -> None:
    """Run what is left of a batch and write the results over all its replications.

    Parameters
    ----------
    batch
        From `sim.batch.prepare.prepare`.
    executor, workers
        Where units are worked, and how many at a time.
    progress
        Is told how far it is.
    command
        What was typed, for the manifest and for the message that tells how to resume.

    Raises
    ------
    RunFailed
        If a replication or a file fails, or a worker dies; finished chunks stay.
    Stopped
        After Ctrl-C, when what was in flight is finished.
    """
    directory = batch.job.directory
    tidy(directory)
    done = finished(directory)
    units = plan(done, batch.tables, batch.replications, batch.manifest.chunk_replications)
    this_run = {
        "command": command,
        "engine": batch.job.engine,
        "workers": workers,
        **environment(),
        "replications": batch.replications,
        "started": _now(),
        "finished": None,
    }
    manifest = replace(batch.manifest, runs=(*batch.manifest.runs, this_run))
    manifest.write(directory)
    if units:
        get_ready(batch.job.engine)
    to_run = sum(unit.replications for unit in units)
    progress.begin(batch.job.variant, batch.replications - to_run, batch.replications)
    try:
        _work(batch.job, units, executor, workers, progress)
    except Stopped as stopped:
        count = sum(chunk.stop - chunk.start for chunk in finished(directory).kpis)
        manifest.ended(_now(), count, _files(directory)).write(directory)
        raise Stopped(
            f"stopped; {count} of {batch.replications} replications of {batch.job.variant} are finished and "
            f"kept in {directory.as_posix()}\nto go on: {command}"
        ) from stopped
    total = write_replications(directory, kpi_schema(batch.job.metadata))
    rows = [
        SummaryRow(batch.job.variant, name, unit, *summarise(values))
        for name, unit, values in kpi_columns(directory)
    ]
    write_summary(directory, rows, batch.job.metadata)
    manifest.ended(_now(), total, _files(directory)).write(directory)


def _work(job: Job, units: Sequence[Unit], executor: Executor, workers: int, progress: Progress) -> None:
    """Keep at most one unit a worker, and one ready, submitted at a time."""
    window = 1 if workers == 1 else workers + 1
    waiting = iter(units)
    pending: set[Future[int]] = set()
    left = len(units)
    with CtrlC(progress.stopping) as ctrl_c:
        while left:
            if ctrl_c.requested:
                pending = {future for future in pending if not future.cancel()}
                if not pending:
                    raise Stopped
            else:
                for unit in islice(waiting, window - len(pending)):
                    pending.add(_submit(executor, job, unit))
            done, pending = wait(pending, _WAKE_UP_SECONDS, FIRST_COMPLETED)
            left -= len(done)
            for future in done:
                progress.advance(_result(future))


def _submit(executor: Executor, job: Job, unit: Unit) -> Future[int]:
    try:
        return executor.submit(run_unit, job, unit)
    except BrokenProcessPool as error:
        raise _worker_died() from error


def _result(future: Future[int]) -> int:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise _worker_died() from error


def _worker_died() -> RunFailed:
    return RunFailed(
        "a worker process died (was it killed, or short of memory?); finished replications are kept: "
        "repeat the command to go on, with fewer --workers if memory was short"
    )


def _files(directory: Path) -> tuple[str, ...]:
    folders = (KPIS_FOLDER, *TABLES)
    whole = [name for name in (REPLICATIONS, SUMMARY, SUMMARY_CSV) if (directory / name).exists()]
    parts = (f"{folder}/{chunk.file_name}" for folder in folders for chunk in chunks_in(directory / folder))
    return (FILE_NAME, *whole, *sorted(parts))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
