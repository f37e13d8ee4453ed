"""`sim.compare`: compare runs from a script or a notebook."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.result import Result
from sim.api.run import goal_of
from sim.batch.workers.base import Scheduler
from sim.batch.workers.opening import open_workers
from sim.config import Loaded
from sim.config.numbers import check_numbers
from sim.report.progress import progress_in_python
from sim.study.comparison import Comparison as Compared
from sim.study.prepare_comparison import Named, compare_prepared, prepare_comparison, run_first

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Comparison(Compared):
    """What `sim.compare` gives: a `sim.study.comparison.Comparison` that can be drawn."""

    def plot(self, picture: str = "differences", *, language: str = "en") -> "list[Axes]":
        """Draw a picture of the report of these runs, as in `sim report`; a notebook shows it.

        Parameters
        ----------
        picture
            "differences" (dots and whiskers), "whereabouts", "ways", "reached", "over_time", "hours",
            "money_by_year", "paid_back" ...; of several variants with the letter of one: "differences_a".
        language
            "en" or "da".

        Returns
        -------
        list of matplotlib.axes.Axes
            One for each panel.

        Raises
        ------
        UsageError
            If there is no such picture, a table is missing, or the extra "report" is not installed.
        """
        from sim.report.pictures.plots import plot

        return plot(self.runs, self.baseline, picture, language)

    def _repr_html_(self) -> str:
        """The headline differences with their intervals, as `sim compare` ends with, for a notebook."""
        from sim.report.comparison import comparison_page
        from sim.report.notebook import page_html

        return page_html(comparison_page(self, by="kpi", everything=False))

    @classmethod
    def of(cls, found: Compared) -> "Comparison":
        """Take over what has been computed."""
        made = cls.__new__(cls)
        made.__dict__.update(found.__dict__)
        return made


def compare(
    *runs: str | Path | Result | Loaded,
    baseline: str | None = None,
    precision: Mapping[str, float] | None = None,
    min_replications: int | None = None,
    max_replications: int | None = None,
    workers: int | None = 1,
    executor: str = "processes",
    scheduler: str | Scheduler | None = None,
    out: str | Path | None = None,
    csv: str | None = None,
) -> Comparison:
    """Compare runs replication by replication: each minus the baseline.

    Parameters
    ----------
    *runs
        Results of `sim.run`; directories of runs or of sweeps; or configs (files, or read by `sim.load`), which
        are run first, into ``results/<name>``. Two, or more, or one sweep.
    baseline
        Name of the run that the others are compared with; None: the one that a sweep's experiment states, else the
        last.
    precision
        Largest half-width of the difference's 95 % interval by KPI, in the KPI's unit (shares as 0.005):
        replications are added to all the runs until it is reached.
    min_replications, max_replications
        With `precision`: at least (default 50) and at most (default 10,000).
    workers, executor, scheduler
        Where what must be run is run, as in `sim.run`.
    out
        Directory to write the comparison to, as `sim compare` does; None: nothing is written.
    csv
        Form of the CSV files of the comparison and of what is run (see `sim.run`).

    Returns
    -------
    Comparison
        With `differences`, `by_period`, `by_group` and `periods` as pandas frames, `notes`, and `plot`.

    Raises
    ------
    UsageError
        If a run is missing or not finished, replications are no pairs, or an argument cannot be used.
    ConfigError
        If a config is not valid.
    RunFailed
        If a replication fails, or a file cannot be written.

    Examples
    --------
    >>> import sim
    >>> few = sim.run("configs/50_per_worker.toml", replications=20)
    >>> many = sim.run("configs/130_per_worker.toml", replications=20)
    >>> found = sim.compare(few, many)
    >>> found
    Comparison(50_per_worker minus 130_per_worker)
    >>> rows = found.differences.set_index("kpi")
    >>> low, high = rows.loc["timely_share", ["ci95_low", "ci95_high"]]
    >>> bool(low <= rows.loc["timely_share", "difference"] <= high)
    True
    >>> bool(rows.loc["caseload", "mean"] < rows.loc["caseload", "baseline_mean"])
    True

    By quarter and by group, from the weekly tables:

    >>> quarters = found.by_period.query("period_kind == 'quarter' and measure == 'mean_week_end_stock'")
    >>> quarters[["period", "difference", "ci95_low", "ci95_high"]].columns.tolist()
    ['period', 'difference', 'ci95_low', 'ci95_high']
    >>> found.by_group["group"].unique().tolist()[-1]
    '(all)'

    Add replications until the difference in timeliness is known to one percentage point:

    >>> found = sim.compare(few, many, precision={"timely_share": 0.01})
    >>> row = found.differences.set_index("kpi").loc["timely_share"]
    >>> bool((row["ci95_high"] - row["ci95_low"]) / 2 <= 0.01)
    True
    """
    check_numbers(workers=workers)
    goal = goal_of(precision, min_replications, max_replications)
    prepared = prepare_comparison([_named(run) for run in runs], baseline=baseline, goal=goal, csv=csv)
    notes: tuple[str, ...] = ()
    if prepared.batches:
        with open_workers(workers, executor, scheduler=scheduler) as opened, progress_in_python() as shown:
            notes = run_first(prepared, opened, shown, "sim.compare (Python)")
    comparison = Comparison.of(compare_prepared(prepared, notes))
    if out is not None:
        comparison.write(out, csv)
    return comparison


def _named(run: str | Path | Result | Loaded) -> Named:
    if isinstance(run, Result):
        return run.path if run.variant is None else (run.path, run.variant)
    return run if isinstance(run, Loaded) else Path(run)
