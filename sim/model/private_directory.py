"""Where compiled code is kept between runs: only where nobody else can put any.

Kept code is loaded and run, so it is taken only from a directory in which nobody else can put files, or another
directory in its place. Where there is none, code is compiled in memory.
"""

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAME = "jobcentre-sim"


def find() -> Path | None:
    """Make the first directory that is one's own: in NUMBA_CACHE_DIR, or in the user's cache.

    Returns
    -------
    Path or None
        Writable and private, without links on the way to it; None: there is no place for it.
    """
    own = (_own(parent / NAME) for parent in parents())
    return next((directory for directory in own if directory is not None), None)


def parents() -> Iterator[Path]:
    """Directories in which compiled code may be kept, in order of preference."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        yield Path(chosen)
    with contextlib.suppress(RuntimeError):  # the user has no home directory
        yield _user_cache()


def is_own_file(status: os.stat_result) -> bool:
    """Whether what was opened is an ordinary file of the user's that nobody else can write to."""
    if not stat.S_ISREG(status.st_mode):
        return False
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE)


def _own(directory: Path) -> Path | None:
    """Make a directory and look at it, or at what a link leads to: a link could be changed after the look."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        place = directory.resolve()
        if not _is_private(place):
            return None
        with tempfile.TemporaryFile(dir=place):
            return place
    except OSError:
        return None


def _is_private(place: Path) -> bool:
    """Whether nobody but the user (and root) can put files into a directory, or another directory in its place.

    The directory must be the user's own and closed to others; it is closed (0700) if others could only read it. Each
    directory above it must belong to the user or to root, and be writable by nobody else, unless it is one in which
    everybody can move only what is their own (the sticky bit, as in ``/tmp``). On Windows the user's own folders are
    private by the rights that they inherit, which are not looked at.
    """
    if sys.platform == "win32":
        return True
    own = place.stat()
    if own.st_uid != os.geteuid() or own.st_mode & _OTHERS_WRITE:
        return False
    if own.st_mode & _OTHERS:
        place.chmod(0o700)
    return all(_is_safe(above.stat()) for above in place.parents)


_OTHERS, _OTHERS_WRITE = 0o077, 0o022


def _is_safe(above: os.stat_result) -> bool:
    if above.st_uid not in (0, os.geteuid()):
        return False
    return bool(above.st_mode & stat.S_ISVTX) or not _writable_by_others(above)


def _writable_by_others(above: os.stat_result) -> bool:
    """Whether others may write there; a group of which the user is the only member is no others."""
    if above.st_mode & stat.S_IWOTH:
        return True
    return bool(above.st_mode & stat.S_IWGRP) and not _is_own_group(above.st_gid)


def _is_own_group(group: int) -> bool:
    """Whether a group is the user's private one, as many systems give each user."""
    import grp
    import pwd

    try:
        user = pwd.getpwuid(os.geteuid())
        return user.pw_gid == group and set(grp.getgrgid(group).gr_mem) <= {user.pw_name}
    except KeyError:
        return False


def _user_cache() -> Path:
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) if local else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    own = os.environ.get("XDG_CACHE_HOME")
    return Path(own) if own else Path.home() / ".cache"
