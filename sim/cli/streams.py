"""The standard streams: what cannot be shown does not stop the work; the exit code tells it.

A stream that was closed (``>&-``) is as good as the null device. Of one that cannot be written (a full disk, a pipe
whose reader has gone) the rest is dropped, and the command finishes its work.
"""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING

from sim.errors import SimError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

READER_GONE = 141
"""Exit code, as the shell has it, when the reader of a pipe has gone."""

_STANDARD_ERROR = 2
_GONE = (errno.EPIPE, errno.EINVAL)  # The second on Windows.


class _Buffer(io.BufferedWriter):
    """The bytes of a stream; after the first failure they go to the null device."""

    failure: OSError | None = None

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write what can be written."""
        try:
            return super().write(data)
        except OSError as error:
            self._give_up(error)
            return memoryview(data).nbytes

    def flush(self) -> None:
        """Write what is waiting."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)
            super().flush()

    def _give_up(self, error: OSError) -> None:
        self.failure = error
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, self.fileno())
        os.close(null)


class Streams:
    """Standard output and error of this process, in the place of Python's own."""

    def __init__(self) -> None:
        self._buffers: dict[str, _Buffer] = {}
        _open_closed()
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is None:
                setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
            elif isinstance(stream, io.TextIOWrapper):
                # A console of an old code page shows a question mark instead of failing.
                stream.reconfigure(errors="replace")
                # A console of Windows has a file of its own kind.
                if isinstance(getattr(stream.buffer, "raw", stream.buffer), io.FileIO):
                    setattr(sys, name, self._renewed(name, stream))

    def _renewed(self, name: str, stream: io.TextIOWrapper) -> io.TextIOWrapper:
        self._buffers[name] = _Buffer(io.FileIO(stream.fileno(), "w", closefd=False))
        return io.TextIOWrapper(
            self._buffers[name],
            encoding=stream.encoding,
            errors=stream.errors,
            line_buffering=stream.line_buffering,
            write_through=stream.write_through,
        )

    def close(self, code: int) -> int:
        """Write what is left; give the exit code, which an error of the command's own decides."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        failures = {name: of.failure for name, of in self._buffers.items() if of.failure is not None}
        if code or not failures:
            return code
        if any(failure.errno in _GONE for failure in failures.values()):
            return READER_GONE
        if "stdout" not in failures:
            return code  # Progress and notes.
        from sim.store.files import reason

        sys.stderr.write(
            f"standard output: cannot be written: {reason(failures['stdout'])}; what was to be shown is lost, "
            "files are not affected\n"
        )
        sys.stderr.flush()
        return SimError.exit_code


def _open_closed() -> None:
    """Put the null device in the place of closed streams: the next file to be opened would become one of them."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STANDARD_ERROR:
        os.set_inheritable(number, True)
    os.close(number)
