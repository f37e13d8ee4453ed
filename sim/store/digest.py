"""Digests (SHA-256): by which values, or a file, are known to be those that were written."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from sim.input_files import require_file

Digests = Mapping[str, str]
"""Digest of each file of a directory, by its path from there."""

_FILES_REMEMBERED = 200_000


class DigestingFile:
    """A file open for writing whose digest is made of the bytes as they pass: it is never read again for it.

    It can only be added to, which is all that writers of Parquet and of texts need.

    Parameters
    ----------
    file
        Where the bytes go.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sha = file, hashlib.sha256()

    def write(self, data: Any) -> int:
        """Write bytes."""
        self._sha.update(data)
        return self._file.write(data)

    def tell(self) -> int:
        """Number of bytes written."""
        return self._file.tell()

    def flush(self) -> None:
        """Hand all bytes to the operating system."""
        self._file.flush()

    def fileno(self) -> int:
        """Number of the open file."""
        return self._file.fileno()

    @property
    def closed(self) -> bool:
        """Whether the file is closed."""
        return self._file.closed

    @property
    def digest(self) -> str:
        """Digest of the bytes so far, in hexadecimal digits, as ``sha256sum`` prints it."""
        return self._sha.hexdigest()


def values_digest(values: Mapping[str, Any]) -> str:
    """Compute the digest of values of JSON types, written in one way; their order counts.

    Raises
    ------
    ValueError
        If there is a number that JSON does not have, such as NaN.
    """
    written = json.dumps(values, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def file_digest(path: Path) -> str:
    """Compute the digest of a file, in hexadecimal digits.

    A file is read once in a command: it is not read again while its size, its time of change and its place on the
    disk stay what they were.

    Raises
    ------
    OSError
        If the file cannot be read, or is none: a pipe or a device would be read for ever.
    """
    require_file(path)
    state = path.stat()
    return _read_digest(path.absolute(), state.st_size, state.st_mtime_ns, state.st_ino)


@lru_cache(_FILES_REMEMBERED)
def _read_digest(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget() -> None:
    """Read every file again the next time."""
    _read_digest.cache_clear()
