"""``sim replay`` follows one citizen, or one post, through a replication, or shows it as an animated page."""

import sys
from pathlib import Path

import click

from sim.cli import options
from sim.cli.system_limits import require_room
from sim.errors import UsageError
from sim.safe_text import safe_line


@click.command()
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--replication",
    type=click.IntRange(min=0),
    default=0,
    metavar="R",
    show_default=True,
    help="Number of the replication.",
)
@click.option("--citizen", type=click.IntRange(min=0), metavar="C", help="Tell this citizen's life, with reasons.")
@click.option(
    "--coordinator",
    metavar="K",
    help="Show the weeks of a post: its number, or role and number as 'company consultant 0'.",
)
@click.option("--week", type=click.IntRange(min=1), metavar="W", help="With --coordinator: this week, task by task.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the replication as an animated page.",
)
@click.option("--point", metavar="NAME", help="Of a sweep: which of its points.")
@click.option("--language", type=click.Choice(["en", "da"]), default="en", show_default=True, help="Of the texts.")
@options.quiet
def replay(
    run: Path,
    replication: int,
    citizen: int | None,
    coordinator: str | None,
    week: int | None,
    html: Path | None,
    point: str | None,
    language: str,
    quiet: bool,
) -> None:
    """Follow a citizen or a post through one replication.

    RUN is the directory of a finished run. The replication is simulated again from its manifest; its key figures
    must be those that the run has stored. Without --citizen, --coordinator or --html: who is worth following.
    """
    require_room()
    _check_options(citizen, coordinator, week)
    if html is not None:
        from sim.report.replay.page import check_jinja2

        check_jinja2()
    from sim.api.replay import Replay
    from sim.report.terminal import print_page

    opened = Replay(run, replication, point=point, language=language)
    post = None if coordinator is None else opened.post(coordinator)
    if citizen is not None:
        opened.check_citizen(citizen)
    if week is not None:
        opened.check_week(week)
    if opened.note is not None:
        click.echo(safe_line(f"note: {opened.note}"), err=True)
    traces = citizen is not None or post is not None or html is not None
    if traces and not quiet and sys.stderr.isatty():
        click.echo(
            "tracing who waits for whom with the reference engine: seconds, of a large centre minutes", err=True
        )
    if html is not None:
        click.echo(safe_line(f"{html.as_posix()}: {opened.write_page(html) / 1e6:.2f} MB"))
    if citizen is not None:
        print_page(opened.life_page(citizen), sys.stdout)
    elif post is not None:
        print_page(opened.post_page(post, week), sys.stdout)
    elif html is None:
        typed = f"sim replay {run.as_posix()} --replication {replication}"
        print_page(opened.who_page(typed if point is None else f"{typed} --point {point}"), sys.stdout)


def _check_options(citizen: int | None, coordinator: str | None, week: int | None) -> None:
    if citizen is not None and coordinator is not None:
        raise UsageError("sim replay: --citizen or --coordinator, not both")
    if week is not None and coordinator is None:
        raise UsageError("--week: only with --coordinator")
