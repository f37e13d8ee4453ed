"""Reading files that somebody names: nothing that never ends, nothing larger than it can be.

What is named may be no file at all: a device that never ends, a pipe that nobody writes to, a folder. To read it as
a file would then hang, or fill the memory.
"""

import os
import select
import stat
from pathlib import Path

_PIPE_SECONDS = 10.0
"""How long a pipe may be silent."""
_BLOCK = 65_536


class NotAFile(OSError):  # noqa: N818 - what it is, not what kind of error
    """What is named is no file, or a larger one than can be meant; `strerror` says in words what it is."""

    def __init__(self, words: str, path: Path) -> None:
        super().__init__(None, words, str(path))


def read_file(path: Path, most: int | None = None, *, pipes: bool = False) -> bytes:
    """Read a whole file.

    Parameters
    ----------
    path
        The file.
    most
        Bytes that it may have; None: any number.
    pipes
        Whether it may be a pipe, as in ``sim check <(...)``. What a pipe holds can be read only once.

    Raises
    ------
    OSError
        If it cannot be read; `NotAFile` if it is not a file, or larger than `most`. `strerror` has the words.
    """
    # Not to block: a pipe that nobody writes to cannot even be opened otherwise.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        kind = os.fstat(descriptor)
        if pipes and stat.S_ISFIFO(kind.st_mode):
            return _read(descriptor, most, path, is_pipe=True)
        _require_file(kind.st_mode, path)
        if most is not None and kind.st_size > most:
            raise _too_large(most, path)
        return _read(descriptor, most, path, is_pipe=False)
    finally:
        os.close(descriptor)


def require_file(path: Path) -> None:
    """Make sure that a library which opens `path` by itself finds a file there.

    Raises
    ------
    OSError
        If there is nothing, or it is not a file.
    """
    _require_file(path.stat().st_mode, path)


def _require_file(mode: int, path: Path) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = ((stat.S_ISDIR, "is a folder"), (stat.S_ISFIFO, "is a pipe"), (stat.S_ISSOCK, "is a socket"))
    what = next((words for is_kind, words in kinds if is_kind(mode)), "is a device")
    raise NotAFile(f"{what}, not a file", path)


def _read(descriptor: int, most: int | None, path: Path, *, is_pipe: bool) -> bytes:
    content = bytearray()
    while True:
        if is_pipe:
            _wait(descriptor, path)
        try:
            block = os.read(descriptor, _BLOCK)
        except BlockingIOError:  # Another process has been quicker to read from the pipe.
            continue
        if not block:
            return bytes(content)
        content += block
        if most is not None and len(content) > most:
            raise _too_large(most, path)


def _wait(descriptor: int, path: Path) -> None:
    """Wait until a pipe has something, or its writers have left."""
    if not select.select([descriptor], [], [], _PIPE_SECONDS)[0]:
        raise NotAFile(f"is a pipe, and nothing was written to it for {_PIPE_SECONDS:g} seconds", path)


def _too_large(most: int, path: Path) -> NotAFile:
    return NotAFile(f"is larger than {most / 1e6:g} MB", path)
