"""Digests of a few small runs: ``python -m tests.house.rules_digests`` writes those of the present rules' version.

Numbers are rounded to six decimals before they are hashed, since the last bit of a logarithm differs between
processors. Codes are hashed by their names, and only the columns that the stored digest knows: a column, an activity
or a kind of task that is added moves no result of a config without it.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.version import RULES_VERSION
from sim.tables.records import RECORDED, TABLES

FILE = Path(__file__).with_name("rules_digests.json")
CONFIGS = Path(__file__).parents[2] / "configs"
SHORT = {"run.horizon_weeks": 40, "run.warm_up_weeks": 6}
RUNS = {
    "130_per_worker": SHORT,
    "jki_pilot_filled": SHORT,
    "jka_sick_pay_pilot": SHORT,
    "bif_rollout_50": {**SHORT, "run.horizon_weeks": 8, "population.stock": 2000},
}
"""Configs of this repository, cut short, that have every mechanism between them."""
COLUMNS = [f"{table}.{column.name}" for table in sorted(RECORDED) for column in TABLES[table]]
"""All columns of today that an engine records."""


def digests(columns: Sequence[str]) -> dict[str, str]:
    """Digest of these columns of one replication of each run, the event log included."""
    return {name: _digest(name, columns) for name in RUNS}


def _digest(name: str, columns: Sequence[str]) -> str:
    parameters = build(load(CONFIGS / f"{name}.toml", RUNS[name]).config)
    tables: Any = simulate(parameters, 7, 3, events=True, engine="compiled").tables
    kinds = {f"{table}.{column.name}": column for table, of_table in TABLES.items() for column in of_table}
    whole = sha256()
    for column in columns:
        table, _, field = column.partition(".")
        names = kinds[column].names
        known = ("", *getattr(parameters.names, names)) if names else ()
        values, places = np.unique(np.asarray(tables[table][field]), return_inverse=True)
        texts = [known[v + 1] if names else f"{round(v, 6) + 0.0:.6f}" for v in values.tolist()]  # No -0.0.
        whole.update("".join(f"{texts[place]}\0" for place in places.tolist()).encode())
    return whole.hexdigest()[:20]


if __name__ == "__main__":
    stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    stored[str(RULES_VERSION)] = {"columns": COLUMNS, "digests": digests(COLUMNS)}
    FILE.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
