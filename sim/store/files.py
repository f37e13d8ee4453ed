"""Atomic files: written under a temporary name beside the final one, then renamed: whole or absent."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sim.errors import RunFailed

# Readers of Parquet data sets skip names that begin with a dot.
_PREFIX, _SUFFIX = ".", ".tmp"


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that appears at `path` only when the block ends without an error.

    Parameters
    ----------
    path
        Final name; its folder is made if it is not there, and a file there is replaced.

    Yields
    ------
    BinaryIO
        The temporary file, on the disk itself (fsync) before it is renamed.

    Raises
    ------
    RunFailed
        If the file cannot be written; names the file.
    """
    temporary = path.with_name(f"{_PREFIX}{path.name}.{os.getpid()}{_SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        _forget(temporary)
        raise RunFailed(f"{path.as_posix()}: cannot be written: {_reason(error)}") from error
    except BaseException:
        _forget(temporary)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file atomically, with the line ends of `text` on every platform."""
    with atomic(path) as file:
        file.write(text.encode("utf-8"))


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a run which died has left in `folder`."""
    for path in sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}")):
        path.unlink(missing_ok=True)


def _forget(temporary: Path) -> None:
    # Where the folder itself is at fault, there is no file to remove; the first error is the one to tell.
    with suppress(OSError):
        temporary.unlink()


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "permission denied (is it open in another program?)"
    return (error.strerror or str(error)).lower()
