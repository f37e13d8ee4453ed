"""Workers of a Dask scheduler: the same bytes, also when one is killed; clear words when they cannot be used."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.batch import run_directory
from sim.batch.chunk import Outcome, run_chunk
from sim.batch.prepare import Batch, prepare
from sim.batch.run import Silent, run_batches
from sim.batch.workers import dask as cluster
from sim.batch.workers.dask import Cluster
from sim.batch.workers.interrupt import Stopped
from sim.batch.workers.local import LocalThreads
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.engine import get_ready
from sim.errors import RunFailed, UsageError
from sim.store.manifest import Manifest
from sim.store.parts import chunks_in
from tests.batch.sabotage import sabotaged
from tests.batch.tiny import PATIENT, data, five, make, tiny


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    """A cluster of two processes on this machine."""
    distributed = pytest.importorskip("distributed")
    get_ready("compiled")  # Once, not in each process.
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=None
    ) as local:
        yield local


def distributed_client(dask: Any) -> Any:
    """A client that only looks."""
    from distributed import Client

    client: Any = Client
    return client(dask, set_as_default=False)


def executing(dask_worker: Any) -> int:
    """How many tasks a worker is at or about to begin, wanted or not."""
    state = dask_worker.state
    return int(state.executing_count) + len(state.ready)


def prepared(config: Path, directory: Path, replications: int) -> Batch:
    loaded = load(config, {"run.replications": replications})
    return five(prepare(loaded.name, loaded.config, directory))


def test_a_cluster_does_not_show(dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tiny(tmp_path)
    monkeypatch.chdir(tmp_path)  # The workers have another working directory.
    make(config, Path("run"), 7, scheduler=dask.scheduler_address)
    make(config, Path("run"), 12, scheduler=dask.scheduler_address)
    assert data(tmp_path / "run") == data(make(config, tmp_path / "here", 12))
    manifest = Manifest.read(tmp_path / "run")
    assert manifest is not None
    assert [run["executor"] for run in manifest.runs] == ["dask", "dask"]


def test_a_cluster_from_python(dask: Any, tmp_path: Path) -> None:
    config = tiny(tmp_path)
    result = sim.run(config, replications=5, out=tmp_path / "run", scheduler=dask.scheduler_address)
    assert list(result.replications["replication"]) == [0, 1, 2, 3, 4]
    assert data(result.path) == data(make(config, tmp_path / "here", 5))


def after_some_chunks(directory: Path, do: Callable[[], object]) -> threading.Thread:
    """Do something when a run has finished two chunks."""

    def wait() -> None:
        deadline = time.monotonic() + PATIENT
        while len(chunks_in(directory / "kpis")) < 2:
            if time.monotonic() > deadline:
                return  # What the test then expects of `do` is missing, and it says so.
            time.sleep(0.005)
        do()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    return thread


@pytest.mark.posix
def test_a_worker_that_is_killed(dask: Any, tmp_path: Path) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    batch = prepared(config, directory, 200)
    with Cluster(dask.scheduler_address) as workers:
        pid = workers.submit(os.getpid).result()
        killer = after_some_chunks(directory, lambda: os.kill(pid, signal.SIGKILL))
        run_batches([batch], workers, 2, Silent(), "sim run tiny.toml")
        killer.join()
    assert data(directory) == data(make(config, tmp_path / "here", 200))


class Sabotaged(Cluster):
    """Workers that die in replication 8."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return super().submit(sabotaged, (8,), (), fn, *args)


@pytest.mark.posix
def test_a_poison_replication_is_named(dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # How often Dask itself tries; by default three times more, each time with a new worker.
    monkeypatch.setattr(dask.scheduler, "allowed_failures", 0)
    batch = prepared(tiny(tmp_path), tmp_path / "run", 22)
    with Sabotaged(dask.scheduler_address) as workers, pytest.raises(RunFailed) as failed:
        run_batches([batch], workers, 2, Silent(), "sim run tiny.toml")
    first, second, *_ = str(failed.value).splitlines()
    assert first.startswith("tiny: replication 8 (seed 1) killed its worker process ")
    assert second.startswith("tiny: 5 of 22 replications are missing, so it has no summary; 17 are finished ")


@pytest.mark.posix
def test_ctrl_c_leaves_the_cluster_in_peace(dask: Any, tmp_path: Path) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    presser = after_some_chunks(directory, lambda: os.kill(os.getpid(), signal.SIGINT))
    with pytest.raises(Stopped):
        make(config, directory, 5000, scheduler=dask.scheduler_address)
    presser.join()
    with distributed_client(dask) as client:
        # The scheduler forgets what was withdrawn; a worker finishes the chunk that it is at.
        deadline = time.monotonic() + PATIENT
        while dask.scheduler.tasks or any(client.run(executing).values()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    done = max(chunk.stop for chunk in chunks_in(directory / "kpis"))  # There may be gaps before it.
    assert 10 <= done < 5000
    make(config, directory, done + 7, scheduler=dask.scheduler_address)
    assert data(directory) == data(make(config, tmp_path / "here", done + 7))


def test_a_worker_with_another_version(dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "code_version", lambda: "0.0.1+0123456789ab")
    with pytest.raises(RunFailed, match=r"^the worker on .* has version .* of sim, this is 0\.0\.1\+0123456789ab; "):
        make(tiny(tmp_path), tmp_path / "run", 3, scheduler=dask.scheduler_address)


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    with pytest.raises(UsageError) as refused, open_workers(scheduler="tcp://127.0.0.1:1"):
        pass
    assert str(refused.value) == (
        "scheduler: no Dask scheduler answers at tcp://127.0.0.1:1 within 1 seconds; "
        "an address looks like tcp://host:8786"
    )


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as refused, open_workers(scheduler="tcp://127.0.0.1:1"):
        pass
    assert str(refused.value) == (
        "scheduler: distributed is not installed; get what a cluster needs by: "
        'python -m pip install "jobcentre-sim[cluster]"'
    )


def test_a_worker_that_does_not_see_the_directory(tmp_path: Path) -> None:
    batch = prepared(tiny(tmp_path), tmp_path / "elsewhere", 3)
    with pytest.raises(RunFailed) as failed:
        run_chunk(batch.job, batch.tasks()[0])
    assert str(failed.value).partition(" does not see ")[2] == (
        f"{(tmp_path / 'elsewhere').as_posix()}: every worker must share the directory of the run, under the same "
        "path; choose an --out that all machines have"
    )
    assert not (tmp_path / "elsewhere").exists()


class Elsewhere(LocalThreads):
    """Workers that write somewhere else."""

    local = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(Outcome(5))
        return future


def test_parts_that_never_appear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_directory, "_SEEN_SECONDS", 0.1)
    batch = prepared(tiny(tmp_path), tmp_path / "run", 7)
    with Elsewhere(1) as workers, pytest.raises(RunFailed) as failed:
        run_batches([batch], workers, 1, Silent(), "sim run tiny.toml")
    assert str(failed.value).splitlines()[0] == (
        f"{(tmp_path / 'run').as_posix()}: 7 replications are said to be finished, and their parts are not here: "
        "do all workers share this directory?"
    )
