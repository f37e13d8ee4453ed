"""Simulation-based calibration on a job centre: ``python -m tests.calibration.coverage [SETS SEED]`` prints it.

Of each data set the true parameters are drawn from their priors, their figures are simulated, and what would be
published is made of these: with sampling error and discrepancy, rounded. The posterior is then drawn as `sim
calibrate` does. If all is right, the rank of the truth among the draws is even (Talts et al. 2018), and intervals
hold as often as they say.
"""

import math
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked
from sim.batch.run import Silent
from sim.batch.workers.opening import open_workers
from sim.config.calibration import Calibration, load_calibration
from sim.study.calibrate.design import spread_over_priors
from sim.study.calibrate.evaluations import Setting, evaluate_points, values_of
from sim.study.calibrate.fit import Fitted, fit, sample
from sim.study.calibrate.looked import look_up
from tests.calibration.files import write

Floats = NDArray[np.float64]
Ranks = NDArray[np.int64]

LEVELS = (0.5, 0.8, 0.95)
DRAWS = 39
"""Draws among which the truth has a rank from 0 to this: the 95 % interval leaves one rank out on either side."""
BINS = 8
_POINTS, _REPLICATIONS, _EXACT, _STEPS = 128, 4, 200, 1000


class Found(NamedTuple):
    """Labels of the parameters, and the ranks of their true values: data set x parameter."""

    labels: tuple[str, ...]
    ranks: Ranks


def simulated(sets: int, workers: int, seed: int = 2) -> Found:
    """Do it on the tiny job centre of the tests."""
    with tempfile.TemporaryDirectory(prefix="sim-") as folder, open_workers(workers, "threads") as opened:
        calibration = load_calibration(write(Path(folder)))
        setting = Setting(Path(folder), _REPLICATIONS, 1, "compiled", opened, Silent(), "")
        targets = [one for one in look_up(calibration) if one.group == "calibrated"]
        fitted = _fitted(calibration, targets, setting)
        generator = np.random.default_rng(seed)
        true = generator.standard_normal((sets, len(calibration.parameters)))
        values = values_of(calibration.parameters, true)
        first = _POINTS * _REPLICATIONS
        kpis = evaluate_points(setting, calibration.centres, values, "data sets", first, _EXACT)
        published = np.stack([_published(one, kpis[one.centre], generator) for one in targets], axis=1)
    labels = tuple(one.label for one in calibration.parameters)
    return Found(
        labels,
        np.stack([_ranks(fitted, *of, number) for number, of in enumerate(zip(published, true, strict=True))]),
    )


def _fitted(calibration: Calibration, targets: list[Looked], setting: Setting) -> Fitted:
    scores = spread_over_priors(_POINTS, len(calibration.parameters), 1)
    values = values_of(calibration.parameters, scores)
    return fit(targets, scores, evaluate_points(setting, calibration.centres, values, "design", 0), _POINTS)


def _published(figure: Looked, kpis: Floats, generator: np.random.Generator) -> Floats:
    """What would be published of each truth (point x replication x KPI)."""
    expected = figure.of(kpis).mean(axis=1)
    sd = np.sqrt(figure.variance(expected) + figure.discrepancy**2)
    drawn = expected + sd * generator.standard_normal(len(expected))
    return np.asarray(np.round(drawn / (2 * figure.rounding)) * 2 * figure.rounding, np.float64)


def _ranks(fitted: Fitted, published: Floats, true: Floats, number: int) -> Ranks:
    chains = sample(fitted, published, len(true), 20 * DRAWS, 1000 + number, steps=_STEPS, most_steps=_STEPS)
    return np.asarray((chains.scores[:DRAWS] < true).sum(axis=0), np.int64)


def coverage(ranks: Ranks, level: float) -> float:
    """Share of the ranks in the central interval of a level."""
    edge = (1.0 - level) / 2.0 * (DRAWS + 1)
    return float(((ranks >= edge - 1e-9) & (ranks <= DRAWS - edge + 1e-9)).mean())


def histogram(ranks: Ranks) -> Ranks:
    """Count ranks in bins that are equally likely if all is right."""
    return np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)


def chi_square(ranks: Ranks) -> float:
    """Of the histogram against an even one; BINS - 1 degrees of freedom."""
    even = ranks.size / BINS
    return float(((histogram(ranks) - even) ** 2 / even).sum())


def check(ranks: Ranks) -> None:
    """Coverage of every parameter within four standard errors, and its histogram even, to the same bound."""
    for of_parameter in ranks.T:
        for level in LEVELS:
            z = (coverage(of_parameter, level) - level) / math.sqrt(level * (1.0 - level) / len(ranks))
            assert abs(z) < 4, (level, z)
        assert chi_square(of_parameter) < (BINS - 1) + 4 * math.sqrt(2 * (BINS - 1))


def main() -> None:
    """Print coverage and rank histograms."""
    sets, seed = (int(text) for text in sys.argv[1:3]) if len(sys.argv) > 2 else (200, 2)
    found = simulated(sets, 2, seed)
    print("| parameter | in the 50 % interval | 80 % | 95 % | ranks of the truth, from lowest to highest |")
    print("|---|---|---|---|---|")
    for label, of_parameter in zip(found.labels, found.ranks.T, strict=True):
        inside = " | ".join(f"{100 * coverage(of_parameter, level):.1f} %" for level in LEVELS)
        print(f"| {label} | {inside} | {' '.join(map(str, histogram(of_parameter).tolist()))} |")
    sizes = ", ".join(f"{100 * math.sqrt(level * (1 - level) / len(found.ranks)):.1f}" for level in LEVELS)
    print(f"{len(found.ranks)} data sets; standard errors of the shares: {sizes} percentage points")


if __name__ == "__main__":
    main()
