"""The same config and seed give the same bytes, however the work was done."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.batch.workers.interrupt import Stopped
from sim.errors import UsageError
from sim.store import parts
from sim.store.read import read
from sim.tables.records import TABLES
from tests.batch.test_interrupt import living
from tests.batch.tiny import PATIENT, data, flip, make, tiny

ALL = tuple(TABLES)
MANY = 60
LARGER = ("stock = 40", "stock = 400")
"""SimPy takes more than five seconds for `MANY` replications of it, and need not load the compiled engine."""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("config"))


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("larger"), change=LARGER)


@pytest.fixture(scope="module")
def many(larger: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An undisturbed run, long enough to be interrupted."""
    return data(make(larger, tmp_path_factory.mktemp("undisturbed") / "run", MANY))


@pytest.fixture(scope="module")
def whole(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(config, tmp_path_factory.mktemp("twelve") / "run", 12, tables=ALL)


@pytest.fixture(scope="module")
def twelve(whole: Path) -> dict[str, str]:
    return data(whole)


@pytest.fixture(scope="module")
def seven(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(config, tmp_path_factory.mktemp("seven") / "run", 7, tables=ALL)


def test_files_of_a_run(twelve: dict[str, str]) -> None:
    chunks = ["00000000-00000004", "00000005-00000009", "00000010-00000011"]
    names = [f"part-0000-{chunk}.parquet" for chunk in chunks]
    folders = ["kpis", *TABLES]
    whole = [
        "incidence_summary.csv",
        "incidence_summary.parquet",
        "replications.parquet",
        "summary.csv",
        "summary.parquet",
    ]
    assert sorted(twelve) == sorted([*whole, *(f"{folder}/{name}" for folder in folders for name in names)])


def test_workers_do_not_show(config: Path, twelve: dict[str, str], tmp_path: Path) -> None:
    assert data(make(config, tmp_path / "run", 12, workers=2, tables=ALL)) == twelve


def test_the_seed_does_show(config: Path, twelve: dict[str, str], tmp_path: Path) -> None:
    other = data(make(config, tmp_path / "run", 12, tables=ALL, seed=2))
    assert {name for name in twelve if other[name] == twelve[name]} == set()


@pytest.mark.parametrize("steps", [(3, 12), (5, 12), (7, 9, 12), (12, 4)])
def test_growing_does_not_show(config: Path, twelve: dict[str, str], tmp_path: Path, steps: tuple[int, ...]) -> None:
    for replications in steps:
        make(config, tmp_path / "run", replications, tables=ALL)
    assert data(tmp_path / "run") == twelve


def test_row_groups_survive_growing(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP_ROWS", 100)
    at_once = data(make(config, tmp_path / "at_once", 5))
    make(config, tmp_path / "grown", 3)
    assert data(make(config, tmp_path / "grown", 5)) == at_once
    groups = list(parts.row_groups(tmp_path / "grown" / "citizens" / "part-0000-00000000-00000004.parquet"))
    assert len(groups) == 3  # About 52 citizens a replication: two close a group.


def test_adding_a_table_does_not_show(config: Path, twelve: dict[str, str], tmp_path: Path) -> None:
    make(config, tmp_path / "run", 7, tables=("weekly",))
    assert sorted(path.name for path in (tmp_path / "run").iterdir() if path.is_dir()) == ["kpis", "weekly"]
    make(config, tmp_path / "run", 12, tables=ALL[1:])
    assert data(tmp_path / "run") == twelve


def test_finished_replications_are_not_run_again(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim import engine
    from sim.batch import variant

    run: list[int] = []
    real = engine.simulate

    def counting(parameters: object, seed: int, number: int, **options: object) -> object:
        run.append(number)
        return real(parameters, seed, number, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(variant, "simulate", counting)
    make(config, tmp_path / "run", 7)
    make(config, tmp_path / "run", 7)
    make(config, tmp_path / "run", 12)
    assert run == list(range(12))


def test_what_a_dead_run_left_is_removed(config: Path, seven: Path, twelve: dict[str, str], tmp_path: Path) -> None:
    directory = shutil.copytree(seven, tmp_path / "run")
    part = "part-0000-00000005-00000009.parquet"
    # Died after the parts of two tables were renamed, while the next was being written.
    for table in ("weekly", "citizens"):
        (directory / table / part).write_bytes(b"cut sho")
    (directory / "events" / f".{part}.123.tmp").write_bytes(b"cut")
    (directory / ".summary.csv.123.tmp").write_bytes(b"cut")
    assert data(make(config, directory, 12, tables=ALL)) == twelve


def test_a_run_that_died_between_a_longer_part_and_the_removal_of_the_shorter(
    config: Path, seven: Path, twelve: dict[str, str], tmp_path: Path
) -> None:
    directory = shutil.copytree(seven, tmp_path / "run")
    short = {path: path.read_bytes() for path in directory.rglob("*05-00000006.parquet")}
    make(config, directory, 12, tables=ALL)
    assert len(short) == 1 + len(TABLES)  # of key figures, and of each table
    for path, content in short.items():
        path.write_bytes(content)
    assert data(make(config, directory, 12, tables=ALL)) == twelve


@pytest.mark.parametrize("name", ["replications.parquet", "summary.parquet", "summary.csv"])
@pytest.mark.parametrize("how", ["lost", "cut short", "changed"])
def test_results_that_are_damaged_are_made_again(
    config: Path, whole: Path, twelve: dict[str, str], tmp_path: Path, name: str, how: str
) -> None:
    directory = shutil.copytree(whole, tmp_path / "run")
    file = directory / name
    if how == "lost":
        file.unlink()
    elif how == "cut short" or name == "summary.csv":
        file.write_bytes(file.read_bytes()[:-200])
    else:
        flip(file)
    assert data(make(config, directory, 12, tables=ALL)) == twelve


@pytest.mark.parametrize("fails", ["summary.parquet", "summary.csv"])
def test_a_run_that_died_between_two_of_its_results(
    config: Path, seven: Path, twelve: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """Those of seven replications that it had not replaced yet are not taken for current."""
    directory, real = shutil.copytree(seven, tmp_path / "run"), Path.replace

    def dies(self: Path, target: Path) -> Path:
        if target.name == fails:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(Stopped):
        make(config, directory, 12, tables=ALL)
    monkeypatch.undo()
    assert pq.read_metadata(directory / "replications.parquet").num_rows == 12
    with pytest.raises(UsageError) as refused:
        read(directory, "replications")
    assert str(refused.value) == (
        f"{directory.as_posix()}: is not finished: there is no replications.parquet yet; to make it again: "
        "sim run tiny.toml"
    )
    assert data(make(config, directory, 12, tables=ALL)) == twelve


def test_a_run_that_is_complete_is_not_written_again(config: Path, tmp_path: Path) -> None:
    directory = make(config, tmp_path / "run", 12)

    def written() -> dict[str, int]:
        return {name: (directory / name).stat().st_mtime_ns for name in data(directory)}

    before = written()
    make(config, directory, 12)
    make(config, directory, 4)
    assert written() == before


def sim_run(config: Path, directory: Path, replications: int, workers: int) -> list[str]:
    options = ["--replications", str(replications), "--workers", str(workers), "--out", str(directory)]
    options += ["--engine", "simpy"]  # Both engines give the same bytes.
    return [sys.executable, "-m", "sim", "run", str(config), *options]


@contextmanager
def started(config: Path, directory: Path, workers: int) -> Iterator["subprocess.Popen[str]"]:
    """A run in a process group of its own, some of whose chunks are finished."""
    make(config, directory, 5)  # From now on this directory has chunks of five.
    with subprocess.Popen(
        sim_run(config, directory, MANY, workers),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + PATIENT
        while len(parts.chunks_in(directory / "kpis")) < 2:
            assert time.monotonic() < deadline
            assert process.poll() is None
            time.sleep(0.005)
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def all_gone(group: int) -> bool:
    deadline = time.monotonic() + PATIENT
    while living(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not living(group)


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.mark.posix
def test_killed_and_resumed(larger: Path, many: dict[str, str], tmp_path: Path) -> None:
    with started(larger, tmp_path / "run", 1) as run:
        run.kill()
    assert 2 <= len(parts.chunks_in(tmp_path / "run" / "kpis")) < MANY // 5
    assert data(make(larger, tmp_path / "run", MANY)) == many


@needs_proc
def test_stopped_by_ctrl_c_and_resumed(larger: Path, many: dict[str, str], tmp_path: Path) -> None:
    with started(larger, tmp_path / "run", 2) as run:
        os.killpg(run.pid, signal.SIGINT)  # A terminal sends it to all processes.
        out, err = run.communicate(timeout=PATIENT)
    done = 5 * len(parts.chunks_in(tmp_path / "run" / "kpis"))
    command = " ".join(sim_run(larger, tmp_path / "run", MANY, 2))
    kept = f"{done} of {MANY} replications of tiny are finished and kept in {(tmp_path / 'run').as_posix()}"
    first, second = err.splitlines()
    # On a very busy machine the last resort may come before the count.
    in_good_order = first == f"stopped; {kept}"
    assert in_good_order or first == "stopped at once; finished replications are kept"
    assert (run.returncode, out, second) == (130, "", f"to go on: {command}")
    assert 10 <= done < MANY
    assert all_gone(run.pid)
    assert not in_good_order or not [name for name in data(tmp_path / "run") if name.endswith(".tmp")]
    assert data(make(larger, tmp_path / "run", MANY)) == many


@needs_proc
def test_workers_do_not_outlive_a_run_that_is_killed() -> None:
    # The last worker is busy for longer than this test waits.
    script = (
        "import os, time\n"
        "from sim.batch.workers.local import LocalProcesses\n"
        "if __name__ == '__main__':\n"
        "    pool = LocalProcesses(2)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    pool.submit(time.sleep, 600)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, start_new_session=True) as run:
        assert run.stdout is not None
        assert int(run.stdout.readline()) in living(run.pid)
        run.kill()
    assert all_gone(run.pid)
