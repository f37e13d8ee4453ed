"""Atomic files: written under a temporary name beside the final one, then renamed: whole or absent."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.errors import RunFailed
from sim.store.digest import DigestingFile

# Readers of Parquet data sets skip names that begin with a dot.
_PREFIX, _SUFFIX = ".", ".tmp"


@contextmanager
def atomic(path: Path) -> Iterator[DigestingFile]:
    """Open a file for writing that appears at `path` only when the block ends without an error.

    Parameters
    ----------
    path
        Final name; its folder is made if it is not there, and a file there is replaced.

    Yields
    ------
    DigestingFile
        The temporary file, on the disk itself (fsync) before it is renamed; it knows the digest of what was written.

    Raises
    ------
    RunFailed
        If the file cannot be written; names the file.
    """
    # Random: on a cluster, process numbers meet; and two workers may write the same part, the same bytes.
    temporary = path.with_name(f"{_PREFIX}{path.name}.{secrets.token_hex(4)}{_SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            yield DigestingFile(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        _forget(temporary)
        raise cannot_be_written(path, error) from error
    except BaseException:
        _forget(temporary)
        raise


def write_text(path: Path, text: str) -> str:
    """Write a UTF-8 text file atomically, with the line ends of `text` on every platform; give its digest."""
    with atomic(path) as file:
        file.write(text.encode("utf-8"))
    return file.digest


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a run which died has left in `folder`."""
    for path in sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}")):
        with suppress(OSError):  # On Windows, one that a thread is still writing; the next run removes it.
            path.unlink()


def cannot_be_written(path: Path, error: OSError) -> RunFailed:
    """Make the error that names the file and says why."""
    return RunFailed(f"{path.as_posix()}: cannot be written: {reason(error)}")


def _forget(temporary: Path) -> None:
    # Where the folder itself is at fault, there is no file to remove; the first error is the one to tell.
    with suppress(OSError):
        temporary.unlink()


def reason(error: OSError) -> str:
    """Say in a few words why a file cannot be had."""
    if isinstance(error, PermissionError):
        return "permission denied (is it open in another program?)"
    return (error.strerror or str(error)).lower()
