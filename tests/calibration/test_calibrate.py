"""`sim calibrate`: what it finds, keeps, writes and says."""

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import cli
from sim.errors import UsageError
from sim.store.evaluations import FOLDER
from sim.store.posterior import FILE, read_posterior
from sim.study.calibrate import evaluations, missing
from sim.study.calibrate.reading import read_calibration
from tests.calibration.files import write

JOB, OTHER = "groups.ready.exits.job.hazard_per_week", "groups.sick.exits.other.hazard_per_week"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, sim.CalibrationResult]:
    folder = tmp_path_factory.mktemp("calibrated")
    path = write(folder)
    return path, sim.calibrate(path, out=folder / "out")


def files(directory: Path) -> dict[str, bytes]:
    return {
        file.relative_to(directory).as_posix(): file.read_bytes()
        for file in sorted(directory.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def test_the_posterior_agrees_with_the_targets(done: tuple[Path, sim.CalibrationResult]) -> None:
    _, result = done
    targets = result.targets.set_index("target")
    # Two targets, two parameters that move them: what is expected lies within the error of what was published.
    assert targets["surprise"].abs().max() < 2
    assert targets["check_z"].abs().max() < 4
    assert (targets["prior_high"] - targets["prior_low"] > targets["high"] - targets["low"]).all()


def test_the_posterior_holds_what_the_theory_says(done: tuple[Path, sim.CalibrationResult]) -> None:
    """Of each group, half of all, a share 1 - exp(-12 h) of the starting citizens leaves in 12 weeks."""
    _, result = done
    row = result.parameters.set_index("parameter").loc[JOB]
    exact = -np.log(1 - 2 * 0.17) / 12
    assert row["low"] < exact < row["high"]
    # Standard error of h from that of the share: sqrt(p (1 - p) / 400) x dh/dp, plus the emulator's.
    error = np.sqrt(0.17 * 0.83 / 400) * 2 / 12 / (1 - 0.34)
    assert error * 0.7 < row["sd"] < error * 2.5


def test_what_is_learnt(done: tuple[Path, sim.CalibrationResult]) -> None:
    _, result = done
    learnt = result.parameters.set_index("parameter")["learnt"]
    assert learnt[JOB] == "learnt"
    assert learnt["meetings.window_weeks"] == "not learnt"
    assert any(line.startswith("not learnt") and "window_weeks" in line for line in result.sentences)


def test_the_draws_say_where_they_are_from(done: tuple[Path, sim.CalibrationResult]) -> None:
    path, result = done
    posterior = read_posterior(result.posterior)
    assert posterior.keys == (JOB, OTHER, "meetings.window_weeks")
    assert posterior.values.shape == (60, 3)
    assert posterior.about["calibration"] == "cal"
    assert posterior.about["definition"]["targets"]["job"]["value"] == 0.17
    assert set(posterior.about["config_hashes"]) == {"tiny"}
    assert posterior.about["seed"] == 1
    fields = pq.read_schema(result.posterior)
    assert fields.field(JOB).metadata[b"unit"] == b"a week"
    assert read_posterior(path.parent / "out").digest == posterior.digest
    found = read_calibration(path.parent / "out")
    assert found.question == "Which hazards?"
    assert [row.spread_left for row in found.parameters] == found.identified.ratios.tolist()
    # The scores that are found again give the draws.
    again = [prior.at_scores(found.scores[:, i]) for i, prior in enumerate(found.priors)]
    assert np.abs(np.stack(again, axis=1) / posterior.values - 1.0).max() < 1e-4


def test_what_was_killed_goes_on_to_the_same_bytes(done: tuple[Path, sim.CalibrationResult], tmp_path: Path) -> None:
    """Some parts are there, one is cut short, one is damaged inside, others and all results are not."""
    path, _ = done
    before = files(path.parent / "out")
    parts = sorted((path.parent / "out" / FOLDER).iterdir())
    there = tmp_path / "again" / FOLDER
    there.mkdir(parents=True)
    for part in parts[:6]:
        shutil.copy(part, there)
    (there / parts[0].name).write_bytes(parts[0].read_bytes()[:-20])
    damaged = bytearray(parts[1].read_bytes())
    damaged[len(damaged) // 3] ^= 255
    (there / parts[1].name).write_bytes(damaged)
    sim.calibrate(path, out=tmp_path / "again", workers=2, executor="threads")
    assert files(tmp_path / "again") == before


@pytest.mark.long
def test_other_targets_need_no_new_design(done: tuple[Path, sim.CalibrationResult], tmp_path: Path) -> None:
    path, _ = done
    out = tmp_path / "out"
    shutil.copytree(path.parent / "out", out)
    design = {part.name for part in (out / FOLDER).iterdir()}
    sim.calibrate(write(tmp_path, "value = 0.17", "value = 0.2"), out=out)
    new = {part.name for part in (out / FOLDER).iterdir()} - design
    assert len(new) == (16 + 8) / 4  # The second design, and the check.


def test_a_prior_that_excludes_the_truth_is_noticed(tmp_path: Path) -> None:
    """With hazards below 0.01 hardly 0.06 of all leave to a job; 0.17 were published."""
    path = write(tmp_path, "lognormal = { median = 0.04, factor = 4 }", "uniform = { min = 0.001, max = 0.01 }")
    result = sim.calibrate(path, out=tmp_path / "out")
    row = result.targets.set_index("target").loc["job"]
    assert row["tail"] < 0.01
    assert row["prior_tail"] < 0.01
    from sim.report.calibration import notes

    assert any(
        note.startswith("the posterior does not reach what was published of starting citizens: job")
        for note in notes(result.outcome)
    )


def test_the_command_run_again(done: tuple[Path, sim.CalibrationResult], monkeypatch: pytest.MonkeyPatch) -> None:
    """It simulates nothing, and writes the same bytes."""
    path, _ = done
    before = files(path.parent / "out")
    monkeypatch.chdir(path.parent)
    monkeypatch.setattr(evaluations, "simulate_part", None)
    arguments = ["calibrate", path.name, "--out", "out", "--workers", "1"]
    said = CliRunner().invoke(cli, arguments, prog_name="sim", standalone_mode=False)
    assert said.exception is None
    assert files(path.parent / "out") == before
    lines = [line.rstrip() for line in said.stdout.splitlines()]
    assert lines[0] == "cal: parameters"
    assert any(line.strip().startswith("hazard of a job") and line.endswith(" learnt") for line in lines)
    assert any("starting citizens: job" in line and "17.0 ±0.50" in line for line in lines)
    assert lines[-1] == (
        f"files: out ({FILE}, parameters.csv, targets.csv, effects.csv, correlations.csv, directions.csv)"
    )


def test_a_run_is_not_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path)
    sim.run(tmp_path / "tiny.toml", replications=1, out=tmp_path / "out")
    with pytest.raises(UsageError, match=r"holds a run, not a calibration; choose another --out$"):
        sim.calibrate(path, out=tmp_path / "out")


def test_without_the_libraries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(missing, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as refused:
        sim.calibrate(write(tmp_path))
    assert str(refused.value) == (
        "calibration needs scikit-learn and emcee, not installed here: "
        'python -m pip install "jobcentre-sim[calibrate]"'
    )


def test_files_that_hold_no_draws(tmp_path: Path, done: tuple[Path, sim.CalibrationResult]) -> None:
    _, result = done
    with pytest.raises(UsageError, match=r"no such file; 'sim calibrate' writes posterior\.parquet$"):
        read_posterior(tmp_path / "x.parquet")
    text = tmp_path / "text.parquet"
    text.write_text(json.dumps({"a": 1}), encoding="utf-8")
    with pytest.raises(UsageError, match="is damaged, or no Parquet file"):
        read_posterior(text)
    with pytest.raises(UsageError, match="holds no draws of a calibration"):
        read_posterior(result.posterior.with_name("targets.parquet"))
