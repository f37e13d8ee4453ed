"""What is wrong with a calibration file is told with file, line, key, value and what is allowed."""

import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy import stats

from sim.cli.main import cli
from sim.config import load
from sim.config.calibration import load_calibration
from sim.config.calibration.priors import Prior
from sim.config.experiment import load_experiment
from sim.errors import ConfigError
from sim.study.calibrate.looked import look_up
from tests.calibration.files import GOOD, write

WRONG = [
    ("points = 40", "points = 8", "4: calibration.points: must be between 32 and 20000; it is 8"),
    ("points = 40", "pionts = 40", "4: calibration.pionts: unknown key; did you mean points?"),
    ('[parameters."meetings.window_weeks"]', "[parameters.meetings.window_weeks]",
     '23: parameters.meetings: a dotted key needs quotes here: [parameters."meetings.window_weeks"]'),
    ('"meetings.window_weeks"', '"meetings.windw_weeks"',
     '23: parameters."meetings.windw_weeks": unknown key; did you mean window_weeks?'),
    ('"groups.sick.exits', '"groups.sikc.exits',
     '19: parameters."groups.sikc.exits.other.hazard_per_week": tiny has no groups.sikc; did you mean sick?'),
    ('"meetings.window_weeks"', '"population.stock"',
     '23: parameters."population.stock": population.stock is not a number with decimals, so there is no prior of it'),
    ("min = 0.001, max = 0.08", "min = 0.1, max = 0.08",
     '20: parameters."groups.sick.exits.other.hazard_per_week".prior.uniform.max: must be above min, 0.1; it is 0.08'),
    ("factor = 4", "faktor = 4",
     '15: parameters."groups.ready.exits.job.hazard_per_week".prior.lognormal.faktor: unknown key; did you mean factor?'),
    ('kpi = "cohort_job_share"\nvalue', 'kpi = "cohort_jobs_share"\nvalue',
     "28: targets.job.kpi: there is no key figure 'cohort_jobs_share'; did you mean cohort_job_share?"),
    ('"cohort_other_share"]', '"mean_stock"]',
     "35: targets.left.kpis: key figures of one unit can be added; these are share and citizens"),
    ("value = 0.17", "value = 17", "29: targets.job.value: must be between 0 and 1, as the share that it is; it is 17"),
    ("value = 0.17\n", "", "27: targets.job.value: missing; a figure without a value belongs in [kept_back]"),
    ('kpi = "meetings_per_year"', 'kpi = "meetings_per_year"\nvalue = 12',
     "51: kept_back.meetings.value: is kept back; its value belongs in the file of --observed"),
    ('control = "job"', 'control = "jobs"', "52: kept_back.meetings.control: there is no target 'jobs'; there are job, left"),
    ("standard_error = 0.2", "share = { citizens = 4 }",
     "51: kept_back.meetings.sampling: share does not fit the unit, per citizen-year; state a standard_error"),
    ('config = "tiny.toml"', 'config = "tony.toml"', "12: configs.tiny.config: "),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "text"), WRONG, ids=[text.split(":")[1].strip() for _, _, text in WRONG])
def test_refusals(tmp_path: Path, old: str, new: str, text: str) -> None:
    path = write(tmp_path, old, new)
    with pytest.raises(ConfigError) as refused:
        look_up(load_calibration(path))
    assert re.sub(r"\s+", " ", str(refused.value)).startswith(f"{path.as_posix()}:{text}"), str(refused.value)


def test_a_config_is_no_calibration(tmp_path: Path) -> None:
    path = write(tmp_path).with_name("tiny.toml")
    with pytest.raises(ConfigError, match=r"tiny.toml: is a config, not a calibration; 'sim run' takes it$"):
        load_calibration(path)


def test_the_same_name_in_two_groups(tmp_path: Path) -> None:
    more = '\n[identities.job]\nkpi = "mean_stock"\nvalue = 40\nsampling = { standard_error = 1 }\nsource = "x"\n'
    with pytest.raises(
        ConfigError, match=r"identities\.job: there is a figure of this name among the targets already$"
    ):
        load_calibration(write(tmp_path, more=more))


def test_what_is_loaded(tmp_path: Path) -> None:
    loaded = load_calibration(write(tmp_path))
    assert [one.label for one in loaded.parameters] == ["hazard of a job", "other.hazard_per_week", "window_weeks"]
    assert [one.unit for one in loaded.parameters] == ["a week", "a week", "weeks"]
    assert [(one.name, one.group, one.config) for one in loaded.figures] == [
        ("job", "calibrated", "tiny"),
        ("left", "calibrated", "tiny"),
        ("stay", "predicted", "tiny"),
        ("meetings", "kept back", "tiny"),
    ]
    (centre,) = loaded.centres
    values = {"groups.ready.exits.job.hazard_per_week": 0.07, "meetings.window_weeks": 1.5}
    config = centre.config({**values, "groups.sick.exits.other.hazard_per_week": 0.02})
    assert config.groups["ready"].exits["job"].hazard_per_week == 0.07
    assert config.meetings is not None
    assert config.meetings.window_weeks == 1.5


PRIORS = {
    "uniform": ({"uniform": {"min": 1.0, "max": 3.0}}, stats.uniform(1, 2)),
    "log_uniform": ({"log_uniform": {"min": 1.0, "max": 100.0}}, stats.loguniform(1, 100)),
    "lognormal": (
        {"lognormal": {"median": 5.0, "factor": 2.0}},
        stats.lognorm(np.log(2) / stats.norm.ppf(0.975), scale=5),
    ),
    "normal": ({"normal": {"mean": 2.0, "sd": 1.0, "max": 3.0}}, stats.truncnorm(-2, 1, 2, 1)),
    "beta": ({"beta": {"mean": 0.2, "sd": 0.1}}, stats.beta(0.2 * 15, 0.8 * 15)),
}


@pytest.mark.parametrize("name", PRIORS)
def test_priors_are_what_they_say(name: str) -> None:
    stated, exact = PRIORS[name]
    scores = np.linspace(-3, 3, 25)
    found = Prior.model_validate(stated).at_scores(scores)
    assert found == pytest.approx(exact.ppf(stats.norm.cdf(scores)), rel=1e-9)


def test_a_factor_is_the_95_percent_range() -> None:
    prior = Prior.model_validate({"lognormal": {"median": 6.0, "factor": 3.0}})
    assert prior.at_scores(stats.norm.ppf([0.025, 0.975])) == pytest.approx([2.0, 18.0])


def test_the_example_is_good(tmp_path: Path) -> None:
    assert "kept_back" in GOOD
    assert len(look_up(load_calibration(write(tmp_path)))) == 4


def test_the_shipped_calibration() -> None:
    """Its targets are of the control arm and of years before 2017; what is kept back has no value."""
    loaded = load_calibration(Path(__file__).parents[2] / "experiments" / "calibrate_control_arm.toml")
    figures = look_up(loaded)
    assert {one.config for one in loaded.targets} == {"control", "before"}
    assert [one.value for one in figures if one.group == "kept back" and not np.isnan(one.value)] == []
    assert all(one.source for one in loaded.parameters)
    controls = {one.stated.control for one in loaded.figures if one.group == "kept back"}
    assert controls == {one.name for one in loaded.targets if one.config == "control"}


def test_the_shipped_figures_of_the_agreement() -> None:
    """Nothing is calibrated to them, and what is kept back has no value."""
    loaded = load_calibration(Path(__file__).parents[2] / "experiments" / "agreement_figures.toml")
    figures = look_up(loaded)
    assert (loaded.parameters, loaded.targets) == ((), ())
    kept = [one for one in figures if one.group == "kept back"]
    assert len(kept) == 6
    assert all(np.isnan(one.value) for one in kept)
    assert not any(np.isnan(one.value) for one in figures if one.group != "kept back")


def test_a_parameter_that_a_policy_of_a_config_takes_the_place_of(tmp_path: Path) -> None:
    path = write(tmp_path)
    config = path.with_name("tiny.toml")
    text = (
        config.read_text(encoding="utf-8") + "\n[changes.spring]\ndate = 2018-02-01\nmeetings.window_weeks = 1.5\n"
    )
    config.write_text(text, encoding="utf-8")
    said = CliRunner().invoke(cli, ["check", str(path)], prog_name="sim", standalone_mode=False)
    line = len(text.splitlines())
    assert said.stdout.splitlines()[1:] == [
        f"note: {config.as_posix()}:{line}: changes.spring.meetings.window_weeks: holds from 2018-02-01 on, instead of "
        "the parameter"
    ]


def test_other_commands_say_what_it_is(tmp_path: Path) -> None:
    path = write(tmp_path)
    with pytest.raises(ConfigError, match=r"is a calibration, not a config; 'sim calibrate' takes it$"):
        load(path)
    with pytest.raises(ConfigError, match=r"is a calibration, not an experiment; 'sim calibrate' takes it$"):
        load_experiment(path)
    said = CliRunner().invoke(cli, ["check", str(path)], prog_name="sim", standalone_mode=False)
    assert said.stdout == f"{path.as_posix()}: ok (calibration, 3 parameters, 2 targets, 2 other figures)\n"
