"""The directory of a batch at work: locked, tidied, its manifest kept, its results written at the end."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sim.analysis.kpis import COLUMNS, HIGHEST, KPIS_IDENTITY, kpis_now
from sim.analysis.summary import SUMMARY_COLUMNS, summarise_many
from sim.batch.chunk import Failure
from sim.batch.plan import ChunkTask
from sim.batch.prepare import Batch, join
from sim.batch.variant import names_of
from sim.errors import RunFailed, UsageError
from sim.store.check import metadata_of, remove_damaged
from sim.store.csv_file import form_of
from sim.store.files import reason
from sim.store.lock import Lock
from sim.store.manifest import FILE_NAME
from sim.store.parts import KPIS_FOLDER, chunks_in, tidy
from sim.store.plan import PLAN, PLAN_CSV, head_of, write_plan
from sim.store.provenance import environment
from sim.store.results import REPLICATIONS, SUMMARY, SUMMARY_CSV, Head, sound_rows, write_results
from sim.tables.arrow import Metadata
from sim.tables.records import TABLES

_SEEN_SECONDS = 60.0
"""A network file system may show the files of other machines so much later."""
_WHOLE = (REPLICATIONS, SUMMARY, SUMMARY_CSV)


class RunDirectory:
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
        From `sim.batch.prepare`.
    workers, executor
        How many chunks are worked on at a time and by what, for the manifest.
    command
        What was typed, for the manifest.

    Raises
    ------
    UsageError
        If another command is at work in the directory, or it cannot be written to.
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
            self._csv = self.batch.csv or form_of(directory / SUMMARY_CSV)
            self._tidy()
            blocks, metadata = self.batch.manifest.blocks, self.batch.block_metadata()
            damaged = remove_damaged(directory, self.batch.tables, blocks, metadata)
            self.notes += [f"{path}: damaged, so it is made again" for path in damaged]
            self._tidy()
            tasks = self.batch.tasks()
            self.notes += _outdated(tasks)
            run = {
                "command": command,
                "engine": self.batch.job.engine,
                "executor": executor,
                "workers": workers,
                **environment(),
                "replications": self.batch.replications,
                "started": _now(),
            }
            self._manifest = self.batch.manifest.begun(run)
            self._manifest.write(directory)
            if self.batch.plan is not None:
                write_plan(directory, self.batch.plan, self._csv)
        except BaseException:
            self._lock.release()
            raise
        self.failures: list[Failure] = []
        self.to_run = sum(task.replications for task in tasks)
        self._tasks = tasks
        self._left = len(tasks)

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

    def tasks(self) -> Iterator[ChunkTask]:
        """Give each chunk that is left."""
        return iter(self._tasks)

    def chunk_done(self) -> None:
        """One chunk more is done."""
        self._left -= 1

    def chunk_failed(self, failures: tuple[Failure, ...]) -> None:
        """One chunk more could not be made."""
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
            if self._tasks or not self._results_are_current():
                write_results_of(self.batch, self._csv)
        self.stop()

    def stop(self) -> None:
        """Write that the work has ended, wherever it is, and unlock the directory."""
        directory = self.batch.job.directory
        try:
            tidy(directory)
            self._manifest.ended(_now(), self.batch.done(), _files(directory)).write(directory)
        finally:
            self.release()

    def release(self) -> None:
        """Unlock the directory."""
        self._lock.release()

    def _see_all_parts(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while tasks := self.batch.tasks():
            if time.monotonic() > deadline:
                missing = sum(task.replications for task in tasks)
                raise RunFailed(
                    f"{self.batch.job.directory.as_posix()}: {missing} replications are said to be finished, and "
                    "their parts are not here: do all workers share this directory?"
                )
            time.sleep(0.2)

    def _results_are_current(self) -> bool:
        """Whether the results over all replications are those of the parts: nothing has come since."""
        directory = self.batch.job.directory
        told = metadata_of(directory / REPLICATIONS)
        same_form = form_of(directory / SUMMARY_CSV) == self._csv
        return same_form and told == _metadata(self.batch) and sound_rows(directory) == self.batch.wanted()


def write_results_of(batch: Batch, csv: str | None) -> None:
    """Write the results over all replications of a batch, from its KPI parts.

    Parameters
    ----------
    batch
        All of whose parts are there.
    csv
        Form of the summary's CSV file (see `sim.store.csv_file`).
    """
    alone = Head(names_of(batch.variants), (), lambda places: [], lambda place: ())
    write_results(
        batch.job.directory,
        batch.manifest.blocks,
        alone if batch.plan is None else head_of(batch.plan),
        COLUMNS,
        SUMMARY_COLUMNS,
        lambda values: summarise_many(values, HIGHEST),
        _metadata(batch),
        csv,
    )


def _metadata(batch: Batch) -> Metadata:
    """Facts about the whole, stored in the results: also which points and which key figures these are."""
    points = " ".join(f"{variant.name}={variant.config_hash}" for variant in batch.variants)
    return {**batch.job.metadata, "sim.variants": points, KPIS_IDENTITY: kpis_now()}


def _outdated(tasks: list[ChunkTask]) -> list[str]:
    """Say how many replications have key figures of another version."""
    notes = []
    if filled := sum(1 for task in tasks if task.refill):
        notes.append(f"the key figures have changed: those of {filled} chunks are computed again from their tables")
    if renewed := sum(task.replications for task in tasks if task.renews):
        notes.append(
            f"the key figures have changed, and the tables from which they follow were not kept: "
            f"{renewed} replications are simulated again"
        )
    return notes


def _files(directory: Path) -> tuple[str, ...]:
    folders = (KPIS_FOLDER, *TABLES)
    whole = [name for name in (PLAN, PLAN_CSV, *_WHOLE) if (directory / name).exists()]
    parts = (f"{folder}/{chunk.file_name}" for folder in folders for chunk in chunks_in(directory / folder))
    return (FILE_NAME, *whole, *sorted(parts))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
