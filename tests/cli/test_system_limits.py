"""Limits of the system (``ulimit``) are named in one line, before any work where that can be."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import system_limits
from sim.cli.system_limits import ran_out, require_room
from sim.errors import UsageError

pytestmark = pytest.mark.posix

MEMORY = (
    "a process may have 0.5 GB of memory here (ulimit -v 500000), and at least 3 GB are needed: ulimit -v unlimited"
)
FILES = "a process may have 24 files open here (ulimit -n 24), and at least 64 are needed: ulimit -n 1024"


@pytest.mark.parametrize(
    ("command", "limit", "message"),
    [
        ("run", "-v 500000", MEMORY),
        ("sweep", "-n 24", FILES),
        ("compare", "-v 500000", MEMORY),
        ("ledger", "-n 24", FILES),
    ],
)
def test_too_little_is_said_before_any_work(command: str, limit: str, message: str, tmp_path: Path) -> None:
    line = f'ulimit {limit}; exec "$0" -m sim {command} absent'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")


def test_without_a_limit_there_is_room() -> None:
    require_room()


def test_files_that_may_be_had_are_taken() -> None:
    code = (
        "from resource import RLIMIT_NOFILE, getrlimit\n"
        "from sim.cli.system_limits import require_room\n"
        "require_room()\n"
        "print(*getrlimit(RLIMIT_NOFILE))"
    )
    line = 'ulimit -S -n 24; ulimit -H -n 100; exec "$0" -c "$1"'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "64 100\n"


def test_what_ran_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_limits, "_limits", lambda: (4_000_000_000, 100))
    files = "too many files are open (100 are allowed: ulimit -n); allow more, or use fewer --workers"
    memory = (
        "the system gives no more memory or threads (4.0 GB a process are allowed: ulimit -v); allow more, or use "
        "fewer --workers"
    )
    assert ran_out(OSError(errno.EMFILE, "Too many open files")) == files
    for error in (
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        RuntimeError("Unknown error: Failed to launch worker thread: Resource temporarily unavailable"),
    ):
        assert ran_out(error) == memory
    assert ran_out(ValueError("no")) == ran_out(OSError(errno.ENOENT, "No such file")) == ""
    monkeypatch.setattr(system_limits, "_limits", lambda: (None, None))
    assert ran_out(MemoryError()) == "the system gives no more memory or threads; allow more, or use fewer --workers"
    monkeypatch.setattr(system_limits, "_limits", lambda: (2_999_999_999, None))
    with pytest.raises(UsageError):
        require_room()
