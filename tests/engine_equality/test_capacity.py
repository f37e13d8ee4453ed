"""Too little capacity, of whatever: the replication is run again with more, and nothing in it changes.

Compiled code does not look whether a record lies within its array. Plain Python does (`sim.engine.compiled.memory`),
so the same tests run there too: what would be written out of bounds is an error with a name.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config import load
from sim.engine import simulate
from sim.engine.compiled import layout, memory, world
from sim.model.assembly import build
from sim.model.parameters import Parameters
from tests.engine.running import shipped
from tests.engine_equality.compare import differences
from tests.engine_equality.configs import configs, valid
from tests.engine_equality.test_generated import SLOW

ROOT = Path(__file__).parents[2]
EVERYTHING = ROOT / "tests" / "engine" / "everything.toml"
CENTRES = {
    "everything": lambda: build(load(EVERYTHING).config),
    "pilot": lambda: shipped("jki_pilot", {"run.horizon_weeks": 20, "run.warm_up_weeks": 10}),
}
PLAIN = memory.compiler.config.DISABLE_JIT
FEW, MANY = 40, 400 if PLAIN else 1500


def run_with_little(p: Parameters, capacity: dict[str, int]) -> int:
    """Compare a replication that begins with at most this much capacity; returns how often it was begun."""
    enough = simulate(p, 1, 0, events=True, engine="compiled")
    guess, begin = world.first_guess, world.Memory.begin
    begun = []

    def short_guess(p: Parameters) -> dict[str, int]:
        return {name: min(capacity.get(name, size), size) for name, size in guess(p).items()}

    def counted(self: world.Memory, replication: int, *, events: bool, weekly: bool) -> object:
        begun.append(replication)
        return begin(self, replication, events=events, weekly=weekly)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "first_guess", short_guess)
        patch.setattr(world.Memory, "begin", counted)
        # Other parameters, though equal ones, get memory of their own.
        again = simulate(p._replace(start=p.start), 1, 0, events=True, engine="compiled")
    assert not list(differences(enough, again))
    return len(begun)


@pytest.mark.parametrize("short", [*layout.CAPACITIES, "all"])
@pytest.mark.parametrize("centre", CENTRES)
def test_too_little_of_one(centre: str, short: str) -> None:
    begun = run_with_little(CENTRES[centre](), dict.fromkeys(layout.CAPACITIES if short == "all" else (short,), 1))
    assert begun > 1 or short == "steps"  # No two steps follow at once in these centres.


few = st.sampled_from([1, 2, 3, 7, 20, 60, 200])
capacities = st.dictionaries(st.sampled_from(layout.CAPACITIES), few, min_size=1)


@settings(max_examples=FEW, deadline=None, derandomize=True, suppress_health_check=SLOW)
@given(configs(), capacities)
def test_too_little_of_any(raw: dict[str, Any], capacity: dict[str, int]) -> None:
    run_with_little(build(valid(raw)), capacity)


@pytest.mark.long
@settings(max_examples=MANY, deadline=None, suppress_health_check=SLOW)
@given(configs(), capacities)
def test_often_too_little_of_any(raw: dict[str, Any], capacity: dict[str, int]) -> None:
    run_with_little(build(valid(raw)), capacity)


@pytest.mark.skipif(PLAIN, reason="this is that run")
@pytest.mark.long
@pytest.mark.parametrize("test", ["test_too_little_of_any", "test_often_too_little_of_any"])
def test_no_record_out_of_bounds(test: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "", "-p", "no:cacheprovider", f"{__file__}::{test}"],
        cwd=ROOT, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("number", [-1, 3])
def test_a_record_that_is_not_there(number: int) -> None:
    with pytest.raises(IndexError, match=f"^record {number} of 3$"):
        memory.Row(memory.aligned_array(3, layout.LINK), number)
