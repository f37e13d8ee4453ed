"""Options that several commands share."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import click

from sim.store.csv_file import DEFAULT, FORMS

F = TypeVar("F", bound=Callable[..., Any])

_EXECUTION = (
    click.option(
        "--workers",
        type=click.IntRange(min=1),
        metavar="N",
        help="Number of replications to simulate at the same time. Default: one per core.",
    ),
    click.option(
        "--executor",
        type=click.Choice(["processes", "threads"]),
        default="processes",
        show_default=True,
        help="What does the work: processes, or threads of one process (only with the compiled engine).",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Let the workers of this Dask scheduler do it, such as tcp://host:8786. They must share the directory "
        "of the run, under the same path.",
    ),
    click.option(
        "--security",
        multiple=True,
        metavar="KEY=VALUE",
        help="With --scheduler: an option of distributed.Security, such as tls_ca_file=ca.pem. Repeatable.",
    ),
    click.option(
        "--wait-minutes",
        type=click.FloatRange(min=0, min_open=True),
        metavar="N",
        help="With --scheduler: how long to wait while it has no workers. Default: 60.",
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
csv = click.option(
    "--csv",
    type=click.Choice(FORMS),
    help="Form of the CSV files: en (comma, decimal point), da (semicolon, decimal comma: opens in a Danish Excel). "
    f"Default: that of the files which are there, else {DEFAULT}.",
)
"""In which form CSV files are written."""
quiet = click.option("--quiet", is_flag=True, help="Show no progress.")
"""No progress."""
seed = click.option("--seed", type=click.IntRange(0, 2**63 - 1), metavar="N", help="Instead of the file's.")
"""Seed of all replications."""
_LIMITS = (
    click.option("--min-replications", type=int, metavar="N", help="With --precision: at least. Default: 50."),
    click.option("--max-replications", type=int, metavar="N", help="With --precision: at most. Default: 10,000."),
)


def execution(command: F) -> F:
    """Add the options that say where the work is done: the arguments of `sim.batch.workers.opening.open_workers`."""

    @functools.wraps(command)
    def put_together(
        *args: Any, scheduler: str | None, security: tuple[str, ...], wait_minutes: float | None, **others: Any
    ) -> Any:
        from sim.batch.workers.base import scheduler_of

        return command(*args, scheduler=scheduler_of(scheduler, security, wait_minutes), **others)

    return _all(_EXECUTION, cast("F", put_together))


def limits(command: F) -> F:
    """Add the options that bound the number of replications which `--precision` finds."""
    return _all(_LIMITS, command)


def _all(options: Sequence[Callable[[F], F]], command: F) -> F:
    for option in reversed(options):
        command = option(command)
    return command
