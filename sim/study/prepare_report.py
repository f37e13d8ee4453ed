"""From what a user names to what a report or a workbook shows: one run alone, or variants and a baseline."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.analysis.pairing import check_finished, directories_of
from sim.errors import UsageError
from sim.store.run import Run, open_runs
from sim.study.comparison import Comparison
from sim.study.prepare_comparison import compare_prepared, prepare_comparison, with_baseline


class Reported(NamedTuple):
    """What is shown: runs, and the comparison of all but the last with the last; None: one run alone."""

    runs: tuple[Run, ...]
    comparison: Comparison | None


def prepare_report(named: Sequence[Path], baseline: str | None = None) -> Reported:
    """Find the runs and compare them.

    Parameters
    ----------
    named
        Directories of finished runs or sweeps.
    baseline
        Name or directory of the run that the others are compared with; None: the one that the experiment of a sweep
        states, else the last.

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
    found = [run for path in named for directory in directories_of(path) for run in open_runs(directory)]
    if len(found) == 1 and baseline is None:
        check_finished(found[0])
        return Reported((found[0],), None)
    comparison = compare_prepared(prepare_comparison(with_baseline(named, baseline), baseline=baseline))
    return Reported((*comparison.runs, comparison.baseline), comparison)
