"""``sim diff`` says in words what two configs have different."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sim.config.schema import Config


@click.command()
@click.argument("a", metavar="A", type=click.Path(path_type=Path))
@click.argument("b", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--language", type=click.Choice(["en", "da"]), default="en", show_default=True, help="Of the headings."
)
def diff(a: Path, b: Path, language: str) -> None:
    """Say in words what two configs have different.

    Key by key, from when until when, and what the key means: what A has, then what B has. A and B are config files,
    or directories of runs, whose effective configs are compared. Defaults count: a key that one file states and the
    other leaves at the same value is no difference.
    """
    from sim.report.language import language_of
    from sim.report.terminal import print_page
    from sim.report.view import Page
    from sim.report.views.changed import changed, changed_view

    found = changed(_config(a), _config(b))
    if not found:
        click.echo("the two configs say the same")
        return
    print_page(Page((changed_view(language_of(language), found, _names(a, b)),)), sys.stdout)


def _config(path: Path) -> "Config":
    from sim.config import load
    from sim.config.canonical import from_canonical
    from sim.errors import UsageError
    from sim.store.run import open_runs

    if not path.is_dir():
        return load(path).config
    runs = open_runs(path)
    if len(runs) > 1:
        raise UsageError(f"{path.as_posix()}: is a sweep of {len(runs)} points; name a config or a run")
    return from_canonical(runs[0].config)


def _names(a: Path, b: Path) -> tuple[str, str]:
    return (a.stem, b.stem) if a.stem != b.stem else (a.as_posix(), b.as_posix())
