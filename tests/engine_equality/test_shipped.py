"""The shipped configs, and the test configs that switch everything on, give the same tables on both engines."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.reference.shipped import ROOT, SHIPPED_CONFIGS
from sim.config import load
from sim.config.schema import Config
from sim.config.schema.counts import stock_of
from sim.model.assembly import build
from tests.engine_equality.compare import assert_equal, rows

CONFIGS = sorted([*SHIPPED_CONFIGS, *(ROOT / "tests" / "engine").glob("*.toml")])

LARGE = 10_000
"""Citizens from which a config is too slow for SimPy as it is."""


def scaled(config: Path, stock: int, overrides: Mapping[str, object]) -> Config:
    """A config with this stock: inflow and posts of roles in proportion, the largest with a tenth of the others."""
    loaded = load(config).config
    factor = min(1.0, stock / stock_of(dict(loaded)))
    less: dict[str, object] = {"run.warm_up_weeks": min(loaded.run.warm_up_weeks, 10)}
    for name, group in loaded.groups.items():
        if group.inflow_per_week:
            less[f"groups.{name}.inflow_per_week"] = group.inflow_per_week * factor
    for name, role in loaded.roles.items():
        if role.posts:
            less[f"roles.{name}.posts"] = role.posts * factor
    if stock_of(dict(loaded)) > LARGE:
        for name, department in loaded.departments.items():
            less[f"departments.{name}.coordinators"] = (department.coordinators or 0.0) // 10
        less["staffing.changes"] = [
            {"date": c.date, "posts": c.posts // 10, "hiring_delay_weeks": 4} for c in loaded.staffing.changes
        ]
    return load(config, {"population.stock": stock, **less, **overrides}).config


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_shortened(config: Path) -> None:
    p = build(scaled(config, 150, {"run.horizon_weeks": 26}))
    assert rows(assert_equal(p, 2**63 - 1, 3), "events") > 500


@pytest.mark.long
@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_in_full(config: Path) -> None:
    """Whole horizons; of a centre that would take SimPy an hour, a tenth."""
    loaded = load(config).config
    p = build(scaled(config, stock_of(dict(loaded)) // 10, {}) if stock_of(dict(loaded)) > LARGE else loaded)
    for replication in (0,) if stock_of(dict(loaded)) > 1000 else (0, 1, 2**32 - 1):
        assert_equal(p, loaded.run.seed, replication)
