"""What many points cost: ``python -m benchmarks.points``.

Ratios of times that were measured in turn in one process, on an otherwise quiet machine:

* 256 tiny points x 2 replications: a sweep (one worker, files and all) against `evaluate`; the sweep repeated.
* 40 points x 100 replications of `130_per_worker`: `evaluate` against the bare engine on ready parameters.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sim.batch.run import Silent, run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.config.experiment import load_experiment
from sim.engine import simulate
from sim.model.assembly import build
from sim.study.evaluate import evaluate
from sim.study.sweep import prepare_sweep

TINY = """\
[run]
start = 2018-01-01
horizon_weeks = 52
seed = 7

[population]
stock = 100

[groups.a]
benefit = "cash"
stock_share = 1.0
inflow_per_week = 0.5
elapsed_weeks = 100
exits.job = { hazard_per_week = 0.01 }

[staffing]
net_hours_per_week = 30
citizens_per_coordinator = 50
"""
SWEEP = """\
[experiment]
base = "tiny.toml"
replications = 2

[factors."groups.a.exits.job.hazard_per_week"]
values = [{hazards}]

[factors."groups.a.inflow_per_week"]
values = [{inflows}]
"""
ROUNDS = 7
CASELOAD = "staffing.citizens_per_coordinator"


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def report(what: str, ours: list[float], other: str, theirs: list[float]) -> None:
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    print(
        f"{what:32} {statistics.median(ours):7.3f} s   {other:24} {statistics.median(theirs):7.3f} s   "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )


def tiny_points(folder: Path) -> None:
    (folder / "tiny.toml").write_text(TINY, encoding="utf-8")
    hazards, inflows = (
        ", ".join(f"{low + i * step:.5f}" for i in range(16)) for low, step in ((0.005, 0.001), (0.1, 0.05))
    )
    file = folder / "sweep.toml"
    file.write_text(SWEEP.format(hazards=hazards, inflows=inflows), encoding="utf-8")
    points = [point.cells for point in load_experiment(file).points]

    def sweep() -> None:
        batch = prepare_sweep(load_experiment(file), folder / "out")
        with open_workers(1) as workers:
            run_batches([batch], workers, 1, Silent(), "benchmark")

    def in_memory() -> None:
        evaluate(folder / "tiny.toml", points, 2)

    in_memory()
    swept, evaluated, repeated = [], [], []
    for _ in range(ROUNDS):
        shutil.rmtree(folder / "out", ignore_errors=True)
        evaluated.append(seconds(in_memory))
        swept.append(seconds(sweep))
        repeated.append(seconds(sweep))
    files = sum(path.is_file() for path in (folder / "out").rglob("*"))
    report(f"sweep, {len(points)} points x 2", swept, "evaluate", evaluated)
    report("finished sweep repeated", repeated, "evaluate", evaluated)
    print(f"files of the sweep: {files}")


def real_points() -> None:
    config = load("configs/130_per_worker.toml")
    points = [{CASELOAD: 30 + 5 * i} for i in range(40)]
    ready = [build(load(config.path, point).config) for point in points]

    def bare() -> None:
        for parameters in ready:
            for number in range(100):
                simulate(parameters, config.config.run.seed, number, weekly=False, engine="compiled")

    bare()
    evaluated, alone = [], []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        alone.append(seconds(bare))
        evaluated.append(seconds(lambda: evaluate(config, points, 100)))
    report("evaluate, 40 points x 100", evaluated, "bare engine", alone)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        tiny_points(Path(temporary))
    real_points()
