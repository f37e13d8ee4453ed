"""Where units are worked: in this process, or in local processes that never outlive it."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class InProcess(Executor):
    """Does the work at once, in the calling process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn` and hand back a future that is already done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class LocalProcesses(ProcessPoolExecutor):
    """Processes started afresh (spawn, as on Windows), deaf to the Ctrl-C that the terminal sends to all.

    They end when the process that started them ends, however it ends, and at once after `abandon`.

    Parameters
    ----------
    workers
        How many.
    """

    def __init__(self, workers: int) -> None:
        context = get_context("spawn")
        # Only this process holds the writing end: when it closes, for whatever reason, every worker notices.
        self._watched, self._lifeline = context.Pipe(duplex=False)
        super().__init__(workers, mp_context=context, initializer=_begin_worker, initargs=(self._watched,))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a worker if one is needed, and hand it the call."""
        with _ctrl_c_held_back():
            return super().submit(fn, *args, **kwargs)

    def abandon(self) -> None:
        """End the workers at once, with what they are doing."""
        self._lifeline.close()


@contextmanager
def local_executor(workers: int) -> Iterator[Executor]:
    """Give an executor of `workers` local processes; one worker is this process itself.

    When the block ends, units in flight are finished and the workers are gone; on KeyboardInterrupt they
    are ended at once.
    """
    if workers == 1:
        yield InProcess()
        return
    pool = LocalProcesses(workers)
    try:
        yield pool
    except KeyboardInterrupt:
        pool.abandon()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        pool.abandon()


def _begin_worker(lifeline: Connection) -> None:
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
