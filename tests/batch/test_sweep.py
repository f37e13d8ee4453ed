"""A sweep is its points' runs in one data set, the same however it was done."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim import engine
from sim.analysis.kpis import KPIS
from sim.batch import variant
from sim.batch.alone import alone
from sim.batch.workers.interrupt import Stopped
from sim.config.experiment import load_experiment
from sim.errors import RunFailed, UsageError
from sim.store.lock import Lock
from sim.store.manifest import Manifest
from sim.store.read import read
from sim.store.results import SummaryRow
from sim.study.sweep import no_longer_planned, prepare_sweep
from tests.batch.sweeping import experiment, rows, sweep, whole
from tests.batch.test_interrupt import interrupting
from tests.batch.tiny import PATIENT, data, make, tiny

POINTS = [f"citizens_per_coordinator={n}+hours={hours}" for n in (10, 20) for hours in ("full", "half")]
KEY = "staffing.citizens_per_coordinator"
SETTINGS = {"full": "", "half": "staffing.net_hours_per_week = 15\n"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sweep")


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    return experiment(folder)


@pytest.fixture(
    scope="module",
    params=[pytest.param(1, id="a block each", marks=pytest.mark.long), pytest.param(3, id="blocks of three")],
)
def points(request: pytest.FixtureRequest) -> int:
    """Points in a block, of four."""
    return int(request.param)


@pytest.fixture(scope="module")
def undisturbed(small: Path, folder: Path, points: int) -> Path:
    return sweep(small, folder / f"undisturbed-{points}", points=points)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What `sim run` gives for the config of each point."""
    folder = tmp_path_factory.mktemp("runs")
    tiny(folder)
    made = {}
    for point in POINTS:
        caseload, hours = (part.partition("=")[2] for part in point.split("+"))
        config = folder / f"{point}.toml"
        config.write_text(f'extends = "tiny.toml"\n{KEY} = {caseload}\n{SETTINGS[hours]}', encoding="utf-8")
        made[point] = make(config, folder / point, 7, tables=("citizens",))
    return made


def test_files_of_a_sweep(undisturbed: Path, points: int) -> None:
    files = ["plan.csv", "plan.parquet", "replications.parquet", "summary.csv", "summary.parquet"]
    assert sorted(whole(undisturbed)) == files
    blocks = {1: 4, 3: 2}[points]
    chunks = ("00000000-00000004", "00000005-00000006")
    parts = [f"part-{block:04d}-{chunk}.parquet" for block in range(blocks) for chunk in chunks]
    expected = [f"{folder}/{part}" for folder in ("citizens", "kpis") for part in parts]
    assert sorted(data(undisturbed)) == sorted([*files, *expected])
    manifest = json.loads((undisturbed / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["holds"], manifest["name"], manifest["seed"]) == ("sweep", "small", 1)
    assert [[name for name, *_ in block[0]] for block in manifest["blocks"]] == (
        [[point] for point in POINTS] if points == 1 else [POINTS[:3], POINTS[3:]]
    )
    assert manifest["definition"]["factors"][KEY]["values"] == [10, 20]
    assert manifest["definition"]["experiment"]["design"] == {"grid": {}}
    assert list(manifest["files"]) == sorted([*files, *expected])
    (run,) = manifest["runs"]
    assert (run["replications"], run["command"], manifest["replications"]) == (7, "sim sweep small.toml", 28)
    assert run["finished"] >= run["started"]


def test_a_point_is_what_sim_run_gives(undisturbed: Path, runs: dict[str, Path]) -> None:
    factors = [KEY, "hours"]
    manifest = Manifest.read(undisturbed)
    assert manifest is not None
    hashes = {point.name: point.config_hash for block in manifest.blocks for point in block.points}
    for point, run in runs.items():
        for table in ("replications", "summary", "citizens"):
            ours = rows(undisturbed, table, point).drop(columns=factors, errors="ignore")
            pd.testing.assert_frame_equal(ours, rows(run, table))
        own = Manifest.read(run)
        assert own is not None
        assert hashes[point] == own.blocks[0].points[0].config_hash


def test_the_plan(undisturbed: Path) -> None:
    rows = list(csv.reader((undisturbed / "plan.csv").read_text(encoding="utf-8").splitlines()))
    assert rows == [
        ["number", "variant", KEY, "hours"],
        ["1", POINTS[0], "10", "full"],
        ["2", POINTS[1], "10", "half"],
        ["3", POINTS[2], "20", "full"],
        ["4", POINTS[3], "20", "half"],
    ]
    plan = read(undisturbed, "plan")
    assert plan["number"].tolist() == [1, 2, 3, 4]
    assert plan[KEY].tolist() == [10.0, 10.0, 20.0, 20.0]
    assert plan["hours"].cat.categories.tolist() == ["full", "half"]
    schema = pq.read_schema(undisturbed / "plan.parquet")
    assert (
        schema.field(KEY)
        .metadata[b"description"]
        .decode()
        .startswith(f"Factor. {KEY}: Target at the start, of citizens on the own list: ")
    )
    assert schema.field("hours").metadata[b"description"].decode() == "Factor. Level of the experiment."


def test_replications_have_the_factors_of_their_point(undisturbed: Path, runs: dict[str, Path]) -> None:
    together = read(undisturbed, "replications")
    assert together.columns.tolist()[:4] == ["variant", "replication", KEY, "hours"]
    assert together.columns.tolist()[4:] == [kpi.name for kpi in KPIS]
    assert together["variant"].cat.categories.tolist() == POINTS
    assert together["variant"].tolist() == [point for point in POINTS for _ in range(7)]
    assert together["replication"].tolist() == [*range(7)] * 4
    assert together[KEY].dtype == "float64"
    for point, own in together.groupby("variant", observed=True):
        assert (own[KEY].unique().tolist(), own["hours"].unique().tolist()) == (
            [float(str(point).split("+")[0].partition("=")[2])],
            [str(point).partition("hours=")[2]],
        )
    own_fields = pq.read_schema(runs[POINTS[0]] / "replications.parquet")
    for field in pq.read_schema(undisturbed / "replications.parquet"):
        if field.name not in (KEY, "hours"):
            assert field.metadata == own_fields.field(field.name).metadata


def test_the_summary_has_the_factors_and_its_csv_says_the_same(undisturbed: Path) -> None:
    together = read(undisturbed, "summary")
    assert together.columns.tolist() == ["variant", KEY, "hours", *SummaryRow._fields[1:]]
    assert together["variant"].tolist() == [point for point in POINTS for _ in KPIS]
    table = pd.read_csv(undisturbed / "summary.csv").fillna({"interval_note": ""})
    pd.testing.assert_frame_equal(table, together.astype({"hours": "str"}), check_dtype=False)


def test_all_points_have_the_same_citizens(undisturbed: Path) -> None:
    arrivals = [
        read(undisturbed, "citizens", variant=point).query("origin != 'stock'")["entry_weeks"].tolist()
        for point in POINTS
    ]
    assert len(arrivals[0]) > 50
    assert arrivals.count(arrivals[0]) == len(arrivals)


def test_workers_do_not_show(small: Path, undisturbed: Path, points: int, tmp_path: Path) -> None:
    made = sweep(small, tmp_path / "two", workers=2, engine="simpy", points=points)  # Workers of SimPy start faster.
    assert data(made) == data(undisturbed)


def test_threads_do_not_show(small: Path, undisturbed: Path, points: int, tmp_path: Path) -> None:
    made = sweep(small, tmp_path / "two", workers=2, executor="threads", points=points)
    assert data(made) == data(undisturbed)


def test_the_engine_does_not_show(small: Path, undisturbed: Path, points: int, tmp_path: Path) -> None:
    assert data(sweep(small, tmp_path / "simpy", engine="simpy", points=points)) == data(undisturbed)


def test_how_points_are_put_into_blocks_does_not_show(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    other = sweep(small, tmp_path / "four", points=4)
    assert whole(other) == whole(undisturbed)
    for point in POINTS:
        pd.testing.assert_frame_equal(rows(other, "citizens", point), rows(undisturbed, "citizens", point))


def test_the_seed_does_show(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    other = whole(sweep(small, tmp_path / "seed", seed=2))
    same = {name for name, content in whole(undisturbed).items() if other[name] == content}
    assert same == {"plan.csv"}


def test_a_sweep_that_is_complete_is_not_written_again(small: Path, undisturbed: Path) -> None:
    def written() -> dict[str, tuple[int, int]]:
        files = [path for path in undisturbed.rglob("*") if path.is_file() and path.name != "manifest.json"]
        stats = {str(path): path.stat() for path in files if not path.name.startswith("plan")}
        return {name: (stat.st_mtime_ns, stat.st_ino) for name, stat in stats.items()}

    before = written()
    sweep(small, undisturbed)
    assert written() == before


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Notes the number of every replication that is simulated."""
    run: list[int] = []

    def noting(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        run.append(number)
        return engine.simulate(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", noting)
    return run


def same_rows(one: Path, other: Path, table: str = "citizens") -> None:
    """Whether two sweeps have the same results, and the same rows of every point, wherever they are."""
    assert whole(one) == whole(other)
    names = read(one, "plan")["variant"].tolist()
    assert set(read(one, table)["variant"]) == set(names)
    for name in names:
        pd.testing.assert_frame_equal(rows(one, table, name), rows(other, table, name))


def test_a_value_more_runs_the_new_points_alone(tmp_path: Path, points: int, simulated: list[int]) -> None:
    before = experiment(tmp_path)
    sweep(before, tmp_path / "run", points=points)
    assert len(simulated) == 4 * 7
    simulated.clear()
    parts = {name: digest for name, digest in data(tmp_path / "run").items() if "/" in name}
    after = experiment(tmp_path, ("[10, 20]", "[5, 10, 15, 20]"))
    sweep(after, tmp_path / "run", points=points)
    assert len(simulated) == 4 * 7
    assert parts.items() <= data(tmp_path / "run").items()
    same_rows(tmp_path / "run", sweep(after, tmp_path / "at_once", points=points))


def test_growing_does_not_show(tmp_path: Path, points: int, simulated: list[int]) -> None:
    path = experiment(tmp_path)
    sweep(path, tmp_path / "run", 3, tables=(), points=points)
    sweep(path, tmp_path / "run", 7, tables=(), points=points)
    assert len(simulated) == 4 * 7
    sweep(path, tmp_path / "run", 7, tables=("weekly",), points=points)  # Tables are made by running again.
    assert len(simulated) == 2 * 4 * 7
    at_once = sweep(path, tmp_path / "at_once", 7, tables=("weekly",), points=points)
    assert data(tmp_path / "run") == data(at_once)


@pytest.mark.parametrize("steps", [(3, 12), (5, 12), (7, 9, 12), (12, 4)])
def test_growing_with_tables_does_not_show(
    tmp_path: Path, points: int, simulated: list[int], steps: tuple[int, ...]
) -> None:
    path, tables = experiment(tmp_path), ("weekly", "citizens", "coordinators", "events")
    for replications in steps:
        sweep(path, tmp_path / "run", replications, tables=tables, points=points)
    assert len(simulated) == 4 * 12
    assert data(tmp_path / "run") == data(sweep(path, tmp_path / "at_once", 12, tables=tables, points=points))


def test_a_longer_sobol_design_resumes_the_shorter(tmp_path: Path, points: int, simulated: list[int]) -> None:
    drawn = ("values = [10, 20]\n", "min = 10\nmax = 20\n[experiment.design]\nsobol = { points = 2 }\n")
    baseline = 'baseline = "citizens_per_coordinator=20+hours=full"\n'

    def drawn_points(count: int) -> Path:
        path = experiment(tmp_path, drawn)
        text = path.read_text(encoding="utf-8").replace("points = 2", f"points = {count}").replace(baseline, "")
        path.write_text(text, encoding="utf-8")
        return path

    sweep(drawn_points(2), tmp_path / "run", 2, points=points)
    assert len(simulated) == 2 * 2 * 2
    simulated.clear()
    sweep(drawn_points(4), tmp_path / "run", 2, points=points)
    assert len(simulated) == 2 * 2 * 2
    same_rows(tmp_path / "run", sweep(drawn_points(4), tmp_path / "at_once", 2, points=points))
    assert [point.name for point in load_experiment(drawn_points(4)).points][:2] == [
        "hours=full+point_0001", "hours=full+point_0002",
    ]  # fmt: skip


def test_a_value_less_leaves_its_points_alone(tmp_path: Path, points: int, simulated: list[int]) -> None:
    sweep(experiment(tmp_path), tmp_path / "run", 2, points=points)
    simulated.clear()
    path = experiment(tmp_path, ("[10, 20]", "[20]"))
    parts = {name: digest for name, digest in data(tmp_path / "run").items() if "/" in name}
    sweep(path, tmp_path / "run", 2, points=points)
    assert simulated == []
    assert parts.items() <= data(tmp_path / "run").items()
    assert no_longer_planned(prepare_sweep(load_experiment(path), tmp_path / "run")) == POINTS[:2]
    same_rows(tmp_path / "run", sweep(path, tmp_path / "at_once", 2, points=points))
    sweep(path, tmp_path / "run", 7, points=points)  # The block grows without them.
    assert len(simulated) == 2 * 2 + 2 * 5
    same_rows(tmp_path / "run", sweep(path, tmp_path / "at_once", 7, points=points))


def test_points_that_are_taken_up_again(tmp_path: Path, points: int, simulated: list[int]) -> None:
    all_of_them, half = experiment(tmp_path), experiment(tmp_path, ("[10, 20]", "[20]"), "half")
    half.rename(tmp_path / "half.txt")

    def planned(text: str) -> Path:
        all_of_them.write_text(text, encoding="utf-8")
        return all_of_them

    whole_plan, half_plan = all_of_them.read_text(encoding="utf-8"), (tmp_path / "half.txt").read_text("utf-8")
    sweep(all_of_them, tmp_path / "run", 2, points=points)
    sweep(planned(half_plan), tmp_path / "run", 6, points=points)
    simulated.clear()
    sweep(planned(whole_plan), tmp_path / "run", 7, points=points)
    # Two points have six and need one more; the others go on from two, or begin again if they shared their block.
    assert len(simulated) == 2 * 1 + 2 * (5 if points == 1 else 7)
    assert no_longer_planned(prepare_sweep(load_experiment(all_of_them), tmp_path / "run")) == []
    same_rows(tmp_path / "run", sweep(all_of_them, tmp_path / "at_once", 7, points=points))


def started(path: Path, directory: Path, replications: int, points: int) -> "subprocess.Popen[bytes]":
    """A real process that runs the sweep, in chunks of five replications."""
    code = (
        "import sys; from pathlib import Path; from tests.batch.sweeping import sweep; "
        "sweep(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), points=int(sys.argv[4]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(directory), str(replications), str(points)],
        cwd=Path(__file__).parents[2],
        # Starts faster; compiled and plain Python give the same bits.
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )


@pytest.mark.posix
@pytest.mark.long  # tests/batch/test_kills.py kills sweeps too.
@pytest.mark.parametrize(("points", "replications"), [(1, 8), (2, 20)])
def test_killed_and_resumed(small: Path, tmp_path: Path, points: int, replications: int) -> None:
    """Real processes are killed for good, at two moments, and the last one finishes their work."""
    for parts in (1, 4):  # Of 8.
        with started(small, tmp_path / "run", replications, points) as run:
            deadline = time.monotonic() + PATIENT
            while len(list(tmp_path.glob("run/kpis/part-*.parquet"))) < parts:
                assert time.monotonic() < deadline
                assert run.poll() is None
                time.sleep(0.005)
            run.kill()
        assert run.returncode == -signal.SIGKILL
        assert (tmp_path / "run" / "plan.csv").exists()
        assert not (tmp_path / "run" / "summary.csv").exists()
    resumed = sweep(small, tmp_path / "run", replications, points=points)
    assert data(resumed) == data(sweep(small, tmp_path / "undisturbed", replications, points=points))


@pytest.mark.posix
@pytest.mark.long
def test_killed_fifty_times_at_random_moments(small: Path, tmp_path: Path, points: int) -> None:
    """Kills fall anywhere: in chunks, between them, in what is written over all points."""
    path, random = small, Random(5)
    killed = 0
    while killed < 50:
        with started(
            path, tmp_path / "run", 2 + killed // 2, points
        ) as run:  # There is always something left to do.
            try:
                run.wait(random.uniform(0.8, 4.0))
            except subprocess.TimeoutExpired:
                run.kill()
        killed += run.returncode == -signal.SIGKILL
        assert run.returncode in (0, -signal.SIGKILL)
    resumed = sweep(path, tmp_path / "run", 27, points=points)
    assert data(resumed) == data(sweep(path, tmp_path / "undisturbed", 27, points=points))


@pytest.mark.parametrize("name", ["plan.csv", "plan.parquet", "replications.parquet", "summary.csv"])
def test_what_a_dead_sweep_left_is_made_good(undisturbed: Path, small: Path, name: str) -> None:
    before = data(undisturbed)
    (undisturbed / name).unlink()
    (undisturbed / f".{name}.123.tmp").write_bytes(b"cut sho")
    assert data(sweep(small, undisturbed)) == before


def test_results_of_fewer_points_are_not_taken_for_current(tmp_path: Path) -> None:
    """Two points of seven replications have as many rows as one that was asked for 14."""
    path = experiment(tmp_path, ("[10, 20]", "[20]"))
    sweep(path, tmp_path / "run", 14)
    before = whole(tmp_path / "run")
    (tmp_path / "run" / "replications.parquet").write_bytes(
        (sweep(experiment(tmp_path), tmp_path / "other", 7) / "replications.parquet").read_bytes()
    )
    path = experiment(tmp_path, ("[10, 20]", "[20]"))
    assert whole(sweep(path, tmp_path / "run", 14)) == before


DAMAGED = (
    "DIR/run/manifest.json: is damaged; the sim run that made it makes it again, anything else needs another --out"
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            None,
            "DIR/run: holds results without a manifest, so nobody knows of what; choose another --out, "
            "or remove that folder",
        ),
        (b"", DAMAGED),
        (b'{"holds": "swe', DAMAGED),
        (b"\xff\xfe", DAMAGED),
    ],
)
def test_a_manifest_that_is_lost_is_not_made_again(tmp_path: Path, content: bytes | None, expected: str) -> None:
    """Which point was where, and of which config, is no longer known."""
    path = experiment(tmp_path)
    sweep(path, tmp_path / "run", 1)
    (tmp_path / "run" / "manifest.json").unlink()
    if content is not None:
        (tmp_path / "run" / "manifest.json").write_bytes(content)
    assert refusal(path, tmp_path / "run") == expected


def test_a_sweep_that_is_stopped_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = experiment(tmp_path)
    monkeypatch.setattr(variant, "simulate", interrupting(3))
    with pytest.raises(Stopped) as stopped:
        sweep(path, tmp_path / "run")
    assert str(stopped.value) == (
        f"stopped; 5 of 28 replications of small are finished and kept in {(tmp_path / 'run').as_posix()}\n"
        "to go on: sim sweep small.toml"
    )
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    part = "part-0000-00000000-00000004.parquet"
    files = [f"citizens/{part}", f"kpis/{part}", "plan.csv", "plan.parquet"]
    assert (manifest["replications"], list(manifest["files"])) == (5, files)
    assert manifest["runs"][0]["finished"] >= manifest["runs"][0]["started"]
    monkeypatch.undo()
    assert data(sweep(path, tmp_path / "run")) == data(sweep(path, tmp_path / "at_once"))


@pytest.mark.parametrize("name", ["mean", "timely_share"])
def test_a_factor_named_like_a_column_of_the_results_is_refused(tmp_path: Path, name: str) -> None:
    path = experiment(tmp_path)
    text = path.read_text(encoding="utf-8").replace("factors.hours", f"factors.{name}").replace("hours=", f"{name}=")
    path.write_text(text, encoding="utf-8")
    line = text.splitlines().index(next(of for of in text.splitlines() if f"factors.{name}" in of)) + 1
    assert refusal(path, tmp_path / "run") == (
        f"DIR/small.toml:{line}: factors.{name}: this is a column of the results; choose another name"
    )


def test_two_sweeps_at_once_are_refused(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    lock = Lock(tmp_path / "run")
    lock.acquire()
    with pytest.raises(
        UsageError, match=r"/run: another run is at work there \(process \d+ on .*; wait for its end"
    ):
        sweep(path, tmp_path / "run", 1)
    assert data(tmp_path / "run").keys() == {".lock"}
    lock.release()
    assert ".lock" not in data(sweep(path, tmp_path / "run", 1))


def fail_in_the_second_point(monkeypatch: pytest.MonkeyPatch, wrong: int) -> None:
    seen: list[int] = []

    def fails(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        seen.append(number)
        if number == wrong and seen.count(wrong) == 2:
            raise ZeroDivisionError("float division by zero")
        return engine.simulate(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", fails)


@pytest.mark.parametrize(("points", "done"), [(1, 6), (2, 4), (3, 2)])
def test_a_poison_replication_is_named_and_the_other_blocks_are_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, points: int, done: int
) -> None:
    path, directory = experiment(tmp_path), tmp_path / "run"
    fail_in_the_second_point(monkeypatch, 1)
    with pytest.raises(RunFailed) as failed:
        sweep(path, directory, 2, points=points)
    assert str(failed.value).splitlines() == [
        f"{POINTS[1]}: replication 1 (seed 1) failed: ZeroDivisionError: float division by zero",
        f"small: {8 - done} of 8 replications are missing, so it has no summary; {done} are finished and kept in "
        + directory.as_posix(),
        f'to see the first alone: python -m sim.batch.alone "{directory.as_posix()}" 1 "{POINTS[1]}"',
        "to go on: sim sweep small.toml",
    ]
    monkeypatch.undo()
    assert not (directory / "summary.csv").exists()
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replications"] == done
    at_once = sweep(path, tmp_path / "at_once", 2, points=points)
    assert data(sweep(path, directory, 2, points=points)) == data(at_once)


def test_one_replication_of_a_point_alone(undisturbed: Path) -> None:
    command = [sys.executable, "-m", "sim.batch.alone", str(undisturbed), "12", POINTS[2]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"{alone(undisturbed, 12, POINTS[2])}\n"
    assert done.stdout.startswith(f"replication 12 of {POINTS[2]} (seed 1, compiled engine) ran to its end: ")
    for point in ("hours=none", None):
        with pytest.raises(UsageError) as refused:
            alone(undisturbed, 12, point)
        assert str(refused.value) == f"{undisturbed.as_posix()}: no point {point!r}; plan.csv lists all"


def refusal(path: Path, directory: Path, seed: int | None = None) -> str:
    before = data(directory)
    with pytest.raises(UsageError) as refused:
        sweep(path, directory, seed=seed)
    assert refused.value.exit_code == 2
    assert data(directory) == before
    return str(refused.value).replace(directory.parent.as_posix(), "DIR")


def test_a_changed_base_is_refused_with_the_keys(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    sweep(path, tmp_path / "run", 1)
    tiny(tmp_path, change=("inflow_per_week = 1.0", "inflow_per_week = 2.0"))
    assert refusal(path, tmp_path / "run") == (
        f"DIR/run: point {POINTS[0]}: is there with another config, so nothing was run:\n"
        "  groups.ready.inflow_per_week: 1.0 there, 2.0 now\n"
        "Choose another --out, or remove that folder to start again.\n"
        "3 more points of this sweep are refused likewise."
    )


def test_another_seed_is_refused(tmp_path: Path) -> None:
    path = experiment(tmp_path, ("[10, 20]", "[20]"))
    sweep(path, tmp_path / "run", 1)
    assert "\n  run.seed: 1 there, 5 now\n" in refusal(path, tmp_path / "run", seed=5)


def test_a_directory_of_something_else_is_refused(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    make(tmp_path / "tiny.toml", tmp_path / "run", 1)
    assert refusal(path, tmp_path / "run") == "DIR/run: holds a run of tiny, not a sweep; choose another --out"
    sweep(path, tmp_path / "sweep", 1)
    other = experiment(tmp_path, name="other")
    assert refusal(other, tmp_path / "sweep") == (
        "DIR/sweep: holds the experiment small, not other; choose another --out, "
        "or remove that folder to start again"
    )
    with pytest.raises(UsageError, match=r"is a file, not a folder; choose another --out$"):
        sweep(path, path)
    # And the other way round.
    (tmp_path / "again").mkdir()
    sweep(path, tmp_path / "again", 1)
    with pytest.raises(UsageError, match=r"/again: holds the sweep small, not a run; choose another --out$"):
        make(tmp_path / "tiny.toml", tmp_path / "again", 1)


def test_a_longer_latin_hypercube_is_refused(tmp_path: Path) -> None:
    text = (
        '[experiment]\nbase = "tiny.toml"\nreplications = 1\ndesign = {{ latin_hypercube = {{ points = {} }} }}\n'
        f'[factors."{KEY}"]\nmin = 10\nmax = 20\n'
    )
    tiny(tmp_path)
    path = tmp_path / "drawn.toml"
    path.write_text(text.format(2), encoding="utf-8")
    sweep(path, tmp_path / "run")
    path.write_text(text.format(4), encoding="utf-8")
    assert refusal(path, tmp_path / "run") == (
        "DIR/run: holds another design, { latin_hypercube = { points = 2, seed = 1 } }; it is "
        "{ latin_hypercube = { points = 4, seed = 1 } } now. A Latin hypercube cannot be extended: all its points "
        "move (Sobol' points can be). Choose another --out, or remove that folder to start again."
    )


def test_factors_of_every_type_and_variants(tmp_path: Path) -> None:
    tiny(tmp_path)
    path = tmp_path / "types.toml"
    path.write_text(
        '[experiment]\nbase = "tiny.toml"\nreplications = 2\nsettings = { departments.one.coordinators = 2 }\n'
        f"[variants.now]\n[variants.short.settings]\nrun.horizon_weeks = 6\n"
        f'[factors."{KEY}"]\nvalues = [10, "none"]\n'
        '[factors."run.warm_up_weeks"]\nvalues = [0, 4]\n'
        '[factors."groups.ready.exits.job.frailty"]\nvalues = [false]\n'
        '[factors."assignment.coordinator"]\nvalues = ["random"]\n',
        encoding="utf-8",
    )
    frame = read(sweep(path, tmp_path / "run"), "replications")
    assert frame.columns.tolist()[:7] == [
        "variant", "replication", "base_variant", KEY, "run.warm_up_weeks", "groups.ready.exits.job.frailty",
        "assignment.coordinator",
    ]  # fmt: skip
    assert [str(frame.dtypes.iloc[i]) for i in range(2, 7)] == ["category", "float64", "int64", "bool", "category"]
    assert frame["base_variant"].value_counts().to_dict() == {"now": 8, "short": 8}
    assert frame[KEY].isna().sum() == 8
    lines = (tmp_path / "run" / "plan.csv").read_text(encoding="utf-8").splitlines()
    assert lines[3] == (
        "3,now+citizens_per_coordinator=none+warm_up_weeks=0+frailty=false+coordinator=random,now,,0,false,random"
    )
