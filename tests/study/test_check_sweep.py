"""`sim check` and `sim sweep` say the same of an experiment, before any work."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import cli
from sim.config.experiment import load_experiment
from sim.errors import ConfigError
from sim.study.check_sweep import factors_without_effect
from tests.config.valid import VALID

MORE = """
[staffing.absence]
spells_per_year = 2
duration_weeks = 1

[staffing.turnover]
per_year = 1
vacancy_weeks = 1

[groups.ready.meetings]
interval_weeks = 13

[money]
price_year = 2018
benefits.cash_benefit = { flat = { kr_per_year = 100_000 } }
staff.coordinator_kr_per_year = 500_000
staff.roles_kr_per_year.company_consultant = 500_000
"""
NONE = "its values make no difference in this centre"


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.toml").write_text(VALID + MORE, encoding="utf-8")


def write(text: str) -> Path:
    Path("e.toml").write_text(f'[experiment]\nbase = "base.toml"\n{text}', encoding="utf-8")
    return Path("e.toml")


@pytest.mark.parametrize("name", ["caseload", "mean"])
def test_a_factor_named_like_a_column_of_the_results(name: str) -> None:
    write(f"[factors.{name}.levels.a]\n[factors.{name}.levels.b]\nrun.horizon_weeks = 8\n")
    message = f"e.toml:3: factors.{name}: this is a column of the results; choose another name\n"
    for command in (["check", "e.toml"], ["sweep", "e.toml", "--dry-run"]):
        done = CliRunner().invoke(cli, command)
        assert isinstance(done.exception, ConfigError)
        assert f"{done.exception}\n" == message
    with pytest.raises(ConfigError):
        sim.sweep("e.toml")


@pytest.mark.parametrize(
    ("factors", "why"),
    [
        ('"staffing.absence.max_factor"]\nvalues = [1, 5]', "its caseload_elasticity is 0"),
        ('"caseload.measured"]\nvalues = ["own", "centre"]', "no exit depends on the caseload"),
        ('"caseload.reference"]\nmin = 5\nmax = 9', "no exit depends on the caseload, nor do absence and turnover"),
        (
            '"money.discount_rate"]\nvalues = [0.03, 0.05]',
            "prices change none; price finished runs with `sim ledger --money FILE`",
        ),
        ('hours.levels.a]\n[factors.hours.levels.b]\nstaffing.net_hours_per_week = 30', NONE),
        ('"staffing.turnover.per_year"]\nmin = 0.1\nmax = 0.2', ""),
        ('"staffing.absence.spells_per_year"]\nvalues = [1, 2]', ""),
        ('"staffing.absence.spells_per_year"]\nvalues = [2]', ""),
    ],
)  # fmt: skip
def test_a_factor_without_effect_is_told_before_the_run(factors: str, why: str) -> None:
    design = "design = { sobol = { points = 4 } }\n" if "min" in factors else ""
    path = write(f"{design}[factors.{factors}\n")
    found = factors_without_effect(load_experiment(path))
    line = 4 if design else 3
    name = factors.split("]", maxsplit=1)[0].split(".levels", maxsplit=1)[0]
    told = [f"e.toml:{line}: factors.{name}: has no effect on any event: {why}"] if why else []
    assert [str(one) for one in found] == told
    notes = [f"note: {one}" for one in told]
    assert CliRunner().invoke(cli, ["check", "e.toml"]).stdout.splitlines()[1:] == notes


def test_a_sweep_tells_it_too() -> None:
    path = write("[factors.hours.levels.a]\n[factors.hours.levels.b]\nstaffing.net_hours_per_week = 30\n")
    told = f"e.toml:3: factors.hours: has no effect on any event: {NONE}"
    assert CliRunner().invoke(cli, ["sweep", str(path), "--dry-run"]).stderr == f"note: {told}\n"
    with pytest.warns(UserWarning, match="has no effect on any event") as warned:
        sim.sweep(path, replications=1)
    assert [str(one.message) for one in warned] == [told]
