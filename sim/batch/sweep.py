"""A sweep: the plan is written, all points are run as one batch, and their results are put together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sim.analysis.kpis import KPIS
from sim.batch.executors import Workers
from sim.batch.interrupt import Stopped
from sim.batch.plan import finished
from sim.batch.prepare import Batch, check_tables, prepare
from sim.batch.run import Progress, run_batches
from sim.config.canonical import jsonable
from sim.config.experiment import Experiment
from sim.config.toml.toml_text import value_text
from sim.errors import RunFailed, UsageError
from sim.store.files import remove_leftovers
from sim.store.lock import Lock
from sim.store.manifest import FILE_NAME
from sim.store.plan import PLAN, PLAN_CSV, Columns, write_plan
from sim.store.points import POINTS_FOLDER, point_directory, write_all_replications, write_all_summaries
from sim.store.provenance import environment
from sim.store.results import REPLICATIONS, SUMMARY, SUMMARY_CSV, SummaryRow
from sim.store.sweep_manifest import SweepManifest
from sim.tables.arrow import Metadata

_FILES = (FILE_NAME, PLAN, PLAN_CSV, REPLICATIONS, SUMMARY, SUMMARY_CSV)


class Sweep(NamedTuple):
    """An experiment that is to be in a directory.

    Attributes
    ----------
    experiment
        With its points.
    directory
        Of the sweep.
    batches
        One a point, in the order of the plan.
    manifest
        Of the directory, without the run that is about to begin.
    """

    experiment: Experiment
    directory: Path
    batches: tuple[Batch, ...]
    manifest: SweepManifest

    @property
    def columns(self) -> Columns:
        """What says of a row which point it belongs to."""
        experiment = self.experiment
        names = tuple(point.name for point in experiment.points)
        return Columns(names, tuple(experiment.definition.variants), experiment.factors)

    @property
    def metadata(self) -> Metadata:
        """Facts about the whole sweep, stored in its files."""
        return {
            "sim.experiment": self.experiment.name,
            "sim.seed": str(self.experiment.seed),
            "sim.code": self.manifest.code,
        }

    @property
    def left_over(self) -> list[str]:
        """Names of the points in the directory that are not in the plan (any more)."""
        planned = {point.name for point in self.experiment.points}
        folder = self.directory / POINTS_FOLDER
        there = (path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()
        return sorted(set(there) - planned)


def prepare_sweep(
    experiment: Experiment,
    directory: Path,
    *,
    tables: Sequence[str] | None = None,
    engine: str = "compiled",
) -> Sweep:
    """Check that an experiment can be run into a directory; nothing is written.

    Parameters
    ----------
    experiment
        From `sim.config.experiment.load_experiment`.
    directory
        New, or of an earlier sweep of the same experiment, which is resumed or extended.
    tables
        Tables to write beside the KPIs; None: those of the experiment.
    engine
        "compiled" or "simpy": the same results.

    Raises
    ------
    UsageError
        If the directory holds something else, a point there has another config, or a table does not exist.
    """
    _refuse_names_of_results(experiment)
    asked = check_tables(experiment.definition.experiment.tables if tables is None else tables)
    there = _manifest_there(directory)
    definition = jsonable(experiment.definition)
    if there is not None:
        _refuse_other(there, directory, experiment, definition)
    batches: list[Batch] = []
    refused: list[str] = []
    for point in experiment.points:
        try:
            folder = point_directory(directory, point.name)
            batches.append(prepare(point.name, point.config, folder, tables=asked, engine=engine))
        except UsageError as error:
            refused.append(str(error))
    if refused:
        more = f"\n{len(refused) - 1} more points of this sweep are refused likewise." if len(refused) > 1 else ""
        raise UsageError(refused[0] + more)
    manifest = SweepManifest(
        experiment=experiment.name,
        definition=definition,
        seed=experiment.seed,
        code=batches[0].manifest.code,
        points=tuple(point.name for point in experiment.points),
        replications=there.replications if there else 0,
        runs=there.runs if there else (),
        files=there.files if there else (),
    )
    return Sweep(experiment, directory, tuple(batches), manifest)


def run_sweep(sweep: Sweep, executor: Workers, workers: int, progress: Progress, command: str) -> None:
    """Write the plan, run what is left of all points, and write the results over all of them.

    Parameters
    ----------
    sweep
        From `prepare_sweep`.
    executor, workers, progress, command
        As of `sim.batch.run.run_batches`.

    Raises
    ------
    UsageError
        If another sweep is at work in the directory, or it cannot be written to.
    RunFailed
        If replications fail, or a file cannot be written; finished replications stay.
    Stopped
        After Ctrl-C, when what was in flight is finished or given up.
    """
    lock = Lock(sweep.directory)
    if not lock.acquire():
        shown = sweep.directory.as_posix()
        progress.note(f"{shown}: its file system has no locks; see to it that nothing else runs there")
    try:
        _run(sweep, executor, workers, progress, command)
    finally:
        lock.release()


def _run(sweep: Sweep, executor: Workers, workers: int, progress: Progress, command: str) -> None:
    directory, points = sweep.directory, sweep.experiment.points
    run = {
        "command": command,
        "engine": sweep.batches[0].job.engine,
        "executor": executor.kind,
        "workers": workers,
        **environment(),
        "replications": sum(batch.replications for batch in sweep.batches),
        "started": _now(),
        "finished": None,
    }
    manifest = replace(sweep.manifest, runs=(*sweep.manifest.runs, run))
    remove_leftovers(directory)
    manifest.write(directory)
    write_plan(directory, sweep.columns, points, sweep.metadata)
    try:
        run_batches(sweep.batches, executor, workers, progress, command)
    except (Stopped, RunFailed):
        manifest.ended(_now(), replications_done(sweep), _files(directory)).write(directory)
        raise
    total = write_all_replications(directory, sweep.columns, points, sweep.metadata)
    write_all_summaries(directory, sweep.columns, points, sweep.metadata)
    manifest.ended(_now(), total, _files(directory)).write(directory)


def replications_done(sweep: Sweep) -> int:
    """Count the finished replications of all points."""
    return sum(finished(batch.job.directory).done for batch in sweep.batches)


def _refuse_names_of_results(experiment: Experiment) -> None:
    """Two columns of one name would be in the results over all points."""
    taken = {kpi.name for kpi in KPIS} | set(SummaryRow._fields)
    for factor in experiment.factors:
        if factor.name in taken:
            shown = experiment.path.as_posix()
            raise UsageError(f"{shown}: factors.{factor.name}: this is a column of the results; choose another name")


def _manifest_there(directory: Path) -> SweepManifest | None:
    shown = directory.as_posix()
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{shown}: is a file, not a folder; choose another --out")
    return SweepManifest.read(directory)


def _refuse_other(
    there: SweepManifest, directory: Path, experiment: Experiment, definition: dict[str, dict[str, object]]
) -> None:
    shown = directory.as_posix()
    if there.experiment != experiment.name:
        raise UsageError(
            f"{shown}: holds the experiment {there.experiment}, not {experiment.name}; choose another --out, "
            "or remove that folder to start again"
        )
    if experiment.definition.experiment.design.latin_hypercube is None:
        return
    before, now = there.definition["experiment"]["design"], definition["experiment"]["design"]
    if before != now:
        raise UsageError(
            f"{shown}: holds another design, {value_text(before)}; it is {value_text(now)} now. "
            "A Latin hypercube cannot be extended: all its points move (Sobol' points can be). "
            "Choose another --out, or remove that folder to start again."
        )


def _files(directory: Path) -> tuple[str, ...]:
    return tuple(name for name in _FILES if (directory / name).exists())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
