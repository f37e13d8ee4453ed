"""A replication that fails is named and the rest is finished; files that cannot be written end the batch."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sim import engine
from sim.batch import variant
from sim.batch.alone import alone
from sim.batch.prepare import Batch, prepare
from sim.batch.run import Silent, run_batches
from sim.batch.workers.local import LocalProcesses
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.errors import RunFailed
from sim.store.parts import Chunk, chunks_in
from tests.batch.sabotage import Sabotaged
from tests.batch.tiny import FOLDERS, data, five, make, tiny


class Noting(Silent):
    """Keeps the notes."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(text)


ONE_DIED = (
    "a worker process died (was it killed, or short of memory?); what it had in hand is done again. "
    "If it was memory, fewer --workers need less"
)
WEEKLY = ("weekly",)
KILLED = "killed its worker process (a crash, or more memory than there is: fewer --workers leave more)"


def prepared(config: Path, directory: Path, replications: int, engine: str = "compiled") -> Batch:
    loaded = load(config, {"run.replications": replications})
    return five(prepare(loaded.name, loaded.config, directory, engine=engine))


def part_names(*chunks: Chunk) -> list[str]:
    return sorted(f"{folder}/{chunk.file_name}" for folder in FOLDERS for chunk in chunks)


def fail_at(monkeypatch: pytest.MonkeyPatch, *wrong: int) -> None:
    def fails(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number in wrong:
            raise ZeroDivisionError("float division\nby zero")
        return engine.simulate(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", fails)


def test_errors_in_replications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    fail_at(monkeypatch, 7, 8)
    with pytest.raises(RunFailed) as failed:
        make(config, directory, 12)
    assert str(failed.value).splitlines() == [
        "tiny: replication 7 (seed 1) failed: ZeroDivisionError: float division by zero",
        "tiny: replication 8 (seed 1) failed: ZeroDivisionError: float division by zero",
        "tiny: 5 of 12 replications are missing, so it has no summary; 7 are finished and kept in "
        + directory.as_posix(),
        f'to see the first alone: python -m sim.batch.alone "{directory.as_posix()}" 7',
        "to go on: sim run tiny.toml",
    ]
    assert failed.value.exit_code == 1
    assert sorted(data(directory)) == part_names(Chunk(0, 0, 5), Chunk(0, 10, 12))
    monkeypatch.undo()
    assert data(make(config, directory, 12)) == data(make(config, tmp_path / "undisturbed", 12))


def test_if_all_fail_not_all_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, *range(1000))
    with pytest.raises(RunFailed) as failed:
        make(tiny(tmp_path), tmp_path / "run", 1000)
    lines = str(failed.value).splitlines()
    assert [line.split(" (seed")[0] for line in lines[:20]] == [f"tiny: replication {n}" for n in range(20)]
    assert lines[20:22] == [
        "So many failed that the rest was not tried.",
        "tiny: 1000 of 1000 replications are missing, so it has no summary; 0 are finished and kept in "
        + (tmp_path / "run").as_posix(),
    ]


def test_the_summary_of_an_earlier_smaller_run_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    whole = data(make(config, directory, 5))
    fail_at(monkeypatch, 6)
    with pytest.raises(RunFailed):
        make(config, directory, 7)
    assert data(directory) == whole


def test_a_variant_that_fails_does_not_stop_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_at(monkeypatch, 6)
    batches = [
        prepared(tiny(tmp_path, name), tmp_path / name, replications)
        for name, replications in (("first", 7), ("second", 5), ("third", 7))
    ]
    with open_workers(1) as workers, pytest.raises(RunFailed) as failed:
        run_batches(batches, workers, 1, Silent(), "sim run first.toml second.toml third.toml")
    assert str(failed.value).splitlines() == [
        "first: replication 6 (seed 1) failed: ZeroDivisionError: float division by zero",
        "third: replication 6 (seed 1) failed: ZeroDivisionError: float division by zero",
        "first: 2 of 7 replications are missing, so it has no summary; 5 are finished and kept in "
        + (tmp_path / "first").as_posix(),
        "third: 2 of 7 replications are missing, so it has no summary; 5 are finished and kept in "
        + (tmp_path / "third").as_posix(),
        f'to see the first alone: python -m sim.batch.alone "{(tmp_path / "first").as_posix()}" 6',
        "to go on: sim run first.toml second.toml third.toml",
    ]
    assert [(tmp_path / name / "summary.csv").exists() for name in ("first", "second", "third")] == [
        False,
        True,
        False,
    ]


def test_one_replication_alone(tmp_path: Path) -> None:
    directory = make(tiny(tmp_path), tmp_path / "run", 1)
    command = [sys.executable, "-m", "sim.batch.alone", str(directory), "12"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"{alone(directory, 12)}\n"
    assert done.stdout.startswith("replication 12 of tiny (seed 1, compiled engine) ran to its end: ")


@pytest.mark.posix
@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_poison_replication_is_named_and_the_rest_is_finished(tmp_path: Path, workers: int) -> None:
    config, directory, progress = tiny(tmp_path), tmp_path / "run", Noting()
    # It takes a worker after the other, and those of SimPy start faster.
    batch = prepared(config, directory, 22, "simpy")
    with Sabotaged(workers, deadly=(8,), wrong=(9, 20)) as pool, pytest.raises(RunFailed) as failed:
        run_batches([batch], pool, workers, progress, "sim run tiny.toml")
    assert str(failed.value).splitlines() == [
        f"tiny: replication 8 (seed 1) {KILLED}",
        "tiny: replication 9 (seed 1) failed: ZeroDivisionError: float division by zero",
        "tiny: replication 20 (seed 1) failed: ZeroDivisionError: float division by zero",
        f"tiny: 7 of 22 replications are missing, so it has no summary; 15 are finished and kept in "
        f"{directory.as_posix()}",
        f'to see the first alone: python -m sim.batch.alone "{directory.as_posix()}" 8',
        "to go on: sim run tiny.toml",
    ]
    assert progress.notes == [ONE_DIED]
    assert sorted(data(directory)) == part_names(Chunk(0, 0, 5), Chunk(0, 10, 15), Chunk(0, 15, 20))
    assert data(make(config, directory, 22)) == data(make(config, tmp_path / "undisturbed", 22))


@pytest.mark.posix
def test_a_worker_that_is_killed_by_somebody(tmp_path: Path) -> None:
    config, progress = tiny(tmp_path), Noting()
    batch = prepared(config, tmp_path / "run", 12, "simpy")
    with LocalProcesses(1) as pool:
        worker = pool.submit(os.getpid).result()
        pool.submit(os.kill, worker, signal.SIGKILL)
        run_batches([batch], pool, 2, progress, "sim run tiny.toml")
    assert progress.notes == [ONE_DIED]
    assert data(tmp_path / "run") == data(make(config, tmp_path / "undisturbed", 12))


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    config = tiny(tmp_path)
    directory = make(config, tmp_path / "run", 5)
    (directory / "summary.csv").unlink()
    (directory / "summary.csv").mkdir()
    with pytest.raises(RunFailed) as failed:
        make(config, directory, 6)
    assert str(failed.value).splitlines() == [
        f"{(directory / 'summary.csv').as_posix()}: cannot be written: is a directory",
        f"6 of 6 replications of tiny are finished and kept in {directory.as_posix()}",
        "to go on: sim run tiny.toml",
    ]
    (directory / "summary.csv").rmdir()
    assert data(make(config, directory, 6)) == data(make(config, tmp_path / "undisturbed", 6))


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """Let no file become larger than this, which a program meets like a full disk."""
    import resource  # Not on Windows.

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.posix
@pytest.mark.parametrize(
    ("fails", "lacking"),
    [("manifest.json", 0.9), ("kpis/part-0000-00000000-00000004.parquet", 0.01), ("replications.parquet", 0.01)],
)
def test_no_room_for_a_file(tmp_path: Path, fails: str, lacking: float) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    undisturbed = make(config, tmp_path / "undisturbed", 22, tables=WEEKLY)
    room = int((1.0 - lacking) * (undisturbed / fails).stat().st_size)  # What is written before it is smaller.
    with files_up_to(room), pytest.raises(RunFailed) as failed:
        make(config, directory, 22, tables=WEEKLY)
    done = sum(chunk.stop - chunk.start for chunk in chunks_in(directory / "kpis"))
    assert str(failed.value).splitlines() == [
        f"{(directory / fails).as_posix()}: cannot be written: file too large",
        f"{done} of 22 replications of tiny are finished and kept in {directory.as_posix()}",
        "to go on: sim run tiny.toml",
    ]
    assert done == (22 if fails == "replications.parquet" else 0)
    assert data(make(config, directory, 22, tables=WEEKLY)) == data(
        make(config, tmp_path / "undisturbed", 22, tables=WEEKLY)
    )
