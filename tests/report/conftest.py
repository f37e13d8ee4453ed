"""Two small runs of the shipped configs, which everything that is shown is made of."""

from pathlib import Path

import pytest

import sim
from sim.report.language import DANISH, ENGLISH, Language
from sim.report.views.shown import Shown, shown
from sim.store.run import Run, open_runs

CONFIGS = Path(__file__).parents[2] / "configs"
REPLICATIONS = 8


@pytest.fixture(scope="session")
def directories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Directories of a run of 50 and of one of 130 citizens per coordinator."""
    folder = tmp_path_factory.mktemp("report")
    for name in ("50_per_worker", "130_per_worker"):
        sim.run(CONFIGS / f"{name}.toml", replications=REPLICATIONS, out=folder / name)
    return {name: folder / name for name in ("50_per_worker", "130_per_worker")}


@pytest.fixture(scope="session")
def pair(directories: dict[str, Path]) -> tuple[Run, Run]:
    a, b = (open_runs(directory)[0] for directory in directories.values())
    return a, b


@pytest.fixture(scope="session", params=["en", "da"])
def language(request: pytest.FixtureRequest) -> Language:
    return ENGLISH if request.param == "en" else DANISH


@pytest.fixture(scope="session")
def of(pair: tuple[Run, Run], language: Language) -> Shown:
    return shown(language, [pair[0]], pair[1])
