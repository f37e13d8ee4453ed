"""Runs batches: one queue of the chunks of all of them; each is summarised when its own chunks are done."""

import os
import sys
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self

from sim.batch.failed import report
from sim.batch.prepare import Batch
from sim.batch.queue import Item, Queue
from sim.batch.room import refuse_too_large
from sim.batch.run_directory import RunDirectory
from sim.batch.workers.base import Workers
from sim.batch.workers.interrupt import CtrlC, Stopped
from sim.engine import get_ready
from sim.errors import RunFailed, UsageError
from sim.safe_text import safe_lines
from sim.store.lock import Lock


class Progress(Protocol):
    """Is told how far the batches have come."""

    def begin(self, variants: int, done: int, total: int) -> None:
        """Work begins, with `done` of `total` replications of all variants finished earlier."""

    def more(self, replications: int) -> None:
        """So many more are to be done than was known when work began."""

    def advance(self, variant: str, replications: int) -> None:
        """So many more of a variant are finished (below 0: so many must be run again)."""

    def note(self, text: str) -> None:
        """Something happened that the user should know of, and the work goes on."""

    def stopping(self) -> None:
        """Ctrl-C was pressed; what is in flight is being finished. Must not print."""


class Silent:
    """Shows no progress; a `Progress` and a context manager."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to end."""

    def begin(self, variants: int, done: int, total: int) -> None:
        """Show nothing."""

    def more(self, replications: int) -> None:
        """Nothing."""

    def advance(self, variant: str, replications: int) -> None:
        """Show nothing."""

    def note(self, text: str) -> None:
        """Write it all the same: it is no progress."""
        if sys.stderr is not None:  # A program with windows has none.
            sys.stderr.write(f"{safe_lines(text)}\n")
            sys.stderr.flush()

    def stopping(self) -> None:
        """Show nothing."""


def run_batches(batches: Sequence[Batch], executor: Workers, workers: int, progress: Progress, command: str) -> None:
    """Run what is left of some batches, and write the results over all replications of each.

    There is one queue over all batches, in their order, so that no worker waits for a batch's last chunk; each
    batch's results are written as soon as its own chunks are done. A batch some of whose replications fail gets
    no results over all, since they would lack some; everything else is finished first.

    Parameters
    ----------
    batches
        From `sim.batch.prepare.prepare`, each with a directory of its own.
    executor
        From `sim.batch.workers.opening.open_workers`.
    workers
        How many chunks are worked on at a time, for the manifest.
    progress
        Is told how far it is.
    command
        What was typed, for the manifest and for the message that tells how to resume.

    Raises
    ------
    UsageError
        If another run is at work in a directory, it cannot be written to, or memory is too short.
    RunFailed
        If replications fail, or a file cannot be written; finished chunks stay.
    Stopped
        After Ctrl-C, when what was in flight is finished, or took too long and was given up.
    """
    for batch in batches:
        _refuse_taken(batch)
    if executor.local:
        refuse_too_large(batches, executor.count)
    tasks = [batch.tasks() for batch in batches]
    to_run = [sum(task.replications for task in left) for left in tasks]
    if executor.local:
        for engine in sorted({batch.job.engine for batch, left in zip(batches, to_run, strict=True) if left}):
            get_ready(engine)
    total = sum(batch.wanted() for batch in batches)
    progress.begin(len(batches), total - sum(to_run), total)
    run = _Run(batches, to_run, executor, workers, progress, command)
    try:
        run.all()
    except UsageError:
        raise
    except RunFailed as failed:
        raise RunFailed(f"{failed}\n{_how_far(batches, run.failures)}\nto go on: {command}") from failed
    except Stopped as stopped:
        raise Stopped(f"stopped; {_how_far(batches, run.failures)}\nto go on: {command}") from stopped
    finally:
        run.release()
    if run.failed:
        raise RunFailed(report(run.failed, gave_up=run.gave_up, command=command))


class _Run:
    """The batches that have begun, and the work on them."""

    def __init__(
        self,
        batches: Sequence[Batch],
        to_run: Sequence[int],
        executor: Workers,
        workers: int,
        progress: Progress,
        command: str,
    ) -> None:
        self._batches, self._to_run = batches, to_run
        self._executor, self._workers, self._progress, self._command = executor, workers, progress, command
        self._ctrl_c = CtrlC(progress.stopping)
        self._begun: list[RunDirectory] = []
        self.failed: list[RunDirectory] = []
        self.gave_up = False

    @property
    def failures(self) -> int:
        """Replications that have failed so far."""
        return sum(len(begun.failures) for begun in {*self._begun, *self.failed})

    def all(self) -> None:
        """Work off the queue."""
        try:
            with self._ctrl_c:
                queue = Queue(self._executor, self._items(), self._progress.note, self._ctrl_c)
                for item in queue.done():
                    self._take(item)
                self.gave_up = queue.gave_up
                for begun in list(self._begun):  # Some are left if it gave up.
                    self._close(begun)
        except Stopped:
            for begun in self._begun:
                begun.stop()
            raise

    def release(self) -> None:
        """Unlock the directories, however the work ended."""
        for begun in self._begun:
            begun.release()

    def _items(self) -> Iterator[Item]:
        for batch, expected in zip(self._batches, self._to_run, strict=True):
            with self._ctrl_c.at_once():  # It looks through all files that are there.
                begun = RunDirectory(batch, self._workers, self._executor.kind, self._command)
            self._begun.append(begun)
            for text in begun.notes:
                self._progress.note(text)
            self._progress.advance(batch.job.name, expected - begun.to_run)
            if begun.complete:
                self._close(begun)
            for task in begun.tasks():
                yield Item(begun, task)

    def _take(self, item: Item) -> None:
        begun = item.run
        if item.failures:
            begun.chunk_failed(item.failures)
        else:
            begun.chunk_done(item.files)
            self._progress.advance(begun.batch.job.name, item.task.replications)
        if begun.complete:
            self._close(begun)

    def _close(self, begun: RunDirectory) -> None:
        with self._ctrl_c.at_once():  # Results over many replications are long in writing, and can be made again.
            begun.close(wait=not self._executor.local)
        self._begun.remove(begun)
        if begun.failures:
            self.failed.append(begun)


def _refuse_taken(batch: Batch) -> None:
    """Find out before any work that another run is at work in a directory, or that it cannot be written to."""
    directory = batch.job.directory
    if directory.exists():
        lock = Lock(directory)
        lock.acquire()
        lock.release()
        return
    above = next(parent for parent in directory.absolute().parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise UsageError(f"{directory.as_posix()}: cannot be made: {above.as_posix()} cannot be written to")


def _how_far(batches: Sequence[Batch], failures: int) -> str:
    text = _finished(batches)
    if failures:
        noun = "replication has" if failures == 1 else "replications have"
        text += f"\n{failures} {noun} failed, and will be tried again"
    return text


def _finished(batches: Sequence[Batch]) -> str:
    counts, wanted = [batch.done() for batch in batches], [batch.wanted() for batch in batches]
    if len(batches) == 1:
        (batch,), (count,), (total,) = batches, counts, wanted
        return (
            f"{count} of {total} replications of {batch.job.name} are finished and kept in "
            f"{batch.job.directory.as_posix()}"
        )
    complete = sum(count >= of for of, count in zip(wanted, counts, strict=True))
    return (
        f"{sum(counts)} of {sum(wanted)} replications are finished and kept; "
        f"{complete} of {len(batches)} variants are complete"
    )
