"""What a batch costs beside the engine, and what more workers bring."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.timing import MODEL, memory, parameters
from sim.analysis.kpis import COLUMNS, kpi_values
from sim.batch.plan import work_share
from sim.batch.prepare import prepare
from sim.batch.run import Silent, run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.engine import simulate
from sim.store.parts import part_writer
from sim.tables.encode import encode_kpis, encode_table, kpi_schema, table_schema
from sim.tables.records import TableName

TABLES: tuple[TableName, ...] = ("weekly", "citizens", "schemes", "coordinators")


def start_up() -> Iterator[str]:
    """Seconds from the command to its end, of one replication: nearly all of it is starting."""
    yield "\nStart-up: one replication by the clock, the least of three"
    with tempfile.TemporaryDirectory() as folder:
        for name, extra in (("sim run, no tables", ["--tables", ""]), ("sim --help", None)):
            seconds = []
            for i in range(3):
                out = ["--replications", "1", "--workers", "1", "--quiet", "--out", str(Path(folder) / f"{i}")]
                command = ["--help"] if extra is None else ["run", str(MODEL), *out, *extra]
                begun = time.perf_counter()
                subprocess.run([sys.executable, "-m", "sim", *command], check=True, capture_output=True)
                seconds.append(time.perf_counter() - begun)
            yield f"{name:24} {min(seconds):8.2f} s"


def shares(chunks: int = 6) -> Iterator[str]:
    """Where a replication's time goes, on one worker with the default tables."""
    p = parameters(MODEL)
    size = round(1 / work_share(p))
    names, start = p.names, load(MODEL).config.run.start
    spent = dict.fromkeys(("engine and tables", "KPIs", "rows for the files", "Parquet and disk"), 0.0)
    simulate(p, 1, 0, engine="compiled")

    def took(what: str, begun: float) -> None:
        spent[what] += time.process_time() - begun

    with tempfile.TemporaryDirectory() as folder:
        for chunk in range(chunks):
            numbers = range(chunk * size, (chunk + 1) * size)
            begun = time.process_time()
            done = [simulate(p, 1, r, engine="compiled") for r in numbers]
            took("engine and tables", begun)
            begun = time.process_time()
            figures = [kpi_values(replication, p) for replication in done]
            took("KPIs", begun)
            begun = time.process_time()
            encoded: dict[str, pa.Table] = {
                table: encode_table(
                    table, [r.tables[table] for r in done], names, "v", numbers, start, table_schema(table, {})
                )
                for table in TABLES
            }
            schema = kpi_schema(COLUMNS, {})
            encoded["kpis"] = encode_kpis(np.stack(figures), ["v"], [0] * len(numbers), numbers, schema)
            took("rows for the files", begun)
            begun = time.process_time()
            with ExitStack() as stack:
                for table, made in encoded.items():
                    path = Path(folder) / table / f"{chunk}.parquet"
                    stack.enter_context(part_writer(path, made.schema)).add(made)
            took("Parquet and disk", begun)
    whole = sum(spent.values())
    yield f"\nA replication of a batch ({MODEL.name}, default tables, chunks of {size}), CPU milliseconds"
    for what, seconds in spent.items():
        yield f"{what:24} {seconds / (chunks * size) * 1e3:8.2f} {100 * seconds / whole:6.1f} %"


def workers(replications: int = 600) -> Iterator[str]:
    """One worker, two threads, two processes: whole batches by the clock, files written."""
    yield f"\nWorkers: {replications} replications of {MODEL.name} with the default tables, by the clock"
    loaded = load(MODEL, {"run.replications": replications})
    one = 0.0
    for kind, count in (("threads", 1), ("threads", 2), ("processes", 2)):
        with tempfile.TemporaryDirectory() as folder, open_workers(count, kind) as opened:
            warm = prepare("v", load(MODEL, {"run.replications": 2}).config, Path(folder) / "warm")
            run_batches([warm], opened, count, Silent(), "benchmark")
            batch = prepare("v", loaded.config, Path(folder) / "run")
            begun = time.perf_counter()
            run_batches([batch], opened, count, Silent(), "benchmark")
            seconds = time.perf_counter() - begun
        one = one or seconds
        yield f"{count} {kind:10} {seconds:8.2f} s   {one / seconds:5.2f} times one"
    yield f"peak memory of this process: {memory():.0f} MB"
