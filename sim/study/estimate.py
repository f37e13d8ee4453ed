"""How long a sweep will take and how much it will write, from a few of its replications, run for real."""

import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow.parquet as pq

from sim.analysis.kpis import COLUMNS, KPIS
from sim.analysis.summary import SUMMARY_COLUMNS, summarise
from sim.batch.chunk import run_chunk
from sim.batch.plan import ChunkTask
from sim.batch.prepare import Batch
from sim.batch.variant import Variant
from sim.batch.workers.interrupt import temporary_folder
from sim.engine import get_ready
from sim.errors import RunFailed
from sim.store.manifest import FILE_NAME
from sim.store.parts import KPIS_FOLDER, Chunk
from sim.store.plan import PLAN, PLAN_CSV, write_plan
from sim.store.results import SUMMARY, SUMMARY_CSV, Head, write_summary

POINTS = 5
"""Points that are tried, evenly spread over the plan."""
TRIES = 3
"""Times that a point is tried."""
TRIED = 5
"""Replications each time."""
LONGEST_SECONDS = 30.0
"""After this long no further point is tried, from the second on."""
_KPI_BYTES = 8 * len(KPIS)
"""Of a replication, in each of the two files that hold the KPIs: the part, and the results over all."""
_SIZE_ERROR = 0.15
"""How far the size may be off beside chance: what is put together packs better or worse."""


class Range(NamedTuple):
    """An estimate with its 95 % interval."""

    value: float
    low: float
    high: float


class Estimate(NamedTuple):
    """What a sweep will take.

    Attributes
    ----------
    points, replications
        Points tried, and replications of each.
    took_seconds
        What the trial took.
    left
        Replications of the sweep that are not finished yet.
    seconds
        Work of one process for them.
    bytes
        Size of the files of the whole sweep, those that are there included.
    """

    points: int
    replications: int
    took_seconds: float
    left: int
    seconds: Range
    bytes: Range


def estimate(batch: Batch) -> Estimate:
    """Run a few chunks of a few points in a temporary folder and scale up what they took.

    Parameters
    ----------
    batch
        Of the sweep; its directory is only looked at.

    Raises
    ------
    RunFailed
        If a replication fails.
    """
    tasks = batch.tasks()
    left, total = sum(task.replications for task in tasks), batch.wanted()
    get_ready(batch.job.engine)
    variants = batch.variants
    points: list[list[_Tried]] = []
    with temporary_folder() as folder:
        _try(batch, variants[0], folder / "warm", 0)  # What happens only once is left out.
        began = time.perf_counter()
        for number in _spread(len(variants), POINTS):
            if len(points) > 1 and time.perf_counter() - began > LONGEST_SECONDS:
                break
            own = folder / str(number)
            points.append([_try(batch, variants[number], own, i) for i in range(TRIES)])
        took = time.perf_counter() - began
        frames = _size_beside_parts(batch, folder / "0")
    parts = sum(
        -(-batch.replications // block.chunk_replications) for block in batch.manifest.blocks if block.points
    )
    frames += parts * math.fsum(tried.frame for point in points for tried in point) / (len(points) * TRIES)
    seconds = two_stage([[tried.seconds for tried in point] for point in points], len(variants), left)
    rows = two_stage([[tried.rows for tried in point] for point in points], len(variants), total)
    low, high = (1 - _SIZE_ERROR) * (rows.low + frames), (1 + _SIZE_ERROR) * (rows.high + frames)
    return Estimate(len(points), TRIES * TRIED, took, left, seconds, Range(rows.value + frames, low, high))


def two_stage(measured: Sequence[Sequence[float]], clusters: int, total: int) -> Range:
    """Scale up means of a sample of points, and of chunks in them, with a 95 % interval.

    The variance is that of two-stage sampling with equal sizes (Cochran, Sampling Techniques, 1977, section
    10.3), the second stage without correction for a finite population; Student's t with the degrees of freedom of
    Satterthwaite (Biometrics Bulletin, 1946).

    Parameters
    ----------
    measured
        One list a point tried, of the mean of each chunk; all of the same length, at least 2.
    clusters
        Points in all.
    total
        What the mean is multiplied with.
    """
    from scipy.special import stdtrit

    n, m = len(measured), len(measured[0])
    means = [math.fsum(values) / m for values in measured]
    mean = math.fsum(means) / n
    within = math.fsum((v - centre) ** 2 for values, centre in zip(measured, means, strict=True) for v in values)
    within /= n * (m - 1)
    between = math.fsum((centre - mean) ** 2 for centre in means) / (n - 1) if n > 1 else 0.0
    share = n / clusters
    parts = [((1 - share) * between / n, n - 1), (share * within / (n * m), n * (m - 1))]
    variance = math.fsum(part for part, _ in parts)
    doubt = math.fsum(part * part / freedom for part, freedom in parts if part > 0)
    half = float(stdtrit(variance * variance / doubt, 0.975)) * math.sqrt(variance) if doubt > 0 else 0.0
    return Range(total * mean, total * max(mean - half, 0.0), total * (mean + half))


def _spread(count: int, most: int) -> list[int]:
    """Numbers of at most so many points, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return [round(i * (count - 1) / (most - 1)) for i in range(most)]


class _Tried(NamedTuple):
    """What a few replications took.

    Attributes
    ----------
    seconds, rows
        Of a replication: time, and bytes of its rows.
    frame
        Bytes of the part files that do not grow with the rows.
    """

    seconds: float
    rows: float
    frame: float


def _try(batch: Batch, variant: Variant, folder: Path, number: int) -> _Tried:
    chunk = Chunk(0, number * TRIED, (number + 1) * TRIED)
    batch.manifest.write(folder)
    job = batch.job._replace(directory=folder)
    task = ChunkTask(chunk, ((0, variant),), (variant.name,), None, chunk.start, batch.tables, True, "")
    began = time.perf_counter()
    outcome = run_chunk(job, task)
    taken = time.perf_counter() - began
    for failure in outcome.failures:
        raise RunFailed(f"{failure.variant}: replication {failure.replication} (seed {job.seed}) {failure.reason}")
    rows, frame = 2.0 * _KPI_BYTES, 0.0
    for table in batch.tables:
        packed = _packed(folder / table / chunk.file_name)
        rows += packed / TRIED
        frame += (folder / table / chunk.file_name).stat().st_size - packed
    frame += (folder / KPIS_FOLDER / chunk.file_name).stat().st_size - TRIED * _KPI_BYTES
    return _Tried(taken / TRIED, rows, frame)


def _packed(file: Path) -> int:
    """Bytes of a Parquet file that hold rows."""
    metadata = pq.read_metadata(file)
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    return sum(group.column(i).total_compressed_size for group in groups for i in range(metadata.num_columns))


def _size_beside_parts(batch: Batch, folder: Path) -> float:
    """Bytes of what does not grow with the replications: the plan, the summary of all points, the manifest."""
    assert batch.plan is not None
    write_plan(folder, batch.plan)
    point = batch.variants[0]
    rows = [[0, kpi.name, kpi.unit, *summarise(np.arange(3.0))] for kpi in COLUMNS]
    alone = Head((point.name,), (), lambda places: [], lambda place: ())
    write_summary(folder, alone, SUMMARY_COLUMNS, rows, {})
    fixed = sum((folder / name).stat().st_size for name in (PLAN, PLAN_CSV, FILE_NAME))
    return fixed + len(batch.variants) * sum((folder / name).stat().st_size for name in (SUMMARY, SUMMARY_CSV))
