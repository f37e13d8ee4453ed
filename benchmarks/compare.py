"""Engines side by side, in one run: ``python -m benchmarks.compare``.

Times are CPU seconds of this process (threads and processes: seconds of the clock), the best of several
replications where there is time for several; so other work on the machine disturbs little. Whoever has no salabim,
Ciw or C compiler gets the other rows.
"""

import argparse
import concurrent.futures
import math
import multiprocessing
import platform
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import simple
from sim.analysis.kpis import kpis
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.parameters import Parameters

HERE = Path(__file__).parent
MODEL = HERE.parent / "configs" / "130_per_worker.toml"
WORKLOAD = HERE / "workload.toml"


class Timed(NamedTuple):
    """CPU seconds of a replication (the least of several) and what it counted."""

    seconds: float
    counted: float


def timed(run: Callable[[int], float], times: int) -> Timed:
    """Time replications 1 to `times`; where there are several, replication 0 comes first and does not count."""
    if times > 1:
        run(0)
    seconds, counts = [], []
    for replication in range(1, times + 1):
        begun = time.process_time()
        counts.append(run(replication))
        seconds.append(time.process_time() - begun)
    return Timed(min(seconds), sum(counts) / times)


def parameters(config: Path, **changes: object) -> Parameters:
    """Parameters of a config with some keys changed (double underscores for dots)."""
    return build(load(config, {key.replace("__", "."): value for key, value in changes.items()}).config)


def full_model() -> Iterator[str]:
    """Both engines on the whole model."""
    p = parameters(MODEL)
    events = len(simulate(p, 1, 1, events=True, engine="compiled").tables["events"]["weeks"])
    yield f"\nThe whole model: {MODEL.name}, {events} events in the log of a replication"
    yield f"{'engine':10} {'tables':8} {'ms':>10} {'events/s':>12} {'times simpy':>12}"
    for log in (False, True):
        base = math.nan
        for engine, times in (("simpy", 3), ("compiled", 20)):
            t = timed(lambda r, e=engine, g=log: _rows(simulate(p, 1, r, events=g, engine=e)), times)  # type: ignore[misc]
            base = t.seconds if engine == "simpy" else base
            row = f"{engine:10} {'with log' if log else 'no log':8} {t.seconds * 1e3:10.2f}"
            yield f"{row} {events / t.seconds:12,.0f} {base / t.seconds:12.1f}"


def common_workload(stock: int = 2600) -> Iterator[str]:
    """Everybody on the simple workload."""
    p = parameters(WORKLOAD, population__stock=stock)
    yield f"\nThe common workload: {stock} citizens, {len(p.posts)} coordinators, first come first served, 104 weeks"
    yield f"{'simulator':22} {'ms':>10} {'meetings':>10} {'meetings/s':>12}"
    contenders: list[tuple[str, Callable[[], simple.Run], int]] = [
        ("C loop (loop.c)", simple.c_loop, 20),
        ("compiled engine", lambda: _engine(p, "compiled"), 20),
        ("plain SimPy", lambda: simple.plain_simpy, 2),
        ("simpy engine", lambda: _engine(p, "simpy"), 2),
        ("salabim", lambda: simple.salabim, 1),
        ("Ciw (pooled desks)", lambda: simple.ciw, 1),
    ]
    for name, make, times in contenders:
        try:
            run = make()
            t = timed(lambda r, run=run: run(stock, r), times)  # type: ignore[misc]
        except ModuleNotFoundError as missing:
            yield f"{name:22} left out: {missing}"
            continue
        yield f"{name:22} {t.seconds * 1e3:10.2f} {t.counted:10.0f} {t.counted / t.seconds:12,.0f}"


def growth(stocks: list[int]) -> Iterator[str]:
    """The compiled engine on larger centres of the whole model."""
    yield "\nGrowth of the compiled engine (whole model, 130 citizens a coordinator, one department, two years)"
    yield f"{'citizens':>10} {'posts':>7} {'seconds':>10} {'us/citizen':>11} {'MB in arrays':>13}"
    for stock in stocks:
        scale = stock / 910
        changes: dict[str, object] = {
            "population__stock": stock,
            "groups__activity_ready__inflow_per_week": 2.8 * scale,
            "internships__consultants": 6.0 * scale,
            "rehabilitation_team__slots_per_meeting": max(1, round(2 * scale)),
        }
        p = parameters(MODEL, **changes)
        simulate(p, 1, 0, engine="compiled")
        begun = time.process_time()
        simulate(p, 1, 1, engine="compiled")
        seconds = time.process_time() - begun
        from sim.engine.compiled.world import memory_in_use

        row = f"{stock:10,} {len(p.posts):7} {seconds:10.3f} {seconds / stock * 1e6:11.1f}"
        yield f"{row} {memory_in_use() / 1e6:13.1f}"


def whole_administration() -> Iterator[str]:
    """An administration of 53,000 citizens and 564 coordinators over four years."""
    changes: dict[str, object] = {
        "population__stock": 53_000,
        "groups__activity_ready__inflow_per_week": 163.0,
        "internships__consultants": 350.0,
        "rehabilitation_team__slots_per_meeting": 116,
        "staffing__citizens_per_coordinator": 53_000 / 564,
        "run__horizon_weeks": 208,
    }
    p = parameters(MODEL, **changes)
    simulate(p, 1, 0, engine="compiled")
    begun = time.process_time()
    simulate(p, 1, 1, engine="compiled")
    yield f"\nA whole administration: 53,000 citizens, {len(p.posts)} posts, 208 weeks: "
    yield f"{time.process_time() - begun:.2f} s a replication"


def batch_shares(replications: int = 40) -> Iterator[str]:
    """Where a replication's time goes, beside the engine."""
    p = parameters(MODEL)
    simulate(p, 1, 0, engine="compiled")
    begun = time.process_time()
    done = [simulate(p, 1, r, engine="compiled") for r in range(replications)]
    engine = time.process_time() - begun
    begun = time.process_time()
    for replication in done:
        kpis(replication, p)
    counted = time.process_time() - begun
    yield "\nMilliseconds a replication"
    yield f"engine and tables {engine / replications * 1e3:8.2f}"
    yield f"KPIs              {counted / replications * 1e3:8.2f}"


def workers(replications: int = 200) -> Iterator[str]:
    """One worker, two threads, two processes: replications a second by the clock."""
    chunks = [range(i, i + 25) for i in range(0, replications, 25)]
    yield f"\nWorkers: {replications} replications of {MODEL.name}, tables handed back, seconds by the clock"
    begun = time.perf_counter()
    for chunk in chunks:
        _chunk(chunk)
    one = time.perf_counter() - begun
    yield f"{'one':14} {one:8.2f}"
    spawn = multiprocessing.get_context("spawn")
    for name, pool in (
        ("two threads", concurrent.futures.ThreadPoolExecutor(2)),
        ("two processes", concurrent.futures.ProcessPoolExecutor(2, mp_context=spawn)),
    ):
        with pool:
            list(pool.map(_chunk, [range(1), range(1)]))  # start-up does not count
            begun = time.perf_counter()
            list(pool.map(_chunk, chunks))
            seconds = time.perf_counter() - begun
        yield f"{name:14} {seconds:8.2f}   {one / seconds:.2f} times one"


def python_memory() -> Iterator[str]:
    """Peak of what Python objects take in one replication."""
    p = parameters(MODEL)
    yield "\nPeak memory of Python objects in one replication"
    for engine in ("simpy", "compiled"):
        simulate(p, 1, 0, engine=engine)
        tracemalloc.start()
        simulate(p, 1, 1, engine=engine)
        yield f"{engine:10} {tracemalloc.get_traced_memory()[1] / 1e6:8.1f} MB"
        tracemalloc.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stocks", default="2600,130000", help="sizes of the growth table, such as 2600,1300000")
    chosen = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}, NumPy {np.__version__}")
    for part in (
        full_model(),
        common_workload(),
        batch_shares(),
        python_memory(),
        growth([int(stock) for stock in chosen.stocks.split(",")]),
        whole_administration(),
        workers(),
    ):
        for line in part:
            print(line, flush=True)


def _engine(p: Parameters, engine: str) -> simple.Run:
    contacts = "contacts"
    return lambda stock, r: int(simulate(p, 1, r, engine=engine).tables["citizens"][contacts].sum())


def _rows(replication: object) -> float:
    return 0.0 if replication is None else 1.0


def _chunk(numbers: range) -> int:
    p = _parameters()
    return sum(simulate(p, 1, r, engine="compiled").tables["citizens"]["citizen"].size for r in numbers)


_made: list[Parameters] = []


def _parameters() -> Parameters:
    if not _made:
        _made.append(parameters(MODEL))
    return _made[0]


if __name__ == "__main__":
    main()
