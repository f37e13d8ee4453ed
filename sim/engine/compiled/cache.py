"""Where the compiled loop is kept between runs, and when it is compiled anew.

Numba keeps machine code on disk, but does not notice that a function called from another file was edited. So the
directory's name holds a hash of every source file that the loop can depend on: other sources, other directory.
"""

import contextlib
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCES = ("catalogue.py", "tables/*.py", "model/**/*.py", "engine/**/*.py")
"""Files of the package from which the loop is compiled."""


class Kept(NamedTuple):
    """Where compiled code is kept.

    Attributes
    ----------
    directory
        Made and writable; None: there is none.
    compiled
        Whether the loop lies there already.
    """

    directory: Path | None
    compiled: bool


def find() -> Kept:
    """Choose the first directory that can be written: NUMBA_CACHE_DIR, the user's cache, a temporary one."""
    name = f"loop-{sources_hash()}"
    for parent in candidates():
        directory = parent / name
        if _writable(directory):
            return Kept(directory, any(directory.rglob("*.nbi")))
    return Kept(None, False)


def candidates() -> Iterator[Path]:
    """Directories under which compiled code may be kept, in order of preference."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        yield Path(chosen)
    with contextlib.suppress(RuntimeError):  # the user has no home directory
        yield _user_cache() / "jobcentre-sim"
    yield Path(tempfile.gettempdir()) / "jobcentre-sim"


def sources_hash() -> str:
    """Hash of all source files from which the loop is compiled."""
    digest = hashlib.blake2b(digest_size=10)
    package = Path(__file__).resolve().parents[2]
    for pattern in SOURCES:
        for file in sorted(package.glob(pattern)):
            digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def announcement(kept: Kept) -> str:
    """What the user is told before the loop is compiled."""
    text = "Compiling the engine for this computer: about 20 seconds, once."
    if kept.directory is None:
        return (
            "Compiling the engine for this computer: about 20 seconds. No directory can be written to keep the "
            "result, so every process compiles anew; set NUMBA_CACHE_DIR to a directory that can be written."
        )
    return f"{text} The result is kept in {kept.directory}."


def announce(kept: Kept) -> None:
    """Tell the user, on stderr, that compiling takes its time."""
    print(announcement(kept), file=sys.stderr, flush=True)


def _user_cache() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    own = os.environ.get("XDG_CACHE_HOME")
    return Path(own) if own else Path.home() / ".cache"


def _writable(directory: Path) -> bool:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return True
    except OSError:
        return False
