"""Runs batches: one queue of the units of all of them keeps an executor busy; each is summarised when it is done."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Protocol

from sim.batch.begun import Begun, units_of
from sim.batch.interrupt import CtrlC, Stopped
from sim.batch.plan import Unit, finished
from sim.batch.prepare import Batch
from sim.batch.unit import run_unit
from sim.engine import get_ready
from sim.errors import RunFailed

_WAKE_UP_SECONDS = 0.5
"""On Windows a wait without an end is deaf to Ctrl-C."""


class Progress(Protocol):
    """Is told how far the batches have come."""

    def begin(self, variants: int, done: int, total: int) -> None:
        """Work begins, with `done` of `total` replications of all variants finished earlier."""

    def advance(self, variant: str, replications: int) -> None:
        """So many more of a variant are finished (below 0: so many must be run again)."""

    def stopping(self) -> None:
        """Ctrl-C was pressed; what is in flight is being finished. Must not print."""


def run_batches(
    batches: Sequence[Batch], executor: Executor, workers: int, progress: Progress, command: str
) -> None:
    """Run what is left of some batches, and write the results over all replications of each.

    There is one queue over all batches, in their order, so that no worker waits for a batch's last unit; each
    batch's results are written as soon as its own units are done.

    Parameters
    ----------
    batches
        From `sim.batch.prepare.prepare`, each with a directory of its own.
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
    to_run = [sum(unit.replications for unit in units_of(batch)) for batch in batches]
    for engine in sorted({batch.job.engine for batch, left in zip(batches, to_run, strict=True) if left}):
        get_ready(engine)
    total = sum(batch.replications for batch in batches)
    progress.begin(len(batches), total - sum(to_run), total)
    work = _Work(batches, to_run, executor, workers, progress, command)
    with CtrlC(progress.stopping) as ctrl_c:
        try:
            work.all(ctrl_c)
        except Stopped as stopped:
            work.stop()
            raise Stopped(f"stopped; {_how_far(batches)}\nto go on: {command}") from stopped


class _Work:
    """The queue of units, what of it is pending, and the batches that have begun."""

    def __init__(
        self,
        batches: Sequence[Batch],
        to_run: Sequence[int],
        executor: Executor,
        workers: int,
        progress: Progress,
        command: str,
    ) -> None:
        self._executor, self._workers, self._progress, self._command = executor, workers, progress, command
        self._begun: list[Begun] = []
        self._pending: dict[Future[int], Begun] = {}
        self._queue = self._units(batches, to_run)

    def all(self, ctrl_c: CtrlC) -> None:
        """Keep at most one unit a worker, and one ready, submitted at a time."""
        window = 1 if self._workers == 1 else self._workers + 1
        while True:
            if ctrl_c.requested:
                self._pending = {future: of for future, of in self._pending.items() if not future.cancel()}
            else:
                for begun, unit in islice(self._queue, window - len(self._pending)):
                    self._pending[self._submit(begun, unit)] = begun
            if not self._pending:
                break
            done, _ = wait(self._pending, _WAKE_UP_SECONDS, FIRST_COMPLETED)
            for future in done:
                self._take(future, self._pending.pop(future))
        if self._begun or next(self._queue, None) is not None:
            raise Stopped

    def stop(self) -> None:
        """Close the books of the batches that are not complete."""
        for begun in self._begun:
            begun.stop()

    def _units(self, batches: Sequence[Batch], to_run: Sequence[int]) -> Iterator[tuple[Begun, Unit]]:
        for batch, expected in zip(batches, to_run, strict=True):
            begun = Begun(batch, self._workers, self._command)
            self._progress.advance(batch.job.variant, expected - begun.to_run)
            if begun.complete:
                begun.summarise()
                continue
            self._begun.append(begun)
            yield from begun.units()

    def _submit(self, begun: Begun, unit: Unit) -> Future[int]:
        try:
            return self._executor.submit(run_unit, begun.batch.job, unit)
        except BrokenProcessPool as error:
            raise _worker_died() from error

    def _take(self, future: Future[int], begun: Begun) -> None:
        try:
            self._progress.advance(begun.batch.job.variant, future.result())
        except BrokenProcessPool as error:
            raise _worker_died() from error
        begun.unit_done()
        if begun.complete:
            self._begun.remove(begun)
            begun.summarise()


def _how_far(batches: Sequence[Batch]) -> str:
    counts = [sum(chunk.stop - chunk.start for chunk in finished(batch.job.directory).kpis) for batch in batches]
    if len(batches) == 1:
        (batch,), (count,) = batches, counts
        return (
            f"{count} of {batch.replications} replications of {batch.job.variant} are finished and kept in "
            f"{batch.job.directory.as_posix()}"
        )
    complete = sum(count >= batch.replications for batch, count in zip(batches, counts, strict=True))
    total = sum(batch.replications for batch in batches)
    return (
        f"{sum(counts)} of {total} replications are finished and kept; "
        f"{complete} of {len(batches)} variants are complete"
    )


def _worker_died() -> RunFailed:
    return RunFailed(
        "a worker process died (was it killed, or short of memory?); finished replications are kept: "
        "repeat the command to go on, with fewer --workers if memory was short"
    )
