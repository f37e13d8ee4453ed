"""``sim export`` writes the event log of a run's replications for process mining."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.system_limits import require_room
from sim.errors import UsageError
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.analysis.lives.process import Step
    from sim.store.run import Run

_RANGE = re.compile(r"(\d+)(?:-(\d+))?")
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--replication",
    "replications",
    metavar="R",
    multiple=True,
    help="Number of a replication, or some in a row as 0-9. Repeatable. Default: 0.",
)
@click.option("--csv", "csv", type=_FILE, metavar="FILE", help="Write CSV: one row for each activity.")
@click.option("--xes", type=_FILE, metavar="FILE", help="Write XES (IEEE 1849): one trace for each case.")
@click.option("--ocel", type=_FILE, metavar="FILE", help="Write OCEL 2.0 as JSON: events and their objects.")
@click.option("--point", metavar="NAME", help="Of a sweep: which of its points.")
def export(
    run: Path,
    replications: tuple[str, ...],
    csv: Path | None,
    xes: Path | None,
    ocel: Path | None,
    point: str | None,
) -> None:
    """Write the event log of a run's replications for process mining.

    RUN is the directory of a finished run; its replications are simulated again from its manifest, so it need not
    have kept the event log. Each activity has a case, a start and a completion, a resource and its role, group and
    department (see docs/replay.md).
    """
    require_room()
    if csv is xes is ocel is None:
        raise UsageError("sim export: say what to write: --csv FILE, --xes FILE or --ocel FILE")
    from sim.report.process_log.csv_log import write_csv_log
    from sim.report.process_log.ocel import write_ocel
    from sim.report.process_log.xes import write_xes
    from sim.study.replay import check_replication, open_run

    opened = open_run(run, point)
    numbers = _numbers(replications)
    for number in numbers:
        check_replication(opened, number)
    logs = _Logs(opened, numbers)
    if csv is not None:
        rows = write_csv_log(csv, (step for log in logs for step in log))
        click.echo(safe_line(f"{csv.as_posix()}: {rows:,} activities"))
    if xes is not None:
        events = write_xes(xes, opened.variant, logs)
        click.echo(safe_line(f"{xes.as_posix()}: {events:,} events"))
    if ocel is not None:
        events = write_ocel(ocel, logs)
        click.echo(safe_line(f"{ocel.as_posix()}: {events:,} events"))


class _Logs:
    """The activities of each replication, simulated when they are asked for; notes are told once."""

    def __init__(self, run: "Run", numbers: list[int]) -> None:
        from sim.study.replay import parameters_of

        self._run, self._numbers = run, numbers
        self._parameters = parameters_of(self._run)
        self._told = False

    def __iter__(self) -> "Iterator[Iterator[Step]]":
        from sim.analysis.lives.process import steps
        from sim.study.replay import again

        for number in self._numbers:
            made = again(self._run, number, self._parameters)
            if made.note is not None and not self._told:
                click.echo(safe_line(f"note: {made.note}"), err=True)
                self._told = True
            yield steps(made.done, made.parameters)


def _numbers(texts: tuple[str, ...]) -> list[int]:
    """Read numbers and rows of numbers: 3, 0-9."""
    numbers: list[int] = []
    for text in texts or ("0",):
        match = _RANGE.fullmatch(text)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last:
            raise UsageError(f"--replication {text}: give a number, or some in a row as 0-9")
        numbers += range(first, last + 1)
    return sorted(set(numbers))
