"""`--precision`: how far it grows, that interruptions do not show, and what it refuses."""

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.analysis.stopping import half_width, next_look
from sim.batch.prepare import prepare
from sim.batch.run import Silent
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.errors import RunFailed, UsageError
from sim.store.manifest import Manifest
from sim.store.run import open_runs
from sim.study.precision import Goal, Growing, goal_of, make_goal, parse_precision, run_precisely
from tests.batch.tiny import data, five, make, tiny

FEW = ("net_hours_per_week = 30", "net_hours_per_week = 4")
STOCK = {"mean_stock": 0.45}


def values_of(directory: Path, kpi: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    (run,) = open_runs(directory)
    return run.values([kpi])[1][kpi]


def expected_number(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], target: float, minimum: int, highest: float | None = None
) -> int:
    """Follow the rule by hand over more replications than it needs."""
    look = minimum
    while (ahead := next_look(values[:look], target, len(values), highest)) > look:
        look = ahead
    assert look < len(values)
    return look


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Configs, and runs of 250 replications of each in `long/`."""
    folder = tmp_path_factory.mktemp("precision")
    for name, change in (("few", FEW), ("many", ("", ""))):
        sim.run(tiny(folder, name, change), replications=250, out=folder / "long" / name, tables=())
    return folder


def test_a_mean_as_precise_as_asked(folder: Path, tmp_path: Path) -> None:
    result = sim.run(folder / "many.toml", precision=STOCK, min_replications=20, out=tmp_path / "run", tables=())
    wanted = expected_number(values_of(folder / "long" / "many", "mean_stock"), 0.45, 20, math.inf)
    assert len(result.replications) == wanted > 40
    row = result.summary.set_index("kpi").loc["mean_stock"]
    assert (row["ci95_high"] - row["ci95_low"]) / 2 <= 0.45
    # The same bytes as a run that was asked for so many.
    sim.run(folder / "many.toml", replications=wanted, out=tmp_path / "asked", tables=())
    assert data(tmp_path / "run") == data(tmp_path / "asked")
    manifest = Manifest.read(tmp_path / "run")
    assert manifest is not None
    assert manifest.runs[-1]["replications"] == wanted


def test_several_kpis_take_the_most_that_one_needs(folder: Path, tmp_path: Path) -> None:
    both = {"mean_stock": 2.0, "cohort_job_share": 0.02}
    result = sim.run(folder / "many.toml", precision=both, min_replications=20, out=tmp_path / "run", tables=())
    wanted = expected_number(values_of(folder / "long" / "many", "cohort_job_share"), 0.02, 20, 1.0)
    assert len(result.replications) == wanted > 20


def test_a_difference_as_precise_as_asked(folder: Path, tmp_path: Path) -> None:
    runs = [make(folder / f"{name}.toml", tmp_path / name, 5, tables=("weekly",)) for name in ("few", "many")]
    found = sim.compare(*runs, precision={"timely_share": 0.012}, min_replications=20)
    few, many = (values_of(folder / "long" / name, "timely_share") for name in ("few", "many"))
    wanted = expected_number(few - many, 0.012, 20)
    row: Any = found.differences.set_index("kpi").loc["timely_share"]
    assert row["replications"] == wanted > 80
    assert (row["ci95_high"] - row["ci95_low"]) / 2 <= 0.012
    assert found.notes == (
        f"precise enough: timely_share of few minus many: half-width {half_width((few - many)[:wanted]):.3g}, "
        f"asked 0.012, with {wanted} replications"
        "; skewed: the interval holds the true value less often than 95 times in 100",
        "no differences of incidence: few, many have no incidence table\n"
        "to add it: sim run tiny.toml --tables incidence",
    )
    for run in runs:
        manifest, config = Manifest.read(run), folder / f"{run.name}.toml"
        assert manifest is not None
        assert (manifest.name, manifest.replications) == (run.name, wanted)
        assert manifest.tables == ("weekly",)
        asked = make(config, tmp_path / "asked" / run.name, wanted, tables=("weekly",))
        assert data(run) == data(asked)


def test_configs_are_run_first(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = sim.compare(folder / "few.toml", folder / "many.toml")
    assert found.differences["replications"].max() == 7
    sim.run(folder / "few.toml", out=tmp_path / "asked")
    assert data(tmp_path / "results" / "few") == data(tmp_path / "asked")
    wider = sim.compare(folder / "few.toml", tmp_path / "results" / "many", precision={"timely_share": 0.012})
    rows: Any = wider.differences.set_index("kpi")
    assert rows.loc["timely_share", "replications"] >= 50


def grow(directories: Mapping[str, Path], folder: Path, goal: Goal, workers: int = 1) -> list[str]:
    batches = {}
    for name, directory in directories.items():
        config = load(folder / f"{name}.toml", {"run.replications": 1}).config
        batches[name] = five(prepare(name, config, directory, tables=())), name
    growing = Growing(batches, goal, "many" if len(batches) > 1 else None)
    with open_workers(workers) as executor:
        return run_precisely([growing], executor, Silent(), "sim run tiny.toml")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks runs, to kill them")
@pytest.mark.parametrize("kills", [1, pytest.param(50, marks=pytest.mark.long)])
def test_a_killed_one_ends_at_the_same_number_with_the_same_bytes(tmp_path: Path, kills: int) -> None:
    command = [sys.executable, "-m", "tests.batch.kill_precision", str(tmp_path), str(kills), "1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"killed": kills, "replications": 120}


@pytest.mark.long
def test_workers_do_not_show(folder: Path, tmp_path: Path) -> None:
    goal = make_goal(STOCK, 20)
    one = grow({"many": tmp_path / "one"}, folder, goal)
    assert grow({"many": tmp_path / "two"}, folder, goal, workers=2) == one
    assert data(tmp_path / "one") == data(tmp_path / "two")


def test_more_than_needed_is_kept(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "long" / "many", tmp_path / "many")
    before = data(tmp_path / "many")
    result = sim.run(folder / "many.toml", precision={"mean_stock": 0.5}, out=tmp_path / "many", tables=())
    assert len(result.replications) == 250
    assert data(tmp_path / "many") == before


def test_what_is_there_must_be_precise_enough_too(folder: Path, tmp_path: Path) -> None:
    """The rule stops at the first look, but over what is there already the interval is a little wider."""
    values = values_of(folder / "long" / "many", "mean_stock")
    widths = [half_width(values[:n], math.inf) for n in range(12, 60)]
    there = next(n for n, (now, then) in enumerate(pairwise(widths), 13) if then > now)
    target = sum(half_width(values[:n], math.inf) for n in (there - 1, there)) / 2
    make(folder / "many.toml", tmp_path / "run", there, tables=())
    goal = {"precision": {"mean_stock": target}, "min_replications": there - 1}
    result = sim.run(folder / "many.toml", out=tmp_path / "run", tables=(), **goal)  # type: ignore[arg-type]
    assert len(result.replications) == next_look(values[:there], target, 250, math.inf) > there
    alone = sim.run(folder / "many.toml", out=tmp_path / "new", tables=(), **goal)  # type: ignore[arg-type]
    assert len(alone.replications) == there - 1


def test_the_most_allowed(folder: Path, tmp_path: Path) -> None:
    few = {name: tmp_path / name for name in ("few", "many")}
    lines = grow(few, folder, make_goal({"timely_share": 1e-6}, 5, 27))
    assert [len(values_of(path, "timely_share")) for path in few.values()] == [27, 27]
    (line,) = lines
    assert line.startswith("not as precise as asked: timely_share of few minus many: half-width 0.")
    assert line.endswith("asked 1e-06, with 27 replications, the most allowed; --max-replications allows more")


def test_a_kpi_that_never_differs(folder: Path, tmp_path: Path) -> None:
    (line,) = grow({name: tmp_path / name for name in ("few", "many")}, folder, make_goal({"entries": 0.1}))
    assert line == (
        "no precision to tell: entries of few minus many: the same in all 100 replications, so nothing shows how "
        "far its mean may be off"
    )


def test_a_kpi_that_is_never_defined(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RunFailed) as failed:
        grow({"many": tmp_path / "run"}, folder, make_goal({"weeks_submitted_to_decided": 1.0}))
    expected = "precision: weeks_submitted_to_decided of many is undefined in all 200 replications"
    assert str(failed.value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cohort_job_share", "must be KPI=HALFWIDTH, such as cohort_job_share=0.005"),
        ("=1", "must be KPI=HALFWIDTH, such as cohort_job_share=0.005"),
        ("caseload=one", "the half-width must be a number, such as 0.005"),
        ("caseload=", "the half-width must be a number, such as 0.005"),
    ],
)
def test_texts_that_cannot_be_read(text: str, expected: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_precision([text])
    assert str(refused.value) == f"--precision {text}: {expected}"


def test_texts() -> None:
    assert parse_precision(["caseload=2", " mean_stock = 1e-1 "]) == {"caseload": 2.0, "mean_stock": 0.1}
    with pytest.raises(UsageError) as refused:
        parse_precision(["caseload=2", "caseload=3"])
    assert str(refused.value) == "--precision caseload=3: caseload is given twice"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (({"cohort_jobs_share": 0.1},), "precision: no KPI cohort_jobs_share; did you mean cohort_job_share?"),
        (({"x": 0.1},), "precision: no KPI x; docs/kpis.md lists all"),
        (({"caseload": 0.0},), "precision: caseload: the half-width must be above 0; it is 0"),
        (({"caseload": -1.5},), "precision: caseload: the half-width must be above 0; it is -1.5"),
        (({"caseload": float("nan")},), "precision: caseload: the half-width must be above 0; it is nan"),
        (
            ({"timely_share": 2.0},),
            "precision: timely_share: is a share, so the half-width must be below 1; it is 2 "
            "(half a percentage point is 0.005)",
        ),
        (({"caseload": 1.0}, 1), "min-replications: must be between 2 and 1000000; it is 1"),
        (({"caseload": 1.0}, 20, 10), "max-replications: must be at least min-replications, 20; it is 10"),
        (({"caseload": 1.0}, None, 10), "max-replications: must be at least min-replications, 50; it is 10"),
    ],
)
def test_goals_that_cannot_be_used(asked: tuple[object, ...], expected: str) -> None:
    with pytest.raises(UsageError) as refused:
        make_goal(*asked)  # type: ignore[arg-type]
    assert str(refused.value) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            (["caseload=1"], None, None, 5),
            "--replications: not with --precision, which finds their number; use --max-replications",
        ),
        (([], 5, None, None), "--min-replications: only with --precision"),
        (([], None, 5, None), "--max-replications: only with --precision"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[object, ...], expected: str) -> None:
    with pytest.raises(UsageError) as refused:
        goal_of(*arguments)  # type: ignore[arg-type]
    assert str(refused.value) == expected
    assert goal_of([], None, None) is None


def test_the_same_in_python(folder: Path) -> None:
    def refusal(call: Callable[..., object], *named: Path, **options: object) -> str:
        with pytest.raises(UsageError) as refused:
            call(*named, **options)
        return str(refused.value)

    config, runs = folder / "many.toml", (folder / "long" / "few", folder / "long" / "many")
    only = "min_replications, max_replications: only with precision"
    assert refusal(sim.run, config, max_replications=5) == only
    assert refusal(sim.compare, *runs, min_replications=5) == only
    assert refusal(sim.run, config, precision=STOCK, replications=5) == (
        "replications: not with precision, which finds their number; use max_replications"
    )
    assert refusal(sim.compare, *runs, precision=STOCK, workers=0) == "workers: must be at least 1; it is 0"
