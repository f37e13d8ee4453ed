"""`sim validate`: figures beside their intervals, group by group, and scores of what was kept back."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli.main import cli
from sim.config.calibration.observed import Observed, read_observed
from sim.errors import ConfigError, UsageError
from sim.store.posterior import write_posterior
from sim.study.calibrate.reading import read_validation
from tests.calibration.files import write

KEYS = (
    "groups.ready.exits.job.hazard_per_week",
    "groups.sick.exits.other.hazard_per_week",
    "meetings.window_weeks",
)
MORE = """
[kept_back.later_job]
kpi = "cohort_job_share"
rounding = 0.005
sampling = { share = { citizens = 400 } }
control = "job"
source = "made up, kept back"
"""


def draws(folder: Path, keys: tuple[str, ...] = KEYS) -> Path:
    """Hazards around 0.035 and 0.03, as the targets of the tiny calibration ask for."""
    generator = np.random.default_rng(1)
    values = np.stack(
        [generator.normal(m, 0.004, 40) for m in (0.035, 0.03)] + [generator.uniform(0.5, 1.5, 40)], axis=1
    )
    path = folder / "draws.parquet"
    write_posterior(path, keys, ["a week", "a week", "weeks"], values, {"calibration": "cal", "rules": 1})
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("validate")
    write(made, more=MORE)
    draws(made)
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> pd.DataFrame:
    return sim.validate(folder / "cal.toml", folder / "draws.parquet", draws=20, out=folder / "out").set_index(
        "figure"
    )


def command(folder: Path, *arguments: str | Path) -> Result:
    whole = ["validate", folder / "cal.toml", "--posterior", folder / "draws.parquet", "--draws", "20"]
    return CliRunner().invoke(
        cli,
        [*map(str, whole), *map(str, arguments), "--workers", "1"],
        prog_name="sim",
        standalone_mode=False,
    )


def test_every_figure_has_its_group_and_its_interval(found: pd.DataFrame) -> None:
    assert found["group"].to_dict() == {
        "job": "calibrated",
        "left": "calibrated",
        "stay": "predicted",
        "meetings": "kept back",
        "later_job": "kept back",
    }
    assert (found["low"] <= found["expected"]).all()
    assert (found["expected"] <= found["high"]).all()
    for inner, outer in ((50, 80), (80, 95)):
        assert (found[f"low{outer}"] <= found[f"low{inner}"]).all()
        assert (found[f"high{inner}"] <= found[f"high{outer}"]).all()
    # What could be published varies by chance too, so it reaches further than the expected figure.
    assert (found["high95"] - found["low95"] > found["high"] - found["low"]).all()


def test_the_table_says_of_what_it_is(folder: Path, found: pd.DataFrame) -> None:
    read = read_validation(folder / "out")
    assert (read.name, read.question, read.draws, read.replications) == ("cal", "Which hazards?", 20, 2)
    assert [row.figure for row in read.rows] == list(found.index)


def test_the_expected_figure_is_that_of_theory(found: pd.DataFrame) -> None:
    """A share (1 - exp(-12 h)) / 2 of all leaves to a job; its mean over 20 draws of h within the chance of both."""
    exact = (1 - np.exp(-12 * 0.035)) / 2
    # 40 citizens x 20 draws x 2 replications; the draws' own mean: 12 x 0.004 / 2 x exp(-0.42) / sqrt(20).
    chance = np.hypot(np.sqrt(exact * (1 - exact) / 1600), 6 * 0.004 * np.exp(-0.42) / np.sqrt(20))
    assert abs(found.loc["job", "expected"] - exact) < 4 * chance


def test_what_is_published_is_scored(found: pd.DataFrame) -> None:
    assert found.loc["job", "inside"] in ("50 %", "80 %", "95 %")
    assert found["surprise"].abs()["job"] < 2
    assert found.loc[["meetings", "later_job"], ["published", "surprise", "crps"]].isna().all(axis=None)
    assert found.loc["later_job", "inside"] == ""


def test_what_was_kept_back_is_scored_against_naive_forecasts(folder: Path) -> None:
    """Observed as in the control group, the naive forecast is as good as any; far from it, the model's is better."""
    file = folder / "observed.toml"
    arguments = {"draws": 20, "out": folder / "out"}
    scores = {}
    for value in (0.17, 0.9):
        file.write_text(f"[observed]\nlater_job = {{ value = {value}, source = 'a paper' }}\n", encoding="utf-8")
        frame = sim.validate(folder / "cal.toml", folder / "draws.parquet", observed=file, **arguments)  # type: ignore[arg-type]
        scores[value] = frame.set_index("figure").loc["later_job"]
    assert scores[0.17]["source"] == "a paper"
    assert scores[0.17]["inside"] in ("50 %", "80 %")
    assert scores[0.9]["inside"] == "outside"
    assert scores[0.9]["surprise"] > 4
    assert scores[0.9]["crps"] > 10 * scores[0.17]["crps"]
    # The figure is the control group's own here, so "no effect" is the model's forecast itself.
    assert scores[0.17]["crps_no_effect"] == pytest.approx(scores[0.17]["crps"])
    assert 0 < scores[0.17]["crps_same_as_control"] < 0.02


def test_the_command(folder: Path, found: pd.DataFrame) -> None:
    said = command(folder, "--out", folder / "out")
    assert said.exception is None
    lines = [line.rstrip() for line in said.stdout.splitlines()]
    assert lines[0] == "cal: 20 draws x 2 replications of each config"
    assert any(line.strip().startswith("calibrated") and " 17.0 " in line for line in lines)
    assert any("planned meetings held" in line and "kept back" in line for line in lines)
    assert any(
        line.startswith("note: kept back, so not scored: meetings, later_job; --observed FILE") for line in lines
    )
    assert any(line.startswith("note: the draws were made with version 1 of the rules") for line in lines)
    assert lines[-1].endswith("(validation.csv, validation.parquet)")


def test_the_command_scores(folder: Path) -> None:
    file = folder / "observed.csv"
    file.write_text("figure;value;rounding;source\nlater_job;0,16;0,005;et papir\n", encoding="utf-8")
    said = command(folder, "--out", folder / "out", "--observed", file)
    assert said.exception is None
    assert "forecasts of what was kept back" in said.stdout
    assert "same as control: the forecast that the control group's published figure comes again" in said.stdout
    assert "note: kept back: of 1 figures" in said.stdout


def test_again_simulates_nothing_and_gives_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.study.calibrate import evaluations

    assert command(folder, "--out", folder / "again").exception is None
    before = (folder / "again" / "validation.parquet").read_bytes()
    monkeypatch.setattr(evaluations, "simulate_part", None)
    assert command(folder, "--out", folder / "again").exception is None
    assert (folder / "again" / "validation.parquet").read_bytes() == before


def test_draws_of_other_parameters(folder: Path, tmp_path: Path) -> None:
    other = draws(tmp_path, (*KEYS[:2], "staffing.net_hours_per_week"))
    with pytest.raises(UsageError) as refused:
        sim.validate(folder / "cal.toml", other)
    assert str(refused.value).startswith(
        f"{other.as_posix()}: holds no draws of meetings.window_weeks, a parameter of "
    )


GOOD = {
    "a.toml": ("[observed]\nx = 0.12\ny = { value = 3, rounding = 0.5 }\n", {"x": 0.12, "y": 3.0}),
    "a.csv": ("figure,value\nx,0.12\n\ny,3\n", {"x": 0.12, "y": 3.0}),
    "b.csv": ("\ufefffigure;value;source\nx;0,12;et papir\n", {"x": 0.12}),
}


@pytest.mark.parametrize("name", GOOD)
def test_files_of_observed_figures(tmp_path: Path, name: str) -> None:
    text, values = GOOD[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_observed(tmp_path / name, ["x", "y"])
    assert {key: one.value for key, one in found.items()} == values
    assert all(isinstance(one, Observed) for one in found.values())


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.toml", "[observed]\nxx = 0.1\n", ":2: xx: no figure of this name is kept back; did you mean x?"),
        ("a.toml", "[observed]\nx = 'a'\n", ":2: x: value must be a number from 0 on; it is a"),
        ("a.toml", "[observed]\nx = { value = 1, rnding = 2 }\n", ":2: x.rnding: unknown; there are value, rounding, source"),
        ("a.toml", "[observed]\nx = { rounding = 2 }\n", ":2: x: value must be a number from 0 on; it is missing"),
        ("a.toml", "x = 1\n", ":1: must have one table, [observed], with a value a figure"),
        ("a.csv", "figure,value\nx,1\nx,2\n", ":3: x: comes twice"),
        ("a.csv", "name,value\nx,1\n", ":1: needs the columns figure and value, and may have rounding and source; it has"),
        ("a.csv", "figure,value\nx,many\n", ":2: x: value must be a number from 0 on; it is many"),
        ("a.csv", "figure,value\n", ": holds no figures; there are x, y"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_observed(path, ["x", "y"])
    assert str(refused.value).startswith(f"{path.as_posix()}{message}")
