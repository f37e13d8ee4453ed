"""Digests of a few small runs: ``python -m tests.house.rules_digests`` writes those of the present rules' version.

Numbers are rounded to six decimals before they are hashed, since the last bit of a logarithm differs between
processors.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.version import RULES_VERSION

FILE = Path(__file__).with_name("rules_digests.json")
CONFIGS = Path(__file__).parents[2] / "configs"
SHORT = {"run.horizon_weeks": 40, "run.warm_up_weeks": 6}
RUNS = {
    "130_per_worker": SHORT,
    "jki_pilot_filled": SHORT,
    "jka_sick_pay_pilot": SHORT,
    "bif_rollout_50": {**SHORT, "population.stock": 2000},
}
"""Configs of this repository, cut short, that have every mechanism between them."""


def digests() -> dict[str, str]:
    """Digest of all tables of one replication of each run, with the event log."""
    return {name: _digest(name) for name in RUNS}


def _digest(name: str) -> str:
    parameters = build(load(CONFIGS / f"{name}.toml", RUNS[name]).config)
    tables = simulate(parameters, 7, 3, events=True, engine="compiled").tables
    whole = sha256()
    for table in sorted(tables):
        for column, values in tables[table].items():
            rounded = np.round(np.asarray(values, np.float64), 6) + 0.0  # No -0.0.
            whole.update(f"{table}.{column}".encode() + rounded.tobytes())
    return whole.hexdigest()[:20]


if __name__ == "__main__":
    known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    FILE.write_text(json.dumps({**known, str(RULES_VERSION): digests()}, indent=2) + "\n", encoding="utf-8")
