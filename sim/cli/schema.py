"""``sim schema`` writes the JSON Schema of configs, and of experiments."""

import json
from pathlib import Path

import click

from sim.config.json_schema import experiment_schema, json_schema
from sim.errors import UsageError
from sim.safe_text import safe_line


@click.command()
@click.option("--experiment", is_flag=True, help="Of experiment files instead of configs.")
@click.option("--out", metavar="FILE", help="Write to this file instead of the screen.")
def schema(experiment: bool, out: str | None) -> None:
    """Write the JSON Schema of configs, or of experiments, for editors.

    Editors such as VS Code (with Even Better TOML) then complete and check keys while one types.
    """
    text = json.dumps(experiment_schema() if experiment else json_schema(), indent=2)
    if out is None:
        click.echo(text)
        return
    try:
        Path(out).write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from error
    click.echo(safe_line(f"wrote {out}"))
