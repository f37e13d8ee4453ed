"""A batch at work: its directory is locked and its books are kept, from the first unit to the summary."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sim.analysis.summary import summarise
from sim.batch.plan import Unit, finished, plan
from sim.batch.prepare import Batch, join
from sim.batch.unit import Failure, kpi_schema
from sim.errors import RunFailed, UsageError
from sim.store.check import remove_damaged
from sim.store.files import reason
from sim.store.lock import Lock
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
from sim.tables.records import TABLES

_SEEN_SECONDS = 60.0
"""A network file system may show the files of other machines so much later."""


def units_of(batch: Batch) -> list[Unit]:
    """List what is left of a batch, from what its directory holds now."""
    done = finished(batch.job.directory)
    return plan(done, batch.tables, batch.replications, batch.manifest.chunk_replications)


class Begun:
    """A batch whose directory is being worked on.

    Attributes
    ----------
    batch
        As its directory is now.
    notes
        What the user should know of the directory.
    failures
        Replications that failed.

    Parameters
    ----------
    batch
        From `sim.batch.prepare.prepare`.
    workers, executor
        How many units are worked at a time and by what, for the manifest.
    command
        What was typed, for the manifest.

    Raises
    ------
    UsageError
        If another run is at work in the directory, or it cannot be written to.
    """

    def __init__(self, batch: Batch, workers: int, executor: str, command: str) -> None:
        directory = batch.job.directory
        self._lock = Lock(directory)
        locked = self._lock.acquire()
        try:
            self.batch = join(batch)  # It may have grown since it was looked at.
            self.notes = list(self.batch.notes)
            if not locked:
                self.notes.append(
                    f"{directory.as_posix()}: its file system has no locks; see to it that nothing else runs there"
                )
            self._tidy()
            damaged = remove_damaged(directory, self.batch.tables, self.batch.job.metadata)
            self.notes += [f"{path}: damaged, so it is made again" for path in damaged]
            self._tidy()
            units = units_of(self.batch)
            run = {
                "command": command,
                "engine": self.batch.job.engine,
                "executor": executor,
                "workers": workers,
                **environment(),
                "replications": self.batch.replications,
                "started": _now(),
                "finished": None,
            }
            self._manifest = replace(self.batch.manifest, runs=(*self.batch.manifest.runs, run))
            self._manifest.write(directory)
        except BaseException:
            self._lock.release()
            raise
        self.failures: list[Failure] = []
        self.to_run = sum(unit.replications for unit in units)
        self._units = units
        self._left = len(units)

    def _tidy(self) -> None:
        directory = self.batch.job.directory
        try:
            tidy(directory)
        except OSError as error:
            raise UsageError(f"{directory.as_posix()}: cannot be written: {reason(error)}") from error

    @property
    def complete(self) -> bool:
        """Whether there is nothing left to do."""
        return self._left == 0

    def units(self) -> Iterator[Unit]:
        """Give each unit that is left."""
        return iter(self._units)

    def unit_done(self) -> None:
        """One unit more is done."""
        self._left -= 1

    def unit_failed(self, failures: tuple[Failure, ...]) -> None:
        """One unit more is not to be had."""
        self._left -= 1
        self.failures += failures

    def close(self, *, wait: bool) -> None:
        """Write the results over all replications, if all are there, and that the work has ended.

        Parameters
        ----------
        wait
            For parts that other machines have written and this one does not see yet.

        Raises
        ------
        RunFailed
            If parts do not appear, or a file cannot be written.
        """
        if self.complete and not self.failures:
            self._tidy()  # A worker elsewhere may still have finished what an earlier run had withdrawn.
            self._see_all_parts(_SEEN_SECONDS if wait else 0.0)
            self._summarise()
        self.stop()

    def stop(self) -> None:
        """Write that the work has ended, wherever it is, and unlock the directory."""
        directory = self.batch.job.directory
        try:
            tidy(directory)
            done = finished(directory).done
            self._manifest.ended(_now(), done, _files(directory)).write(directory)
        finally:
            self.release()

    def release(self) -> None:
        """Unlock the directory."""
        self._lock.release()

    def _see_all_parts(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while units_of(self.batch):
            if time.monotonic() > deadline:
                missing = sum(unit.replications for unit in units_of(self.batch))
                raise RunFailed(
                    f"{self.batch.job.directory.as_posix()}: {missing} replications are said to be finished, and "
                    "their parts are not here: do all workers share this directory?"
                )
            time.sleep(0.2)

    def _summarise(self) -> None:
        job = self.batch.job
        write_replications(job.directory, kpi_schema(job.metadata))
        rows = [
            SummaryRow(job.variant, name, unit, *summarise(values))
            for name, unit, values in kpi_columns(job.directory)
        ]
        write_summary(job.directory, rows, job.metadata)


def _files(directory: Path) -> tuple[str, ...]:
    folders = (KPIS_FOLDER, *TABLES)
    whole = [name for name in (REPLICATIONS, SUMMARY, SUMMARY_CSV) if (directory / name).exists()]
    parts = (f"{folder}/{chunk.file_name}" for folder in folders for chunk in chunks_in(directory / folder))
    return (FILE_NAME, *whole, *sorted(parts))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
