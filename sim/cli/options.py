"""Options that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_EXECUTION = (
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="How many replications to work at at a time. Default: one a core.",
    ),
    click.option(
        "--executor",
        type=click.Choice(["processes", "threads"]),
        default="processes",
        show_default=True,
        help="What works at them; threads only with the compiled engine.",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Let the workers of this Dask scheduler do it, such as tcp://host:8786. They must share the directory "
        "of the run, under the same path.",
    ),
)

engine = click.option(
    "--engine",
    type=click.Choice(["compiled", "simpy"]),
    default="compiled",
    show_default=True,
    help="The same results to the last bit; simpy is the slow reference.",
)
"""Which engine does it."""
quiet = click.option("--quiet", is_flag=True, help="Show no progress.")
"""No progress."""
seed = click.option("--seed", type=click.IntRange(0, 2**63 - 1), metavar="N", help="Instead of the file's.")
"""Seed of all replications."""


def execution(command: F) -> F:
    """Add the options that say where the work is done: the arguments of `sim.batch.executors.open_workers`."""
    for option in reversed(_EXECUTION):
        command = option(command)
    return command
