"""Works off a queue of units: a bounded window of pending work, workers that die, replications that kill them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.batch.begun import Begun
from sim.batch.executors import Workers
from sim.batch.interrupt import CtrlC, Stopped
from sim.batch.plan import Unit
from sim.batch.unit import MOST_FAILURES, Failure, Job, run_unit, try_alone
from sim.errors import RunFailed

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
class Task:
    """A unit on its way.

    Attributes
    ----------
    begun
        Its batch.
    unit
        The unit.
    failures
        Of its replications, when it is done; if there are any, nothing of it was kept.
    deaths
        Workers that died over it with nothing else in hand.
    """

    begun: Begun
    unit: Unit
    failures: tuple[Failure, ...] = ()
    deaths: int = 0

    def job(self, workers: Workers) -> Job:
        """What the worker needs; another machine has another working directory."""
        job = self.begun.batch.job
        return job if workers.local else job._replace(directory=job.directory.absolute())


class _Submitted(NamedTuple):
    """A task in hand: since which replacement of the workers, and whether nothing else was in hand with it."""

    task: Task
    generation: int
    alone: bool


class Work:
    """A queue of tasks and the executor that works it off.

    Parameters
    ----------
    workers
        Who do the work.
    tasks
        What there is to do.
    note
        Told what the user should know, while the work goes on.
    ctrl_c
        Tells that the user wants to stop.
    """

    def __init__(self, workers: Workers, tasks: Iterator[Task], note: Callable[[str], None], ctrl_c: CtrlC) -> None:
        self._workers, self._tasks, self._note, self._ctrl_c = workers, tasks, note, ctrl_c
        self._pending: dict[Future[Any], _Submitted] = {}
        self._suspects: deque[Task] = deque()
        self._generation = 0
        self._deaths = 0
        self._most = workers.window
        self._failures = 0
        self.gave_up = False
        """Whether so much failed that the rest was not tried."""

    def done(self) -> Iterator[Task]:
        """Give each task when it is done, or has failed.

        Raises
        ------
        Stopped
            After Ctrl-C, if there was anything left to do.
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
            for future in finished:
                task = self._outcome(future)
                if task is not None:
                    self._failures += len(task.failures)
                    yield task
        left = bool(self._suspects) or next(self._tasks, None) is not None
        if left and self._ctrl_c.requested:
            raise Stopped
        self.gave_up = left

    def _fill(self) -> None:
        """Submit what may be in hand now."""
        if self._ctrl_c.overdue:
            self._workers.abandon()
            raise Stopped
        if self._ctrl_c.requested:
            for future in list(self._pending):
                if future.cancel():
                    self._suspects.append(self._pending.pop(future).task)
        elif self._suspects:
            if not self._pending:
                self._submit(self._suspects.popleft(), alone=True)
        elif self._failures < MOST_FAILURES and not any(submitted.alone for submitted in self._pending.values()):
            while len(self._pending) < min(self._most, self._workers.window) and not self._suspects:
                task = next(self._tasks, None)
                if task is None:
                    break
                self._submit(task, alone=False)

    def _submit(self, task: Task, *, alone: bool) -> None:
        try:
            future = self._workers.submit(run_unit, task.job(self._workers), task.unit)
        except self._workers.died:
            self._suspects.appendleft(task)
            self._renew(self._generation, alone=alone)
        else:
            self._pending[future] = _Submitted(task, self._generation, alone)

    def _outcome(self, future: Future[Any]) -> Task | None:
        """Take what has become of a task; None if it is to be done again."""
        task, generation, alone = self._pending.pop(future)
        try:
            task.failures = future.result().failures
        except self._workers.died:
            self._renew(generation, alone=alone)
            task.deaths += alone
            if task.deaths < self._workers.deaths_of_the_guilty:
                self._suspects.append(task)
                return None
            task.failures = self._examine(task)
        except CancelledError as error:
            raise RunFailed("the connection to the workers was lost") from error
        return task

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

    def _examine(self, task: Task) -> tuple[Failure, ...]:
        """Find the replications that kill their worker: each is tried with nothing else in hand."""
        found: list[Failure] = []
        for number in range(task.unit.first_run, task.unit.chunk.stop):
            try:
                failure = self._alone(task.job(self._workers), number)
            except self._workers.died:
                self._workers.renew()
                failure = Failure(number, _KILLED)
            if failure is not None:
                found.append(failure)
                if len(found) == MOST_FAILURES:
                    break
        return tuple(found) or (Failure(task.unit.first_run, _KILLED_WHOLE),)

    def _alone(self, job: Job, number: int) -> Failure | None:
        future = self._workers.submit(try_alone, job, number)
        while not future.done():
            if self._ctrl_c.requested:
                self._workers.abandon()
                raise Stopped
            wait([future], _WAKE_UP_SECONDS)
        return future.result()
