"""``sim ledger`` shows what variants cost and save against a baseline."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.system_limits import require_room
from sim.file_names import file_names
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.study.prepare_comparison import Prepared


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--baseline",
    metavar="B",
    help="What the others are compared with: the directory of a run, or the name of one of those given. Default: a "
    "sweep's own, else the last.",
)
@click.option("--detail", is_flag=True, help="Show each ledger by line and calendar year; of one run always shown.")
@click.option(
    "--money",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Prices of this file's table [money] instead of the runs' own.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the files. Default: results/ledger/A_vs_B.",
)
@click.option(
    "--som",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the inputs of the national social investment model to this .csv or .xlsx file; of one run.",
)
@options.csv
def ledger(
    runs: tuple[Path, ...],
    baseline: str | None,
    detail: bool,
    money: Path | None,
    out: Path | None,
    som: Path | None,
    csv: str | None,
) -> None:
    """Show what variants cost and save against a baseline.

    `sim ledger A --baseline B` shows A minus B. Each RUN is the directory of a finished run, such as
    results/jki_pilot, or of a sweep, which stands for its points. Runs must have prices (see docs/money.md) and
    share seed, start date, horizon, warm-up and version of the rules.
    """
    require_room()
    prepared = _prepare(runs, baseline, money)
    if som is not None:
        _check_som(som, len(prepared.runs))
    from sim.analysis.ledger import Ledger
    from sim.report.terminal import print_ledgers
    from sim.store.places import place_of_several

    sweep = runs[0] if len(runs) == 1 else None
    directory = out or place_of_several("ledger", prepared.runs, prepared.baseline, sweep)
    made = [Ledger(run, prepared.baseline, money) for run in prepared.runs]
    names = file_names([one.variant for one in made])
    files: list[Path] = []
    for one, name in zip(made, names, strict=True):
        files += one.write(directory, "" if len(made) == 1 else f"_{name}", csv)
    if som is not None:
        from sim.report.som import write_som

        write_som(made[0], som, csv)
    print_ledgers(made, sys.stdout, detail=detail or len(made) == 1)
    click.echo(safe_line(f"files: {directory.as_posix()} ({', '.join(file.name for file in files)})"))
    if som is not None:
        click.echo(safe_line(f"inputs of the social investment model: {som.as_posix()}"))


def _prepare(runs: tuple[Path, ...], baseline: str | None, money: Path | None) -> "Prepared":
    """Find the runs and check, before any work, that they can stand in a ledger."""
    from sim.analysis.ledger.inputs import inputs_of
    from sim.errors import UsageError
    from sim.study.prepare_comparison import prepare_comparison, with_baseline

    config = next((run for run in runs if run.suffix.lower() == ".toml"), None)
    if config is not None:
        raise UsageError(
            f"{config.as_posix()}: a ledger is made of finished runs; run it first: sim run {config.as_posix()}"
        )
    prepared = prepare_comparison(with_baseline(runs, baseline), baseline=baseline)
    for run in prepared.runs:
        inputs_of(run, prepared.baseline, money)
    return prepared


def _check_som(som: Path, count: int) -> None:
    """Refuse several variants in one file of inputs, and a file that cannot be written."""
    from sim.errors import UsageError
    from sim.report.som import check_som

    if count != 1:
        raise UsageError(f"--som: the file holds one variant against its baseline; there are {count}")
    check_som(som)
