"""A sweep is its points' runs and their results put together, the same bytes however it was done."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.analysis.kpis import KPIS
from sim.batch import sweep as sweep_module
from sim.batch.interrupt import Stopped
from sim.batch.sweep import prepare_sweep
from sim.config.experiment import load_experiment
from sim.errors import RunFailed, UsageError
from sim.store.lock import Lock
from sim.store.read import describe, read
from sim.store.results import SummaryRow
from tests.batch.sweeping import experiment, sweep, whole
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


@pytest.fixture(scope="module")
def undisturbed(small: Path, folder: Path) -> Path:
    return sweep(small, folder / "undisturbed")


def test_files_of_a_sweep(undisturbed: Path) -> None:
    files = ["plan.csv", "plan.parquet", "replications.parquet", "summary.csv", "summary.parquet"]
    assert sorted(whole(undisturbed)) == files
    assert sorted(path.name for path in (undisturbed / "points").iterdir()) == POINTS
    manifest = json.loads((undisturbed / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["kind"], manifest["experiment"], manifest["points"]) == ("sweep", "small", POINTS)
    assert manifest["definition"]["factors"][KEY]["values"] == [10, 20]
    assert manifest["definition"]["experiment"]["design"] == {"grid": {}}
    assert manifest["files"] == ["manifest.json", *("plan.parquet", "plan.csv", "replications.parquet"),
                                 "summary.parquet", "summary.csv"]  # fmt: skip
    (run,) = manifest["runs"]
    assert (run["replications"], run["command"], manifest["replications"]) == (28, "sim sweep small.toml", 28)
    assert run["finished"] >= run["started"]


def test_a_point_is_what_sim_run_gives(undisturbed: Path, tmp_path: Path) -> None:
    tiny(tmp_path)
    for point in POINTS:
        caseload, hours = (part.partition("=")[2] for part in point.split("+"))
        config = tmp_path / f"{point}.toml"
        config.write_text(f'extends = "tiny.toml"\n{KEY} = {caseload}\n{SETTINGS[hours]}', encoding="utf-8")
        alone = make(config, tmp_path / point, 7, tables=("citizens",))
        assert data(alone) == data(undisturbed / "points" / point)


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
    described = describe(undisturbed, "plan").set_index("column")
    assert str(described.loc[KEY, "description"]).startswith(f"Factor. {KEY}: Target at the start:")
    assert described.loc["hours", "description"] == "Factor. Level of the experiment."


def test_replications_are_those_of_the_points_with_their_factors(undisturbed: Path) -> None:
    together = read(undisturbed, "replications")
    assert together.columns.tolist()[:4] == ["variant", "replication", KEY, "hours"]
    assert together.columns.tolist()[4:] == [kpi.name for kpi in KPIS]
    assert together["variant"].cat.categories.tolist() == POINTS
    assert together[KEY].dtype == "float64"
    for point, rows in together.groupby("variant", observed=True):
        own = read(undisturbed / "points" / str(point), "replications")
        pd.testing.assert_frame_equal(
            rows[["replication", *own.columns[2:]]].reset_index(drop=True), own.drop(columns="variant")
        )
        assert (rows[KEY].unique().tolist(), rows["hours"].unique().tolist()) == (
            [float(str(point).split("+")[0].partition("=")[2])],
            [str(point).partition("hours=")[2]],
        )
    own_fields = pq.read_schema(undisturbed / "points" / POINTS[0] / "replications.parquet")
    for field in pq.read_schema(undisturbed / "replications.parquet"):
        if field.name not in (KEY, "hours"):
            assert field.metadata == own_fields.field(field.name).metadata


def test_the_summary_is_that_of_the_points(undisturbed: Path) -> None:
    together = read(undisturbed, "summary")
    assert together.columns.tolist() == ["variant", KEY, "hours", *SummaryRow._fields[1:]]
    own = pd.concat([read(undisturbed / "points" / point, "summary") for point in POINTS], ignore_index=True)
    pd.testing.assert_frame_equal(together[own.columns], own)
    table = pd.read_csv(undisturbed / "summary.csv")
    pd.testing.assert_frame_equal(table, together.astype({"hours": "str"}), check_dtype=False)


def test_all_points_have_the_same_citizens(undisturbed: Path) -> None:
    arrivals = [
        read(undisturbed / "points" / point, "citizens").query("origin != 'stock'")["entry_weeks"].tolist()
        for point in POINTS
    ]
    assert len(arrivals[0]) > 50
    assert arrivals.count(arrivals[0]) == len(arrivals)


def test_workers_do_not_show(
    small: Path, undisturbed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")  # For the workers: they start faster.
    assert data(sweep(small, tmp_path / "two", workers=2)) == data(undisturbed)


def test_threads_do_not_show(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert data(sweep(small, tmp_path / "two", workers=2, executor="threads")) == data(undisturbed)


def test_the_engine_does_not_show(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    assert data(sweep(small, tmp_path / "simpy", engine="simpy")) == data(undisturbed)


def test_the_seed_does_show(small: Path, undisturbed: Path, tmp_path: Path) -> None:
    other = whole(sweep(small, tmp_path / "seed", seed=2))
    same = {name for name, content in whole(undisturbed).items() if other[name] == content}
    assert same == {"plan.csv"}


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Notes the number of every replication that is simulated."""
    from sim import engine
    from sim.batch import unit

    run: list[int] = []
    real = engine.simulate

    def noting(parameters: object, seed: int, number: int, **options: object) -> object:
        run.append(number)
        return real(parameters, seed, number, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(unit, "simulate", noting)
    return run


def test_a_value_more_runs_the_new_points_alone(tmp_path: Path, simulated: list[int]) -> None:
    before = experiment(tmp_path)
    sweep(before, tmp_path / "run")
    assert len(simulated) == 4 * 7
    simulated.clear()
    after = experiment(tmp_path, ("[10, 20]", "[5, 10, 20]"))
    assert len(data(sweep(after, tmp_path / "run"))) > 0
    assert len(simulated) == 2 * 7
    assert data(tmp_path / "run") == data(sweep(after, tmp_path / "at_once"))


def test_growing_does_not_show(tmp_path: Path, simulated: list[int]) -> None:
    path = experiment(tmp_path)
    sweep(path, tmp_path / "run", 3, tables=())
    sweep(path, tmp_path / "run", 7, tables=())
    assert len(simulated) == 4 * 7
    sweep(path, tmp_path / "run", 7, tables=("weekly",))  # Tables are made by running again.
    at_once = sweep(path, tmp_path / "at_once", 7, tables=("weekly",))
    assert data(tmp_path / "run") == data(at_once)


def test_a_longer_sobol_design_resumes_the_shorter(tmp_path: Path, simulated: list[int]) -> None:
    drawn = ("values = [10, 20]\n", "min = 10\nmax = 20\n[experiment.design]\nsobol = { points = 2 }\n")
    baseline = 'baseline = "citizens_per_coordinator=20+hours=full"\n'

    def points(count: int) -> Path:
        path = experiment(tmp_path, drawn)
        text = path.read_text(encoding="utf-8").replace("points = 2", f"points = {count}").replace(baseline, "")
        path.write_text(text, encoding="utf-8")
        return path

    sweep(points(2), tmp_path / "run", 2)
    assert len(simulated) == 2 * 2 * 2
    simulated.clear()
    sweep(points(4), tmp_path / "run", 2)
    assert len(simulated) == 2 * 2 * 2
    assert data(tmp_path / "run") == data(sweep(points(4), tmp_path / "at_once", 2))
    assert [point.name for point in load_experiment(points(4)).points][:2] == [
        "hours=full+point_0001", "hours=full+point_0002",
    ]  # fmt: skip


def test_a_value_less_leaves_its_points_alone(tmp_path: Path) -> None:
    sweep(experiment(tmp_path), tmp_path / "run", 2)
    path = experiment(tmp_path, ("[10, 20]", "[20]"))
    sweep(path, tmp_path / "run", 2)
    at_once = sweep(path, tmp_path / "at_once", 2)
    assert whole(tmp_path / "run") == whole(at_once)
    assert (tmp_path / "run" / "points" / POINTS[0] / "summary.csv").exists()
    assert prepare_sweep(load_experiment(path), tmp_path / "run").left_over == POINTS[:2]


def started(path: Path, directory: Path, replications: int) -> "subprocess.Popen[bytes]":
    """A real process that runs the sweep, in chunks of five replications."""
    code = (
        "import sys; from pathlib import Path; from tests.batch.sweeping import sweep; "
        "sweep(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(directory), str(replications)],
        cwd=Path(__file__).parents[2],
        # Starts faster; compiled and plain Python give the same bits.
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )


@pytest.mark.posix
def test_killed_and_resumed(small: Path, tmp_path: Path) -> None:
    """Real processes are killed for good, at two moments, and the last one finishes their work."""
    path, many = small, 8
    for parts in (1, 4):  # Of 8.
        with started(path, tmp_path / "run", many) as run:
            deadline = time.monotonic() + PATIENT
            while len(list(tmp_path.glob("run/points/*/kpis/part-*.parquet"))) < parts:
                assert time.monotonic() < deadline
                assert run.poll() is None
                time.sleep(0.005)
            run.kill()
        assert run.returncode == -signal.SIGKILL
        assert (tmp_path / "run" / "plan.csv").exists()
        assert not (tmp_path / "run" / "summary.csv").exists()
    assert data(sweep(path, tmp_path / "run", many)) == data(sweep(path, tmp_path / "undisturbed", many))


@pytest.mark.posix
@pytest.mark.long
def test_killed_fifty_times_at_random_moments(small: Path, tmp_path: Path) -> None:
    """Kills fall anywhere: in units, between them, in summaries, in what is written over all points."""
    path, random = small, Random(5)
    killed = 0
    while killed < 50:
        with started(path, tmp_path / "run", 2 + killed // 2) as run:  # There is always something left to do.
            try:
                run.wait(random.uniform(0.8, 4.0))
            except subprocess.TimeoutExpired:
                run.kill()
        killed += run.returncode == -signal.SIGKILL
        assert run.returncode in (0, -signal.SIGKILL)
    assert data(sweep(path, tmp_path / "run", 27)) == data(sweep(path, tmp_path / "undisturbed", 27))


@pytest.mark.parametrize("name", ["plan.csv", "plan.parquet", "replications.parquet", "summary.csv"])
def test_what_a_dead_sweep_left_is_made_good(undisturbed: Path, small: Path, name: str) -> None:
    before = data(undisturbed)
    (undisturbed / name).unlink()
    (undisturbed / f".{name}.123.tmp").write_bytes(b"cut sho")
    assert data(sweep(small, undisturbed)) == before


@pytest.mark.parametrize("content", [None, b"", b'{"kind": "swe', b"\xff\xfe"])
def test_a_manifest_that_is_lost_is_made_again(undisturbed: Path, small: Path, content: bytes | None) -> None:
    before = data(undisturbed)
    (undisturbed / "manifest.json").unlink()
    if content is not None:
        (undisturbed / "manifest.json").write_bytes(content)
    assert data(sweep(small, undisturbed)) == before
    manifest = json.loads((undisturbed / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["replications"], manifest["points"]) == (28, POINTS)
    # What the points are of is known from their own manifests.
    (undisturbed / "manifest.json").unlink()
    with pytest.raises(UsageError, match="holds a run of something else"):
        sweep(small, undisturbed, seed=2)
    sweep(small, undisturbed)


def test_a_sweep_that_is_stopped_closes_its_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = experiment(tmp_path)

    def stop(*_: object) -> None:
        raise Stopped("stopped")

    monkeypatch.setattr(sweep_module, "run_batches", stop)
    with pytest.raises(Stopped):
        sweep(path, tmp_path / "run")
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["replications"], manifest["files"]) == (0, ["manifest.json", "plan.parquet", "plan.csv"])
    assert manifest["runs"][0]["finished"] is not None


@pytest.mark.parametrize("name", ["mean", "timely_share"])
def test_a_factor_named_like_a_column_of_the_results_is_refused(tmp_path: Path, name: str) -> None:
    path = experiment(tmp_path)
    text = path.read_text(encoding="utf-8").replace("factors.hours", f"factors.{name}").replace("hours=", f"{name}=")
    path.write_text(text, encoding="utf-8")
    assert refusal(path, tmp_path / "run") == (
        f"DIR/small.toml: factors.{name}: this is a column of the results; choose another name"
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


def test_a_poison_replication_is_named_and_the_other_points_are_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim import engine
    from sim.batch import unit

    path = experiment(tmp_path)
    real, seen = engine.simulate, []

    def fails(parameters: object, seed: int, number: int, **options: object) -> object:
        seen.append(number)
        if number == 1 and seen.count(1) == 2:  # In the second point.
            raise ZeroDivisionError("float division by zero")
        return real(parameters, seed, number, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(unit, "simulate", fails)
    with pytest.raises(RunFailed) as failed:
        sweep(path, tmp_path / "run", 2)
    assert str(failed.value).splitlines()[0] == (
        f"{POINTS[1]}: replication 1 (seed 1) failed: ZeroDivisionError: float division by zero"
    )
    monkeypatch.undo()
    assert not (tmp_path / "run" / "summary.csv").exists()
    assert [(tmp_path / "run" / "points" / point / "summary.csv").exists() for point in POINTS] == [
        True, False, True, True,
    ]  # fmt: skip
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["replications"] == 6
    assert data(sweep(path, tmp_path / "run", 2)) == data(sweep(path, tmp_path / "at_once", 2))


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
        f"DIR/run/points/{POINTS[0]}: holds a run of something else, so nothing was run:\n"
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
    with pytest.raises(UsageError, match=r"manifest.json: not a manifest of this version of sim; choose another"):
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
