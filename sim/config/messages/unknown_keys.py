"""Keys that do not exist, and which key was probably meant."""

from difflib import get_close_matches

from sim.config.schema.base import EXTENDS
from sim.config.schema.shape import CONFIG, Shape, tables_with

_VERY_NEAR = 0.8
_MANY_TABLES = 3


def unknown_key(key: str, table: Shape, also: tuple[str, ...] = (), root: Shape = CONFIG) -> str:
    """Say that `table` has no such key, and which key may be meant, here or in another table.

    Parameters
    ----------
    key
        The unknown key.
    table
        The table that contains it.
    also
        Further keys allowed in this table.
    root
        The whole file: a config, or an experiment.
    """
    if key == EXTENDS and root is CONFIG:
        return "unknown key; extends belongs at the top of the file, before the first [table], or in a group"
    nearest = nearest_key(key, table, _VERY_NEAR, also)
    if nearest is None:
        own_table = [f"a table [{key}] of its own"] if key in root.keys else []
        elsewhere = own_table + tables_with(key, root)
        if 0 < len(elsewhere) <= _MANY_TABLES:
            return f"unknown key; it belongs in {' or '.join(elsewhere)}"
        nearest = nearest_key(key, table, also=also)
    if nearest is not None:
        return f"unknown key; did you mean {nearest}?"
    return f"unknown key; allowed are {', '.join((*also, *table.keys))}"


def nearest_key(key: str, table: Shape, at_least: float = 0.6, also: tuple[str, ...] = ()) -> str | None:
    """Find the key of `table` with the most similar spelling, if any is similar enough (1: identical)."""
    near = get_close_matches(key, (*table.keys, *also), n=1, cutoff=at_least)
    return near[0] if near else None
