"""``sim validate`` sets every figure of the evidence beside what the model says of it."""

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


@click.command()
@click.argument("experiment", metavar="EXPERIMENT")
@click.option(
    "--posterior",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draws from `sim calibrate`. Default: those in its results/NAME.",
)
@click.option(
    "--observed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Values of figures that were kept back, as TOML or CSV: they are scored.",
)
@click.option(
    "--draws", type=click.IntRange(min=2), default=100, show_default=True, metavar="N", help="Draws to simulate."
)
@click.option(
    "--replications", type=click.IntRange(min=2), default=2, show_default=True, metavar="N", help="Of every draw."
)
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
def validate(
    experiment: str,
    posterior: Path | None,
    observed: Path | None,
    draws: int,
    replications: int,
    workers: int | None,
    executor: str,
    scheduler: "Scheduler | None",
    engine: str,
    out: Path | None,
    csv: str | None,
    quiet: bool,
) -> None:
    """Show published figures beside what the model says of them.

    EXPERIMENT is a calibration file (see docs/calibration.md). Draws of its posterior are simulated in every config
    that a figure is looked up in: figures that were calibrated to, predicted, identities, and those kept back.
    """
    require_room()
    from sim.config.calibration import load_calibration
    from sim.config.calibration.observed import read_observed
    from sim.report.terminal import print_validation
    from sim.store.csv_file import check_form
    from sim.store.places import place_of
    from sim.store.posterior import FILE, read_posterior
    from sim.study.calibrate.evaluations import Setting
    from sim.study.calibrate.looked import look_up
    from sim.study.calibrate.validate import check_posterior, kept_back
    from sim.study.calibrate.validate import validate as run

    loaded = load_calibration(experiment)
    look_up(loaded)
    found = {} if observed is None else read_observed(observed, kept_back(loaded))
    check_form(csv)
    directory = out or place_of(loaded.name)
    draws_read = read_posterior(posterior or place_of(loaded.name) / FILE)
    check_posterior(loaded, draws_read)
    with at_work(workers, executor, scheduler, engine=engine, quiet=quiet) as work:
        setting = Setting(
            directory, replications, loaded.head.seed, engine, work.workers, work.progress, work.command
        )
        done = run(loaded, draws_read, setting, draws, found, csv)
    print_validation(done, sys.stdout)
    click.echo(safe_line(f"files: {directory.as_posix()} (validation.csv, validation.parquet)"))
