"""``sim compare`` shows paired differences between runs."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.system_limits import require_room
from sim.cli.work import at_work
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.batch.workers.base import Scheduler
    from sim.study.prepare_comparison import Prepared


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--baseline", metavar="NAME", help="What the others are compared with. Default: a sweep's own, else the last."
)
@click.option(
    "--by",
    "view",
    type=click.Choice(["kpi", "year", "quarter", "group", "department", "incidence"]),
    default="kpi",
    show_default=True,
    help="What to show; the files hold all, by department only if it is shown.",
)
@click.option("--all-kpis", is_flag=True, help="Show all key figures.")
@click.option(
    "--precision",
    multiple=True,
    metavar="KPI=HALFWIDTH",
    help="Add replications until the 95 % interval of the difference is as narrow as this (shares: 0.005). "
    "Repeatable.",
)
@options.limits
@options.execution
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the files. Default: results/compare/A_vs_B.",
)
@click.option("--ledger", is_flag=True, hidden=True)
@click.option("--money", hidden=True)
@options.csv
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
    scheduler: "Scheduler | None",
    out: Path | None,
    ledger: bool,
    money: str | None,
    csv: str | None,
    quiet: bool,
) -> None:
    """Show paired differences between runs.

    `sim compare A B` shows A minus B. Each RUN is the directory of a run, such as results/50_per_worker; or of a
    sweep, which stands for its points; or a config, which is run first. The last is the baseline B, or of a sweep
    the one that its experiment states. Runs must share seed, start date, horizon, warm-up and version of the rules:
    then replication r of each has the same citizens with the same luck.
    """
    require_room()
    from sim.report.terminal import print_comparison
    from sim.store.places import place_of_several
    from sim.study.precision import goal_of
    from sim.study.prepare_comparison import compare_prepared, prepare_comparison

    if ledger or money is not None:
        raise _moved(runs, money)
    goal = goal_of(precision, min_replications, max_replications)
    prepared = prepare_comparison(runs, baseline=baseline, goal=goal, csv=csv)
    reached = _run(prepared, workers, executor, scheduler, quiet=quiet) if prepared.batches else ()
    comparison = compare_prepared(prepared, reached)
    sweep = runs[0] if len(runs) == 1 else None
    place = out or place_of_several("compare", prepared.runs, prepared.baseline, sweep)
    if view == "department":
        _ = comparison.by_part_rows  # Refuses what it cannot be made of, before anything is written.
    files = comparison.write(place, csv)
    print_comparison(comparison, sys.stdout, by=view, everything=all_kpis)
    names = ", ".join(file.name for file in files)
    click.echo(safe_line(f"files: {files[0].parent.as_posix()} ({names})"))


def _run(
    prepared: "Prepared", workers: int | None, executor: str, scheduler: "Scheduler | None", *, quiet: bool
) -> tuple[str, ...]:
    from sim.study.prepare_comparison import run_first

    with at_work(workers, executor, scheduler, quiet=quiet) as work:
        return run_first(prepared, *work)


def _moved(runs: tuple[Path, ...], money: str | None) -> Exception:
    """Say what the ledger's own command would be."""
    from sim.errors import UsageError

    *others, last = (run.as_posix() for run in runs)
    words = [*others, "--baseline", last] if others else [last]
    words += [] if money is None else ["--money", money]
    option = "--money" if money is not None else "--ledger"
    return UsageError(f"{option}: the ledger has a command of its own: sim ledger {' '.join(words)}")
