"""Threads or processes, one batch or many: the same bytes; chunks follow from the config alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.batch.plan import blocks_of
from sim.batch.prepare import Batch, prepare
from sim.batch.resolved import resolve
from sim.batch.run import Silent, run_batches
from sim.batch.workers.interrupt import Stopped
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.errors import UsageError
from sim.store.manifest import Manifest
from tests.batch.test_interrupt import interrupting
from tests.batch.tiny import data, five, make, tiny


class Recording(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.began: list[tuple[int, int, int]] = []
        self.advanced: list[tuple[str, int]] = []

    def begin(self, variants: int, done: int, total: int) -> None:
        self.began.append((variants, done, total))

    def advance(self, variant: str, replications: int) -> None:
        self.advanced.append((variant, replications))


def prepared(config: Path, directory: Path, replications: int) -> Batch:
    loaded = load(config, {"run.replications": replications})
    return five(prepare(loaded.name, loaded.config, directory))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 33 replications in this process."""
    folder = tmp_path_factory.mktemp("alone")
    return make(tiny(folder), folder / "run", 33)


@pytest.mark.parametrize("workers", [1, 3, pytest.param(2, marks=pytest.mark.long)])
def test_threads_do_not_show(tmp_path: Path, workers: int, alone: Path) -> None:
    make(tiny(tmp_path), tmp_path / "threads", 33, workers=workers, executor="threads")
    assert data(tmp_path / "threads") == data(alone)
    manifest = Manifest.read(tmp_path / "threads")
    assert manifest is not None
    assert (manifest.runs[0]["executor"], manifest.runs[0]["workers"]) == ("threads", workers)


def test_threads_do_not_run_simpy() -> None:
    with pytest.raises(UsageError) as refused, open_workers(2, "threads", engine="simpy"):
        pass
    assert str(refused.value) == (
        "executor: threads gain nothing with the simpy engine, which Python runs one thread at a time; "
        "use processes, or the compiled engine"
    )


def test_an_executor_that_does_not_exist() -> None:
    with pytest.raises(UsageError) as refused, open_workers(2, "fibres"):
        pass
    assert str(refused.value) == "executor: 'fibres' does not exist; there are processes, threads"


def test_many_batches_in_one_queue(tmp_path: Path) -> None:
    sizes = {"a": 7, "b": 1, "c": 12, "d": 5}
    batches = [prepared(tiny(tmp_path, name), tmp_path / name, size) for name, size in sizes.items()]
    progress = Recording()
    with open_workers(2, "threads") as workers:
        run_batches(batches, workers, 2, progress, "sim run a.toml b.toml c.toml d.toml")
        more = [prepared(tmp_path / f"{name}.toml", tmp_path / name, 7) for name in sizes]
        run_batches(more, workers, 2, progress, "sim run a.toml b.toml c.toml d.toml")
    for name, size in sizes.items():
        alone = make(tmp_path / f"{name}.toml", tmp_path / "alone" / name, max(size, 7))
        assert data(tmp_path / name) == data(alone)
    # The second time, b lacks six and d two of seven; a and c, which has twelve, are complete.
    assert progress.began == [(4, 0, 25), (4, 25, 33)]
    assert sum(count for _, count in progress.advanced) == 25 + 8


@pytest.mark.posix
def test_each_batch_is_summarised_when_its_own_chunks_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (prepared(tiny(tmp_path, name), tmp_path / name, size) for name, size in (("a", 7), ("b", 22)))
    # Ctrl-C in replication 8, which only the second has.
    monkeypatch.setattr("sim.batch.variant.simulate", interrupting(8))
    with open_workers(1) as workers, pytest.raises(Stopped) as stopped:
        run_batches([first, second], workers, 1, Silent(), "sim run a.toml b.toml")
    assert str(stopped.value) == (
        "stopped; 17 of 29 replications are finished and kept; 1 of 2 variants are complete\n"
        "to go on: sim run a.toml b.toml"
    )
    assert [(tmp_path / name / "summary.csv").exists() for name in "ab"] == [True, False]
    manifests = [Manifest.read(tmp_path / name) for name in "ab"]
    assert [(m.replications, m.runs[0]["finished"] is None) for m in manifests if m] == [(7, False), (10, False)]


def size_of(config: str | Path, **changes: object) -> int:
    overrides = {key.replace("__", "."): value for key, value in changes.items()}
    loaded = load(config, overrides)
    variant = resolve(loaded.name, loaded.config).variant
    (block,) = blocks_of([variant], loaded.config.run.replications)
    return block.chunk_replications


def test_chunks_are_about_half_a_second(tmp_path: Path) -> None:
    """Without a warm-up a replication of 130_per_worker takes 14 ms, one of 53,000 citizens in four years 2.9 s."""
    base = "configs/130_per_worker.toml"
    assert size_of(base, run__warm_up_weeks=0) == 22
    assert size_of(base, population__stock=53_000, run__horizon_weeks=208, run__warm_up_weeks=0) == 1
    assert size_of(base, run__horizon_weeks=52, run__warm_up_weeks=0) == 41
    assert size_of(tiny(tmp_path)) == 237


def test_chunks_do_not_depend_on_how_much_is_asked() -> None:
    base = "configs/130_per_worker.toml"
    assert size_of(base, run__replications=3, run__seed=4) == size_of(base, run__replications=30_000)


SCRIPT = 'import sim\nsim.run("tiny.toml", workers=2)\n'


def failing_script(folder: Path, name: str, text: str) -> "subprocess.CompletedProcess[str]":
    """Run a script from a file, or from standard input if the name is "-"."""
    tiny(folder)
    if name != "-":
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, name],
        cwd=folder,
        input=text,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert not list(folder.glob("sim-*"))
    return done


def test_a_script_without_the_guard_is_told_of_it(tmp_path: Path) -> None:
    done = failing_script(tmp_path, "script.py", SCRIPT)
    assert done.stderr.splitlines()[-1] == (
        'sim.errors.UsageError: workers: a script needs the line if __name__ == "__main__": around what it does, '
        'because every worker process reads the script again; without it use executor="threads", or workers=1'
    )
    assert done.stderr.count("Traceback") == 1  # Of the script; the processes that it started are silent.


@pytest.mark.long
def test_a_script_that_is_not_a_file_is_told_of_it(tmp_path: Path) -> None:
    done = failing_script(tmp_path, "-", SCRIPT)
    assert (
        "RunFailed: workers: their processes end before they begin (exit code 1; the reason stands above); a script "
        'that is not a file cannot start any: use executor="threads", or workers=1\n'
    ) in done.stderr
