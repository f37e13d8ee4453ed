"""Ctrl-C: once to stop when the work in flight is finished or takes too long, twice to stop at once."""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

from sim.errors import SimError

PATIENCE_SECONDS = 1.5
"""How long work in flight may take after the first Ctrl-C."""


class Stopped(SimError):  # noqa: N818 - what happened, not what kind of error
    """A batch was stopped by Ctrl-C; what is finished is kept."""

    exit_code = 130


class CtrlC:
    """While the block runs, the first Ctrl-C only sets `requested`; the second raises KeyboardInterrupt.

    Outside the main thread, where Python delivers no signals, nothing changes.

    Parameters
    ----------
    notify
        Called at the first Ctrl-C; must not print (it may interrupt a print).
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._requested_at: float | None = None
        self._notify = notify
        self._before: Any = None

    @property
    def requested(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._requested_at is not None

    @property
    def overdue(self) -> bool:
        """Whether Ctrl-C was pressed so long ago that work in flight is to be abandoned."""
        return self._requested_at is not None and time.monotonic() - self._requested_at > PATIENCE_SECONDS

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _handle(self, signum: int, frame: FrameType | None) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self._requested_at = time.monotonic()
        self._notify()
