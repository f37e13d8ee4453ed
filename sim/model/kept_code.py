"""Compiled code kept between runs: a file for each function, used only if it is whole and the user's own.

A file that was cut short or changed could give other numbers, or end the process without a word. So each carries a
digest of its content, which is looked at before any of it is loaded; a file that fails is deleted, and the function
is compiled again. The digest finds damage; that nobody else writes there is up to `sim.model.private_directory`.
"""

import contextlib
import hashlib
import importlib
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.model import private_directory

SUFFIX = ".code"
TEMPORARY = ".tmp"
DIGEST_BYTES = 32
UNUSED_DAYS = 90.0
"""After so long without use a file is deleted: it is of an older version, or of another computer."""


class KeptCode:
    """Where one compiled function is kept; it stands in for Numba's own cache of a dispatcher.

    Parameters
    ----------
    function
        The Python function.
    sources
        Gives a hash of all source files on which its machine code depends.
    compiling
        Is called with the directory (None: there is none) when nothing usable was kept, before compiling begins.
    keeping_failed
        Is called with the directory and the error if the result could not be written.
    """

    def __init__(
        self,
        function: Callable[..., object],
        sources: Callable[[], str],
        compiling: Callable[[Path | None], None] = lambda _: None,
        keeping_failed: Callable[[Path, OSError], None] = lambda _, __: None,
    ) -> None:
        self._name = f"{function.__module__.split('.')[-1]}-{function.__name__.strip('_')}"
        self._sources = sources
        self._compiling = compiling
        self._keeping_failed = keeping_failed

    @property
    def cache_path(self) -> str | None:
        """The directory."""
        directory = private_directory.find()
        return None if directory is None else str(directory)

    def file(self, directory: Path, signature: Any, codegen: Any) -> Path:
        """Return the file's path: whatever the machine code depends on is in its name."""
        import llvmlite
        import numba

        depends = (numba.__version__, llvmlite.__version__, sys.version, self._sources(), str(signature))
        key = hashlib.blake2b(repr((*depends, codegen.magic_tuple())).encode(), digest_size=16).hexdigest()
        return directory / f"{self._name}-{key}{SUFFIX}"

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Return the compiled function if it was kept whole, else None; Numba then compiles."""
        target.refresh()
        directory = private_directory.find()
        if directory is not None:
            file = self.file(directory, signature, target.codegen())
            try:
                content = read(file)
                if content is not None:
                    return _numba_core("compiler").CompileResult._rebuild(target, *pickle.loads(content))
            except MemoryError:
                raise
            except Exception:  # whatever code of another origin does when it is loaded: it is of no use
                _delete_damaged(file)
        self._compiling(directory)
        return None

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep what was compiled; where it cannot be written, the run goes on without."""
        directory = private_directory.find()
        if directory is None or result.library.has_dynamic_globals:
            return
        file = self.file(directory, signature, result.target_context.codegen())
        try:
            write(file, _numba_core("serialize").dumps(result._reduce()))
            tidy(directory)
        except OSError as error:
            self._keeping_failed(directory, error)

    def enable(self) -> None:
        """Numba asks for it; kept code is always on."""

    def disable(self) -> None:
        """Numba asks for it; kept code is always on."""

    def flush(self) -> None:
        """Numba asks for it; there is nothing in memory."""


def keep(dispatcher: Any, kept: KeptCode) -> Any:
    """Let Numba look for a function's machine code in a file of one's own, and keep it there."""
    dispatcher._cache = kept
    return dispatcher


class DamagedError(Exception):
    """A file of compiled code is not what was written."""


def read(file: Path) -> bytes | None:
    """Read what was kept.

    Returns
    -------
    bytes or None
        None: there is no such file, or it cannot be read.

    Raises
    ------
    DamagedError
        If it is not the user's own, or not what was written under this name.
    """
    try:
        with file.open("rb") as opened:
            if not private_directory.is_own_file(os.fstat(opened.fileno())):
                raise DamagedError
            digest, content = opened.read(DIGEST_BYTES), opened.read()
    except OSError:
        return None
    if digest != _digest(file, content):
        raise DamagedError
    with contextlib.suppress(OSError):
        os.utime(file)
    return content


def write(file: Path, content: bytes) -> None:
    """Write what is to be kept, under a temporary name first.

    Raises
    ------
    OSError
        If there is no room, or no right to write; nothing is left behind.
    """
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=TEMPORARY, delete=False) as opened:
        try:
            opened.write(_digest(file, content) + content)
            opened.close()
            Path(opened.name).replace(file)
        except BaseException:
            opened.close()
            Path(opened.name).unlink()
            raise


def tidy(directory: Path) -> None:
    """Delete what killed processes have left half written, and code that was not used for months."""
    now = time.time()
    days = {TEMPORARY: 1.0, SUFFIX: UNUSED_DAYS}
    for file in directory.iterdir():
        with contextlib.suppress(OSError):
            if now - file.stat().st_mtime > days.get(file.suffix, float("inf")) * 86_400.0:
                file.unlink()


def _digest(file: Path, content: bytes) -> bytes:
    """Digest of the name and the content, so that a file under another's name is found too."""
    return hashlib.blake2b(file.name.encode() + b"\0" + content, digest_size=DIGEST_BYTES).digest()


def _delete_damaged(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
    tell(f"{file} was damaged. It is deleted, and its function is compiled again.")


def tell(text: str) -> None:
    """Tell the user on stderr, if there is one."""
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def _numba_core(module: str) -> Any:
    """Import an inner module of Numba, where it is needed: it is slow to import, and not typed."""
    return importlib.import_module(f"numba.core.{module}")
