"""A batch at work: its directory's books are kept from the first unit to the summary."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sim.analysis.summary import summarise
from sim.batch.plan import Unit, finished, plan
from sim.batch.prepare import Batch
from sim.batch.unit import kpi_schema
from sim.engine.records import TABLES
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


def units_of(batch: Batch) -> list[Unit]:
    """List what is left of a batch, from what its directory holds now."""
    done = finished(batch.job.directory)
    return plan(done, batch.tables, batch.replications, batch.manifest.chunk_replications)


class Begun:
    """A batch whose directory is being worked on.

    Parameters
    ----------
    batch
        From `sim.batch.prepare.prepare`.
    workers
        How many units are worked at a time, for the manifest.
    command
        What was typed, for the manifest.
    """

    def __init__(self, batch: Batch, workers: int, command: str) -> None:
        self.batch = batch
        tidy(batch.job.directory)
        units = units_of(batch)
        self.to_run = sum(unit.replications for unit in units)
        self._waiting = iter(units)
        self._left = len(units)
        run = {
            "command": command,
            "engine": batch.job.engine,
            "workers": workers,
            **environment(),
            "replications": batch.replications,
            "started": _now(),
            "finished": None,
        }
        self._manifest = replace(batch.manifest, runs=(*batch.manifest.runs, run))
        self._manifest.write(batch.job.directory)

    @property
    def complete(self) -> bool:
        """Whether all units are done."""
        return self._left == 0

    def units(self) -> Iterator[tuple[Self, Unit]]:
        """Give each unit that is left, with this batch."""
        return ((self, unit) for unit in self._waiting)

    def unit_done(self) -> None:
        """One unit more is done."""
        self._left -= 1

    def stop(self) -> int:
        """Note in the manifest that the work has ended before its end; gives the replications finished."""
        directory = self.batch.job.directory
        count = sum(chunk.stop - chunk.start for chunk in finished(directory).kpis)
        self._manifest.ended(_now(), count, _files(directory)).write(directory)
        return count

    def summarise(self) -> None:
        """Write the results over all replications, and that the work has ended."""
        job = self.batch.job
        total = write_replications(job.directory, kpi_schema(job.metadata))
        rows = [
            SummaryRow(job.variant, name, unit, *summarise(values))
            for name, unit, values in kpi_columns(job.directory)
        ]
        write_summary(job.directory, rows, job.metadata)
        self._manifest.ended(_now(), total, _files(job.directory)).write(job.directory)


def _files(directory: Path) -> tuple[str, ...]:
    folders = (KPIS_FOLDER, *TABLES)
    whole = [name for name in (REPLICATIONS, SUMMARY, SUMMARY_CSV) if (directory / name).exists()]
    parts = (f"{folder}/{chunk.file_name}" for folder in folders for chunk in chunks_in(directory / folder))
    return (FILE_NAME, *whole, *sorted(parts))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
