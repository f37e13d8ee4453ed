"""`sim.sweep` and `sim.load_experiment`."""

import doctest
import gc
from pathlib import Path

import pytest

import sim
from sim.api import sweep as sweep_module
from sim.errors import ConfigError, UsageError
from tests.batch.sweeping import experiment, sweep
from tests.batch.tiny import data, flip

ROOT = Path(__file__).parents[2]


def test_the_example_of_the_docstring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (found,) = doctest.DocTestFinder(recurse=False).find(sim.sweep, "sim.sweep", module=sweep_module)
    result = doctest.DocTestRunner().run(found)
    assert (result.attempted, result.failed) == (6, 0)


def test_frames(tmp_path: Path) -> None:
    swept = sim.sweep(experiment(tmp_path), replications=2, tables=["weekly", "citizens"])
    assert swept.plan["variant"].tolist() == list(swept.runs)
    assert len(swept.replications) == 4 * 2
    assert set(swept.summary["replications"] + swept.summary["undefined"]) == {2}
    point = swept.runs["citizens_per_coordinator=10+hours=full"]
    assert sorted(point.weekly["replication"].unique()) == [0, 1]
    assert point.citizens["variant"].unique().tolist() == ["citizens_per_coordinator=10+hours=full"]
    assert repr(swept) == f"SweepResult({swept.path.as_posix()!r}, 4 points)"


def test_a_temporary_sweep_goes_with_the_last_that_uses_it(tmp_path: Path) -> None:
    swept = sim.sweep(experiment(tmp_path, ("[10, 20]", "[20]")), replications=1)
    path, run = swept.path, swept.runs["citizens_per_coordinator=20+hours=full"]
    del swept
    gc.collect()
    assert len(run.replications) == 1
    del run
    gc.collect()
    assert not path.exists()


def test_into_a_directory_as_the_command_does(tmp_path: Path) -> None:
    loaded = sim.load_experiment(experiment(tmp_path), replications=2, seed=3)
    swept = sim.sweep(loaded, out=tmp_path / "api")
    assert swept.path == tmp_path / "api"
    assert data(tmp_path / "api") == data(sweep(tmp_path / "small.toml", tmp_path / "command", 2, seed=3, points=4))


def test_a_comparison_takes_the_baseline_that_the_experiment_states(tmp_path: Path) -> None:
    first = "citizens_per_coordinator=10+hours=full"
    path = experiment(tmp_path, ('baseline = "citizens_per_coordinator=20+hours=full"', f'baseline = "{first}"'))
    swept = sim.sweep(path, out=tmp_path / "run", replications=2)
    assert next(iter(swept.runs)) == first
    for compared in (sim.compare(swept.path), sim.compare(swept.path, baseline=first)):
        assert set(compared.differences["baseline"]) == {first}
    last = list(swept.runs)[-1]
    assert set(sim.compare(swept.path, baseline=last).differences["baseline"]) == {last}


def test_what_is_refused(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    with pytest.raises(UsageError, match=r"^replications: must be between 1 and 1000000; it is 0$"):
        sim.sweep(path, replications=0)
    with pytest.raises(UsageError, match=r"^replications, seed: only with an experiment file; give them to sim"):
        sim.sweep(sim.load_experiment(path), seed=1)
    with pytest.raises(UsageError, match=r"^tables: unknown table 'week'; did you mean weekly\?$"):
        sim.sweep(path, tables=["week"])
    with pytest.raises(ConfigError, match=r"no such file; did you mean .*small\.toml\?$"):
        sim.sweep(tmp_path / "smal.toml")


@pytest.mark.parametrize(("table", "column"), [("plan", "variant"), ("replications", None), ("summary", "mean")])
def test_a_damaged_file_over_all_points_is_told(tmp_path: Path, table: str, column: str | None) -> None:
    swept = sim.sweep(experiment(tmp_path), replications=2)
    flip(swept.path / f"{table}.parquet", column)
    with pytest.raises(UsageError) as refused:
        getattr(swept, table)
    assert str(refused.value) == (
        f"{(swept.path / table).as_posix()}.parquet: is damaged; run it again into this directory"
    )


def test_a_damaged_plan_is_told_before_anything_is_compared(tmp_path: Path) -> None:
    swept = sim.sweep(experiment(tmp_path), replications=2)
    flip(swept.path / "plan.parquet", "variant")
    with pytest.raises(UsageError) as refused:
        sim.compare(swept.path)
    assert str(refused.value) == (
        f"{swept.path.as_posix()}/plan.parquet: is damaged; run it again into this directory"
    )
