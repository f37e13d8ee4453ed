"""From what a user names (runs, sweeps, configs) to a comparison: all checks first, then any running."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.analysis.pairing import (
    Run,
    check_finished,
    check_pairs,
    choose_baseline,
    directories_of,
    name_runs,
    planned_baseline,
)
from sim.batch.executors import Workers
from sim.batch.precision import Goal, Growing, run_precisely
from sim.batch.prepare import DEFAULT_TABLES, Batch, prepare
from sim.batch.run import Progress, run_batches
from sim.config import Loaded, load
from sim.config.canonical import from_canonical
from sim.errors import ConfigError, UsageError
from sim.store.manifest import FILE_NAME, Manifest
from sim.study.comparison import Comparison

RESULTS = Path("results")
"""Where configs are run, each in a directory of its name."""


class Prepared(NamedTuple):
    """A comparison that can be made.

    Attributes
    ----------
    runs, baseline
        What is compared, and with what.
    batches
        To be run first, by name of the run: all with a goal, otherwise the configs.
    goal
        How precise the differences are to be.
    """

    runs: tuple[Run, ...]
    baseline: Run
    batches: Mapping[str, Batch]
    goal: Goal | None


def prepare_comparison(
    named: Sequence[Path | Loaded], *, baseline: str | None = None, goal: Goal | None = None
) -> Prepared:
    """Find the runs and check that they can be compared; nothing is run or written.

    Parameters
    ----------
    named
        Directories of runs or sweeps, config files (``.toml``), or configs that have been read.
    baseline
        Name of the run that the others are compared with; None: the one that the experiment of a sweep states,
        else the last.
    goal
        Add replications until the differences are so precise.

    Raises
    ------
    UsageError
        If a run is missing or not finished, or replications are no pairs.
    """
    found: dict[Path, Batch | None] = {}
    directories: list[Path] = []
    for one in _loaded(named):
        batch = _prepared(one) if isinstance(one, Loaded) else None
        for directory in directories_of(one) if isinstance(one, Path) else [RESULTS / one.name]:
            directories.append(directory)
            found[directory] = batch
    batches = [found[directory] for directory in directories]
    manifests = [batch.manifest if batch else _manifest(d) for d, batch in zip(directories, batches, strict=True)]
    runs = name_runs(directories, manifests)
    base = choose_baseline(runs, baseline or _planned(named))
    others = tuple(run for run in runs if run is not base)
    for run in others:
        check_pairs(run, base)
    if goal is not None:
        again = {run.name: batch or _again(run) for run, batch in zip(runs, batches, strict=True)}
        return Prepared(others, base, again, goal)
    for run, batch in zip(runs, batches, strict=True):
        if batch is None:
            check_finished(run)
    to_run = {run.name: batch for run, batch in zip(runs, batches, strict=True) if batch}
    return Prepared(others, base, to_run, None)


def run_first(prepared: Prepared, executor: Workers, progress: Progress, command: str) -> tuple[str, ...]:
    """Run what a comparison needs; gives what is to be said of the precision reached."""
    if prepared.goal is None:
        run_batches(list(prepared.batches.values()), executor, executor.count, progress, command)
        return ()
    growing = Growing(prepared.batches, prepared.goal, prepared.baseline.name)
    return tuple(run_precisely([growing], executor, progress, command))


def compare_prepared(prepared: Prepared, notes: Sequence[str] = ()) -> Comparison:
    """Compare, when everything has been run."""
    runs = [run._replace(manifest=_manifest(run.directory)) for run in prepared.runs]
    baseline = prepared.baseline._replace(manifest=_manifest(prepared.baseline.directory))
    return Comparison(runs, baseline, notes)


def _planned(named: Sequence[Path | Loaded]) -> str | None:
    """Baseline of the only sweep named; with several things named the order decides."""
    (only, *others) = named or (None,)
    return planned_baseline(only) if isinstance(only, Path) and not others else None


def _loaded(named: Sequence[Path | Loaded]) -> list[Path | Loaded]:
    """Read the configs among what is named; all problems of all of them are told at once."""
    read: list[Path | Loaded] = []
    problems: dict[str, None] = {}
    for one in named:
        try:
            read.append(load(one) if isinstance(one, Path) and one.suffix.lower() == ".toml" else one)
        except ConfigError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise ConfigError(list(problems))
    return read


def _prepared(config: Loaded) -> Batch:
    return prepare(config.name, config.config, RESULTS / config.name, tables=DEFAULT_TABLES)


def _manifest(directory: Path) -> Manifest:
    manifest = Manifest.read(directory)
    if manifest is None:
        raise UsageError(f"{directory.as_posix()}: holds no run: there is no {FILE_NAME}")
    return manifest


def _again(run: Run) -> Batch:
    """The batch that made a run, from its manifest alone."""
    config = from_canonical(run.manifest.config)
    return prepare(run.manifest.variant, config, run.directory, tables=run.manifest.tables)
