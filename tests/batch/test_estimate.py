"""The estimate of a sweep: its interval covers, and it is near what a sweep then takes."""

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.batch.chunk import Job, Outcome, run_chunk
from sim.batch.plan import ChunkTask
from sim.config.experiment import load_experiment
from sim.study.estimate import CHUNKS, Range, estimate, scaled_up
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, sweep
from tests.batch.tiny import small_blocks


def test_equal_measurements_leave_no_doubt() -> None:
    assert scaled_up([(4.0, 2), (10.0, 5)], 7, 100) == Range(200.0, 200.0, 200.0)


def test_by_hand() -> None:
    # 2 of 4 chunks: 6 and 14 for 2 and 2 replications; residuals 4 and 4, so the spread is 32.
    half = float(stats.t.ppf(0.975, 1)) * math.sqrt((1 - 2 / 4) * 32 / 2) / 2
    found = scaled_up([(6.0, 2), (14.0, 2)], 4, 10)
    assert found.value == 50
    assert found.low == 0.0  # Not below nothing.
    assert found.high == pytest.approx(10 * (5 + half), rel=1e-9)
    # All chunks: nothing is in doubt.
    assert scaled_up([(6.0, 2), (14.0, 2)], 2, 10) == Range(50.0, 50.0, 50.0)
    assert scaled_up([(6.0, 2)], 9, 10) == Range(30.0, 0.0, math.inf)


def test_the_interval_covers() -> None:
    """95 % of the intervals cover, with chunks of unequal numbers of replications and one's spread in each."""
    random = np.random.default_rng(12)
    repeats, chunks, tried = 4000, 40, 10
    covered = 0
    for _ in range(repeats):
        counts = random.integers(5, 10, chunks)
        taken = counts * random.normal(10, 1, chunks)
        sample = random.permutation(chunks)[:tried]
        measured = list(zip(taken[sample].tolist(), counts[sample].tolist(), strict=True))
        found = scaled_up(measured, chunks, int(counts.sum()))
        covered += found.low <= taken.sum() <= found.high
    z = (covered / repeats - 0.95) / math.sqrt(0.95 * 0.05 / repeats)
    assert abs(z) < 4


@pytest.mark.parametrize("points", [1, 3])
def test_nothing_is_written_and_the_size_is_near(tmp_path: Path, points: int) -> None:
    path = experiment(tmp_path)
    loaded = load_experiment(path, replications=60)
    with small_blocks(points):  # As `sweep` does.
        prepared = prepare_sweep(loaded, tmp_path / "run")
    found = estimate(prepared)
    assert not (tmp_path / "run").exists()
    assert (found.chunks, found.left) == (CHUNKS, 240)
    assert 0 < found.seconds.low <= found.seconds.value <= found.seconds.high
    directory = sweep(path, tmp_path / "run", 60, points=points)
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    assert found.bytes.low < size < found.bytes.high
    assert found.bytes.high < 2 * found.bytes.low
    assert estimate(prepared).left == 0


def test_what_is_tried_is_what_would_be_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each chunk with all its points: what every point takes beside its replications counts."""
    path = experiment(tmp_path, ("[10, 20]", str(list(range(10, 34)))))
    with small_blocks(4):
        prepared = prepare_sweep(load_experiment(path, replications=1), tmp_path / "run")
    done: list[tuple[str, ...]] = []

    def noted(job: Job, task: ChunkTask) -> Outcome:
        done.append(tuple(variant.name for _, variant in task.variants))
        return run_chunk(job, task)

    monkeypatch.setattr("sim.study.estimate.run_chunk", noted)
    found = estimate(prepared)
    tasks = prepared.tasks()
    assert len(tasks) == 12
    chosen = [round(i * 11 / 9) for i in range(CHUNKS)]
    assert done[1:] == [tuple(variant.name for _, variant in tasks[i].variants) for i in chosen]
    assert (found.chunks, found.points, found.replications, found.left) == (CHUNKS, 40, 40, 48)
