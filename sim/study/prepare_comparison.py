"""From what a user names (runs, sweeps, configs) to a comparison: all checks first, then any running."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sim.analysis.pairing import (
    check_finished,
    check_pairs,
    choose_baseline,
    directories_of,
    name_runs,
    planned_baseline,
)
from sim.batch.prepare import Batch, prepare
from sim.batch.run import Progress, run_batches
from sim.batch.workers.base import Workers
from sim.catalogue import DEFAULT_TABLES
from sim.config import Loaded, load
from sim.config.canonical import from_canonical
from sim.errors import ConfigError, UsageError
from sim.store.csv_file import check_form
from sim.store.places import place_of
from sim.store.run import Run, open_runs
from sim.study.comparison import Comparison
from sim.study.precision import Goal, Growing, Looked, run_precisely
from sim.study.sweep import sweep_again

Named = Path | Loaded | tuple[Path, str]
"""What a user names: a directory, a config file, a config that has been read, or a point of a sweep."""


class Prepared(NamedTuple):
    """A comparison that can be made.

    Attributes
    ----------
    runs, baseline
        What is compared, and with what.
    batches
        To be run first, by name of the run, with the variant in it: all with a goal, otherwise the configs.
    goal
        How precise the differences are to be.
    """

    runs: tuple[Run, ...]
    baseline: Run
    batches: Looked
    goal: Goal | None


def prepare_comparison(
    named: Sequence[Named], *, baseline: str | None = None, goal: Goal | None = None, csv: str | None = None
) -> Prepared:
    """Find the runs and check that they can be compared; nothing is run or written.

    Parameters
    ----------
    named
        Directories of runs or sweeps, config files (``.toml``), configs that have been read, points of sweeps.
    baseline
        Name of the run that the others are compared with; None: the one that the experiment of a sweep states,
        else the last.
    goal
        Add replications until the differences are so precise.
    csv
        Form of the CSV files of what is run; None: that of the files which are there, or the default.

    Raises
    ------
    UsageError
        If a run is missing or not finished, or replications are no pairs.
    """
    opened: list[tuple[Run, Batch | None]] = []
    for one in _loaded(named):
        if isinstance(one, Loaded):
            batch = _prepared(one)._replace(csv=check_form(csv))
            opened.append((_to_be(batch), batch))
        elif isinstance(one, tuple):
            opened += [(run, None) for run in open_runs(one[0]) if run.variant == one[1]]
        else:
            opened += [(run, None) for directory in directories_of(one) for run in open_runs(directory)]
    runs = name_runs([run for run, _ in opened])
    base = choose_baseline(runs, baseline or _planned(named))
    others = tuple(run for run in runs if run is not base)
    for run in others:
        check_pairs(run, base)
    batches = {run.name: batch for run, (_, batch) in zip(runs, opened, strict=True)}
    if goal is not None:
        again: dict[Path, Batch] = {}
        for run in runs:
            if run.directory not in again:
                again[run.directory] = batches[run.name] or _again(run)
        looked = {run.name: (again[run.directory], run.variant) for run in runs}
        return Prepared(others, base, looked, goal)
    for run in runs:
        if batches[run.name] is None:
            check_finished(run)
    to_run = {name: (batch, batch.job.name) for name, batch in batches.items() if batch}
    return Prepared(others, base, to_run, None)


def with_baseline(runs: Sequence[Path], baseline: str | None) -> tuple[Path, ...]:
    """Add the baseline where it is not one of the runs: a directory, or meant as one where there is but one run."""
    if baseline is None:
        return tuple(runs)
    there = [directory for run in runs for directory in directories_of(run)]
    added = Path(baseline)
    alone = sum(len(open_runs(directory)) for directory in there) == 1
    known = added.resolve() in (directory.resolve() for directory in there)
    return (*runs, added) if (added.is_dir() or alone) and not known else tuple(runs)


def run_first(prepared: Prepared, executor: Workers, progress: Progress, command: str) -> tuple[str, ...]:
    """Run what a comparison needs; gives what is to be said of the precision reached."""
    if prepared.goal is None:
        run_batches([batch for batch, _ in prepared.batches.values()], executor, executor.count, progress, command)
        return ()
    growing = Growing(prepared.batches, prepared.goal, prepared.baseline.name)
    return tuple(run_precisely([growing], executor, progress, command))


def compare_prepared(prepared: Prepared, notes: Sequence[str] = ()) -> Comparison:
    """Compare, when everything has been run."""
    return Comparison([_reopened(run) for run in prepared.runs], _reopened(prepared.baseline), notes)


def _planned(named: Sequence[Named]) -> str | None:
    """Baseline of the only sweep named; with several things named the order decides."""
    (only, *others) = named or (None,)
    return planned_baseline(only) if isinstance(only, Path) and not others else None


def _loaded(named: Sequence[Named]) -> list[Named]:
    """Read the configs among what is named; all problems of all of them are told at once."""
    read: list[Named] = []
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
    return prepare(config.name, config.config, place_of(config.name), tables=DEFAULT_TABLES, basis=config.basis)


def _to_be(batch: Batch) -> Run:
    """The run that a batch will be."""
    name = batch.job.name
    return Run(batch.job.directory, name, name, batch.manifest, json.dumps(batch.manifest.definition))


def _reopened(run: Run) -> Run:
    """The run as it is now."""
    found = next(one for one in open_runs(run.directory) if one.variant == run.variant)
    return replace(found, name=run.name)


def _again(run: Run) -> Batch:
    """The batch that made a run, or the sweep that it is a point of, from its directory alone."""
    if run.manifest.posterior is not None:
        raise UsageError(
            f"{run.shown}: precision is not for runs with a posterior, whose draws are in another file; add "
            f"replications "
            "with sim run"
        )
    if run.manifest.holds == "sweep":
        return sweep_again(run.directory)
    return prepare(run.variant, from_canonical(run.config), run.directory, tables=run.tables)
