"""A small experiment on the tiny job centre, and what tests do with sweeps of it."""

from pathlib import Path

from sim.batch.sweep import prepare_sweep, run_sweep

from sim.batch.executors import open_workers
from sim.batch.run import Silent
from sim.config.experiment import load_experiment
from tests.batch.tiny import data, five, tiny

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
) -> Path:
    """Run an experiment into a directory, as `sim sweep` does, but in chunks of five if the directory is new."""
    loaded = load_experiment(path, replications=replications, seed=seed)
    prepared = prepare_sweep(loaded, directory, tables=tables, engine=engine)
    prepared = prepared._replace(batches=tuple(five(batch) for batch in prepared.batches))
    with open_workers(workers, executor, engine=engine) as opened:
        run_sweep(prepared, opened, workers, Silent(), "sim sweep small.toml")
    return directory


def whole(directory: Path) -> dict[str, str]:
    """The files over all points (no manifest)."""
    return {name: content for name, content in data(directory).items() if "/" not in name}
