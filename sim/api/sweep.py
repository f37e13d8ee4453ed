"""`sim.sweep`: run an experiment file from a script or a notebook."""

import shutil
import tempfile
import warnings
import weakref
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.result import Frames, Result
from sim.batch.run import run_batches
from sim.batch.workers.base import Scheduler
from sim.batch.workers.opening import open_workers
from sim.config.experiment import Experiment, load_experiment
from sim.config.numbers import check_numbers
from sim.errors import UsageError
from sim.report.progress import progress_in_python
from sim.study.check_sweep import factors_without_effect
from sim.study.sweep import prepare_sweep

if TYPE_CHECKING:
    import pandas as pd


class SweepResult(Frames):
    """The results of `sim.sweep` as pandas frames, each read from its files when first used.

    Parameters
    ----------
    path
        Directory of the sweep.
    experiment
        With the points of the plan.
    temporary
        Remove the directory when neither this nor any of its runs is used any longer.
    """

    def __init__(self, path: Path, experiment: Experiment, *, temporary: bool = False) -> None:
        super().__init__(path)
        self.experiment = experiment
        self._home = _Home()
        if temporary:
            weakref.finalize(self._home, shutil.rmtree, path, ignore_errors=True)

    def __repr__(self) -> str:
        return f"SweepResult({self.path.as_posix()!r}, {len(self.experiment.points)} points)"

    def _repr_html_(self) -> str:
        """The key figures point by point, as `sim sweep` ends with, for a notebook."""
        from sim.report.notebook import page_html
        from sim.report.sweep import points_page
        from sim.report.view import Page
        from sim.store.results import SummaryRow, read_summary

        where = f"{type(self).__name__} in {self.path.as_posix()}"
        summaries: dict[str, dict[str, SummaryRow]] = {}
        try:
            for row in read_summary(self.path):
                summaries.setdefault(row.variant, {})[row.kpi] = row
        except OSError:  # It was removed, or is not finished.
            return page_html(Page(()), where)
        return page_html(points_page(self.experiment, summaries), where)

    @cached_property
    def plan(self) -> "pd.DataFrame":
        """One row per point: its number, its name (`variant`) and the value of each factor."""
        return self._read("plan")

    @cached_property
    def replications(self) -> "pd.DataFrame":
        """One row per point and replication: the factors and one column per KPI (NaN: undefined)."""
        return self._read("replications")

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """One row per point and KPI: the factors, mean, standard deviation, 95 % interval, quantiles."""
        return self._read("summary")

    @cached_property
    def runs(self) -> Mapping[str, Result]:
        """The run of each point, by the point's name."""
        names = (point.name for point in self.experiment.points)
        return {name: Result(self.path, name, keep=self._home) for name in names}


class _Home:
    """Stands for a directory: it is removed when nothing refers to this any longer."""


def sweep(
    experiment: str | Path | Experiment,
    *,
    replications: int | None = None,
    seed: int | None = None,
    workers: int | None = 1,
    executor: str = "processes",
    scheduler: str | Scheduler | None = None,
    out: str | Path | None = None,
    tables: Sequence[str] | None = None,
    csv: str | None = None,
) -> SweepResult:
    """Run an experiment file: every point of its plan, all with the same seed.

    Parameters
    ----------
    experiment
        The file (see docs/experiments.md), or what `sim.load_experiment` has read.
    replications, seed
        Instead of the file's; only with a file.
    workers
        Number of replications to simulate at the same time; None: one per core. One is this process itself.
        With more processes, a script needs the usual ``if __name__ == "__main__":`` around what it does.
    executor
        "processes" or "threads".
    scheduler
        Address of a Dask scheduler whose workers do the work instead; they must share the directory.
    out
        Directory of the sweep; one that holds a sweep of the same experiment is resumed or extended.
        None: a temporary directory that is removed with the result.
    tables
        Tables to keep beside the KPIs of each point: any of "weekly", "citizens", "schemes", "coordinators",
        "incidence", "events"; None: those of the file.
    csv
        Form of the CSV files in `out`: "en" (comma, decimal point) or "da" (semicolon, decimal comma); None: that of
        the files which are there, else "en".

    Returns
    -------
    SweepResult
        With `plan`, `replications` and `summary` as pandas frames, and `runs`, one per point.

    Raises
    ------
    ConfigError
        If the file or one of its points is not valid.
    UsageError
        If `out` holds something else, or an argument cannot be used.
    RunFailed
        If a replication fails.

    Warns
    -----
    UserWarning
        If a factor has no effect on any event.

    Examples
    --------
    >>> import sim
    >>> swept = sim.sweep("experiments/caseload_ladder.toml", replications=2)
    >>> list(swept.plan["changes.trial.staffing.citizens_per_coordinator"])
    [35.0, 50.0, 65.0, 80.0, 100.0, 130.0, 160.0, 200.0]
    >>> timely = swept.summary.query("kpi == 'timely_share'")
    >>> bool(timely["mean"].iloc[0] > timely["mean"].iloc[-1])
    True
    >>> swept.runs["citizens_per_coordinator=50"].replications["replication"].tolist()
    [0, 1]
    """
    check_numbers(replications=replications, workers=workers, seed=seed)
    if isinstance(experiment, (str, Path)):
        experiment = load_experiment(experiment, replications=replications, seed=seed)
    elif replications is not None or seed is not None:
        raise UsageError("replications, seed: only with an experiment file; give them to sim.load_experiment")
    directory = Path(tempfile.mkdtemp(prefix="sim-") if out is None else out)
    result = SweepResult(directory, experiment, temporary=out is None)
    prepared = prepare_sweep(experiment, directory, tables=tables, csv=csv)
    for doubt in factors_without_effect(experiment):
        warnings.warn(str(doubt), stacklevel=2)
    with open_workers(workers, executor, scheduler=scheduler) as opened, progress_in_python() as shown:
        run_batches([prepared], opened, opened.count, shown, "sim.sweep (Python)")
    return result
