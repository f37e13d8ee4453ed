"""One signal at any moment of a command ends it: the exit code, one message, nothing left, and it can be resumed."""

import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.batch.tiny import PATIENT, data, tiny
from tests.cli.moments import CALLS, DEAF, IMPORTS, THERE

pytestmark = pytest.mark.posix

REPOSITORY = Path(__file__).parents[2]
CODES = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}

EXPERIMENT = """\
[experiment]
base = "tiny.toml"
tables = []
[factors."staffing.citizens_per_coordinator"]
values = [10, 20]
"""


def stopped(moment: str, number: str, folder: Path, *arguments: str) -> list[str]:
    """Start a command, send it a signal when it stands at the moment, and give what it says."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "tests.cli.moments", moment, *arguments]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as run:
        try:
            assert run.stderr is not None
            before = []
            while (line := run.stderr.readline().rstrip("\n")) != THERE:
                before.append(line)
                assert run.poll() is None, before
            run.send_signal(signal.Signals[number])
            out, err = run.communicate(timeout=PATIENT)
        finally:
            if run.poll() is None:
                run.kill()
    assert run.returncode == CODES[number], err
    assert bool(out) is (moment == "estimating")  # The plan stands before the estimate.
    assert list(temporary.iterdir()) == []
    return [line for line in err.splitlines() if line]  # An empty one ends the line that shows ^C.


PRECISE: tuple[str, ...] = (
    "run",
    "tiny.toml",
    "--workers",
    "1",
    "--quiet",
    "--out",
    "run",
    "--precision",
    "mean_stock=0.3",
)
PRECISE += ("--min-replications", "5", "--max-replications", "400")
KEPT = ["stopped at once; finished replications are kept", f"to go on: sim {' '.join(PRECISE)}"]


def test_at_the_very_beginning(tmp_path: Path) -> None:
    for number in CODES:
        assert stopped("start", number, tmp_path, "--version") == ["stopped"]


def test_in_the_last_chunk_of_a_stage(tmp_path: Path) -> None:
    tiny(tmp_path)
    first, second = stopped("simulating", "SIGINT", tmp_path, *PRECISE)
    # What was in flight is the whole of the first stage, and is finished if there is time; the second never begins.
    counts = [f"stopped; {count} of 5 replications of tiny are finished and kept in run" for count in (0, 5)]
    assert first in (*counts, KEPT[0])
    assert second == KEPT[1]
    assert not (tmp_path / "run" / "summary.csv").exists()


def test_an_estimate_leaves_no_folder(tmp_path: Path) -> None:
    tiny(tmp_path)
    (tmp_path / "two.toml").write_text(EXPERIMENT, encoding="utf-8")
    assert stopped("estimating", "SIGTERM", tmp_path, "sweep", "two.toml", "--dry-run") == ["stopped"]


@pytest.mark.parametrize("moment", CALLS)
def test_the_moments_are_there(moment: str) -> None:
    place, name = CALLS[moment]
    assert callable(pkgutil.resolve_name(f"{place}.{name}"))


SAYS = {
    **{moment: ["stopped"] for moment in (*IMPORTS, "showing")},
    **{moment: KEPT for moment in (*CALLS, *DEAF) if moment != "showing"},
}


@pytest.mark.long
@pytest.mark.parametrize("number", CODES)
@pytest.mark.parametrize("moment", [*IMPORTS, *CALLS, *DEAF])
def test_each_signal_at_each_moment(moment: str, number: str, tmp_path: Path) -> None:
    tiny(tmp_path)
    if moment == "estimating":
        (tmp_path / "two.toml").write_text(EXPERIMENT, encoding="utf-8")
        assert stopped(moment, number, tmp_path, "sweep", "two.toml", "--dry-run") == ["stopped"]
        return
    said = stopped(moment, number, tmp_path, *PRECISE)
    if said[0].startswith("stopped; "):  # It had the time to count.
        assert moment in ("looking through the directory", "simulating", "writing")
        said[0] = KEPT[0]
    assert said == SAYS[moment]
    finish(tmp_path, "run")
    finish(tmp_path, "whole")
    assert data(tmp_path / "run") == data(tmp_path / "whole")


def finish(folder: Path, out: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    words = [out if before == "--out" else word for before, word in zip(("", *PRECISE), PRECISE, strict=False)]
    command = [sys.executable, "-m", "sim", *words]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
