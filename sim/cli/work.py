"""What commands that simulate have in common: workers, progress, and what is said when they are stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sim.batch.run import Silent
    from sim.batch.workers.base import Scheduler, Workers


class Work(NamedTuple):
    """What a batch is run with.

    Attributes
    ----------
    workers, progress
        Who do the work, and who is told how far it is.
    command
        What was typed, which also resumes.
    """

    workers: "Workers"
    progress: "Silent"
    command: str


@contextmanager
def at_work(
    workers: int | None, executor: str, scheduler: "Scheduler | None", *, engine: str = "compiled", quiet: bool
) -> Iterator[Work]:
    """Open workers and show progress while the block runs.

    Raises
    ------
    UsageError
        If the workers cannot be had.
    Stopped
        If the block was stopped, with the command that resumes.
    """
    from sim.batch.workers.interrupt import Stopped, last_words
    from sim.batch.workers.opening import open_workers
    from sim.report.progress import progress
    from sim.store.provenance import this_command

    command = this_command()
    text = f"stopped at once; finished replications are kept\nto go on: {command}"
    try:
        with (
            last_words(text),
            open_workers(workers, executor, scheduler=scheduler, engine=engine) as opened,
            progress(quiet=quiet) as shown,
        ):
            yield Work(opened, shown, command)
    except KeyboardInterrupt as stopped:
        raise Stopped(text) from stopped
