"""``sim check`` says whether configs are valid."""

import click

from sim.config import load
from sim.config.summary import one_line
from sim.errors import ConfigError


@click.command()
@click.argument("configs", metavar="CONFIG...", nargs=-1, required=True)
def check(configs: tuple[str, ...]) -> None:
    """Say whether configs are valid.

    One line for each valid file; all problems of the others, with file and line.
    """
    problems: dict[str, None] = {}
    for path in configs:
        try:
            loaded = load(path)
        except ConfigError as error:
            problems |= dict.fromkeys(error.problems)  # A base's problems are told once.
        else:
            click.echo(f"{loaded.path.as_posix()}: ok ({one_line(loaded.config)})")
    if problems:
        raise ConfigError(list(problems))
