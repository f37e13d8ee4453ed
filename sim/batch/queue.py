"""Works off a queue of chunks: a bounded window of pending work, workers that die, replications that kill them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple

from sim.batch.chunk import MOST_FAILURES, Failure, Job, run_chunk, try_alone
from sim.batch.plan import ChunkTask
from sim.batch.run_directory import RunDirectory
from sim.batch.variant import Variant
from sim.batch.workers.base import Workers
from sim.batch.workers.interrupt import CtrlC, Stopped
from sim.errors import RunFailed
from sim.store.digest import Digests

_WAKE_UP_SECONDS = 0.2
"""Ctrl-C is looked for so often; on Windows a wait without an end is deaf to it."""

_DEATHS_BEFORE_FEWER = 3
"""If workers die more often, memory is probably short: from then on each death halves what is in hand at a time."""

_KILLED = "killed its worker process (a crash, or more memory than there is: fewer --workers leave more)"
_KILLED_WHOLE = (
    "and those after it in its part file killed their worker process together, though none does alone "
    "(more memory than there is: fewer --workers leave more)"
)
_ONE_DIED = (
    "a worker process died (was it killed, or short of memory?); what it had in hand is done again. "
    "If it was memory, fewer --workers need less"
)


@dataclass(eq=False)
class Item:
    """A chunk on its way.

    Attributes
    ----------
    run
        The directory that it belongs to.
    task
        The chunk.
    failures
        Of its replications, when it is done; if there are any, nothing of it was kept.
    files
        Digests of its part files, when it is done.
    deaths
        Workers that died over it with nothing else in hand.
    """

    run: RunDirectory
    task: ChunkTask
    failures: tuple[Failure, ...] = ()
    files: Digests = field(default_factory=dict)
    deaths: int = 0

    def job(self, workers: Workers) -> Job:
        """What the worker needs; another machine has another working directory."""
        job = self.run.batch.job
        return job if workers.local else job._replace(directory=job.directory.absolute())


class _Submitted(NamedTuple):
    """An item in hand: since which replacement of the workers, and whether nothing else was in hand with it."""

    item: Item
    generation: int
    alone: bool


class Queue:
    """A queue of chunks and the executor that works it off.

    Parameters
    ----------
    workers
        Who do the work.
    items
        What there is to do.
    note
        Told what the user should know, while the work goes on.
    ctrl_c
        Tells that the user wants to stop.
    """

    def __init__(self, workers: Workers, items: Iterator[Item], note: Callable[[str], None], ctrl_c: CtrlC) -> None:
        self._workers, self._items, self._note, self._ctrl_c = workers, items, note, ctrl_c
        self._pending: dict[Future[Any], _Submitted] = {}
        self._suspects: deque[Item] = deque()
        self._generation = 0
        self._deaths = 0
        self._most = workers.window
        self._failures = 0
        self.gave_up = False
        """Whether so much failed that the rest was not tried."""

    def done(self) -> Iterator[Item]:
        """Give each item when it is done, or has failed.

        Raises
        ------
        Stopped
            After Ctrl-C, when what was in hand is done.
        RunFailed
            If a file cannot be written, or the workers are lost.
        """
        while True:
            self._fill()
            if not self._pending:
                if self._suspects and not self._ctrl_c.requested:
                    continue
                break
            finished, _ = wait(self._pending, _WAKE_UP_SECONDS, FIRST_COMPLETED)
            self._workers.check(self._note)
            for future in finished:
                item = self._outcome(future)
                if item is not None:
                    self._failures += len(item.failures)
                    yield item
        if self._ctrl_c.requested:  # Also if nothing is left: whoever asked for this may have more to do.
            raise Stopped
        self.gave_up = bool(self._suspects) or next(self._items, None) is not None

    def _fill(self) -> None:
        """Submit what may be in hand now."""
        if self._ctrl_c.overdue:
            self._workers.abandon()
            raise Stopped
        if self._ctrl_c.requested:
            for future in list(self._pending):
                if future.cancel():
                    self._suspects.append(self._pending.pop(future).item)
        elif self._suspects:
            if not self._pending:
                self._submit(self._suspects.popleft(), alone=True)
        elif self._failures < MOST_FAILURES and not any(submitted.alone for submitted in self._pending.values()):
            while len(self._pending) < min(self._most, self._workers.window) and not self._suspects:
                item = next(self._items, None)
                if item is None:
                    break
                self._submit(item, alone=False)

    def _submit(self, item: Item, *, alone: bool) -> None:
        try:
            future = self._workers.submit(run_chunk, item.job(self._workers), item.task.to_send())
        except self._workers.died:
            self._suspects.appendleft(item)
            self._renew(self._generation, alone=alone)
        else:
            self._pending[future] = _Submitted(item, self._generation, alone)

    def _outcome(self, future: Future[Any]) -> Item | None:
        """Take what has become of an item; None if it is to be done again."""
        item, generation, alone = self._pending.pop(future)
        try:
            outcome = future.result()
            item.failures, item.files = outcome.failures, dict(outcome.files)
        except self._workers.died:
            self._renew(generation, alone=alone)
            item.deaths += alone
            if item.deaths < self._workers.deaths_of_the_guilty:
                self._suspects.append(item)
                return None
            item.failures = self._examine(item)
        except CancelledError as error:
            raise RunFailed("the connection to the workers was lost") from error
        except ModuleNotFoundError as error:
            raise RunFailed(f"a worker lacks {error.name}; install the same on all machines") from error
        return item

    def _renew(self, generation: int, *, alone: bool) -> None:
        """Replace workers that died, unless that is done already: one death fails all that was in hand."""
        if generation == self._generation:
            self._generation += 1
            self._workers.renew()
            self._deaths += not alone
            if self._deaths == 1 and not alone:
                self._note(_ONE_DIED)
            if self._deaths > _DEATHS_BEFORE_FEWER:
                self._most = max(1, self._most // 2)

    def _examine(self, item: Item) -> tuple[Failure, ...]:
        """Find the replications that kill their worker: each is tried with nothing else in hand."""
        found: list[Failure] = []
        task, job = item.task, item.job(self._workers)
        numbers = range(task.first_run, task.chunk.stop)
        for variant, number in product((variant for _, variant in task.variants), numbers):
            try:
                failure = self._alone(job, variant, number)
            except self._workers.died:
                self._workers.renew()
                failure = Failure(variant.name, number, _KILLED)
            if failure is not None:
                found.append(failure)
                if len(found) == MOST_FAILURES:
                    break
        first = task.variants[0][1].name
        return tuple(found) or (Failure(first, task.first_run, _KILLED_WHOLE),)

    def _alone(self, job: Job, variant: Variant, number: int) -> Failure | None:
        future = self._workers.submit(try_alone, job, variant.to_send((number,)), number)
        while not future.done():
            if self._ctrl_c.requested:
                self._workers.abandon()
                raise Stopped
            wait([future], _WAKE_UP_SECONDS)
        return future.result()
