"""The common workload (see workload.toml) in other simulators: each returns the number of meetings held."""

import ctypes
import math
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

DESKS, INTERVAL, HOURS, HOURS_PER_WEEK, HAZARD, WEEKS = 20, 6.0, 1.0, 30.0, 0.01, 104.0
INFLOW_SHARE = HAZARD
"""Inflow a week, of the stock: it keeps the stock level."""
Run = Callable[[int, int], int]
"""Stock and replication number to the number of meetings."""


def plain_simpy(stock: int, replication: int) -> int:
    """SimPy as one would write it: a process a citizen, a resource a coordinator."""
    import simpy

    rng, env = random.Random(replication), simpy.Environment()
    desks = [simpy.Resource(env, 1) for _ in range(DESKS * stock // 2600)]
    loads = [0] * len(desks)
    held = 0

    def citizen() -> Any:
        nonlocal held
        k = loads.index(min(loads))
        loads[k] += 1
        leaves = env.now + rng.expovariate(HAZARD)
        while True:
            yield env.timeout(rng.expovariate(1.0 / INTERVAL))
            if leaves <= env.now:
                break
            with desks[k].request() as turn:
                yield turn
                yield env.timeout(rng.expovariate(HOURS_PER_WEEK / HOURS))
                held += 1
            if leaves <= env.now:
                break
        loads[k] -= 1

    def inflow() -> Any:
        while True:
            yield env.timeout(rng.expovariate(INFLOW_SHARE * stock))
            env.process(citizen())

    for _ in range(stock):
        env.process(citizen())
    env.process(inflow())
    env.run(until=WEEKS)
    return held


def salabim(stock: int, replication: int) -> int:
    """Salabim in its yieldless default, as its manual writes such a model."""
    import salabim as sb

    sb.yieldless(False)
    env = sb.Environment(random_seed=replication, trace=False)
    desks = [sb.Resource(capacity=1) for _ in range(DESKS * stock // 2600)]
    loads = [0] * len(desks)
    held = 0
    rng = random.Random(replication)

    class Citizen(sb.Component):  # type: ignore[misc]
        def process(self) -> Any:
            nonlocal held
            k = loads.index(min(loads))
            loads[k] += 1
            leaves = env.now() + rng.expovariate(HAZARD)
            while True:
                yield self.hold(rng.expovariate(1.0 / INTERVAL))
                if leaves <= env.now():
                    break
                yield self.request(desks[k])
                yield self.hold(rng.expovariate(HOURS_PER_WEEK / HOURS))
                self.release()
                held += 1
                if leaves <= env.now():
                    break
            loads[k] -= 1

    class Inflow(sb.Component):  # type: ignore[misc]
        def process(self) -> Any:
            while True:
                yield self.hold(rng.expovariate(INFLOW_SHARE * stock))
                Citizen()

    for _ in range(stock):
        Citizen()
    Inflow()
    env.run(WEEKS)
    return held


def ciw(stock: int, replication: int) -> int:
    """Ciw: a network of queues knows no caseworker of one's own, so the coordinators share one queue.

    At home is a node with servers without number, then the desk, then home again or out. Exits fall between
    meetings, with the same share per cycle; the initial stock arrives in the first instant.
    """
    import ciw as library

    library.seed(replication)
    stay = 1.0 - HAZARD * INTERVAL
    dist = library.dists
    network = library.create_network(
        arrival_distributions=[dist.Exponential(INFLOW_SHARE * stock), dist.Sequential([1e-9, math.inf])],
        batching_distributions=[dist.Deterministic(1), dist.Deterministic(stock)],
        service_distributions=[dist.Exponential(1.0 / INTERVAL), dist.Exponential(HOURS_PER_WEEK / HOURS)],
        number_of_servers=[math.inf, DESKS * stock // 2600],
        routing=[[0.0, 1.0], [stay, 0.0]],
    )
    simulation = library.Simulation(network)
    simulation.simulate_until_max_time(WEEKS)
    return sum(record.node == 2 for record in simulation.get_all_records())


def c_loop(*, records: bool) -> Run:
    """Compile loop.c with the C compiler at hand and return its entry."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise ModuleNotFoundError("no C compiler (cc, gcc or clang) was found")
    library = Path(tempfile.mkdtemp(prefix="jobcentre-bench-")) / "loop.so"
    source = Path(__file__).with_name("loop.c")
    subprocess.run([compiler, "-O3", "-shared", "-fPIC", "-o", str(library), str(source), "-lm"], check=True)
    entry = ctypes.CDLL(str(library)).run
    entry.restype = ctypes.c_int64
    entry.argtypes = [
        *[ctypes.c_int64] * 2,
        *[ctypes.c_double] * 5,
        ctypes.c_uint64,
        ctypes.c_uint32,
        ctypes.c_int64,
    ]

    def run(stock: int, replication: int) -> int:
        desks = DESKS * stock // 2600
        weeks = HOURS / HOURS_PER_WEEK
        return int(
            entry(stock, desks, WEEKS, INFLOW_SHARE * stock, INTERVAL, weeks, HAZARD, 20180101, replication, records)
        )

    return run
