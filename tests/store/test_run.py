"""A run, or a point of a sweep, that is opened to be read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.config import canonical, config_hash
from sim.config.experiment import load_experiment
from sim.errors import UsageError
from sim.store import parts
from sim.store.read import read
from sim.store.run import Run, open_runs
from tests.batch.sweeping import experiment, rows, sweep
from tests.batch.tiny import flip, make, tiny

TABLES = ("weekly", "citizens", "schemes", "coordinators", "incidence", "events")


@pytest.fixture(
    scope="module",
    params=[pytest.param(1, id="a block each", marks=pytest.mark.long), pytest.param(3, id="blocks of three")],
)
def swept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of four points with seven replications each, in row groups of two or three replications."""
    folder = tmp_path_factory.mktemp("sweep")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "ROW_GROUP_ROWS", 100)
        return sweep(experiment(folder), folder / "run", tables=TABLES, points=request.param)


def of_point(run: Run, table: str, columns: list[str] | None = None) -> tuple[list[int], pd.DataFrame]:
    """Numbers of the replications and all their rows."""
    numbers, tables = zip(*run.replications(table, columns), strict=True)
    for rows_of_one, number in zip(tables, numbers, strict=True):  # nobody changes scheme there
        assert set(rows_of_one["replication"].to_pylist()) == ({number} if table != "schemes" else set())
    frame = pa.concat_tables(tables, promote_options="permissive").to_pandas(date_as_object=False)
    return list(numbers), frame


@pytest.mark.parametrize("table", TABLES)
def test_each_point_has_exactly_its_own_rows(swept: Path, table: str) -> None:
    runs = open_runs(swept)
    assert [run.variant for run in runs] == read(swept, "plan")["variant"].tolist()
    for run in runs:
        numbers, frame = of_point(run, table)
        assert numbers == [0, 1, 2, 3, 4, 5, 6]
        own = rows(swept, table, run.variant)
        assert frame["variant"].unique().tolist() == [run.variant] * (table != "schemes")
        names = [name for name in frame.columns if frame[name].dtype == "category"]
        pd.testing.assert_frame_equal(frame.astype(dict.fromkeys(names, "str")), own)
    assert sum(len(of_point(run, table)[1]) for run in runs) == len(read(swept, table))


def test_only_some_columns(swept: Path) -> None:
    for run in open_runs(swept):
        _, frame = of_point(run, "weekly", ["week", "stock"])
        assert set(frame.columns) - {"variant"} == {"replication", "week", "stock"}
        own = rows(swept, "weekly", run.variant)
        pd.testing.assert_frame_equal(frame[["replication", "week", "stock"]], own[["replication", "week", "stock"]])


def test_key_figures_of_a_point(swept: Path) -> None:
    for run in open_runs(swept):
        numbers, values = run.values(["mean_stock", "weeks_submitted_to_decided", "of_a_later_version"])
        own = rows(swept, "replications", run.variant)
        assert numbers.tolist() == own["replication"].tolist() == [*range(7)]
        for kpi in ("mean_stock", "weeks_submitted_to_decided"):
            np.testing.assert_array_equal(values[kpi], own[kpi])
        assert np.isnan(values["of_a_later_version"]).tolist() == [True] * 7
        assert run.finished_replications() == 7


def test_what_a_point_is(swept: Path) -> None:
    for run, point in zip(open_runs(swept), load_experiment(swept.parent / "small.toml").points, strict=True):
        assert (run.variant, run.name) == (point.name, point.name)
        assert run.shown == f"{swept.as_posix()}, point {point.name}"
        values = canonical(point.config)
        del values["run"]["replications"]
        assert (run.config, run.config_hash) == (values, config_hash(point.config))
        assert run.tables == TABLES


def test_a_run_by_itself(tmp_path: Path) -> None:
    (run,) = open_runs(make(tiny(tmp_path), tmp_path / "run", 7))
    numbers, frame = of_point(run, "citizens")
    assert numbers == [*range(7)]
    own = read(tmp_path / "run", "citizens")
    pd.testing.assert_frame_equal(frame, own)
    assert (run.variant, run.shown, run.finished_replications()) == ("tiny", (tmp_path / "run").as_posix(), 7)
    files = {name: digest for name, digest in run.manifest.files.items() if name != "replications.parquet"}
    assert replace(run, manifest=replace(run.manifest, files=files)).finished_replications() == 0


def test_a_damaged_part_is_told(tmp_path: Path) -> None:
    (run,) = open_runs(make(tiny(tmp_path), tmp_path / "run", 7))
    part = tmp_path / "run" / "weekly" / "part-0000-00000005-00000006.parquet"
    flip(part)
    with pytest.raises(UsageError) as refused:
        list(run.replications("weekly"))
    assert str(refused.value) == (f"{part.as_posix()}: is damaged; to make it again: sim run tiny.toml")
