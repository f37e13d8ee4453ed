"""Emulators side by side, on points of a calibration that are held out: ``python -m benchmarks.emulators FILE DIR``.

FILE is the calibration, DIR the directory of its results, whose points are read (or simulated, if they are not
there). Three quarters of the first design are learnt from, the last quarter is predicted. surmise is measured if it
is installed (``pip install surmise``).
"""

import contextlib
import io
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked
from sim.batch.run import Silent
from sim.batch.workers.opening import open_workers
from sim.config.calibration import load_calibration
from sim.study.calibrate.design import spread_over_priors
from sim.study.calibrate.evaluations import Setting, evaluate_points, values_of
from sim.study.calibrate.fit import evaluated, fit, one_thread
from sim.study.calibrate.looked import look_up
from sim.study.calibrate.run import DESIGN, used_centres

Floats = NDArray[np.float64]
Predicted = tuple[Floats, Floats]
"""Mean and variance of every target (row) at every point held out (column)."""


def simulated(file: Path, directory: Path) -> tuple[list[Looked], Floats, Floats]:
    """Targets, scores of the first design, and key figures (centre x point x replication x KPI)."""
    calibration = load_calibration(file)
    head, centres = calibration.head, used_centres(calibration)
    order = [calibration.centres.index(centre) for centre in centres]
    targets = [
        one._replace(centre=order.index(one.centre)) for one in look_up(calibration) if one.group == "calibrated"
    ]
    scores = spread_over_priors(head.points, len(calibration.parameters), head.seed)
    with open_workers() as workers:
        setting = Setting(directory, head.replications, head.seed, "compiled", workers, Silent(), "")
        kpis = evaluate_points(setting, centres, values_of(calibration.parameters, scores), DESIGN, 0)
    return targets, scores, kpis


def ours(targets: Sequence[Looked], scores: Floats, kpis: Floats, new: Floats) -> Predicted:
    """Quadratic trend and scikit-learn's Gaussian process, one for each target, with its active parameters."""
    fitted = fit(targets, scores, kpis, len(scores))
    both = [emulator.predict(new) for emulator in fitted.emulators]
    return np.array([mean for mean, _ in both]), np.array([variance for _, variance in both])


def surmise(method: str) -> Callable[[Sequence[Looked], Floats, Floats, Floats], Predicted]:
    """One of surmise's emulators, of all targets at once and all parameters."""

    def predict(targets: Sequence[Looked], scores: Floats, kpis: Floats, new: Floats) -> Predicted:
        from surmise import emulator, set_RNG

        set_RNG(np.random.default_rng(1))
        at = [evaluated(target, kpis[target.centre]) for target in targets]
        means, noise = np.array([one.means for one in at]), np.array([one.noise for one in at])
        centre, scale = means.mean(axis=1, keepdims=True), means.std(axis=1, keepdims=True)
        arguments: dict[str, Any] = {"simsd": np.sqrt(noise) / scale} if method == "PCSK" else {}
        places = np.arange(len(targets), dtype=float)[:, None]
        made = emulator(x=places, theta=scores, f=(means - centre) / scale, method=method, args=arguments)
        found = made.predict(x=places, theta=new)
        return centre + scale * found.mean(), scale**2 * found.var()

    return predict


def measure(
    name: str, predict: Callable[..., Predicted], targets: list[Looked], scores: Floats, kpis: Floats
) -> str:
    """One row of the table."""
    learnt = len(scores) * 3 // 4
    began = time.perf_counter()
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), one_thread():
        warnings.simplefilter("ignore")
        mean, variance = predict(targets, scores[:learnt], kpis[:, :learnt], scores[learnt:])
    seconds = time.perf_counter() - began
    errors, inside = [], []
    for i, target in enumerate(targets):
        at = evaluated(target, kpis[target.centre][learnt:])
        off = at.means - mean[i]
        # The points held out have chance errors of their own, which no emulator can know.
        errors.append(max(float((off**2).mean() - at.noise.mean()), 0.0) / float(at.means.var()))
        inside.append(float((np.abs(off) < 1.96 * np.sqrt(np.maximum(variance[i], 0.0) + at.noise)).mean()))
    shares = " | ".join(f"{100 * share:.1f}" for share in (np.mean(errors), np.max(errors), np.mean(inside)))
    return f"| {name} | {seconds:.0f} | {shares} |"


def main() -> None:
    """Print the table."""
    targets, scores, kpis = simulated(Path(sys.argv[1]), Path(sys.argv[2]))
    print("| emulator | seconds | variance left, mean % | worst target, % | in the 95 % interval, % |")
    print("|---|---|---|---|---|")
    print(measure("trend and scikit-learn", ours, targets, scores, kpis))
    for method in ("PCGP", "indGP", "PCSK") if find_spec("surmise") else ():
        print(measure(f"surmise {method}", surmise(method), targets, scores, kpis), flush=True)


if __name__ == "__main__":
    main()
