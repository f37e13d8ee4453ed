"""``sim compare`` shows paired differences between runs."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options

if TYPE_CHECKING:
    from sim.study.comparison import Comparison
    from sim.study.prepare_comparison import Prepared

_LONGEST_NAME = 100


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--baseline", metavar="NAME", help="What the others are compared with. Default: a sweep's own, else the last."
)
@click.option(
    "--by",
    "view",
    type=click.Choice(["kpi", "year", "quarter", "group"]),
    default="kpi",
    show_default=True,
    help="What to show; the files hold all.",
)
@click.option("--all-kpis", is_flag=True, help="Show all key figures.")
@click.option(
    "--precision",
    multiple=True,
    metavar="KPI=HALFWIDTH",
    help="Add replications until the 95 % interval of the difference is so narrow (shares as 0.005). Repeatable.",
)
@options.limits
@options.execution
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the files. Default: results/compare/A_vs_B.",
)
@click.option("--ledger", is_flag=True, help="Show what each costs and saves; see docs/money.md.")
@click.option(
    "--money",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --ledger: prices of this file's table [money] instead of the runs' own.",
)
@options.quiet
def compare(
    runs: tuple[Path, ...],
    baseline: str | None,
    view: str,
    all_kpis: bool,
    precision: tuple[str, ...],
    min_replications: int | None,
    max_replications: int | None,
    workers: int | None,
    executor: str,
    scheduler: str | None,
    out: Path | None,
    ledger: bool,
    money: Path | None,
    quiet: bool,
) -> None:
    """Show paired differences between runs.

    `sim compare A B` shows A minus B. Each RUN is the directory of a run, such as results/50_per_worker; or of a
    sweep, which stands for its points; or a config, which is run first. The last is the baseline B, or of a sweep
    the one that its experiment states. Runs must share seed, start date, horizon, warm-up and version of the rules:
    then replication r of each has the same citizens with the same luck.
    """
    from sim.report.terminal import print_comparison
    from sim.study.precision import goal_of
    from sim.study.prepare_comparison import compare_prepared, prepare_comparison

    goal = goal_of(precision, min_replications, max_replications)
    prepared = prepare_comparison(runs, baseline=baseline, goal=goal)
    _check_money(prepared, money, ledger=ledger)
    reached = _run(prepared, workers, executor, scheduler, quiet=quiet) if prepared.batches else ()
    comparison = compare_prepared(prepared, reached)
    files = comparison.write(out or _default_out(runs, prepared))
    print_comparison(comparison, sys.stdout, by=view, everything=all_kpis)
    if ledger:
        files += _ledgers(comparison, money, files[0].parent)
    names = ", ".join(file.name for file in files)
    click.echo(f"files: {files[0].parent.as_posix()} ({names})")


def _check_money(prepared: "Prepared", money: Path | None, *, ledger: bool) -> None:
    """Refuse before any work what cannot stand in a ledger."""
    from sim.errors import UsageError

    if money is not None and not ledger:
        raise UsageError("--money: only with --ledger")
    if ledger:
        from sim.analysis.ledger.sides import sides

        for run in prepared.runs:
            sides(run, prepared.baseline, money)


def _ledgers(comparison: "Comparison", money: Path | None, directory: Path) -> list[Path]:
    """Print and write the ledger of each run; the files of several have the run's name."""
    from sim.analysis.ledger import Ledger
    from sim.report.terminal import print_ledger

    files: list[Path] = []
    for run in comparison.runs:
        made = Ledger(run, comparison.baseline, money)
        print_ledger(made, sys.stdout)
        files += made.write(directory, "" if len(comparison.runs) == 1 else f"_{run.name}")
    return files


def _run(
    prepared: "Prepared", workers: int | None, executor: str, scheduler: str | None, *, quiet: bool
) -> tuple[str, ...]:
    from sim.batch.executors import open_workers
    from sim.batch.interrupt import Stopped
    from sim.report.progress import progress
    from sim.store.provenance import command_line
    from sim.study.prepare_comparison import run_first

    command = command_line(["sim", *sys.argv[1:]])
    try:
        with open_workers(workers, executor, scheduler=scheduler) as opened, progress(quiet=quiet) as shown:
            return run_first(prepared, opened, shown, command)
    except KeyboardInterrupt as stopped:
        raise Stopped(f"stopped at once; finished replications are kept\nto go on: {command}") from stopped


def _default_out(named: tuple[Path, ...], prepared: "Prepared") -> Path:
    """Name the directory by what is compared: a sweep by its own name."""
    from sim.study.prepare_comparison import RESULTS

    names = [run.name for run in prepared.runs]
    if len(named) == 1:
        names = [named[0].resolve().name]
    joined = "_".join(names)
    if len(joined) > _LONGEST_NAME:
        joined = f"{names[0]}_and_{len(names) - 1}_more"
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", f"{joined}_vs_{prepared.baseline.name}")
    return RESULTS / "compare" / name
