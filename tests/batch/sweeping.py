"""A small experiment on the tiny job centre, and what tests do with sweeps of it."""

from pathlib import Path

import pandas as pd

from sim.batch.run import Silent, run_batches
from sim.batch.workers.opening import open_workers
from sim.config.experiment import load_experiment
from sim.store.read import read
from sim.study.sweep import prepare_sweep
from tests.batch.tiny import data, small_blocks, tiny

SWEEP = """\
[experiment]
base = "tiny.toml"
replications = 7
tables = ["citizens"]
baseline = "citizens_per_coordinator=20+hours=full"

[factors."staffing.citizens_per_coordinator"]
values = [10, 20]

[factors.hours.levels.full]

[factors.hours.levels.half]
staffing.net_hours_per_week = 15
"""


def experiment(folder: Path, change: tuple[str, str] = ("", ""), name: str = "small") -> Path:
    """Write the experiment and its base, with one text changed for another."""
    tiny(folder)
    path = folder / f"{name}.toml"
    assert change[0] in SWEEP
    path.write_text(SWEEP.replace(*change) if change[0] else SWEEP, encoding="utf-8")
    return path


def sweep(
    path: Path,
    directory: Path,
    replications: int | None = None,
    *,
    workers: int = 1,
    tables: tuple[str, ...] | None = None,
    engine: str = "compiled",
    seed: int | None = None,
    executor: str = "processes",
    points: int = 1,
) -> Path:
    """Run an experiment into a directory, as `sim sweep` does, but with few points in a new block; five a chunk."""
    loaded = load_experiment(path, replications=replications, seed=seed)
    with small_blocks(points), open_workers(workers, executor, engine=engine) as opened:
        prepared = prepare_sweep(loaded, directory, tables=tables, engine=engine)
        run_batches([prepared], opened, workers, Silent(), "sim sweep small.toml")
    return directory


def rows(directory: Path, table: str, point: str | None = None) -> pd.DataFrame:
    """The rows of a point in order, with names as plain text: the lists of names are those of all points."""
    frame = read(directory, table, variant=point)
    names = [name for name in frame.columns if frame[name].dtype == "category"]
    frame = frame.astype(dict.fromkeys(names, "str")) if names else frame
    return frame.reset_index(drop=True)


def whole(directory: Path) -> dict[str, str]:
    """The files over all points (no manifest)."""
    return {name: content for name, content in data(directory).items() if "/" not in name}
