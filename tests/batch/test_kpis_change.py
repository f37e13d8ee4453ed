"""Key figures that another version computes otherwise are computed again, from kept tables if it can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from sim import engine
from sim.analysis import kpis
from sim.analysis.kpis.kpi import Kpi
from sim.batch import variant
from sim.batch.prepare import prepare
from sim.batch.run import run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.config.experiment import load_experiment
from sim.store.read import read
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, sweep
from tests.batch.test_failures import Noting
from tests.batch.tiny import accept, data, flip, make, tiny

NONE: tuple[str, ...] = ()
KEPT = ("citizens", "coordinators")
REFILLED = "the key figures have changed: those of {} chunks are computed again from their tables"
RENEWED = (
    "the key figures have changed, and the tables from which they follow were not kept: {} replications are "
    "simulated again"
)
FIRST = "part-0000-00000000-00000004.parquet"


def in_dozens(kpi: Kpi) -> Kpi:
    """The same, of dozens of citizens."""
    return kpi._replace(value=lambda counted: kpi.value(counted) / 12)


@contextmanager
def another_version() -> Iterator[None]:
    """A version that counts the stock in dozens."""
    changed = tuple(in_dozens(kpi) if kpi.name == "mean_stock" else kpi for kpi in kpis.KPIS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kpis, "KPIS", changed)
        patch.setattr(kpis, "KPIS_VERSION", kpis.KPIS_VERSION + 1)
        yield


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Notes the number of every replication that is simulated."""
    run: list[int] = []

    def noting(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        run.append(number)
        return engine.simulate(parameters, seed, number, **options)

    monkeypatch.setattr(variant, "simulate", noting)
    return run


def again(config: Path, directory: Path, replications: int, tables: tuple[str, ...]) -> list[str]:
    """Run into a directory once more; give what the user is told."""
    loaded, progress = load(config, {"run.replications": replications}), Noting()
    batch = prepare(loaded.name, loaded.config, directory, tables=tables)
    with open_workers(1) as workers:
        run_batches([batch], workers, 1, progress, "sim run tiny.toml")
    return progress.notes


def test_they_are_computed_from_the_tables_that_are_kept(tmp_path: Path, simulated: list[int]) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    make(config, directory, 12, tables=KEPT)
    before, stock = data(directory), read(directory, "replications")["mean_stock"]
    simulated.clear()
    with another_version():
        assert again(config, directory, 12, KEPT) == [REFILLED.format(3)]
        assert simulated == []
        assert again(config, directory, 12, KEPT) == []
        assert data(directory) == data(make(config, tmp_path / "at_once", 12, tables=KEPT))
    assert read(directory, "replications")["mean_stock"].tolist() == (stock / 12).tolist()
    # And back.
    assert again(config, directory, 12, KEPT) == [REFILLED.format(3)]
    assert data(directory) == before


@pytest.mark.parametrize("tables", [NONE, ("weekly",), ("weekly", "citizens")])
def test_without_the_tables_they_are_simulated_again(
    tmp_path: Path, simulated: list[int], tables: tuple[str, ...]
) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    make(config, directory, 12, tables=tables)
    simulated.clear()
    with another_version():
        assert again(config, directory, 12, tables) == [RENEWED.format(12)]
        assert simulated == [*range(12)]
        assert again(config, directory, 12, tables) == []
        assert data(directory) == data(make(config, tmp_path / "at_once", 12, tables=tables))


def test_those_that_are_done_already_are_not_done_again(tmp_path: Path, simulated: list[int]) -> None:
    """As after a command that was killed."""
    config, directory = tiny(tmp_path), tmp_path / "run"
    make(config, directory, 12, tables=("weekly",))
    with another_version():
        at_once = make(config, tmp_path / "at_once", 12, tables=("weekly",))
        (directory / "kpis" / FIRST).write_bytes((at_once / "kpis" / FIRST).read_bytes())
        accept(directory)
        simulated.clear()
        assert again(config, directory, 12, ("weekly",)) == [RENEWED.format(7)]
        assert simulated == [*range(5, 12)]
        assert data(directory) == data(at_once)


def test_together_with_more_replications_and_another_table(tmp_path: Path, simulated: list[int]) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    make(config, directory, 7, tables=KEPT)
    tables = (*KEPT, "events")
    with another_version():
        at_once = make(config, tmp_path / "at_once", 12, tables=tables)
        simulated.clear()
        assert again(config, directory, 12, tables) == [REFILLED.format(1)]
        assert sorted(simulated) == [*range(12)]  # The first five for the events.
        assert data(directory) == data(at_once)


@pytest.mark.parametrize("points", [1, 3])
@pytest.mark.parametrize(("tables", "expected"), [(KEPT, REFILLED), (NONE, RENEWED)])
def test_of_a_sweep(
    tmp_path: Path, simulated: list[int], points: int, tables: tuple[str, ...], expected: str
) -> None:
    path, directory, progress = experiment(tmp_path), tmp_path / "run", Noting()
    sweep(path, directory, 7, tables=tables, points=points)
    with another_version():
        at_once = sweep(path, tmp_path / "at_once", 7, tables=tables, points=points)
        simulated.clear()
        with open_workers(1) as workers:
            batch = prepare_sweep(load_experiment(path), directory, tables=tables)
            run_batches([batch], workers, 1, progress, "sim sweep small.toml")
        chunks = {1: 8, 3: 4}[points]
        assert progress.notes == [expected.format(chunks if tables else 28)]
        assert len(simulated) == (0 if tables else 28)
        assert data(directory) == data(at_once)


def test_replications_without_citizens_are_filled_too(tmp_path: Path) -> None:
    config = tiny(tmp_path, change=("stock = 40", "stock = 0"))
    config.write_text(
        config.read_text(encoding="utf-8").replace("inflow_per_week = 1.0", "inflow_per_week = 0.05"),
        encoding="utf-8",
    )
    make(config, tmp_path / "run", 12, tables=KEPT)
    assert 0 < read(tmp_path / "run", "citizens")["replication"].nunique() < 12
    with another_version():
        assert again(config, tmp_path / "run", 12, KEPT) == [REFILLED.format(3)]
        assert data(tmp_path / "run") == data(make(config, tmp_path / "at_once", 12, tables=KEPT))


def test_a_table_that_turns_out_to_be_damaged_is_made_again(tmp_path: Path, simulated: list[int]) -> None:
    config, directory = tiny(tmp_path), tmp_path / "run"
    make(config, directory, 12, tables=KEPT)
    flip(directory / "citizens" / FIRST)
    accept(directory)  # As if it had been damaged after it was checked.
    with another_version():
        at_once = make(config, tmp_path / "at_once", 12, tables=KEPT)
        simulated.clear()
        assert again(config, directory, 12, KEPT) == [REFILLED.format(3)]
        assert simulated == [*range(5)]
        assert data(directory) == data(at_once)


@pytest.mark.parametrize("kpis_too", [False, True])
def test_a_table_without_a_column_of_today_is_made_again(
    tmp_path: Path, simulated: list[int], kpis_too: bool
) -> None:
    """Of a version that did not record the column yet; key figures cannot be computed from such a table."""
    config, directory = tiny(tmp_path), tmp_path / "run"
    before = data(make(config, directory, 12, tables=KEPT))
    part = directory / "citizens" / FIRST
    with pq.ParquetFile(part) as file:
        older = file.read().drop_columns(["no_shows"])
    pq.write_table(older, part)
    if kpis_too:
        record = directory / "kpis" / FIRST
        rows = pq.read_table(record)
        pq.write_table(rows.replace_schema_metadata({**rows.schema.metadata, b"sim.kpis": b"0-earlier"}), record)
    accept(directory)
    simulated.clear()
    assert again(config, directory, 12, KEPT) == ([RENEWED.format(5)] if kpis_too else [])
    assert simulated == [*range(5)]
    assert data(directory) == before
