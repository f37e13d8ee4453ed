"""NUMBA_DISABLE_JIT=1 runs the same loop, and the same rules, in plain Python: the same bits."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
import hashlib
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build

changes = {"run.horizon_weeks": 13, "population.stock": 60}
p = build(load("tests/engine/everything.toml", changes).config)
digest = hashlib.sha256()
r = simulate(p, 7, 1, events=True, engine="compiled")
for table in r.tables.values():
    for column in table.values():
        digest.update(column.tobytes())
print(len(r.tables["events"]["weeks"]), digest.hexdigest())
"""


def printed(jit: str) -> str:
    environment = os.environ | {"NUMBA_DISABLE_JIT": jit}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout


def test_the_same_bits_without_the_compiler() -> None:
    plain = printed("1")
    assert int(plain.split()[0]) > 500
    assert plain == printed("0")
