"""Ctrl-C: once to finish what is in flight, twice to stop at once."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim import engine
from sim.batch import unit
from sim.batch.interrupt import Stopped
from tests.batch.tiny import data, make, tiny


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
    deadline = time.monotonic() + 10
    while any(thread.name.startswith("sim") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_once_finishes_the_chunk_in_flight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    monkeypatch.setattr(unit, "simulate", interrupting(6))
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


def test_twice_stops_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    monkeypatch.setattr(unit, "simulate", interrupting(6, 8))
    with pytest.raises(KeyboardInterrupt):
        make(config, directory, 15)
    wait_for_threads()
    assert sorted(data(directory)) == [
        f"{folder}/part-00000000-00000004.parquet" for folder in ("citizens", "coordinators", "kpis", "weekly")
    ]


def test_in_the_last_chunk_there_is_nothing_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit, "simulate", interrupting(6))
    directory = make(tiny(tmp_path), tmp_path / "run", 7)
    assert (directory / "summary.csv").exists()


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory, awake = tiny(tmp_path), tmp_path / "run", threading.Event()

    def slow(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number == 6:
            os.kill(os.getpid(), signal.SIGINT)
            awake.wait(60)
        return engine.simulate(parameters, seed, number, **options)

    monkeypatch.setattr(unit, "simulate", slow)
    began = time.monotonic()
    try:
        with pytest.raises(Stopped) as stopped:
            make(config, directory, 15)
        assert 1.5 < time.monotonic() - began < 4.0
        assert str(stopped.value).startswith("stopped; 5 of 15 replications of tiny are finished and kept in ")
    finally:
        awake.set()
    wait_for_threads()
    assert sorted(data(directory)) == [
        f"{folder}/part-00000000-00000004.parquet" for folder in ("citizens", "coordinators", "kpis", "weekly")
    ]
    monkeypatch.undo()
    assert data(make(config, directory, 15)) == data(make(config, tmp_path / "undisturbed", 15))
