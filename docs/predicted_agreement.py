"""The figures of the agreement that are kept back, as docs/predictions.md predicts them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from docs.reference.shipped import EXPERIMENTS
from sim.batch.workers.opening import open_workers
from sim.config.calibration import load_calibration
from sim.report.progress import progress_in_python
from sim.store.posterior import read_posterior
from sim.study.calibrate.evaluations import Setting
from sim.study.calibrate.validate import simulated

FIGURES = EXPERIMENTS / "agreement_figures.toml"
TEXT = """\
`configs/agreement.toml`, a tenth of the city; stocks are ten times its own. **Most of it is not calibrated**: of
the draws it takes the keys that it has (time of the staff, windows and effect of meetings, recognition and hours of
cases, agreement of the team, search for an internship). How near each group is to a job, its courses, and who comes
and goes are the config's own assumptions, and nothing below says how far they may be off; the discrepancies in
[experiments/agreement_figures.toml](../experiments/agreement_figures.toml) are what we think of that. Group 1 is
counted from the beginning of its course, of those who had not reached the event before. What is published of its
first 13 weeks lies far above what the model says ([the agreement](systems/agreement.md)), so little faith is due to
the first line. *One in two* and *19 in 20* of the stocks hold the chance of a tenth of the city, which is larger
than that of the whole.
"""


def agreement(
    posterior: Path, folder: Path, draws: int, per_draw: int, seed: int, again: str, workers: int | None = None
) -> Iterator[tuple[str, str, NDArray[np.float64], int]]:
    """Simulate draws; of each figure its label, unit, values by replication, and decimals.

    Parameters
    ----------
    posterior
        The draws, of which the config takes the keys that it has.
    folder
        Where what is simulated is kept.
    draws, per_draw, seed
        How many, replications of each, and the seed of all.
    again
        The command that goes on after Ctrl-C.
    workers
        Processes; None: as many as there are cores.
    """
    calibration, drawn = load_calibration(FIGURES), read_posterior(posterior)
    with open_workers(workers) as opened, progress_in_python() as shown:
        setting = Setting(folder, per_draw, seed, "compiled", opened, shown, again)
        figures, _, found = simulated(calibration, drawn, setting, draws)
    for figure in figures:
        if figure.group == "kept back":
            share = figure.unit == "share"
            values = (100.0 if share else 1.0) * figure.of(found[figure.centre]).ravel()
            yield figure.label, "%" if share else figure.unit, values, 1 if share else 0
