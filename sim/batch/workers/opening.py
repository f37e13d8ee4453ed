"""Choosing where chunks are worked on, and ending the workers whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager

from sim.batch.workers.base import KINDS, Scheduler, Workers, cores
from sim.batch.workers.interrupt import Stopped
from sim.batch.workers.local import LocalProcesses, LocalThreads
from sim.errors import UsageError


@contextmanager
def open_workers(
    workers: int | None = None,
    executor: str = "processes",
    *,
    scheduler: str | Scheduler | None = None,
    engine: str = "compiled",
) -> Iterator[Workers]:
    """Give an executor for `sim.batch.run.run_batches`.

    When the block ends, chunks in flight are finished and the workers are gone; if it was stopped they are
    ended at once.

    Parameters
    ----------
    workers
        How many chunks to work on at a time; None: one a core. One is this process itself, whatever `executor`.
    executor
        "processes" or "threads".
    scheduler
        A Dask scheduler, or its address, whose workers do the work; `workers` and `executor` then say nothing.
    engine
        Of the batches: SimPy does not run in several threads.

    Raises
    ------
    UsageError
        If there is no such executor, SimPy is to run in threads, or no scheduler can be reached.
    """
    if executor not in KINDS:
        raise UsageError(f"executor: {executor!r} does not exist; there are {', '.join(KINDS)}")
    if executor == "threads" and engine == "simpy" and scheduler is None:
        raise UsageError(
            "executor: threads gain nothing with the simpy engine, which Python runs one thread at a time; "
            "use processes, or the compiled engine"
        )
    chosen = _chosen(workers or cores(), executor, scheduler)
    try:
        yield chosen
    except (KeyboardInterrupt, Stopped):
        chosen.abandon()
        raise
    finally:
        chosen.shutdown(wait=True, cancel_futures=True)


def _chosen(workers: int, executor: str, scheduler: str | Scheduler | None) -> Workers:
    if scheduler is not None:
        from sim.batch.workers.dask import Cluster

        return Cluster(Scheduler(scheduler) if isinstance(scheduler, str) else scheduler)
    return LocalThreads(workers) if executor == "threads" or workers == 1 else LocalProcesses(workers)
