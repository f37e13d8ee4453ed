"""``sim new`` writes a config or an experiment to start from."""

import os
import re
from pathlib import Path

import click

from sim.config import load
from sim.config.examples import template
from sim.errors import UsageError
from sim.file_names import is_safe
from sim.safe_text import safe_line

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

_VARIANT = """\
# A variant of {base}: state only what differs; all else is taken from there.
# `sim show {file}` lists every value and the line it comes from.

extends = "{base}"

# [staffing]
# citizens_per_coordinator = 50
"""

_EXPERIMENT = """\
# Which question does this experiment answer?
#
#     sim sweep {file}
#
# docs/experiments.md explains every key. `sim sweep --dry-run` shows the plan and what it will take.

[experiment]
base = "{base}"
replications = 100

# Any key of a config can be a factor; every value is combined with every value of the other factors.
[factors."staffing.citizens_per_coordinator"]
values = [50, 130]

# A factor with levels changes several keys together.
# [factors.absence_and_turnover.levels.as_now]
#
# [factors.absence_and_turnover.levels.none]
# staffing.absence = "none"
# staffing.turnover = "none"
"""


@click.command()
@click.argument("name")
@click.option("--extends", "base", metavar="BASE", help="State only what differs from this config.")
@click.option("--experiment", is_flag=True, help="An experiment, for sim sweep, instead of a config.")
@click.option("--dir", "folder", help="Folder to write to. Default: configs, or experiments.")
def new(name: str, base: str | None, experiment: bool, folder: str | None) -> None:
    """Start a config, or an experiment, from a commented template.

    Writes NAME.toml, a small job centre that runs as it is, with every key explained; or an experiment on a
    config, given with --extends.
    """
    stem = name.removesuffix(".toml")
    if not _NAME.fullmatch(stem) or not is_safe(stem):
        raise UsageError(f"{name}: not a name for a config; use letters a-z, digits, _ and -, such as my_centre")
    if experiment and base is None:
        raise UsageError("--experiment: needs --extends CONFIG, the config that its points start from")
    file = Path(folder or ("experiments" if experiment else "configs")) / f"{stem}.toml"
    if file.exists():
        raise UsageError(f"{file.as_posix()}: exists already; choose another name")
    text = template() if base is None else _started_from(_EXPERIMENT if experiment else _VARIANT, file, base)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{file.as_posix()}: cannot be written: {error.strerror}") from error
    following = "sweep --dry-run" if experiment else "check"
    click.echo(safe_line(f"wrote {file.as_posix()}; next: sim {following} {file.as_posix()}"))


def _started_from(text: str, file: Path, base: str) -> str:
    """Write a short file; `base` is a path, or the name of a config in the same folder or in configs."""
    given, name = Path(base), f"{base.removesuffix('.toml')}.toml"
    beside = [folder / name for folder in (file.parent, Path("configs"))]
    found = given if given.exists() else next((config for config in beside if config.exists()), given)
    load(found)
    try:
        relative = os.path.relpath(found, file.parent)
    except ValueError:  # Another drive, on Windows.
        relative = str(found.resolve())
    return text.format(base=Path(relative).as_posix(), file=file.as_posix())
