"""Ctrl-C: once to finish what is in flight, twice to stop at once."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim import engine
from sim.batch import variant
from sim.batch.workers.interrupt import PATIENCE_SECONDS, CtrlC, Stopped
from sim.store import results
from tests.batch.tiny import FOLDERS, PATIENT, data, make, tiny

pytestmark = pytest.mark.posix


def interrupting(*at: int) -> Callable[..., Any]:
    """An engine in whose replications of these numbers Ctrl-C is pressed."""

    def simulate(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number in at:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)  # The main thread hears it; this is another.
        return engine.simulate(parameters, seed, number, **options)

    return simulate


def wait_for_threads() -> None:
    """Until threads have noticed that their work is not wanted, and have gone, leaving nothing."""
    deadline = time.monotonic() + PATIENT
    while any(thread.name.startswith("sim") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_once_finishes_the_chunk_in_flight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    monkeypatch.setattr(variant, "simulate", interrupting(6))
    before = signal.getsignal(signal.SIGINT)  # ignored, where the tests run in the background of a shell
    with pytest.raises(Stopped) as stopped:
        make(config, directory, 15)
    assert str(stopped.value) == (
        f"stopped; 10 of 15 replications of tiny are finished and kept in {directory.as_posix()}\n"
        "to go on: sim run tiny.toml"
    )
    assert stopped.value.exit_code == 130
    assert signal.getsignal(signal.SIGINT) is before
    monkeypatch.undo()
    assert data(make(config, directory, 15)) == data(make(config, tmp_path / "undisturbed", 15))


def test_failures_before_it_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = interrupting(8)

    def simulate(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number == 3:
            raise ZeroDivisionError
        return stopping(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", simulate)
    with pytest.raises(Stopped) as stopped:
        make(tiny(tmp_path), tmp_path / "run", 15)
    assert str(stopped.value).splitlines() == [
        f"stopped; 5 of 15 replications of tiny are finished and kept in {(tmp_path / 'run').as_posix()}",
        "1 replication has failed, and will be tried again",
        "to go on: sim run tiny.toml",
    ]


def test_twice_stops_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    monkeypatch.setattr(variant, "simulate", interrupting(6, 8))
    with pytest.raises(KeyboardInterrupt):
        make(config, directory, 15)
    wait_for_threads()
    assert sorted(data(directory)) == [f"{folder}/part-0000-00000000-00000004.parquet" for folder in FOLDERS]


def test_in_the_last_chunk_it_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    monkeypatch.setattr(variant, "simulate", interrupting(6))
    with pytest.raises(Stopped) as stopped:
        make(config, directory, 7)
    assert str(stopped.value).startswith("stopped; 7 of 7 replications of tiny are finished and kept in ")
    assert not (directory / "summary.csv").exists()
    monkeypatch.undo()
    assert data(make(config, directory, 7)) == data(make(config, tmp_path / "undisturbed", 7))


def test_while_results_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    monkeypatch.setattr(results, "write_summary", lambda *_: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(Stopped) as stopped:
        make(config, directory, 7)
    assert str(stopped.value).startswith("stopped; 7 of 7 replications of tiny are finished and kept in ")
    monkeypatch.undo()
    assert data(make(config, directory, 7)) == data(make(config, tmp_path / "undisturbed", 7))


def test_at_the_end_of_the_block_it_is_not_lost() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Stopped), CtrlC(lambda: None):
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory, awake = tiny(tmp_path), tmp_path / "run", threading.Event()

    def slow(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number == 6:
            os.kill(os.getpid(), signal.SIGINT)
            awake.wait(PATIENT)
        return engine.simulate(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", slow)
    began = time.monotonic()
    try:
        with pytest.raises(Stopped) as stopped:
            make(config, directory, 15)
        assert PATIENCE_SECONDS < time.monotonic() - began < PATIENT  # It did not wait for the replication.
        assert str(stopped.value).startswith("stopped; 5 of 15 replications of tiny are finished and kept in ")
    finally:
        awake.set()
    wait_for_threads()
    assert sorted(data(directory)) == [f"{folder}/part-0000-00000000-00000004.parquet" for folder in FOLDERS]
    monkeypatch.undo()
    assert data(make(config, directory, 15)) == data(make(config, tmp_path / "undisturbed", 15))


def living(group: int) -> list[int]:
    """Living processes of a process group."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("workers", ["1", pytest.param("2", marks=pytest.mark.long)])
def test_a_real_command_that_is_deep_in_a_replication(tmp_path: Path, workers: str) -> None:
    # A replication takes half a minute here, and longer on a busy machine: nothing can be finished in time.
    config, directory = tiny(tmp_path, change=("stock = 40", "stock = 40000")), tmp_path / "run"
    options = ["--engine", "simpy", "--workers", workers, "--out", str(directory)]
    command = [sys.executable, "-m", "sim", "run", str(config), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as run:
        try:
            deadline = time.monotonic() + PATIENT
            while not list(directory.glob("kpis/.part-*.tmp")):
                assert time.monotonic() < deadline
                assert run.poll() is None
                time.sleep(0.01)
            time.sleep(0.5)
            pressed = time.monotonic()
            os.killpg(run.pid, signal.SIGINT)  # A terminal sends it to all processes.
            out, err = run.communicate(timeout=PATIENT)
            assert (run.returncode, out) == (130, "")
            first, second = err.splitlines()
            # On a very busy machine the last resort may come before the count.
            assert first in (
                f"stopped; 0 of 7 replications of tiny are finished and kept in {directory.as_posix()}",
                "stopped at once; finished replications are kept",
            )
            assert second == f"to go on: {' '.join(command)}"
            assert time.monotonic() - pressed > PATIENCE_SECONDS
            while living(run.pid):  # A process that has let go of its pipes may still be on its way out.
                assert time.monotonic() - pressed < PATIENT
                time.sleep(0.01)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
