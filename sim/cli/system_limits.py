"""What the system allows a process (``ulimit``): too little is said before any work, and named where it runs out."""

import errno
from contextlib import suppress

from sim.errors import UsageError

_LEAST_MEMORY = 3_000_000_000
"""Bytes of addresses, for libraries, compiled code and the threads of the readers of tables."""
_LEAST_FILES = 64
_NO_ROOM = (errno.ENOMEM, errno.EAGAIN)
_FILES = (errno.EMFILE, errno.ENFILE)
_SIGNS = (
    "Resource temporarily unavailable",
    "Cannot allocate memory",
    "failed to map segment",
    "can't start new thread",
    "malloc of size",
)
"""What libraries say where they keep no error number."""


def require_room() -> None:
    """Refuse to begin where libraries would crash or hang for want of memory or files.

    Raises
    ------
    UsageError
        With the limit, what is needed, and how it is raised.
    """
    memory, files = _limits()
    if memory is not None and memory < _LEAST_MEMORY:
        raise UsageError(
            f"a process may have {memory / 1e9:.1f} GB of memory here (ulimit -v {memory // 1024}), and at least "
            f"{_LEAST_MEMORY / 1e9:.0f} GB are needed: ulimit -v unlimited"
        )
    if files is not None and files < _LEAST_FILES:
        raise UsageError(
            f"a process may have {files} files open here (ulimit -n {files}), and at least {_LEAST_FILES} are "
            "needed: ulimit -n 1024"
        )


def ran_out(error: BaseException) -> str:
    """Say which limit of the system an error comes from; empty: it has another cause."""
    number, words = getattr(error, "errno", None), str(error)
    memory, files = _limits()
    if number in _FILES:
        allowed = "" if files is None else f" ({files} are allowed: ulimit -n)"
        return f"too many files are open{allowed}; allow more, or use fewer --workers"
    if isinstance(error, MemoryError) or number in _NO_ROOM or any(sign in words for sign in _SIGNS):
        allowed = "" if memory is None else f" ({memory / 1e9:.1f} GB a process are allowed: ulimit -v)"
        return f"the system gives no more memory or threads{allowed}; allow more, or use fewer --workers"
    return ""


def _limits() -> tuple[int | None, int | None]:
    """Bytes of addresses and open files that a process may have; None: as many as there are, or not known."""
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return None, None
    with suppress(OSError, ValueError):  # As many files as may be had without asking anybody.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < _LEAST_FILES <= hard:
            resource.setrlimit(resource.RLIMIT_NOFILE, (_LEAST_FILES, hard))
    found = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE))
    memory, files = (None if limit == resource.RLIM_INFINITY else limit for limit in found)
    return memory, files
