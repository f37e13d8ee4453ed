"""Workers of a Dask scheduler: the same bytes, also when one is killed; clear words when they cannot be used."""

import os
import shutil
import signal
import subprocess
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
from sim.batch.workers.base import Scheduler, scheduler_of
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
@pytest.mark.long
def test_a_worker_that_is_killed(dask: Any, tmp_path: Path) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    batch = prepared(config, directory, 200)
    with Cluster(Scheduler(dask.scheduler_address)) as workers:
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
@pytest.mark.long
def test_a_poison_replication_is_named(dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # How often Dask itself tries; by default three times more, each time with a new worker.
    monkeypatch.setattr(dask.scheduler, "allowed_failures", 0)
    batch = prepared(tiny(tmp_path), tmp_path / "run", 22)
    with Sabotaged(Scheduler(dask.scheduler_address)) as workers, pytest.raises(RunFailed) as failed:
        run_batches([batch], workers, 2, Silent(), "sim run tiny.toml")
    first, second, *_ = str(failed.value).splitlines()
    assert first.startswith("tiny: replication 8 (seed 1) killed its worker process ")
    assert second.startswith("tiny: 5 of 22 replications are missing, so it has no summary; 17 are finished ")


@pytest.mark.posix
def test_ctrl_c_leaves_the_cluster_in_peace(dask: Any, tmp_path: Path) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    with distributed_client(dask) as client:  # Before the stop: Dask's greeting must not meet word of it.
        presser = after_some_chunks(directory, lambda: os.kill(os.getpid(), signal.SIGINT))
        with pytest.raises(Stopped):
            make(config, directory, 5000, scheduler=dask.scheduler_address)
        presser.join()
        # The scheduler forgets what was withdrawn; a worker finishes the chunk that it is at.
        deadline = time.monotonic() + PATIENT
        while dask.scheduler.tasks or any(client.run(executing).values()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    done = max(chunk.stop for chunk in chunks_in(directory / "kpis"))  # There may be gaps before it.
    assert 10 <= done < 5000
    make(config, directory, done + 7, scheduler=dask.scheduler_address)
    assert data(directory) == data(make(config, tmp_path / "here", done + 7))


def test_a_greeting_that_does_not_come_alone(dask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    tried = []

    class Interrupted(distributed.Client):  # type: ignore[misc, name-defined]
        async def _ensure_connected(self, timeout: Any = None) -> None:
            tried.append(self.id)
            assert len(tried) > 2  # As Dask does if another run is withdrawn at that moment.
            await super()._ensure_connected(timeout=timeout)

    monkeypatch.setattr(distributed, "Client", Interrupted)
    with open_workers(scheduler=Scheduler(dask.scheduler_address)) as workers:
        assert workers.count == 2
    assert len(set(tried)) == 3


def test_a_worker_with_another_version(dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "code_version", lambda: "0.0.1+0123456789ab")
    with pytest.raises(RunFailed, match=r"^the worker on .* has sim .*, this is 0\.0\.1\+0123456789ab; "):
        make(tiny(tmp_path), tmp_path / "run", 3, scheduler=dask.scheduler_address)


def test_a_worker_with_another_library(dask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "library_versions", lambda: {"pyarrow": "1.0"})
    with pytest.raises(
        RunFailed, match=r"^the worker on .* has pyarrow \d+\..*, this is 1\.0; install the same on all "
    ):
        make(tiny(tmp_path), tmp_path / "run", 3, scheduler=dask.scheduler_address)


class Notes(Silent):
    """Keeps what the user is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def note(self, text: str) -> None:
        self.told.append(text)


def test_a_scheduler_without_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_TELL_SECONDS", 0.0)
    notes = Notes()
    with distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0", protocol="tcp") as local:
        address = local.scheduler_address
        scheduler = Scheduler(address, wait_minutes=0.001)
        with pytest.raises(RunFailed) as failed, open_workers(scheduler=scheduler) as workers:
            run_batches([prepared(tiny(tmp_path), tmp_path / "run", 7)], workers, 0, notes, "sim run tiny.toml")
    assert notes.told == [
        f"the scheduler at {address} has no workers; waiting for one, for up to 0.001 minutes (--wait-minutes)"
    ]
    assert str(failed.value).splitlines() == [
        f"the scheduler at {address} has had no workers for 0.001 minutes; --wait-minutes waits longer",
        f"0 of 7 replications of tiny are finished and kept in {(tmp_path / 'run').as_posix()}",
        "to go on: sim run tiny.toml",
    ]


WITHOUT_SIM = """
import sys
sys.path += {packages!r}
from distributed import LocalCluster
with LocalCluster(n_workers=1, processes=False, dashboard_address=":0", protocol="tcp") as cluster:
    print(cluster.scheduler_address, flush=True)
    sys.stdin.read()
"""


@pytest.mark.long
def test_a_cluster_without_sim(tmp_path: Path) -> None:
    packages = [path for path in sys.path if path.endswith("-packages")]
    # Without its site module Python does not see where an editable installation of `sim` is.
    command = [sys.executable, "-I", "-S", "-c", WITHOUT_SIM.format(packages=packages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as run:
        assert run.stdout is not None
        address = run.stdout.readline().strip()
        with pytest.raises(UsageError) as refused:
            make(tiny(tmp_path), tmp_path / "run", 3, scheduler=address)
        run.communicate("", timeout=PATIENT)
    assert str(refused.value) == (
        f"scheduler: the scheduler at {address} has no sim; install the same version on all machines "
        "(docs/batches.md)"
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of its own authority for 127.0.0.1, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl command")
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@pytest.mark.long
def test_a_cluster_with_tls(certificate: tuple[Path, Path], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    file, key = map(str, certificate)
    options = {"tls_ca_file": file, "tls_client_cert": file, "tls_client_key": key}
    ends = {
        f"tls_{end}_{part}": path for end in ("scheduler", "worker") for part, path in (("cert", file), ("key", key))
    }
    security = distributed.Security(require_encryption=True, **options, **ends)
    config = tiny(tmp_path)
    get_ready("compiled")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=":0", protocol="tls", security=security
    ) as local:
        address = local.scheduler_address
        assert address.startswith("tls://127.0.0.1:")
        sim.run(config, replications=12, out=tmp_path / "run", scheduler=sim.Scheduler(address, options))
        command = [sys.executable, "-m", "sim", "run", str(config), "--replications", "12", "--scheduler", address]
        command += [word for option in options.items() for word in ("--security", "=".join(option))]
        subprocess.run([*command, "--out", str(tmp_path / "command")], check=True, capture_output=True)
        # Without a certificate nobody is let in, nor without encryption.
        for other in (sim.Scheduler(address), sim.Scheduler(address.replace("tls:", "tcp:"))):
            with pytest.raises(UsageError, match=r"^scheduler: no Dask scheduler answers at "):
                sim.run(config, out=tmp_path / "none", scheduler=other)
    here = data(sim.run(config, replications=12, out=tmp_path / "here").path)
    assert data(tmp_path / "run") == data(tmp_path / "command") == here


@pytest.mark.parametrize(
    ("address", "security", "minutes", "message"),
    [
        (None, ["a=b"], None, "--security, --wait-minutes: only with --scheduler"),
        (None, [], 3.0, "--security, --wait-minutes: only with --scheduler"),
        ("tls://host:1", ["ca.pem"], None, "--security ca.pem: must be KEY=VALUE, such as tls_ca_file=ca.pem"),
    ],
)
def test_what_cannot_be_said_of_a_scheduler(
    address: str | None, security: list[str], minutes: float | None, message: str
) -> None:
    with pytest.raises(UsageError) as refused:
        scheduler_of(address, security, minutes)
    assert str(refused.value) == message


def test_what_is_said_of_a_scheduler() -> None:
    assert scheduler_of(None, [], None) is None
    assert scheduler_of("tcp://host:1", [], None) == Scheduler("tcp://host:1", {}, 60.0)
    found = scheduler_of("tls://host:1", ["tls_ca_file=a=b.pem", "tls_client_key = k"], 5.0)
    assert found == Scheduler("tls://host:1", {"tls_ca_file": "a=b.pem", "tls_client_key": "k"}, 5.0)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"tls_ca_file": "none.pem"}, "security: tls_ca_file: no such file: none.pem"),
        ({"tls": "1"}, "security: Unknown parameters: ['tls']"),
    ],
)
def test_security_that_cannot_be_used(option: dict[str, str], message: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(UsageError) as refused:
        Cluster(Scheduler("tls://127.0.0.1:1", option))
    assert str(refused.value) == message


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_CONNECT_SECONDS", 1)
    with pytest.raises(UsageError) as refused, open_workers(scheduler="tcp://127.0.0.1:1"):
        pass
    assert str(refused.value) == (
        "scheduler: no Dask scheduler answers at tcp://127.0.0.1:1 within 1 seconds; "
        "an address looks like tcp://host:8786, or tls://host:8786 with certificates (docs/batches.md)"
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
