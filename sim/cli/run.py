"""``sim run`` simulates configs and summarises their key figures."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.catalogue import DEFAULT_TABLES
from sim.cli import options
from sim.cli.system_limits import require_room
from sim.cli.work import at_work
from sim.errors import ConfigError, UsageError
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.analysis.components import Components
    from sim.batch.drawn import Drawn
    from sim.batch.prepare import Batch
    from sim.batch.workers.base import Scheduler
    from sim.config import Loaded


@click.command()
@click.argument("configs", metavar="CONFIG...", nargs=-1, required=True)
@click.option("--replications", type=click.IntRange(min=1), metavar="N", help="Instead of the config's.")
@click.option(
    "--precision",
    multiple=True,
    metavar="KPI=HALFWIDTH",
    help="Add replications until the 95 % interval of the mean is as narrow as this (shares: 0.005). Repeatable.",
)
@options.limits
@options.seed
@options.execution
@options.engine
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the run; of several configs: each in DIR/NAME. Default: results/NAME.",
)
@click.option(
    "--tables",
    default=",".join(DEFAULT_TABLES),
    show_default=True,
    help='Tables to write; also: events. "" for none.',
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Instead of the config's value.")
@click.option(
    "--posterior",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draws of parameters from `sim calibrate`: each takes the place of the config's own values in turn.",
)
@click.option(
    "--per-draw",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --posterior: replications of each draw. Default: 2, the fewest that tell chance from parameters.",
)
@click.option("--dry-run", is_flag=True, help="Show what it will take: time, memory, disk; write no results.")
@click.option("--all-kpis", is_flag=True, help="Show all key figures at the end.")
@options.csv
@options.quiet
def run(
    configs: tuple[str, ...],
    replications: int | None,
    precision: tuple[str, ...],
    min_replications: int | None,
    max_replications: int | None,
    seed: int | None,
    workers: int | None,
    executor: str,
    scheduler: "Scheduler | None",
    engine: str,
    out: Path | None,
    tables: str,
    settings: tuple[str, ...],
    posterior: Path | None,
    per_draw: int | None,
    dry_run: bool,
    all_kpis: bool,
    csv: str | None,
    quiet: bool,
) -> None:
    """Simulate configs and summarise their key figures.

    Each CONFIG is a variant. Run again with the same directory, it goes on where it stopped, or adds
    replications; finished replications are never run twice.
    """
    require_room()
    from sim.study.precision import goal_of, run_asked

    goal = goal_of(precision, min_replications, max_replications, replications)
    loaded = _load(configs, replications, seed, settings)
    from sim.batch.prepare import check_tables, prepare

    draws = _draws(posterior, per_draw, loaded, precise=bool(precision))
    asked = check_tables([name.strip() for name in tables.split(",") if name.strip()])
    directories = _directories(loaded, out)
    batches = [
        prepare(
            config.name,
            config.config,
            directory,
            tables=asked,
            engine=engine,
            csv=csv,
            basis=config.basis,
            drawn=drawn,
        )
        for config, directory, drawn in zip(loaded, directories, draws, strict=True)
    ]
    _ask(loaded, draws)
    if dry_run:
        _tell(batches, workers)
        return
    with at_work(workers, executor, scheduler, engine=engine, quiet=quiet) as work:
        reached = run_asked(batches, goal, *work)
    _close(batches, all_kpis=all_kpis)
    for line in reached:
        click.echo(line)


def _load(
    paths: tuple[str, ...], replications: int | None, seed: int | None, settings: tuple[str, ...]
) -> "list[Loaded]":
    """Load all configs; all problems of all of them are told at once."""
    from sim.config import load, parse_override

    overrides: dict[str, Any] = dict(parse_override(setting) for setting in settings)
    overrides |= {} if replications is None else {"run.replications": replications}
    overrides |= {} if seed is None else {"run.seed": seed}
    loaded: list[Loaded] = []
    problems: dict[str, None] = {}
    for path in paths:
        try:
            loaded.append(load(path, overrides))
        except ConfigError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise ConfigError(list(problems))
    return loaded


def _draws(
    posterior: Path | None, per_draw: int | None, loaded: "list[Loaded]", *, precise: bool
) -> "list[Drawn | None]":
    """Give each config the draws of the posterior."""
    if posterior is None:
        if per_draw is not None:
            raise UsageError("--per-draw: only with --posterior")
        return [None] * len(loaded)
    if precise:
        raise UsageError("--precision: not with --posterior, where more replications need more draws too")
    from sim.batch.drawn import PER_DRAW, Drawn
    from sim.store.posterior import read_posterior

    draws = read_posterior(posterior)
    return [Drawn(config, draws, per_draw or PER_DRAW) for config in loaded]


def _ask(loaded: "list[Loaded]", draws: "list[Drawn | None]") -> None:
    """Ask, before any work, about numbers that are possible and hardly meant, and draws that do not last."""
    from sim.config.doubts import questions

    asked = [str(one) for config in loaded for one in questions(config)]
    asked += [text for drawn in draws if drawn is not None for text in drawn.overruled]
    for question in dict.fromkeys(asked):
        click.echo(safe_line(f"note: {question}"), err=True)


def _directories(loaded: "list[Loaded]", out: Path | None) -> list[Path]:
    """Give each config its directory; two of the same name would share one."""
    named: dict[str, Path] = {}
    for config in loaded:
        same = named.setdefault(config.name.casefold(), config.path)
        if same is not config.path and same == config.path:
            raise UsageError(f"{same.as_posix()}: named twice")
        if same is not config.path:
            raise UsageError(
                f"two configs are called {config.name}: {same.as_posix()} and {config.path.as_posix()}; "
                "rename one, or run them apart with --out"
            )
    if out is not None and len(loaded) == 1:
        return [out]
    from sim.store.places import RESULTS, place_of

    return [place_of(config.name, out or RESULTS) for config in loaded]


def _tell(batches: "list[Batch]", workers: int | None) -> None:
    """Show what each config will take; with `--precision`, for the number of replications that it states."""
    from sim.batch.room import largest
    from sim.batch.workers.base import cores
    from sim.report.terminal import print_estimate
    from sim.study.estimate import estimate

    for batch in batches:
        click.echo(f"{batch.job.name}:")
        print_estimate(estimate(batch), workers or cores(), 1, batch.wanted(), largest([batch]), sys.stdout)


def _close(batches: "list[Batch]", *, all_kpis: bool) -> None:
    """Show the key figures, what to look at, and where the files are."""
    from sim.analysis.attention.after import attention
    from sim.analysis.incidence.summary import SUMMARY as INCIDENCE_SUMMARY
    from sim.analysis.incidence.table import TABLE as INCIDENCE
    from sim.report.terminal import print_kpis
    from sim.store.results import REPLICATIONS, SUMMARY_CSV, UNCERTAINTY, read_summary
    from sim.store.run import open_runs

    directories = {batch.job.name: batch.job.directory for batch in batches}
    summaries = {name: read_summary(directory) for name, directory in directories.items()}
    look = {name: attention(run) for name, directory in directories.items() for run in open_runs(directory)}
    print_kpis(summaries, sys.stdout, everything=all_kpis, look=look, apart=_apart(batches))
    for batch in batches:
        incidence = [f"{INCIDENCE_SUMMARY}.csv"] if INCIDENCE in batch.tables else []
        drawn = [] if batch.manifest.posterior is None else [f"{UNCERTAINTY}.csv"]
        names = ", ".join([SUMMARY_CSV, *drawn, *incidence, REPLICATIONS, *(f"{table}/" for table in batch.tables)])
        click.echo(safe_line(f"files: {batch.job.directory.as_posix()} ({names})"))


def _apart(batches: "list[Batch]") -> "dict[str, dict[str, Components]]":
    """Tell both uncertainties of the runs with a posterior."""
    from sim.analysis.draws import components_of
    from sim.store.run import open_runs

    drawn = [batch for batch in batches if batch.manifest.posterior is not None]
    return {batch.job.name: components_of(run) for batch in drawn for run in open_runs(batch.job.directory)}
