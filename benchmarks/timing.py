"""What all benchmarks share: timed replications, parameters, and a process of its own for what is measured."""

import math
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from sim.config import load
from sim.model.assembly import build
from sim.model.parameters import Parameters

HERE = Path(__file__).parent
MODEL = HERE.parent / "configs" / "130_per_worker.toml"
WORKLOAD = HERE / "workload.toml"


class Timed(NamedTuple):
    """CPU seconds of a replication (the least of several), what it counted, and the process's memory.

    `peak` is the most memory the process has held, `before` what it held before the first replication; in MB.
    """

    seconds: float
    counted: float
    before: float
    peak: float


def parameters(config: Path, **changes: object) -> Parameters:
    """Parameters of a config with some keys changed (double underscores for dots)."""
    return build(load(config, {key.replace("__", "."): value for key, value in changes.items()}).config)


def timed(run: Callable[[int], float], times: int) -> Timed:
    """Time replications 1 to `times`; where there are several, replication 0 comes first and does not count."""
    before = memory()
    if times > 1:
        run(0)
    seconds, counts = [], []
    for replication in range(1, times + 1):
        begun = time.process_time()
        counts.append(run(replication))
        seconds.append(time.process_time() - begun)
    return Timed(min(seconds), sum(counts) / times, before, memory())


def apart(measure: Callable[..., Timed], *args: object) -> Timed:
    """Measure in a process of its own, so that memory is that of what is measured."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        return pool.submit(measure, *args).result()


def memory() -> float:
    """Peak memory of this process until now, in MB; NaN where the system does not tell (it is not Linux)."""
    status = Path("/proc/self/status")  # getrusage would tell of the process that started this one, too.
    if not status.exists():
        return math.nan
    (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024.0
