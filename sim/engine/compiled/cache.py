"""Keeping the compiled loop between runs, and what the user is told of it.

Numba does not notice that a function called from another file was edited. So what is kept is found by a hash of
every source file that the loop can depend on: other sources, other code.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from sim.model.kept_code import KeptCode, tell

SOURCES = ("catalogue.py", "tables/*.py", "model/**/*.py", "engine/**/*.py")
"""Files of the package from which the loop is compiled."""


def kept_loop(function: Callable[..., object]) -> KeptCode:
    """Return the place of the loop, which tells the user when compiling takes its time."""
    return KeptCode(
        function,
        sources_hash,
        compiling=lambda directory: tell(compiling(directory)),
        keeping_failed=lambda directory, error: tell(keeping_failed(directory, error)),
    )


def sources_hash() -> str:
    """Hash of all source files from which the loop is compiled."""
    digest = hashlib.blake2b(digest_size=10)
    package = Path(__file__).resolve().parents[2]
    for pattern in SOURCES:
        for file in sorted(package.glob(pattern)):
            digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def compiling(directory: Path | None) -> str:
    """Say that the loop is being compiled, and where it is kept."""
    if directory is None:
        return (
            "Compiling the engine for this computer: about 20 seconds. There is no directory of your own to keep "
            f"the result, so every process compiles again; {_ADVICE}."
        )
    return (
        "Compiling the engine for this computer: about 20 seconds, once. "
        f"The result is kept in {directory}."
    )  # fmt: skip


def keeping_failed(directory: Path, error: OSError) -> str:
    """Say that the loop could not be kept, and why."""
    reason = error.strerror or str(error)
    return (
        f"The compiled engine could not be kept in {directory}: {reason}. The run goes on, but every process "
        f"compiles again; make room there, or {_ADVICE}."
    )


_ADVICE = "set NUMBA_CACHE_DIR to a directory that only you can write to"
