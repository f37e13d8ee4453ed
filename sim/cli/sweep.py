"""``sim sweep`` simulates all points of an experiment file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.system_limits import require_room
from sim.cli.work import at_work
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.batch.prepare import Batch
    from sim.batch.workers.base import Scheduler
    from sim.config.experiment import Experiment


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
    help='Tables: weekly, citizens, coordinators, incidence, events; "" for none. Default: the file\'s.',
)
@click.option("--dry-run", is_flag=True, help="Show the plan and what it will take; write no results.")
@options.csv
@options.quiet
def sweep(
    experiment: str,
    replications: int | None,
    seed: int | None,
    workers: int | None,
    executor: str,
    scheduler: "Scheduler | None",
    engine: str,
    out: Path | None,
    tables: str | None,
    dry_run: bool,
    csv: str | None,
    quiet: bool,
) -> None:
    """Simulate all points of an experiment file.

    EXPERIMENT combines variants of a config with values of its keys (see docs/experiments.md). All points have
    the same seed, so the same citizens come in all of them. Run again, it goes on where it stopped, or runs what
    was added; finished replications are never run twice.
    """
    require_room()
    from sim.config.experiment import load_experiment

    loaded = load_experiment(experiment, replications=replications, seed=seed)
    from sim.batch.run import run_batches
    from sim.batch.workers.base import cores
    from sim.store.places import place_of
    from sim.study.check_sweep import factors_without_effect
    from sim.study.sweep import prepare_sweep

    asked = None if tables is None else [name.strip() for name in tables.split(",") if name.strip()]
    prepared = prepare_sweep(loaded, out or place_of(loaded.name), tables=asked, engine=engine, csv=csv)
    for doubt in factors_without_effect(loaded):
        click.echo(f"note: {doubt}", err=True)
    if dry_run:
        _tell(loaded, prepared, workers or cores())
        return
    with at_work(workers, executor, scheduler, engine=engine, quiet=quiet) as work:
        run_batches([prepared], work.workers, work.workers.count, work.progress, work.command)
    _close(loaded, prepared)


def _tell(experiment: "Experiment", prepared: "Batch", workers: int) -> None:
    """Show the plan, and what it will take."""
    from sim.batch.room import largest
    from sim.report.terminal import print_estimate, print_plan
    from sim.study.estimate import estimate

    print_plan(experiment, sys.stdout)
    sys.stdout.flush()
    print_estimate(
        estimate(prepared), workers, len(prepared.variants), prepared.wanted(), largest([prepared]), sys.stdout
    )


def _close(experiment: "Experiment", prepared: "Batch") -> None:
    """Show the key figures point by point, and where the files are."""
    from sim.report.terminal import print_points
    from sim.store.plan import PLAN_CSV
    from sim.store.results import REPLICATIONS, SUMMARY_CSV, SummaryRow, read_summary
    from sim.study.sweep import no_longer_planned

    directory = prepared.job.directory
    summaries: dict[str, dict[str, SummaryRow]] = {}
    for row in read_summary(directory):
        summaries.setdefault(row.variant, {})[row.kpi] = row
    print_points(experiment, summaries, sys.stdout)
    names = ", ".join([SUMMARY_CSV, REPLICATIONS, PLAN_CSV, *(f"{table}/" for table in prepared.tables)])
    click.echo(safe_line(f"files: {directory.as_posix()} ({names})"))
    dropped = no_longer_planned(prepared)
    if dropped:
        click.echo(f"no longer in the plan, and left out: {', '.join(dropped)}")
