"""Points too small for files of their own share them, as a sweep is laid out outside the tests."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim import engine
from sim.batch import variant
from sim.batch.run import Silent, run_batches
from sim.batch.workers.interrupt import Stopped
from sim.batch.workers.opening import open_workers
from sim.config.experiment import load_experiment
from sim.store.parts import variant_of
from sim.store.read import read
from sim.store.run import open_manifest
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, rows, sweep, whole
from tests.batch.test_interrupt import interrupting
from tests.batch.tiny import data, make, tiny

LADDER = ("[10, 20]", str([10 + i / 2 for i in range(24)]))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """An experiment of 48 points, two of which are 10 and 12.5 citizens a coordinator at full hours."""
    path = experiment(tmp_path, LADDER)
    text = path.read_text(encoding="utf-8")
    stated = 'baseline = "citizens_per_coordinator=20+hours=full"\n'
    path.write_text(text.replace(stated, ""), encoding="utf-8")
    return path


def run(path: Path, directory: Path, replications: int, workers: int = 1) -> Path:
    """Run an experiment in the blocks and chunks that the program chooses."""
    batch = prepare_sweep(load_experiment(path, replications=replications), directory)
    with open_workers(workers, "threads") as opened:
        run_batches([batch], opened, workers, Silent(), "sim sweep small.toml")
    return directory


def test_many_small_points_have_few_files(many: Path, tmp_path: Path) -> None:
    directory = run(many, tmp_path / "run", 2)
    part = "part-0000-00000000-00000001.parquet"
    assert sorted(data(directory).keys() - whole(directory).keys()) == [f"citizens/{part}", f"kpis/{part}"]
    names = read(directory, "plan")["variant"].tolist()
    assert len(names) == 48
    manifest = open_manifest(directory)
    assert [(block.names, block.chunk_replications) for block in manifest.blocks] == [(tuple(names), 5)]
    # The rows of a point are together, so that a reader passes over the others.
    with pq.ParquetFile(directory / "citizens" / part) as file:
        assert [variant_of(file.metadata, group) for group in range(file.num_row_groups)] == names
    assert pq.read_table(directory / "kpis" / part)["variant"].to_pylist() == [name for name in names for _ in "01"]


def test_a_point_among_many_is_what_sim_run_gives(many: Path, tmp_path: Path) -> None:
    directory = run(many, tmp_path / "run", 7)
    for caseload in ("10", "12.5"):
        change = ("citizens_per_coordinator = 20", f"citizens_per_coordinator = {caseload}")
        point = f"citizens_per_coordinator={caseload}+hours=full"
        alone = make(tiny(tmp_path, point, change), tmp_path / point, 7, tables=("citizens",))
        for table in ("replications", "summary", "citizens"):
            own = rows(directory, table, point)
            pd.testing.assert_frame_equal(own[rows(alone, table).columns], rows(alone, table))


@pytest.mark.long
def test_growing_and_workers_do_not_show(many: Path, tmp_path: Path) -> None:
    grown = run(many, run(many, tmp_path / "grown", 2), 12)
    assert data(grown) == data(run_as(grown, many, tmp_path / "in_its_blocks", 12))
    # Blocks follow from how many replications are asked for first; the results do not.
    at_once = run(many, tmp_path / "at_once", 12)
    assert whole(grown) == whole(at_once)
    assert data(run(many, tmp_path / "threads", 12, workers=2)) == data(at_once)


def run_as(there: Path, path: Path, directory: Path, replications: int) -> Path:
    """Run in the blocks of another directory, with two workers."""
    batch = prepare_sweep(load_experiment(path, replications=replications), directory)
    batch = batch._replace(manifest=replace(batch.manifest, blocks=open_manifest(there).blocks))
    with open_workers(2, "threads") as opened:
        run_batches([batch], opened, 2, Silent(), "sim sweep small.toml")
    return directory


def test_a_chunk_across_points_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two blocks of two points; stopped in the second point of the second chunk, whose record is then lost."""
    path, directory = experiment(tmp_path), tmp_path / "run"
    seen: list[int] = []
    pressing = interrupting(6)

    def noting(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        seen.append(number)
        return engine.simulate(parameters, seed, number, **options)

    def stopping(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if seen.count(6) == 1 and number == 6:
            pressing(parameters, seed, number, **options)
        return noting(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", stopping)
    with pytest.raises(Stopped) as stopped:
        sweep(path, directory, 15, points=2)
    assert str(stopped.value).startswith("stopped; 20 of 60 replications of small are finished and kept in ")
    assert seen == 2 * [*range(5)] + 2 * [*range(5, 10)]
    chunks = ("00000000-00000004", "00000005-00000009")
    parts = [f"{folder}/part-0000-{chunk}.parquet" for folder in ("citizens", "kpis") for chunk in chunks]
    assert sorted(data(directory)) == sorted(["plan.csv", "plan.parquet", *parts])
    (directory / parts[-1]).unlink()
    seen.clear()
    monkeypatch.setattr(variant, "simulate", noting)
    resumed = sweep(path, directory, 15, points=2)
    ranges = [(5, 10), (10, 15), (0, 5), (5, 10), (10, 15)]
    assert seen == [number for chunk in ranges for _ in "ab" for number in range(*chunk)]
    monkeypatch.undo()
    assert data(resumed) == data(sweep(path, tmp_path / "undisturbed", 15, points=2))
