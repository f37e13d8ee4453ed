"""One run at a time in a directory."""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from errno import ENOLCK
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import sim
from sim.errors import UsageError
from sim.store.lock import Lock
from sim.store.provenance import code_version
from tests.batch.tiny import data, digest, make, tiny

HOLDER = """\
import sys, time
from pathlib import Path
from sim.store.lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
time.sleep(600)
"""


@pytest.mark.posix
def test_the_second_run_is_refused_until_the_first_is_dead(tmp_path: Path) -> None:
    directory, config = tmp_path / "run", tiny(tmp_path)
    make(config, directory, 5)
    before = data(directory)
    command = [sys.executable, "-c", HOLDER, str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            with pytest.raises(UsageError) as refused:
                make(config, directory, 7)
        finally:
            holder.send_signal(signal.SIGKILL)
            holder.wait()
        message, _, rest = str(refused.value).partition(", since ")
        assert message == (
            f"{directory.as_posix()}: another run is at work there (process {holder.pid} on {platform.node()}"
        )
        assert rest.partition("); ")[2] == "wait for its end, or choose another --out"
        assert refused.value.exit_code == 2
    assert (directory / ".lock").exists()
    assert data(directory) == before | {".lock": digest(directory / ".lock")}
    assert data(make(config, directory, 7)) == data(make(config, tmp_path / "undisturbed", 7))


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: FileLock, **_: Any) -> None:
        (tmp_path / "run" / ".lock").touch()
        raise OSError(ENOLCK, "No locks available")

    monkeypatch.setattr(FileLock, "acquire", none)
    config = tiny(tmp_path)
    with pytest.warns(UserWarning, match="its file system has no locks; see to it that nothing else runs there"):
        sim.run(config, out=tmp_path / "run", replications=3)
    monkeypatch.undo()
    assert data(make(config, tmp_path / "run", 3)) == data(make(config, tmp_path / "undisturbed", 3))


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are those of POSIX")
@pytest.mark.parametrize("there", [True, False])
def test_a_directory_that_may_only_be_read(there: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = tiny(folder)
        directory = make(config, folder / "run", 5) if there else folder / "run"
        before = data(folder)
        for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            path.chmod(0o555)
        root = os.geteuid() == 0
        try:
            code_version()  # Asked for now: nobody may not be allowed to read root's checkout.
            if root:  # Nothing forbids root to write; nobody is forbidden.
                os.seteuid(65534)
            with pytest.raises(UsageError) as refused:
                make(config, directory, 7)
        finally:
            if root:
                os.seteuid(0)
            for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
                path.chmod(0o755)
        reason = (
            "cannot be written: permission denied (is it open in another program?)"
            if there
            else f"cannot be made: {folder.as_posix()} cannot be written to"
        )
        assert str(refused.value) == f"{directory.as_posix()}: {reason}"
        assert data(folder) == before


def test_released_locks_leave_nothing(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    assert lock.acquire()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock"]
    lock.release()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix
def test_what_others_write_into_a_lock_is_shown_as_text(tmp_path: Path) -> None:
    first, second = Lock(tmp_path), Lock(tmp_path)
    assert first.acquire()
    try:
        for host, shown in (("h\x1b[2J\nall is well", "h\\x1b[2J\\x0aall is well"), ("x" * 5000, "x" * 60)):
            content = json.dumps({"process": 1, "host": host, "since": "today"})
            (tmp_path / ".lock").write_text(content, encoding="utf-8")
            with pytest.raises(UsageError) as refused:
                second.acquire()
            assert shown in str(refused.value)
            assert "\n" not in str(refused.value)
            assert len(str(refused.value)) < len(str(tmp_path)) + 300
    finally:
        first.release()
