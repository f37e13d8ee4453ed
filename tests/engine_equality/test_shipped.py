"""The shipped configs, and the test configs that switch everything on, give the same tables on both engines."""

from pathlib import Path

import pytest

from sim.config import load
from sim.model.assembly import build
from tests.engine_equality.compare import assert_equal, rows

ROOT = Path(__file__).parents[2]
CONFIGS = sorted([*(ROOT / "configs").glob("*.toml"), *(ROOT / "tests" / "engine").glob("*.toml")])


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_shortened(config: Path) -> None:
    p = build(load(config, {"run.horizon_weeks": 26, "population.stock": 300}).config)
    events = sum(rows(assert_equal(p, seed, 3), "events") for seed in (1, 2**63 - 1))
    assert events > 2000


@pytest.mark.long
@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_in_full(config: Path) -> None:
    loaded = load(config).config
    p = build(loaded)
    for replication in (0, 1, 2**32 - 1):
        assert_equal(p, loaded.run.seed, replication)
