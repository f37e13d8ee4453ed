"""How long a batch will take and how much it will write, from a few of its chunks, run for real."""

import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from sim.batch.chunk import run_chunk
from sim.batch.plan import ChunkTask
from sim.batch.prepare import Batch
from sim.batch.run_directory import results_of, write_results_of
from sim.batch.workers.interrupt import temporary_folder
from sim.engine import get_ready
from sim.errors import RunFailed
from sim.store.manifest import FILE_NAME
from sim.store.parts import KPIS_FOLDER
from sim.store.plan import PLAN, PLAN_CSV, write_plan
from sim.store.results import REPLICATIONS

CHUNKS = 10
"""Chunks that are tried, evenly spread over what is left."""
LONGEST_SECONDS = 10.0
"""After this long no further chunk is tried, from the third on."""
_SIZE_ERROR = 0.15
"""How far the size may be off beside chance: what is put together packs better or worse."""


class Range(NamedTuple):
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


class Estimate(NamedTuple):
    """What a batch will take.

    Attributes
    ----------
    chunks, points, replications
        Chunks tried, with so many points, and replications of all of them together.
    took_seconds
        What the trial took.
    left
        Replications of the batch that are not finished yet.
    seconds
        Work of one process for them, at the chunks.
    at_the_end_seconds
        What one process then takes to put the results together.
    bytes
        Size of all files, those that are there included.
    """

    chunks: int
    points: int
    replications: int
    took_seconds: float
    left: int
    seconds: Range
    at_the_end_seconds: float
    bytes: Range


def estimate(batch: Batch) -> Estimate:
    """Run a few of the chunks that are left, as they would be run, in a temporary folder, and scale up.

    A chunk is the unit because it is what a worker does: that includes what each point and each file takes beside
    its replications, which for small points is most of it.

    Parameters
    ----------
    batch
        Its directory is only looked at.

    Raises
    ------
    RunFailed
        If a replication fails.
    """
    tasks = [task for task in batch.tasks() if task.replications]
    left, total = sum(task.replications for task in tasks), batch.wanted()
    if not tasks:
        there = float(sum(file.stat().st_size for file in batch.job.directory.rglob("*") if file.is_file()))
        return Estimate(0, 0, 0, 0.0, 0, Range(0.0, 0.0, 0.0), 0.0, Range(there, there, there))
    get_ready(batch.job.engine)
    tried: list[_Tried] = []
    with temporary_folder() as folder:
        first = tasks[0]
        alone = first.chunk._replace(start=first.first_run, stop=first.first_run + 1)
        _try(batch, first._replace(chunk=alone), folder / "warm")  # What happens only once is left out.
        began = time.perf_counter()
        for number in _spread(len(tasks), CHUNKS):
            if len(tried) > 1 and time.perf_counter() - began > LONGEST_SECONDS:
                break
            tried.append(_try(batch, tasks[number], folder / "tried"))
        took = time.perf_counter() - began
        ends = _results(batch, [name for one in tried for name in one.points], folder / "tried")
        fixed = _fixed(batch, folder / "tried")
    points = len({name for one in tried for name in one.points})
    replications = sum(one.replications for one in tried)
    seconds = scaled_up([(one.seconds, one.replications) for one in tried], len(tasks), left)
    rows = scaled_up([(one.bytes, one.replications) for one in tried], len(tasks), total)
    more = len(batch.variants) / points
    beside = fixed + ends.summary * more + ends.replications * total / replications
    size = Range(
        rows.value + beside, (1 - _SIZE_ERROR) * (rows.low + beside), (1 + _SIZE_ERROR) * (rows.high + beside)
    )
    return Estimate(len(tried), points, replications, took, left, seconds, ends.seconds * more, size)


def scaled_up(measured: Sequence[tuple[float, int]], chunks: int, total: int) -> Range:
    """Scale up what some chunks took to all replications, with a 95 % interval.

    The ratio estimator and its variance (Cochran, Sampling Techniques, 1977, sections 2.11 and 6.4), with Student's
    t. From one chunk of several nothing is known of the spread, and the interval is open above.

    Parameters
    ----------
    measured
        What each chunk tried took, and its replications.
    chunks
        Chunks in all.
    total
        Replications in all.
    """
    from scipy.special import stdtrit

    n = len(measured)
    counted = sum(count for _, count in measured)
    ratio = math.fsum(value for value, _ in measured) / counted
    if n == chunks:
        return Range(total * ratio, total * ratio, total * ratio)
    if n == 1:
        return Range(total * ratio, 0.0, math.inf)
    spread = math.fsum((value - ratio * count) ** 2 for value, count in measured) / (n - 1)
    error = math.sqrt((1 - n / chunks) * spread / n) / (counted / n)
    half = float(stdtrit(n - 1, 0.975)) * error
    return Range(total * ratio, total * max(ratio - half, 0.0), total * (ratio + half))


def _spread(count: int, most: int) -> list[int]:
    """Numbers of at most so many chunks, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round(i * (count - 1) / (most - 1)) for i in range(most)]


class _Tried(NamedTuple):
    """What a chunk took.

    Attributes
    ----------
    points
        Their names.
    replications, seconds, bytes
        Of all points together.
    """

    points: tuple[str, ...]
    replications: int
    seconds: float
    bytes: float


def _try(batch: Batch, task: ChunkTask, folder: Path) -> _Tried:
    batch.manifest.write(folder)
    job = batch.job._replace(directory=folder)
    alone = task._replace(chunk=task.chunk._replace(start=task.first_run), replaces=None, record=True, renews=False)
    began = time.perf_counter()
    outcome = run_chunk(job, alone)
    taken = time.perf_counter() - began
    for failure in outcome.failures:
        raise RunFailed(f"{failure.variant}: replication {failure.replication} (seed {job.seed}) {failure.reason}")
    parts = (folder / table / alone.chunk.file_name for table in (KPIS_FOLDER, *alone.tables))
    points = tuple(variant.name for _, variant in task.variants)
    return _Tried(points, alone.replications, taken, float(sum(part.stat().st_size for part in parts)))


class _Ends(NamedTuple):
    """What the results over some points take: time, bytes of the summary, and bytes that grow with replications."""

    seconds: float
    summary: float
    replications: float


def _results(batch: Batch, names: Sequence[str], folder: Path) -> _Ends:
    """Put together the results of the points that were tried."""
    known = dict.fromkeys(names)
    variants = tuple(variant for variant in batch.variants if variant.name in known)
    plan = batch.plan
    if plan is not None:
        plan = plan.filter(pa.array([name in known for name in plan["variant"].to_pylist()]))
    tried = batch._replace(job=batch.job._replace(directory=folder), variants=variants, plan=plan)
    began = time.perf_counter()
    write_results_of(tried, None)
    taken = time.perf_counter() - began
    sizes = {name: float((folder / name).stat().st_size) for name in results_of(tried)}
    replications = sizes.pop(REPLICATIONS)
    return _Ends(taken, sum(sizes.values()), replications)


def _fixed(batch: Batch, folder: Path) -> float:
    """Bytes of the plan and of the manifest."""
    if batch.plan is not None:
        write_plan(folder, batch.plan)
    names = (PLAN, PLAN_CSV, FILE_NAME) if batch.plan is not None else (FILE_NAME,)
    return float(sum((folder / name).stat().st_size for name in names))
