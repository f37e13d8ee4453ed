"""``sim check`` says whether configs and experiments are valid."""

from pathlib import Path

import click

from sim.config.layers.loading import load_document
from sim.config.summary import one_line
from sim.config.toml.reading import read_document
from sim.errors import ConfigError


@click.command()
@click.argument("configs", metavar="CONFIG...", nargs=-1, required=True)
def check(configs: tuple[str, ...]) -> None:
    """Say whether configs and experiments are valid.

    One line for each valid file; all problems of the others, with file and line. Of an experiment every point is
    checked.
    """
    problems: dict[str, None] = {}
    for path in configs:
        try:
            summary = _checked(path)
        except ConfigError as error:
            problems |= dict.fromkeys(error.problems)  # A base's problems are told once.
        else:
            click.echo(f"{Path(path).as_posix()}: ok ({summary})")
    if problems:
        raise ConfigError(list(problems))


def _checked(path: str) -> str:
    """Check a file and tell in one line what it is."""
    document = read_document(Path(path), pipes=True)  # Only once: it may be a pipe.
    if "experiment" not in document.data:
        return one_line(load_document(document).config)
    from sim.config.experiment import experiment_of

    experiment = experiment_of(document)
    points = len(experiment.points)
    return f"experiment, {points} point{'' if points == 1 else 's'} x {experiment.replications} replications"
