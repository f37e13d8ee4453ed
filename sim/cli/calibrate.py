"""``sim calibrate`` finds which values of parameters agree with published figures."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.system_limits import require_room
from sim.cli.work import at_work
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.batch.workers.base import Scheduler


@click.command()
@click.argument("experiment", metavar="EXPERIMENT")
@options.execution
@options.engine
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the results. Default: results/NAME of the experiment.",
)
@options.csv
@options.quiet
def calibrate(
    experiment: str,
    workers: int | None,
    executor: str,
    scheduler: "Scheduler | None",
    engine: str,
    out: Path | None,
    csv: str | None,
    quiet: bool,
) -> None:
    """Learn parameters from published figures.

    EXPERIMENT states priors of parameters and the figures that they shall reproduce (see docs/calibration.md). Draws
    from the posterior go to posterior.parquet, for `sim run --posterior`. Run again, it simulates only what is new.
    """
    require_room()
    from sim.study.calibrate.missing import require_libraries

    require_libraries()
    from sim.config.calibration import load_calibration
    from sim.report.terminal import print_calibration
    from sim.store.csv_file import check_form
    from sim.store.places import place_of
    from sim.store.posterior import FILE
    from sim.study.calibrate.evaluations import Setting
    from sim.study.calibrate.looked import look_up
    from sim.study.calibrate.run import calibrate as run

    loaded = load_calibration(experiment)
    look_up(loaded)
    check_form(csv)
    directory, head, began = out or place_of(loaded.name), loaded.head, time.monotonic()

    with at_work(workers, executor, scheduler, engine=engine, quiet=quiet) as work:

        def tell(text: str) -> None:
            if not quiet:
                work.progress.note(text)

        setting = Setting(directory, head.replications, head.seed, engine, work.workers, work.progress, work.command)
        outcome = run(loaded, setting, tell, csv)
    print_calibration(outcome, sys.stdout)
    names = ", ".join([FILE, *(f"{name}.csv" for name in outcome.tables)])
    click.echo(safe_line(f"files: {directory.as_posix()} ({names})"))
    if not quiet:
        click.echo(f"took {(time.monotonic() - began) / 60:.1f} minutes", err=True)
