"""``sim show`` lists every effective value and the line it comes from."""

import json
from difflib import get_close_matches

import click

from sim.config import load
from sim.config.layers.effective import Effective, effective_values
from sim.errors import UsageError
from sim.safe_text import safe_line

_WIDE = 48
"""Longer values stick out of their column."""


@click.command()
@click.argument("config")
@click.argument("key", metavar="[KEY]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def show(config: str, key: str | None, as_json: bool) -> None:
    """List every effective value and where it comes from.

    With KEY, such as staffing or groups.ready.exits, only the values under it.
    """
    loaded = load(config)
    values = list(effective_values(loaded))
    if key is not None:
        values = _under(key, values)
    if as_json:
        listed = {value.key: {"value": value.value, "source": value.place} for value in values}
        click.echo(json.dumps({"name": loaded.name, "values": listed}, indent=2))
        return
    key_width = max(len(value.key) for value in values)
    text_width = min(_WIDE, max(len(value.text) for value in values))
    for value in values:
        click.echo(safe_line(f"{value.key:<{key_width}} = {value.text:<{text_width}}  # {value.place}"))


def _under(key: str, values: list[Effective]) -> list[Effective]:
    found = [v for v in values if v.key == key or v.key.startswith((f"{key}.", f"{key}["))]
    if not found:
        tables = {v.key[:end] for v in values for end, c in enumerate(f"{v.key}.") if c in ".["}
        near = get_close_matches(key, sorted(tables), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(f"{key}: this config has no such key{hint}")
    return found
