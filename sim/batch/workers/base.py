"""Who works on chunks: the standard executor, and what a batch needs when something goes wrong."""

import os
from abc import abstractmethod
from concurrent.futures import Executor

KINDS = ("processes", "threads")
"""Local executors by name."""


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Executor):
    """The standard executor, and what a batch needs when something goes wrong.

    Attributes
    ----------
    kind
        For the manifest: "processes", "threads" or "dask".
    local
        Whether the work is done on this machine, by processes with this working directory.
    died
        What a future raises when the process that worked it has died.
    deaths_of_the_guilty
        So many of them, with nothing else in hand, show that the work itself kills its process.
    """

    kind: str
    local = True
    died: tuple[type[BaseException], ...] = ()
    deaths_of_the_guilty = 2

    @property
    @abstractmethod
    def count(self) -> int:
        """How many chunks are worked on at a time."""

    @property
    def window(self) -> int:
        """How many to submit ahead: one more than are worked, so that none waits for the next."""
        return 1 if self.count == 1 else self.count + 1

    def renew(self) -> None:
        """Go on with new processes after some have died."""

    @abstractmethod
    def abandon(self) -> None:
        """Give up the work in hand at once; what is not finished leaves no file that counts."""
