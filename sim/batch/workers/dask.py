"""Workers on a cluster: an existing Dask scheduler, behind the same interface as local processes."""

import logging
import platform
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar, cast

from sim.batch.workers.base import Workers
from sim.errors import RunFailed, UsageError
from sim.store.provenance import code_version

P = ParamSpec("P")
T = TypeVar("T")

_CONNECT_SECONDS = 5
_COUNT_SECONDS = 2.0
_LEAST_WINDOW = 64  # Queued work is what makes an adaptive cluster grow.


class Cluster(Workers):
    """The workers of a Dask scheduler; each needs this program and the directory of the run.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://host:8786``.

    Raises
    ------
    UsageError
        If Dask is not installed, or no scheduler answers.
    """

    kind = "dask"
    local = False
    deaths_of_the_guilty = 1  # Dask itself has tried several times before it says so.

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ImportError as error:
            raise UsageError(
                f"scheduler: {error.name} is not installed; get what a cluster needs by: "
                'python -m pip install "jobcentre-sim[cluster]"'
            ) from error
        self._log = logging.getLogger("distributed.client")
        self._level = self._log.level
        self._log.setLevel(logging.CRITICAL)  # What goes wrong is told in one sentence, by us.
        try:
            client: Any = Client
            self._client = client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            self._log.setLevel(self._level)
            raise UsageError(
                f"scheduler: no Dask scheduler answers at {address} within {_CONNECT_SECONDS} seconds; "
                "an address looks like tcp://host:8786"
            ) from error
        self._pool = self._client.get_executor(pure=False)
        self._code = code_version()
        self._counted, self._count = 0.0, 0
        self.died = (KilledWorker,)

    @property
    def count(self) -> int:
        """Threads of all workers that are there now."""
        if time.monotonic() - self._counted > _COUNT_SECONDS:
            self._count = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
        return self._count

    @property
    def window(self) -> int:
        """How many to submit ahead."""
        return max(_LEAST_WINDOW, 2 * self.count)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand the scheduler the call."""
        return cast("Future[T]", self._pool.submit(_on_worker, self._code, fn, *args, **kwargs))

    def abandon(self) -> None:
        """Withdraw what has not begun. A worker finishes the chunk that it is at, which does no harm."""
        self.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; Dask's own executor does not know `cancel_futures`."""
        self._pool.shutdown(wait=wait and not cancel_futures)
        with suppress(OSError):
            self._client.close()
        self._log.setLevel(self._level)


def _on_worker(code: str, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do the call if the worker runs the same program: another would give other results."""
    here = code_version()
    if here != code:
        raise RunFailed(
            f"the worker on {platform.node()} has version {here} of sim, this is {code}; "
            "install the same on all machines"
        )
    return fn(*args, **kwargs)
