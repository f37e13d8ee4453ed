"""A failure ends the batch with one line, and what is finished stays."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from sim import engine
from sim.batch import unit
from sim.batch.executors import LocalProcesses
from sim.batch.plan import Unit
from sim.batch.prepare import prepare
from sim.batch.run import run_batches
from sim.config import load
from sim.errors import RunFailed
from sim.report.progress import Silent
from sim.store.parts import Chunk, chunks_in
from tests.batch.tiny import data, make, tiny


def test_an_error_in_a_replication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.simulate

    def fails(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number == 8:
            raise ZeroDivisionError("float division\nby zero")
        return real(parameters, seed, number, **options)

    config = tiny(tmp_path)
    monkeypatch.setattr(unit, "simulate", fails)
    with pytest.raises(RunFailed) as failed:
        make(config, tmp_path / "run", 12)
    assert str(failed.value) == ("tiny: replication 8 (seed 1) failed: ZeroDivisionError: float division by zero")
    assert failed.value.exit_code == 1
    assert chunks_in(tmp_path / "run" / "kpis") == {Chunk(0, 5)}
    assert sorted(data(tmp_path / "run")) == [
        f"{folder}/part-00000000-00000004.parquet" for folder in ("citizens", "coordinators", "kpis", "weekly")
    ]
    monkeypatch.undo()
    assert data(make(config, tmp_path / "run", 12)) == data(make(config, tmp_path / "undisturbed", 12))


def test_an_error_comes_back_from_another_process(tmp_path: Path) -> None:
    loaded = load(tiny(tmp_path))
    job = prepare(loaded.name, loaded.config, tmp_path / "run").job
    broken = job._replace(engine="steam")
    with LocalProcesses(1) as pool, pytest.raises(RunFailed) as failed:
        pool.submit(unit.run_unit, broken, Unit(Chunk(0, 5), None, 0, ("weekly",), record=True)).result()
    assert str(failed.value) == (
        "tiny: replication 0 (seed 1) failed: ValueError: engine: 'steam' does not exist; known are simpy, compiled"
    )
    assert data(tmp_path / "run") == {}


def test_a_worker_that_is_killed(tmp_path: Path) -> None:
    loaded = load(tiny(tmp_path))
    batch = prepare(loaded.name, loaded.config, tmp_path / "run")
    with LocalProcesses(1) as pool:
        worker = pool.submit(os.getpid).result()
        pool.submit(os.kill, worker, signal.SIGKILL)
        with pytest.raises(RunFailed) as failed:
            run_batches([batch], pool, 2, Silent(), "sim run tiny.toml")
    assert str(failed.value) == (
        "a worker process died (was it killed, or short of memory?); finished replications are kept: "
        "repeat the command to go on, with fewer --workers if memory was short"
    )
    assert data(make(tmp_path / "tiny.toml", tmp_path / "run")) == data(make(tmp_path / "tiny.toml", tmp_path / "u"))


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    config = tiny(tmp_path)
    directory = make(config, tmp_path / "run", 5)
    (directory / "summary.csv").unlink()
    (directory / "summary.csv").mkdir()
    with pytest.raises(RunFailed) as failed:
        make(config, directory, 6)
    assert str(failed.value) == f"{(directory / 'summary.csv').as_posix()}: cannot be written: is a directory"
    (directory / "summary.csv").rmdir()
    assert data(make(config, directory, 6)) == data(make(config, tmp_path / "undisturbed", 6))
