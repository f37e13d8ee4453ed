"""From what a user names to what a report or a workbook shows: one run alone, or variants and a baseline."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.analysis.pairing import check_finished, directories_of
from sim.errors import UsageError
from sim.store.run import Run, open_runs
from sim.study.compared_runs import runs_compared
from sim.study.comparison import Comparison
from sim.study.prepare_comparison import Named, compare_prepared, prepare_comparison, with_baseline


class Reported(NamedTuple):
    """What is shown: runs, and the comparison of all but the last with the last; None: one run alone."""

    runs: tuple[Run, ...]
    comparison: Comparison | None


def prepare_report(named: Sequence[Path], baseline: str | None = None) -> Reported:
    """Find the runs and compare them.

    Parameters
    ----------
    named
        Directories of finished runs or sweeps; or of a comparison or a ledger, which stands for its runs.
    baseline
        Name or directory of the run that the others are compared with; None: the one that the experiment of a sweep
        states or that a comparison has, else the last.

    Raises
    ------
    UsageError
        If a run is missing or not finished, or replications are no pairs.
    """
    config = next((path for path in named if path.suffix.lower() == ".toml"), None)
    if config is not None:
        raise UsageError(
            f"{config.as_posix()}: a report is made of finished runs; run it first: sim run {config.as_posix()}"
        )
    compared = [runs_compared(path) for path in named]
    if any(compared):
        stated = next((one[1] for one in compared if one is not None), None) if len(named) == 1 else None
        chosen: list[Named] = []
        for path, one in zip(named, compared, strict=True):
            chosen += [path] if one is None else [_named(run) for run in one[0]]
        comparison = compare_prepared(prepare_comparison(chosen, baseline=baseline or stated))
        return Reported((*comparison.runs, comparison.baseline), comparison)
    found = [run for path in named for directory in directories_of(path) for run in open_runs(directory)]
    if len(found) == 1 and baseline is None:
        check_finished(found[0])
        return Reported((found[0],), None)
    comparison = compare_prepared(prepare_comparison(with_baseline(named, baseline), baseline=baseline))
    return Reported((*comparison.runs, comparison.baseline), comparison)


def _named(run: Run) -> Named:
    return (run.directory, run.variant) if run.manifest.holds == "sweep" else run.directory
