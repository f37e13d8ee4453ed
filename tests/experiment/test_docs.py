"""The examples of docs/experiments.md are experiments, with the points that the page says."""

import re
from pathlib import Path

import pytest

from docs.reference.shipped import ROOT, SHIPPED_CONFIGS
from sim.config.experiment import load_experiment
from tests.experiment.files import names

BLOCKS = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/experiments.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(autouse=True)
def _beside_the_configs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for config in SHIPPED_CONFIGS:
        target = tmp_path / "configs" / config.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(config.read_bytes())
    (tmp_path / "experiments").mkdir()
    monkeypatch.chdir(tmp_path / "experiments")


def points(text: str) -> list[str]:
    Path("ill.toml").write_text(text, encoding="utf-8")
    return names(load_experiment("ill.toml"))


def test_the_grid() -> None:
    assert points(BLOCKS[0]) == [
        f"citizens_per_coordinator={n}+absence={level}" for n in (50, 80, 130) for level in ("as_now", "none")
    ]


def test_the_drawn_points() -> None:
    found = points(BLOCKS[1])
    assert (len(found), found[0]) == (128, "citizens_per_coordinator=50+point_0001")


def test_the_variants() -> None:
    baseline = 'baseline = "citizens_per_coordinator=130+absence=as_now"\n'
    assert baseline in BLOCKS[0]
    found = points(BLOCKS[0].replace(baseline, "") + BLOCKS[2])
    assert len(found) == 12
    assert found[6] == "three_in_one+citizens_per_coordinator=50+absence=as_now"
