"""Standard streams that are closed, full or no longer read: the work is done, and the exit code tells the rest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from tests.batch.tiny import data, tiny
from tests.cli.test_light_commands import REPOSITORY

pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full"),
]

FULL = (
    "standard output: cannot be written: no space left on device; what was to be shown is lost, files are not "
    "affected\n"
)


def shell(folder: Path, line: str, encoding: str = "utf-8") -> tuple[int, str]:
    """Run a line of bash, in which SIM is the program; gives the exit code and what it says.

    Where GONE is the reader of a pipe, it has closed its end before the program begins.
    """
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": encoding}
    if line.endswith(" | GONE"):
        line = f"mkfifo gone; (read -r _ <gone; {line.removesuffix(' | GONE')}) | (exec <&-; echo >gone)"
        line += "; exit ${PIPESTATUS[0]}"
    line = line.replace("SIM", f"{sys.executable} -m sim")
    done = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode(encoding)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("SIM --version >&-", 0, ""),
        ("SIM --version <&- >&- 2>&-", 0, ""),
        ("SIM --version >/dev/full", 1, FULL),
        ("SIM chek 2>/dev/full", 2, ""),
        ("SIM chek 2>&-", 2, ""),
        ("SIM --help | GONE", 141, ""),
        ("SIM chek 2>&1 | GONE", 2, ""),
    ],
)
def test_what_cannot_be_shown(tmp_path: Path, line: str, code: int, said: str) -> None:
    assert shell(tmp_path, line) == (code, said)


def test_a_name_that_the_output_cannot_show(tmp_path: Path) -> None:
    tiny(tmp_path, "før")
    told = ": ok (2 coordinators for 40 citizens, 12 weeks, 7 replications)\n"
    for encoding, name in (("cp437", "f?r.toml"), ("cp1252", "før.toml")):
        code, output = shell(tmp_path, "SIM check før.toml", encoding)
        assert (code, output.splitlines(keepends=True)[0]) == (0, name + told)


@pytest.mark.parametrize(
    ("streams", "code", "said"),
    [
        ("<&- >&- 2>&-", 0, ""),
        pytest.param(">/dev/full", 1, FULL, marks=pytest.mark.long),
        pytest.param("2>/dev/full >&-", 0, "", marks=pytest.mark.long),
        pytest.param("2>&1 | GONE", 141, "", marks=pytest.mark.long),
    ],
)
def test_a_run_is_finished_all_the_same(tmp_path: Path, streams: str, code: int, said: str) -> None:
    config = tiny(tmp_path)
    assert shell(tmp_path, f"SIM run tiny.toml --workers 1 --out run {streams}") == (code, said)
    assert data(tmp_path / "run") == data(sim.run(config, out=tmp_path / "whole").path)
