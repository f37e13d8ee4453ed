"""Points in memory are what runs and sweeps write, to the last bit."""

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.errors import ConfigError, UsageError
from sim.store.run import open_runs
from tests.batch.tiny import make, tiny

KEY = "staffing.citizens_per_coordinator"
POINTS: tuple[dict[str, float], ...] = ({}, {KEY: 10}, {KEY: 10, "staffing.net_hours_per_week": 15.0})


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("config"))


def test_the_figures_of_a_run(config: Path, tmp_path: Path) -> None:
    figures = sim.evaluate(config, POINTS, 7)
    assert figures.shape == (3, 7, len(sim.KPI_NAMES))
    for point, values in enumerate(POINTS):
        settings = "".join(f"{key} = {value}\n" for key, value in values.items())
        variant = config.with_name(f"point_{point}.toml")
        variant.write_text(f'extends = "{config.name}"\n{settings}', encoding="utf-8")
        (run,) = open_runs(make(variant, tmp_path / str(point), 7))
        numbers, written = run.values(sim.KPI_NAMES)
        assert numbers.tolist() == list(range(7))
        expected = np.stack([written[name] for name in sim.KPI_NAMES], axis=1)
        assert figures[point].tobytes() == expected.tobytes()


def test_nothing_is_written(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sim.evaluate(sim.load(config), [{}], 1)
    assert list(tmp_path.iterdir()) == []


def test_points_share_their_random_numbers(config: Path) -> None:
    entries = sim.evaluate(config, POINTS, 5)[:, :, sim.KPI_NAMES.index("entries")]
    assert (entries == entries[0]).all()
    assert len(set(entries[0])) > 1


def test_the_seed(config: Path) -> None:
    ones, again, twos = (sim.evaluate(config, [{}], 2, seed=seed) for seed in (1, 1, 2))
    assert ones.tobytes() == again.tobytes() == sim.evaluate(config, [{}], 2).tobytes()  # The config's is 1.
    assert ones.tobytes() != twos.tobytes()


def test_the_engines_agree(config: Path) -> None:
    compiled, reference = (sim.evaluate(config, POINTS, 1, engine=engine) for engine in ("compiled", "simpy"))
    assert compiled.tobytes() == reference.tobytes()


def test_all_points_are_checked_before_any_is_simulated(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.study import evaluate

    monkeypatch.setattr(evaluate, "replicate", None)
    with pytest.raises(ConfigError) as refused:
        sim.evaluate(config, [{}, {KEY: -1}, {"staffing.citizens_per_cordinator": 3}], 1)
    first, second = refused.value.problems
    assert first.startswith(f"points[1]: --set {KEY}=-1: must be ")
    assert second.startswith("points[2]: --set staffing.citizens_per_cordinator=3: unknown key; did you mean ")


def test_no_replications(config: Path) -> None:
    with pytest.raises(UsageError, match=r"^replications: must be between 1 and 1000000; it is 0$"):
        sim.evaluate(config, [{}], 0)


def test_no_points(config: Path) -> None:
    assert sim.evaluate(config, [], 3).shape == (0, 3, len(sim.KPI_NAMES))
