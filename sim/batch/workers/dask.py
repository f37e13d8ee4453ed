"""Workers on a cluster: an existing Dask scheduler, behind the same interface as local processes."""

import logging
import platform
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from sim.batch.workers.base import Scheduler, Workers
from sim.errors import RunFailed, UsageError
from sim.store.provenance import code_version, library_versions

P = ParamSpec("P")
T = TypeVar("T")

_CONNECT_SECONDS = 5
_CONNECT_ATTEMPTS = 5
_COUNT_SECONDS = 2.0
_TELL_SECONDS = 5.0
"""After so long without workers it is told."""
_LEAST_WINDOW = 64  # Queued work is what makes an adaptive cluster grow.
_HAS_SIM = "__import__('importlib.util').util.find_spec('sim') is not None"
"""What a machine is asked that may not have this program, and so none of its functions."""


class Cluster(Workers):
    """The workers of a Dask scheduler; each needs this program and the directory of the run.

    Parameters
    ----------
    scheduler
        Where it is, how it is reached, and how long to wait for its workers.

    Raises
    ------
    UsageError
        If Dask is not installed, no scheduler answers, or it or a worker has no `sim`.
    """

    kind = "dask"
    local = False
    deaths_of_the_guilty = 1  # Dask itself has tried several times before it says so.

    def __init__(self, scheduler: Scheduler) -> None:
        try:
            from distributed import Client, Security
            from distributed.scheduler import KilledWorker
        except ImportError as error:
            raise UsageError(
                f"scheduler: {error.name} is not installed; get what a cluster needs by: "
                'python -m pip install "jobcentre-sim[cluster]"'
            ) from error
        self._scheduler = scheduler
        security = _security(Security, scheduler.security)
        self._log = logging.getLogger("distributed.client")
        self._level = self._log.level
        self._log.setLevel(logging.CRITICAL)  # What goes wrong is told in one sentence, by us.
        try:
            self._client = _connect(Client, scheduler.address, security)
        except (OSError, ValueError, TypeError, AssertionError) as error:
            self._log.setLevel(self._level)
            raise UsageError(
                f"scheduler: no Dask scheduler answers at {scheduler.address} within {_CONNECT_SECONDS} seconds; "
                "an address looks like tcp://host:8786, or tls://host:8786 with certificates (docs/batches.md)"
            ) from error
        self._pool = self._client.get_executor(pure=False)
        self._needed = _versions()
        self._counted, self._count = 0.0, 0
        self._known: set[str] = set()
        self._alone_since: float | None = None
        self._told = False
        self.died = (KilledWorker,)
        try:
            self._look()
        except RunFailed as failed:  # Before any work.
            self.abandon()
            raise UsageError(f"scheduler: {failed}") from None

    @property
    def count(self) -> int:
        """Threads of all workers that are there now."""
        if time.monotonic() - self._counted > _COUNT_SECONDS:
            self._look()
        return self._count

    @property
    def window(self) -> int:
        """How many to submit ahead."""
        return max(_LEAST_WINDOW, 2 * self.count)

    def check(self, note: Callable[[str], None]) -> None:
        """Tell if there are no workers, and how long it will wait for some.

        Raises
        ------
        RunFailed
            If there have been none for so long, or a new one has no `sim`.
        """
        now = time.monotonic()
        if self.count > 0:
            self._alone_since, self._told = None, False
            return
        self._alone_since = self._alone_since or now
        alone, patience = now - self._alone_since, 60.0 * self._scheduler.wait_minutes
        if alone >= patience:
            raise RunFailed(
                f"the scheduler at {self._scheduler.address} has had no workers for "
                f"{self._scheduler.wait_minutes:g} minutes; --wait-minutes waits longer"
            )
        if alone >= min(_TELL_SECONDS, patience) and not self._told:
            self._told = True
            note(
                f"the scheduler at {self._scheduler.address} has no workers; waiting for one, for up to "
                f"{self._scheduler.wait_minutes:g} minutes (--wait-minutes)"
            )

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand the scheduler the call."""
        return cast("Future[T]", self._pool.submit(_on_worker, self._needed, fn, *args, **kwargs))

    def abandon(self) -> None:
        """Withdraw what has not begun. A worker finishes the chunk that it is at, which does no harm."""
        self.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; Dask's own executor does not know `cancel_futures`."""
        self._pool.shutdown(wait=wait and not cancel_futures)
        with suppress(OSError):
            self._client.close()
        self._log.setLevel(self._level)

    def _look(self) -> None:
        """Count the workers, and see whether the scheduler and all new ones have `sim`."""
        there: Mapping[str, int] = self._client.nthreads()
        self._count, self._counted = sum(there.values()), time.monotonic()
        new = sorted(set(there) - self._known)
        if not self._known and not self._client.run_on_scheduler(eval, _HAS_SIM):
            raise RunFailed(_lacking(f"the scheduler at {self._scheduler.address}"))
        if new:
            # One that has gone in the meantime does not answer.
            answers: Mapping[str, object] = self._client.run(eval, _HAS_SIM, workers=new, on_error="ignore")
            for worker, has in answers.items():
                if has is False:
                    raise RunFailed(_lacking(f"the worker at {worker}"))
        self._known = set(there)


def _connect(client: Any, address: str, security: Any) -> Any:
    """Connect to the scheduler.

    Dask's client asserts that its greeting comes alone. If another run is being withdrawn at that moment, the
    scheduler's word of it may come in the same message; then it is tried again.
    """
    for _ in range(_CONNECT_ATTEMPTS - 1):
        with suppress(AssertionError):
            return client(address, timeout=_CONNECT_SECONDS, set_as_default=False, security=security)
    return client(address, timeout=_CONNECT_SECONDS, set_as_default=False, security=security)


def _lacking(who: str) -> str:
    return f"{who} has no sim; install the same version on all machines (docs/batches.md)"


def _security(security: Any, options: Mapping[str, str]) -> Any:
    """Make Dask's object of its own options; None if there are none: then Dask's configuration holds."""
    for key, value in options.items():
        if key.startswith("tls_") and "-----BEGIN" not in value and not Path(value).is_file():
            raise UsageError(f"security: {key}: no such file: {value}")
    try:
        return security(**options) if options else None
    except TypeError as error:
        raise UsageError(f"security: {error}") from error


def _versions() -> Mapping[str, str]:
    """What the results of a worker, and the bytes of its files, follow from: the code, Python and libraries."""
    return {"sim": code_version(), "Python": ".".join(platform.python_version_tuple()[:2]), **library_versions()}


def _on_worker(needed: Mapping[str, str], fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do the call if the worker has the same program and libraries: others may give other results or bytes."""
    here = _versions()
    for name, version in needed.items():
        if here.get(name) != version:
            raise RunFailed(
                f"the worker on {platform.node()} has {name} {here.get(name)}, this is {version}; "
                "install the same on all machines"
            )
    return fn(*args, **kwargs)
