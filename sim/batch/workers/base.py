"""Who works on chunks: the standard executor, and what a batch needs when something goes wrong."""

import os
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from types import MappingProxyType
from typing import NamedTuple

from sim.errors import UsageError

KINDS = ("processes", "threads")
"""Local executors by name."""


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Scheduler(NamedTuple):
    """A Dask scheduler.

    Attributes
    ----------
    address
        Such as ``tcp://host:8786`` or ``tls://host:8786``.
    security
        Options of `distributed.Security`, such as ``tls_ca_file``, ``tls_client_cert`` and ``tls_client_key``; where
        there are none, Dask's own configuration holds.
    wait_minutes
        How long to wait while it has no workers.
    """

    address: str
    security: Mapping[str, str] = MappingProxyType({})
    wait_minutes: float = 60.0


def scheduler_of(address: str | None, security: Sequence[str], wait_minutes: float | None) -> Scheduler | None:
    """Put together what a command says of a scheduler; `security` are ``KEY=VALUE`` texts.

    Raises
    ------
    UsageError
        If something is said of a scheduler and none is named, or a text is not of that form.
    """
    if address is None:
        if security or wait_minutes is not None:
            raise UsageError("--security, --wait-minutes: only with --scheduler")
        return None
    options: dict[str, str] = {}
    for text in security:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--security {text}: must be KEY=VALUE, such as tls_ca_file=ca.pem")
        options[key.strip()] = value.strip()
    return Scheduler(address, options, *([] if wait_minutes is None else [wait_minutes]))


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

    def check(self, note: Callable[[str], None]) -> None:
        """See whether the work can go on, and tell what the user should know; called now and then.

        Raises
        ------
        RunFailed
            If it cannot.
        """

    def renew(self) -> None:
        """Go on with new processes after some have died."""

    @abstractmethod
    def abandon(self) -> None:
        """Give up the work in hand at once; what is not finished leaves no file that counts."""
