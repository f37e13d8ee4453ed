"""Chunks are worked on by local processes or threads that never outlive this process."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import current_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.synchronize import Event
from typing import Any, ParamSpec, TypeVar

from sim.batch.workers.base import Workers
from sim.errors import RunFailed, SimError, UsageError

P = ParamSpec("P")
T = TypeVar("T")


_UNGUARDED = 77
"""Exit code of a worker that would start workers of its own while it reads the script that started it."""
_NO_GUARD = (
    'workers: a script needs the line if __name__ == "__main__": around what it does, because every worker process '
    'reads the script again; without it use executor="threads", or workers=1'
)


class LocalThreads(Workers):
    """Threads of this process: nothing to start, nothing to send; only for work that releases the GIL.

    Parameters
    ----------
    workers
        How many. One is the plain way to run in this process, with any engine.
    """

    kind = "threads"

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._abandoned = threading.Event()
        self._pool = ThreadPoolExecutor(workers, "sim", _begin_thread, (self._abandoned,))

    @property
    def count(self) -> int:
        """How many chunks are worked on at a time."""
        return self._workers

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand a thread the call."""
        return self._pool.submit(fn, *args, **kwargs)

    def abandon(self) -> None:
        """Let each thread stop after the replication that it is at."""
        self._abandoned.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the threads when they have finished what they are doing."""
        if not self._abandoned.is_set():
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


class LocalProcesses(Workers):
    """Processes started afresh (spawn, as on Windows), deaf to the Ctrl-C that the terminal sends to all.

    They end when the process that started them ends, however it ends, and at once after `abandon`.

    Parameters
    ----------
    workers
        How many.
    """

    kind = "processes"
    died = (BrokenProcessPool,)

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._begin()

    def _begin(self) -> None:
        if getattr(current_process(), "_inheriting", False):  # As the standard library finds it out.
            raise SystemExit(_UNGUARDED)
        context = self._context = _Context()
        self._began = context.Event()
        # Only this process holds the writing end: when it closes, for whatever reason, every worker notices.
        self._watched, self._lifeline = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            self._workers, mp_context=context, initializer=_begin_process, initargs=(self._watched, self._began)
        )

    @property
    def count(self) -> int:
        """How many chunks are worked on at a time."""
        return self._workers

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a worker if one is needed, and hand it the call."""
        with _ctrl_c_held_back():
            return self._pool.submit(fn, *args, **kwargs)

    def renew(self) -> None:
        """Replace all workers: when one has died, the standard pool ends the others and takes no more work.

        Raises
        ------
        UsageError
            If they cannot begin because the script that started them does so again in each of them.
        RunFailed
            If they cannot begin for another reason.
        """
        self.abandon()
        if not self._began.is_set():
            codes = [process.exitcode or 0 for process in self._context.started]
            if _UNGUARDED in codes:
                raise UsageError(_NO_GUARD) from None
            if any(code > 0 for code in codes):  # Below 0 they were killed, and may be luckier next time.
                raise RunFailed(
                    f"workers: their processes end before they begin (exit code {max(codes)}; the reason stands "
                    'above); a script that is not a file cannot start any: use executor="threads", or workers=1'
                ) from None
        self._begin()

    def abandon(self) -> None:
        """End the workers at once, with what they are doing."""
        self._lifeline.close()
        self.shutdown(cancel_futures=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when they have finished what they are doing."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            self._lifeline.close()
            self._watched.close()


class _Context(SpawnContext):
    """Processes started afresh, and remembered: the standard pool does not tell with which code one has ended."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        process = SpawnProcess(*args, **kwargs)
        self.started.append(process)
        return process


class Abandoned(SimError):  # noqa: N818 - what happened, not what kind of error
    """The work of this thread was abandoned."""


_this_thread = threading.local()


def check_abandoned() -> None:
    """Raise `Abandoned` in a thread whose work is no longer wanted; work calls it now and then."""
    abandoned: threading.Event | None = getattr(_this_thread, "abandoned", None)
    if abandoned is not None and abandoned.is_set():
        raise Abandoned("abandoned")


def _begin_thread(abandoned: threading.Event) -> None:
    _this_thread.abandoned = abandoned


def _begin_process(lifeline: Connection, began: Event) -> None:
    began.set()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(lifeline,), daemon=True).start()


def _end_with_parent(lifeline: Connection) -> None:
    try:
        lifeline.recv()
    except (EOFError, OSError):
        os._exit(1)


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts, which inherits that and so never hears it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before: Any = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
