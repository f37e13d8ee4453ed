"""Where the compiled loop is kept between runs, and when it is compiled anew.

Numba keeps machine code on disk, but does not notice that a function called from another file was edited. So the
directory's name holds a hash of every source file that the loop can depend on: other sources, other directory.
"""

import hashlib
import sys
from pathlib import Path
from typing import NamedTuple

from sim.model import kept_code

SOURCES = ("catalogue.py", "tables/*.py", "model/**/*.py", "engine/**/*.py")
"""Files of the package from which the loop is compiled."""


class Kept(NamedTuple):
    """Where compiled code is kept.

    Attributes
    ----------
    directory
        Made, writable and private; None: there is none.
    compiled
        Whether the loop lies there already.
    """

    directory: Path | None
    compiled: bool


def find() -> Kept:
    """Choose the first directory that is one's own: in NUMBA_CACHE_DIR, or in the user's cache."""
    directory = kept_code.directory(f"loop-{sources_hash()}")
    return Kept(directory, directory is not None and any(directory.rglob("*.nbi")))


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
            "Compiling the engine for this computer: about 20 seconds. There is no directory of your own to keep "
            "the result, so every process compiles again; set NUMBA_CACHE_DIR to one that only you can write to."
        )
    return f"{text} The result is kept in {kept.directory}."


def announce(kept: Kept) -> None:
    """Tell the user, on stderr, that compiling takes its time."""
    print(announcement(kept), file=sys.stderr, flush=True)
