"""The same bits however the loop is compiled: in parts, the ordinary way, or not at all (NUMBA_DISABLE_JIT=1)."""

import os
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import hashlib
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build

changes = {"run.horizon_weeks": 10, "population.stock": 40}
p = build(load("tests/engine/everything_changes.toml", changes).config)
digest = hashlib.sha256()
r = simulate(p, 7, 1, events=True, engine="compiled")
for table in r.tables.values():
    for column in table.values():
        digest.update(column.tobytes())
print(len(r.tables["events"]["weeks"]), digest.hexdigest())
"""
WITHOUT_PARTS = """
from sim.model import link_once

link_once.works = lambda: False
"""


def printed(program: str = PROGRAM, **settings: str) -> str:
    environment = os.environ | settings
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout


def printed_here(monkeypatch: pytest.MonkeyPatch) -> str:
    """What the program prints in this process, whose engine is compiled already."""
    monkeypatch.chdir(ROOT)
    with redirect_stdout(StringIO()) as out:
        exec(PROGRAM, {})
    return out.getvalue()


def test_the_same_bits_without_the_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = printed(NUMBA_DISABLE_JIT="1")
    assert int(plain.split()[0]) > 500
    assert plain == printed_here(monkeypatch)


@pytest.mark.long
def test_the_same_bits_where_numba_cannot_have_parts(tmp_path: Path) -> None:
    assert printed(WITHOUT_PARTS + PROGRAM, NUMBA_CACHE_DIR=str(tmp_path)) == printed()
