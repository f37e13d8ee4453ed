"""The command line: finds the command, turns every error into one message and an exit code."""

import os
import sys
import traceback
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

import click

from sim import __version__
from sim.batch.workers.interrupt import Stopped, leave_signals, stopped_with, take_signals
from sim.cli.streams import Streams
from sim.cli.system_limits import ran_out
from sim.errors import SimError
from sim.safe_text import safe_line, shortened


class Entry(NamedTuple):
    """A command that is not imported yet.

    Attributes
    ----------
    module
        Where its click command is.
    name
        The command's name in that module.
    summary
        What ``sim --help`` says of it.
    """

    module: str
    name: str
    summary: str


COMMANDS = {
    "run": Entry("sim.cli.run", "run", "Simulate configs and summarise their key figures."),
    "sweep": Entry("sim.cli.sweep", "sweep", "Simulate all points of an experiment file."),
    "compare": Entry("sim.cli.compare", "compare", "Show paired differences between runs."),
    "ledger": Entry("sim.cli.ledger", "ledger", "Show what variants cost and save against a baseline."),
    "calibrate": Entry("sim.cli.calibrate", "calibrate", "Learn parameters from published figures."),
    "sensitivity": Entry("sim.cli.sensitivity", "sensitivity", "Show what an answer depends on."),
    "replay": Entry("sim.cli.replay", "replay", "Follow a citizen or a post through one replication."),
    "export": Entry("sim.cli.export", "export", "Write the event log of a run's replications for process mining."),
    "report": Entry(
        "sim.cli.report", "report", "Write a report as one HTML file, a workbook, pictures for slides, or tables."
    ),
    "diff": Entry("sim.cli.diff", "diff", "Say in words what two configs have different."),
    "validate": Entry("sim.cli.validate", "validate", "Show published figures beside what the model says of them."),
    "check": Entry("sim.cli.check", "check", "Say whether configs and experiments are valid."),
    "show": Entry("sim.cli.show", "show", "List every effective value and where it comes from."),
    "new": Entry("sim.cli.new", "new", "Start a config, or an experiment, from a commented template."),
    "schema": Entry("sim.cli.schema", "schema", "Write the JSON Schema of configs, or of experiments, for editors."),
}

DEBUG = click.Option(["--debug"], is_flag=True, expose_value=False, help="Show the traceback of an error.")


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order one uses them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.name)
        assert isinstance(command, click.Command)
        if DEBUG not in command.params:
            command.params.append(DEBUG)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
            ctx.fail(f"no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their summaries."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"sim {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, params=[DEBUG], context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
def cli() -> None:
    """Simulate a municipal job centre.

    What happens if each caseworker has 50 citizens instead of 130?

    Begin with `sim new NAME`, then `sim check` and `sim run` the file it writes.
    """


def main() -> None:
    """Run the command that the command line asks for, and end with its exit code.

    0: done. 1: the run failed, or what it found could not be shown. 2: bad input. 130: stopped by Ctrl-C; by another
    signal 128 and its number. 141: done, but the reader of the output has gone.
    """
    take_signals()
    streams = Streams()
    code = streams.close(_run())
    if stopped_with() is not None:
        # Without waiting for a thread that is deep in a replication, whose work is given up anyway.
        os._exit(code)
    leave_signals()
    sys.exit(code)


def _run() -> int:
    """Run the command and tell what went wrong; gives its exit code."""
    debug = "--debug" in sys.argv[1:]
    try:
        outcome = cli.main(prog_name="sim", standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        code = Stopped.exit_code
    except SimError as error:
        if debug:
            traceback.print_exc()
        click.echo(error, err=True)
        code = error.exit_code
    except Exception as error:
        if debug:
            traceback.print_exc()
        if stopped_with() is not None:  # A library has made another error of it.
            click.echo("stopped", err=True)
        elif ran_out(error):
            click.echo(ran_out(error), err=True)
        elif not debug:
            words = shortened(safe_line(" ".join(str(error).split())))
            click.echo(
                f"sim: an error in the program itself ({type(error).__name__}: {words}); "
                "repeat the command with --debug to see where",
                err=True,
            )
        code = SimError.exit_code
    return stopped_with() or code
