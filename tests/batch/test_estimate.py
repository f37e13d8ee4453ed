"""The estimate of a sweep: its interval covers, and it is near what a sweep then takes."""

import math
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim.config.experiment import load_experiment
from sim.study.estimate import POINTS, TRIED, TRIES, Range, estimate, two_stage
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, sweep
from tests.batch.tiny import small_blocks


def test_equal_measurements_leave_no_doubt() -> None:
    assert two_stage([[2.0, 2.0], [2.0, 2.0]], 7, 100) == Range(200.0, 200.0, 200.0)


def test_by_hand() -> None:
    # 2 of 4 points, 2 chunks each: between (1 - 1/2) * 8 / 2 with 1 degree of freedom, within 1/2 * 2 / 4 with 2;
    # Satterthwaite: 2.25**2 / (2**2 / 1 + 0.25**2 / 2).
    low, high = [1.0, 3.0], [5.0, 7.0]
    half = float(stats.t.ppf(0.975, 2.25**2 / (2**2 + 0.25**2 / 2))) * math.sqrt(2.25)
    found = two_stage([low, high], 4, 10)
    assert found.value == 40
    assert found.low == 0.0  # Not below nothing.
    assert found.high == pytest.approx(10 * (4 + half), rel=1e-9)
    # All points: what differs between them is known; 2 degrees of freedom.
    half = 4.302652729696142 * math.sqrt(2 / 4)
    assert two_stage([low, high], 2, 10).high == pytest.approx(10 * (4 + half), rel=1e-9)


def test_the_interval_covers() -> None:
    """95 % of the intervals cover; one that forgot the differences between points would cover far less."""
    random = np.random.default_rng(12)
    repeats, clusters, tried, chunks = 4000, 12, 5, 3
    covered = narrow = 0
    for _ in range(repeats):
        centres = random.normal(10, 1, clusters)
        sample = random.normal(centres[random.permutation(clusters)[:tried], None], 1, (tried, chunks))
        truth = centres.mean()
        found = two_stage(sample.tolist(), clusters, 1)
        covered += found.low <= truth <= found.high
        within = 2.23 * math.sqrt(sample.var(axis=1, ddof=1).mean() / sample.size)
        narrow += abs(found.value - truth) <= within
    z = (covered / repeats - 0.95) / math.sqrt(0.95 * 0.05 / repeats)
    z_narrow = (narrow / repeats - 0.95) / math.sqrt(0.95 * 0.05 / repeats)
    assert abs(z) < 4
    assert z_narrow < -20


@pytest.mark.parametrize("points", [1, 3])
def test_nothing_is_written_and_the_size_is_near(tmp_path: Path, points: int) -> None:
    path = experiment(tmp_path)
    loaded = load_experiment(path, replications=60)
    with small_blocks(points):  # As `sweep` does.
        prepared = prepare_sweep(loaded, tmp_path / "run")
    found = estimate(prepared)
    assert not (tmp_path / "run").exists()
    assert (found.points, found.replications, found.left) == (4, TRIES * TRIED, 240)
    assert 0 < found.seconds.low <= found.seconds.value <= found.seconds.high
    directory = sweep(path, tmp_path / "run", 60, points=points)
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    assert found.bytes.low < size < found.bytes.high
    assert found.bytes.high < 1.5 * found.bytes.low
    assert estimate(prepared).left == 0


def test_of_many_points_some_are_tried(tmp_path: Path) -> None:
    path = experiment(tmp_path, ("[10, 20]", "[10, 11, 12, 20]"))
    found = estimate(prepare_sweep(load_experiment(path, replications=1), tmp_path / "run"))
    assert (found.points, found.left) == (POINTS, 8)
