"""One run at a time in a directory: a lock of the operating system, which ends with the process that holds it."""

import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from errno import EACCES, EPERM, EROFS
from pathlib import Path

from filelock import FileLock, Timeout

from sim.errors import UsageError
from sim.input_files import read_file
from sim.safe_text import safe_line, shortened
from sim.store.files import reason

FILE_NAME = ".lock"
"""Readers of Parquet data sets skip names that begin with a dot; it goes when the run ends."""

_LARGEST = 10_000
_LONGEST_HOLDER = 200


class Lock:
    """The lock of a run's directory, held from `acquire` to `release`.

    Parameters
    ----------
    directory
        Of the run.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / FILE_NAME
        self._lock = FileLock(self._path, thread_local=False, fallback_to_soft=False)

    def acquire(self) -> bool:
        """Lock the directory, which is made if it is not there.

        Returns
        -------
        bool
            False if its file system has no locks (some network file systems).

        Raises
        ------
        UsageError
            If another run holds it, or the directory cannot be written to.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise UsageError(
                f"{self._directory.as_posix()}: another run is at work there{self._holder()}; "
                "wait for its end, or choose another --out"
            ) from error
        except NotImplementedError:
            return False
        except OSError as error:
            if error.errno not in (EACCES, EPERM, EROFS) and self._path.exists():
                return False  # The file could be made, only not locked.
            raise UsageError(f"{self._directory.as_posix()}: cannot be written: {reason(error)}") from error
        self._sign()
        return True

    def release(self) -> None:
        """Unlock the directory and remove the lock's file."""
        if not self._lock.is_locked:
            return
        # Removed while it is held where that can be (not on Windows), so that it is nobody else's.
        self._remove()
        self._lock.release()
        if os.name == "nt":
            self._remove()

    def _sign(self) -> None:
        """Say in the file whose lock it is, for whoever finds it locked."""
        holder = {
            "process": os.getpid(),
            "host": platform.node(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        with suppress(OSError):
            self._path.write_text(json.dumps(holder), encoding="utf-8")

    def _holder(self) -> str:
        try:
            holder = json.loads(read_file(self._path, _LARGEST))
            shown = f" (process {holder['process']} on {holder['host']}, since {holder['since']})"
            return shortened(safe_line(shown), _LONGEST_HOLDER)  # Others may have written it.
        except (OSError, ValueError, TypeError, KeyError, RecursionError):  # Windows lets nobody read it.
            return ""

    def _remove(self) -> None:
        with suppress(OSError):
            self._path.unlink()
