"""The directory of a batch at work: locked, tidied, its manifest kept, its results written at the end."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.draws import uncertainty_table, with_draws
from sim.analysis.incidence.summary import SUMMARY as INCIDENCE_SUMMARY
from sim.analysis.incidence.summary import incidence_summary
from sim.analysis.incidence.table import TABLE as INCIDENCE
from sim.analysis.kpis import COLUMNS, HIGHEST, KPIS_IDENTITY, kpis_now
from sim.analysis.subgroups import parts_of
from sim.analysis.summary import SUMMARY_COLUMNS, Statistics, summarise_many
from sim.batch.chunk import Failure
from sim.batch.plan import ChunkTask
from sim.batch.prepare import Batch, join
from sim.batch.variant import facts_of, names_of
from sim.errors import RunFailed, UsageError
from sim.store.check import examine, metadata_of
from sim.store.digest import Digests
from sim.store.files import reason
from sim.store.lock import Lock
from sim.store.parts import KPIS_FOLDER, chunks_in, every_replication, longest, tidy
from sim.store.plan import PLAN, PLAN_CSV, head_of, write_plan
from sim.store.provenance import environment
from sim.store.results import REPLICATIONS, RESULTS, UNCERTAINTY, Head, replications_in, write_results
from sim.store.write_table import write_table
from sim.tables.arrow import Metadata
from sim.tables.encode import kpi_schema, table_schema

_SEEN_SECONDS = 60.0
"""A network file system may show the files of other machines so much later."""
_NOTED_SECONDS = 30.0
"""So often the digests of finished parts are written down; parts that are younger are read through after a kill."""


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
            self._csv = self.batch.csv or self.batch.manifest.csv
            self._results = results_of(self.batch)
            examined = examine(
                directory,
                self.batch.manifest,
                (PLAN, PLAN_CSV, *self._results),
                self.batch.tables,
                self.batch.block_metadata(),
                _schemas(self.batch),
            )
            self.notes += examined.notes
            self._tidy()
            tasks = self.batch.tasks()
            self.notes += _outdated(tasks)
            written = _written(tasks)
            self._files = {name: digest for name, digest in examined.files.items() if name not in written}
            self._current = not tasks and self._results_are_current()
            run = {
                "command": command,
                "engine": self.batch.job.engine,
                "executor": executor,
                "workers": workers,
                **environment(),
                "replications": self.batch.replications,
                "started": _now(),
            }
            self._manifest = replace(self.batch.manifest.begun(run, self._files), csv=self._csv)
            self._note()
            if self.batch.plan is not None:
                self._files |= write_plan(directory, self.batch.plan, self._csv)
                self._note(PLAN, PLAN_CSV)
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

    def chunk_done(self, files: Digests) -> None:
        """One chunk more is done, and these are its files."""
        self._left -= 1
        self._files |= files
        if time.monotonic() - self._noted_at > _NOTED_SECONDS:
            self._note(PLAN, PLAN_CSV)

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
            if not self._current:
                for name in self._results:  # If this is interrupted, they are of different replications.
                    self._files.pop(name, None)
                self._files |= write_results_of(self.batch, self._csv)
        self.stop()

    def stop(self) -> None:
        """Write that the work has ended, wherever it is, and unlock the directory."""
        directory = self.batch.job.directory
        try:
            tidy(directory)
            files = {name: digest for name, digest in sorted(self._files.items()) if (directory / name).exists()}
            self._manifest.ended(_now(), self.batch.done(), files).write(directory)
        finally:
            self.release()

    def release(self) -> None:
        """Unlock the directory."""
        self._lock.release()

    def _note(self, *also: str) -> None:
        """Write down which files can be used, but not those over all replications that may be about to change."""
        about_to_change = {PLAN, PLAN_CSV, *(() if self._current else self._results)} - {*also}
        files = {name: digest for name, digest in self._files.items() if name not in about_to_change}
        self._manifest = replace(self._manifest, files=files)
        self._manifest.write(self.batch.job.directory)
        self._noted_at = time.monotonic()

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
        file = self.batch.job.directory / REPLICATIONS
        return (
            all(name in self._files for name in self._results)
            and self.batch.manifest.csv == self._csv
            and metadata_of(file) == _metadata(self.batch)
            and replications_in(file) == self.batch.wanted()
        )


def write_results_of(batch: Batch, csv: str | None) -> Digests:
    """Write the results over all replications of a batch, from its parts.

    Parameters
    ----------
    batch
        All of whose parts are there.
    csv
        Form of the summary's CSV file (see `sim.store.csv_file`).

    Returns
    -------
    Digests
        Of the files.
    """
    alone = Head(names_of(batch.variants), (), lambda places: [], lambda place: ())
    incidence: Digests = {}
    if _tells_incidence(batch):
        (variant,) = batch.variants
        folder = batch.job.directory / INCIDENCE
        parts = ((folder / chunk.file_name, chunk) for chunk in longest(chunks_in(folder)))
        rows = (found for file, chunk in parts for _, found in every_replication(file, chunk))
        names = parts_of(variant.parameters.names.groups, variant.parameters.names.departments)
        facts = {**_metadata(batch), **facts_of(INCIDENCE)}
        table = incidence_summary(variant.name, names, rows, facts, batch.manifest.per_draw)
        incidence = write_table(batch.job.directory, INCIDENCE_SUMMARY, table, csv)
    results = write_results(
        batch.job.directory,
        batch.manifest.blocks,
        alone if batch.plan is None else head_of(batch.plan),
        COLUMNS,
        SUMMARY_COLUMNS,
        lambda values: _summarised(values, batch.manifest.per_draw, batch.manifest.posterior is not None),
        _metadata(batch),
        csv,
    )
    return {**incidence, **results, **_write_uncertainty(batch, csv)}


def _summarised(values: NDArray[np.float64], per_draw: int, drawn: bool) -> Sequence[Sequence[Statistics]]:
    made = summarise_many(values, HIGHEST)
    return with_draws(made, values, HIGHEST, per_draw) if drawn else made


def _write_uncertainty(batch: Batch, csv: str | None) -> Digests:
    """Write both uncertainties of a run with a posterior, apart."""
    if batch.manifest.posterior is None:
        return {}
    rows = pq.read_table(batch.job.directory / REPLICATIONS, columns=[column.name for column in COLUMNS])
    values = np.stack([rows[column.name].to_numpy() for column in COLUMNS], axis=1)
    (variant,) = batch.variants
    table = uncertainty_table(variant.name, values, batch.manifest.per_draw, _metadata(batch))
    return write_table(batch.job.directory, UNCERTAINTY, table, csv)


def _tells_incidence(batch: Batch) -> bool:
    """Whether incidence is summed up: of a run that keeps it. Of a sweep that would be as long as it has points."""
    return batch.plan is None and INCIDENCE in batch.tables


def results_of(batch: Batch) -> tuple[str, ...]:
    """Names of the files over all replications."""
    incidence = tuple(f"{INCIDENCE_SUMMARY}.{ending}" for ending in ("parquet", "csv"))
    uncertainty = tuple(f"{UNCERTAINTY}.{ending}" for ending in ("parquet", "csv"))
    return (
        *(incidence if _tells_incidence(batch) else ()),
        *RESULTS,
        *(uncertainty if batch.manifest.posterior is not None else ()),
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


def _written(tasks: Sequence[ChunkTask]) -> set[str]:
    """Names of the part files that tasks will write, over what is there."""
    folders = (
        (task.chunk, (*task.tables, *([KPIS_FOLDER] if task.record or task.refill else []))) for task in tasks
    )
    return {f"{folder}/{chunk.file_name}" for chunk, of_task in folders for folder in of_task}


def _schemas(batch: Batch) -> dict[str, pa.Schema]:
    """Columns of the parts in each folder, as this version writes them."""
    schemas: dict[str, pa.Schema] = {table: table_schema(table, {}) for table in batch.tables}
    schemas[KPIS_FOLDER] = kpi_schema(COLUMNS, {KPIS_IDENTITY: kpis_now()})
    return schemas


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
