"""``sim sweep`` simulates all points of an experiment file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options

if TYPE_CHECKING:
    from sim.batch.sweep import Sweep

_RESULTS = Path("results")


@click.command()
@click.argument("experiment", metavar="EXPERIMENT")
@click.option(
    "--replications", type=click.IntRange(min=1), metavar="N", help="Of every point; instead of the file's."
)
@options.seed
@options.execution
@options.engine
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the sweep. Default: results/NAME of the experiment.",
)
@click.option(
    "--tables",
    metavar="NAMES",
    help='Tables of each point: weekly, citizens, coordinators, events; "" for none. Default: the file\'s.',
)
@click.option("--dry-run", is_flag=True, help="Show the plan and what it will take; write no results.")
@options.quiet
def sweep(
    experiment: str,
    replications: int | None,
    seed: int | None,
    workers: int | None,
    executor: str,
    scheduler: str | None,
    engine: str,
    out: Path | None,
    tables: str | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Simulate all points of an experiment file.

    EXPERIMENT combines variants of a config with values of its keys (see docs/experiments.md). All points have
    the same seed, so the same citizens come in all of them. Run again, it goes on where it stopped, or runs what
    was added; finished replications are never run twice.
    """
    from sim.config.experiment import load_experiment

    loaded = load_experiment(experiment, replications=replications, seed=seed)
    from sim.batch.executors import cores, open_workers
    from sim.batch.interrupt import Stopped
    from sim.batch.sweep import prepare_sweep, run_sweep
    from sim.report.progress import progress
    from sim.store.provenance import command_line

    asked = None if tables is None else [name.strip() for name in tables.split(",") if name.strip()]
    prepared = prepare_sweep(loaded, out or _RESULTS / loaded.name, tables=asked, engine=engine)
    if dry_run:
        _tell(prepared, workers or cores())
        return
    command = command_line(["sim", *sys.argv[1:]])
    try:
        with (
            open_workers(workers, executor, scheduler=scheduler, engine=engine) as opened,
            progress(quiet=quiet) as shown,
        ):
            run_sweep(prepared, opened, opened.count, shown, command)
    except KeyboardInterrupt as stopped:
        raise Stopped(f"stopped at once; finished replications are kept\nto go on: {command}") from stopped
    _close(prepared)


def _tell(prepared: "Sweep", workers: int) -> None:
    """Show the plan, and what it will take."""
    from sim.batch.estimate import estimate
    from sim.report.terminal import print_estimate, print_plan

    print_plan(prepared.experiment, sys.stdout)
    sys.stdout.flush()
    total = sum(batch.replications for batch in prepared.batches)
    print_estimate(estimate(prepared.batches), workers, len(prepared.batches), total, sys.stdout)


def _close(prepared: "Sweep") -> None:
    """Show the key figures point by point, and where the files are."""
    from sim.report.terminal import print_points
    from sim.store.plan import PLAN_CSV
    from sim.store.points import POINTS_FOLDER
    from sim.store.results import REPLICATIONS, SUMMARY_CSV, SummaryRow, read_summary

    summaries: dict[str, dict[str, SummaryRow]] = {}
    for row in read_summary(prepared.directory):
        summaries.setdefault(row.variant, {})[row.kpi] = row
    print_points(prepared.experiment, summaries, sys.stdout)
    names = f"{SUMMARY_CSV}, {REPLICATIONS}, {PLAN_CSV}; each point in {POINTS_FOLDER}/"
    click.echo(f"files: {prepared.directory.as_posix()} ({names})")
    if prepared.left_over:
        click.echo(f"not in the plan, kept in {POINTS_FOLDER}/: {', '.join(prepared.left_over)}")
