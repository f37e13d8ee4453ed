"""What stops a program: Ctrl-C, and the signals that end a process. Nothing else in `sim` handles signals.

While replications are simulated the first one waits for the work in flight (`CtrlC`); at any other moment it raises
KeyboardInterrupt. In a command (`take_signals`) a thread sees to it that the process ends all the same where that is
not heard in time: deep in compiled code, or where a library loses the exception.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from sim.errors import SimError

PATIENCE_SECONDS = 1.5
"""How long work in flight may take after the first Ctrl-C."""
LAST_RESORT_SECONDS = 2.0
"""After that, or after a Ctrl-C with no work in flight, a command may take so long to end."""

_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""Signals that stop a command; a closed terminal sends SIGHUP, Ctrl-Break on Windows SIGBREAK."""
_SHELLS_CODE = 128
"""A shell adds it to the number of the signal that ended a process: 130 after Ctrl-C."""
_SHOW_CURSOR = "\x1b[?25h"


class Stopped(SimError):  # noqa: N818 - what happened, not what kind of error
    """A batch was stopped by Ctrl-C; what is finished is kept."""

    exit_code = 130


class _Command:
    """What a command must know when it is stopped.

    Attributes
    ----------
    signal
        The first signal that came.
    patient
        Whether work in flight may be finished first.
    last_words
        What is said if it has to be ended from outside.
    folders
        Temporary folders to be removed.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self.patient = False
        self.last_words = "stopped"
        self.folders: set[str] = set()


_command: _Command | None = None


def take_signals() -> None:
    """Let signals stop this command, whatever it is doing; to be called once, at its very beginning."""
    global _command  # noqa: PLW0603 - a process has one set of signals
    if _command is not None or threading.current_thread() is not threading.main_thread():
        return
    _command = _Command()
    reading, writing = os.pipe()
    if hasattr(os, "set_blocking"):
        os.set_blocking(writing, False)
    # The interpreter writes the number of each signal at once, even while the main thread is in compiled code.
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(reading, _command), name="last-resort", daemon=True).start()
    for number in _ENDING:
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:  # nohup ignores SIGHUP
            signal.signal(number, _raise)


def leave_signals() -> None:
    """Let the system end the process at a signal again: the command is done."""
    for number in _ENDING:
        if signal.getsignal(number) is _raise:
            signal.signal(number, signal.SIG_DFL)


def stopped_with() -> int | None:
    """Exit code of a command that a signal has stopped; None if none has come."""
    return None if _command is None or _command.signal is None else _SHELLS_CODE + _command.signal


@contextmanager
def last_words(text: str) -> Iterator[None]:
    """Say what a command tells if it is stopped in the block."""
    if _command is None:
        yield
        return
    before, _command.last_words = _command.last_words, text
    try:
        yield
    finally:
        _command.last_words = before


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder that is gone afterwards, also if a signal ends the command."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sim-", ignore_cleanup_errors=True) as folder:
        known = set() if _command is None else _command.folders
        known.add(folder)
        try:
            yield Path(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            known.discard(folder)


class CtrlC:
    """While the block runs, the first Ctrl-C only sets `requested`; the second raises KeyboardInterrupt.

    So do the other signals that end a process, in a command. Outside the main thread, where Python delivers no
    signals, nothing changes.

    Parameters
    ----------
    notify
        Called at the first Ctrl-C; must not print (it may interrupt a print).

    Raises
    ------
    Stopped
        At the end of the block, if Ctrl-C was pressed and nobody has looked since.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._requested_at: float | None = None
        self._notify = notify
        self._before: dict[int, Any] = {}
        self._at_once = False

    @property
    def requested(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._requested_at is not None

    @property
    def overdue(self) -> bool:
        """Whether Ctrl-C was pressed so long ago that work in flight is to be abandoned."""
        return self._requested_at is not None and time.monotonic() - self._requested_at > PATIENCE_SECONDS

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Do something long that can be given up at any moment: in the block Ctrl-C ends it.

        Raises
        ------
        Stopped
            If Ctrl-C has been pressed, before or in the block.
        """
        self._at_once = True
        try:
            if self.requested:
                raise Stopped
            yield
        except KeyboardInterrupt as pressed:
            raise Stopped from pressed
        finally:
            self._at_once = False

    def __enter__(self) -> Self:
        if stopped_with() is not None:  # A library lost the exception.
            raise Stopped
        if threading.current_thread() is threading.main_thread():
            numbers = [signal.SIGINT] if _command is None else [n for n in _ENDING if signal.getsignal(n) is _raise]
            for number in numbers:
                self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
        _in_flight(False)
        if self.requested and error is None:
            raise Stopped

    def _handle(self, number: int, frame: FrameType | None) -> None:
        _record(number)
        if self.requested or self._at_once:
            self._requested_at = self._requested_at or time.monotonic()
            raise KeyboardInterrupt
        self._requested_at = time.monotonic()
        _in_flight(True)
        self._notify()


def _raise(number: int, frame: FrameType | None) -> None:
    _record(number)
    raise KeyboardInterrupt


def _record(number: int) -> None:
    if _command is not None and _command.signal is None:
        _command.signal = number


def _in_flight(patient: bool) -> None:
    if _command is not None:
        _command.patient = patient


def _watch(pipe: int, command: _Command) -> None:
    """End the process some time after the first signal, if it is still there."""
    while True:
        number = next((byte for byte in os.read(pipe, 512) if byte in _ENDING), None)
        if number is not None:
            break
    time.sleep(LAST_RESORT_SECONDS)
    if command.patient:
        time.sleep(PATIENCE_SECONDS)
    import shutil

    for folder in list(command.folders):
        for _ in range(100):  # The main thread may still be putting files there.
            shutil.rmtree(folder, ignore_errors=True)
            if not Path(folder).exists():
                break
    shown = _SHOW_CURSOR if sys.stderr is not None and sys.stderr.isatty() else ""
    with suppress(OSError):
        os.write(2, f"{shown}{command.last_words}\n".encode(errors="replace"))
    os._exit(_SHELLS_CODE + number)
