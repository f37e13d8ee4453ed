"""`sim.validate`: published figures beside what the model says of them."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sim.config.calibration import load_calibration
from sim.config.calibration.observed import read_observed
from sim.config.numbers import check_numbers

if TYPE_CHECKING:
    import pandas as pd


def validate(
    calibration: str | Path,
    posterior: str | Path,
    *,
    observed: str | Path | None = None,
    draws: int = 100,
    replications: int = 2,
    workers: int | None = 1,
    executor: str = "processes",
    out: str | Path | None = None,
    csv: str | None = None,
) -> "pd.DataFrame":
    """Set every figure of a calibration file beside what the model says of it, and score it where it is known.

    Parameters
    ----------
    calibration
        The calibration file, or a file of figures alone, without parameters and targets.
    posterior
        Draws of its parameters, from `sim.calibrate`; of figures alone those of another calibration, of which each
        config takes the keys that it has.
    observed
        File with the values of figures that were kept back, TOML or CSV (see docs/calibration.md).
    draws, replications
        Draws that are simulated, from the first on, and replications of each (at least 2) in every config.
    workers, executor
        As for `sim.calibrate`.
    out
        Directory of the table and of what was simulated; None: a temporary one that is removed.
    csv
        Form of the CSV file: "en" or "da".

    Returns
    -------
    pandas.DataFrame
        One row per figure: group (calibrated, predicted, identity, kept back), published, expected, intervals,
        surprise in standard errors, the narrowest interval that holds it, and proper scores.

    Raises
    ------
    ConfigError
        If a file is not valid.
    UsageError
        If the draws are of other parameters, or a number is out of range.
    RunFailed
        If a replication fails.
    """
    check_numbers(workers=workers, **{"min-replications": replications, "draws": draws})
    from sim.batch.workers.opening import open_workers
    from sim.report.progress import progress_in_python
    from sim.store.posterior import read_posterior
    from sim.study.calibrate.evaluations import Setting
    from sim.study.calibrate.looked import look_up
    from sim.study.calibrate.validate import kept_back
    from sim.study.calibrate.validate import validate as run

    loaded = load_calibration(calibration)
    look_up(loaded)
    found = {} if observed is None else read_observed(Path(observed), kept_back(loaded))
    drawn = read_posterior(Path(posterior))
    with (
        tempfile.TemporaryDirectory(prefix="sim-") as folder,
        open_workers(workers, executor) as opened,
        progress_in_python() as shown,
    ):
        again = "call sim.validate again"
        setting = Setting(
            Path(folder if out is None else out), replications, loaded.head.seed, "compiled", opened, shown, again
        )
        done = run(loaded, drawn, setting, draws, found, csv)
    from sim.analysis.calibration.validation import validation_table

    frame: pd.DataFrame = validation_table(done.rows, {}).to_pandas()
    return frame
