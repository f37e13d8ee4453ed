"""`sim.calibrate`: parameters from published figures."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sim.config.calibration import load_calibration
from sim.config.numbers import check_numbers
from sim.study.calibrate.missing import require_libraries

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.calibrate.outcome import Outcome


class CalibrationResult:
    """What a calibration has found.

    Attributes
    ----------
    outcome
        Rows, sentences and chains.
    posterior
        The file of the draws, for ``sim.run(posterior=...)``.
    sentences
        What is identified and what is not, in words.
    """

    def __init__(self, outcome: "Outcome", folder: "tempfile.TemporaryDirectory[str] | None") -> None:
        from sim.store.posterior import FILE

        self.outcome, self._folder = outcome, folder
        self.posterior: Path = outcome.directory / FILE
        self.sentences = outcome.sentences

    @property
    def parameters(self) -> "pd.DataFrame":
        """One row per parameter: prior, posterior, how much was learnt."""
        return self._frame("parameters")

    @property
    def targets(self) -> "pd.DataFrame":
        """One row per target: published, expected before and now, surprise, check of the emulator."""
        return self._frame("targets")

    @property
    def effects(self) -> "pd.DataFrame":
        """One row per target and parameter: how much the one moves the other."""
        return self._frame("effects")

    @property
    def correlations(self) -> "pd.DataFrame":
        """One row per pair of parameters."""
        return self._frame("correlations")

    def _frame(self, name: str) -> "pd.DataFrame":
        frame: pd.DataFrame = self.outcome.tables[name].to_pandas()
        return frame

    def __repr__(self) -> str:
        return f"CalibrationResult({self.outcome.name}: {self.outcome.draws} draws in {self.posterior.as_posix()})"


def calibrate(
    calibration: str | Path,
    *,
    workers: int | None = 1,
    executor: str = "processes",
    out: str | Path | None = None,
    csv: str | None = None,
) -> CalibrationResult:
    """Find which values of the parameters agree with published figures.

    A space-filling design over the priors is simulated, emulators of the targets are fitted to it, and chains draw
    from the posterior; a second design lies where the first leaves the parameters likely. See docs/calibration.md.

    Parameters
    ----------
    calibration
        The calibration file.
    workers
        Number of points to simulate at the same time; None: one per core. One is this process itself.
    executor
        "processes" or "threads".
    out
        Directory of the results; what was simulated there before is not simulated again. None: a temporary directory
        that is removed with the result.
    csv
        Form of the CSV files: "en" or "da".

    Returns
    -------
    CalibrationResult
        With tables as pandas frames, and the file of the draws.

    Raises
    ------
    ConfigError
        If the file is not valid.
    UsageError
        If scikit-learn or emcee is missing, or `out` holds something else.
    RunFailed
        If a replication fails.
    """
    require_libraries()
    check_numbers(workers=workers)
    from sim.batch.workers.opening import open_workers
    from sim.report.progress import progress_in_python
    from sim.study.calibrate.evaluations import Setting
    from sim.study.calibrate.looked import look_up
    from sim.study.calibrate.run import calibrate as run

    loaded = load_calibration(calibration)
    look_up(loaded)
    folder = tempfile.TemporaryDirectory(prefix="sim-") if out is None else None
    directory = Path(folder.name if folder is not None else out or "")
    with open_workers(workers, executor) as opened, progress_in_python() as shown:
        head = loaded.head
        setting = Setting(
            directory, head.replications, head.seed, "compiled", opened, shown, "call sim.calibrate again"
        )
        outcome = run(loaded, setting, lambda text: None, csv)
    return CalibrationResult(outcome, folder)
