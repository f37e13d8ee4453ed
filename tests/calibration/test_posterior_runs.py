"""`sim run --posterior`: draws take the place of values, variants share them, both uncertainties are told apart."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import sim
from sim.analysis.components import components
from sim.analysis.ledger.judged import NET, judged
from sim.analysis.ledger.ledger import Ledger
from sim.cli.main import cli
from sim.errors import UsageError
from sim.store.posterior import read_posterior, write_posterior
from sim.store.run import open_runs
from tests.batch.tiny import data, tiny

JOB = "groups.ready.exits.job.hazard_per_week"
DRAWS = 30
PRICES = """
[money]
price_year = 2018
[money.staff]
coordinator_kr_per_year = 530_000
[money.benefits]
cash_benefit = { flat = { kr_per_year = 115_000 } }
sickness_benefit = { flat = { kr_per_year = 115_000 } }
"""
ABOUT = {"calibration": "cal", "version": "1", "rules": 1, "seed": 1}


def draws_file(folder: Path, name: str = "posterior.parquet", shift: float = 0.0, key: str = JOB) -> Path:
    """Hazards from 0.01 to 0.1 and beyond, in no order."""
    values = 0.01 + shift + 0.09 * np.random.default_rng(1).uniform(size=(DRAWS, 1))
    path = folder / name
    write_posterior(path, [key], ["a week"], values, ABOUT)
    return path


def command(*arguments: str | int | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments), "--workers", "1", "--quiet"], prog_name="sim")


def checked_command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)], prog_name="sim", standalone_mode=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("posterior")
    tiny(made)
    more = made / "more.toml"
    more.write_text('extends = "tiny.toml"\n[staffing]\ncitizens_per_coordinator = 10\n', encoding="utf-8")
    draws_file(made)
    for name in ("tiny", "more"):
        sim.run(made / f"{name}.toml", replications=20, posterior=made / "posterior.parquet", out=made / name)
    return made


def test_each_draw_gives_its_replications_their_parameters(folder: Path) -> None:
    """Replication r is that of a config with the values of draw r // 2."""
    posterior = read_posterior(folder / "posterior.parquet")
    found = sim.run(folder / "tiny.toml", replications=20, posterior=posterior.path).replications
    for draw in (0, 3, 9):
        alone = sim.evaluate(folder / "tiny.toml", [posterior.draw(draw)], 2 * draw + 2)[0, 2 * draw :]
        assert found[list(sim.KPI_NAMES)].to_numpy()[2 * draw : 2 * draw + 2] == pytest.approx(alone, nan_ok=True)


def test_the_parameters_spread_the_results(folder: Path) -> None:
    with_draws = sim.run(folder / "tiny.toml", replications=20, posterior=folder / "posterior.parquet")
    told = with_draws.uncertainty.set_index("kpi").loc["cohort_job_share"]
    values = with_draws.replications["cohort_job_share"].to_numpy()
    exact = components(values, 2)
    assert told["parameters_sd"] == exact.between_sd > 0
    assert told["chance_sd"] == exact.within_sd
    assert (told["draws"], told["replications"]) == (10, 20)
    # Half of 40 citizens with hazards even over 0.01 to 0.1: a share (1 - exp(-12 h)) / 2 with sd 0.085; ten draws.
    assert abs(told["parameters_sd"] - 0.085) < 4 * 0.085 / np.sqrt(2 * 9)
    row = with_draws.summary.set_index("kpi").loc["cohort_job_share"]
    assert row["ci95_high"] - row["ci95_low"] > 2 * 1.96 * told["chance_se"]


def test_the_manifest_says_which_draws(folder: Path) -> None:
    told = json.loads((folder / "tiny" / "manifest.json").read_text(encoding="utf-8"))["posterior"]
    assert told["digest"] == read_posterior(folder / "posterior.parquet").digest
    assert told["replications_per_draw"] == 2
    assert (told["draws"], told["keys"], told["calibration"]) == (DRAWS, [JOB], "cal")


def test_more_replications_and_resumed_runs_have_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """9 replications end in the middle of a draw; 20 afterwards are those of 20 at once, with any workers."""
    arguments: dict[str, Any] = {"posterior": folder / "posterior.parquet", "out": tmp_path / "run"}
    sim.run(folder / "tiny.toml", replications=9, **arguments)
    sim.run(folder / "tiny.toml", replications=20, workers=2, executor="threads", **arguments)
    assert data(tmp_path / "run") == data(folder / "tiny")


def test_a_lost_part_is_made_again(folder: Path, tmp_path: Path) -> None:
    arguments: dict[str, Any] = {"posterior": folder / "posterior.parquet", "out": tmp_path / "run"}
    sim.run(folder / "tiny.toml", replications=20, **arguments)
    for part in sorted((tmp_path / "run").rglob("part-*.parquet"))[::2]:
        part.unlink()
    with pytest.warns(UserWarning, match="missing, so it is made again"):
        sim.run(folder / "tiny.toml", replications=20, **arguments)
    assert data(tmp_path / "run") == data(folder / "tiny")


def test_other_draws_are_refused(folder: Path, tmp_path: Path) -> None:
    other = draws_file(tmp_path, "other.parquet", 0.001)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"posterior": other}, r"cal \([0-9a-f]{12}\), 2 replications of each draw now"),
        ({"posterior": folder / "posterior.parquet", "per_draw": 3}, r"cal \([0-9a-f]{12}\), 3 replications"),
        ({}, "none now"),
    )
    for arguments, now in cases:
        with pytest.raises(UsageError, match=rf"draws of a posterior: cal \([0-9a-f]{{12}}\), 2 .* there, {now}"):
            sim.run(folder / "tiny.toml", replications=20, out=folder / "tiny", **arguments)


def test_variants_share_their_draws(folder: Path) -> None:
    """The difference varies far less from draw to draw than each variant does."""
    found = sim.compare(folder / "more", folder / "tiny")
    of_difference = found.components["more"]["cohort_job_share"]
    alone = sim.run(folder / "tiny.toml", replications=20, posterior=folder / "posterior.parquet").uncertainty
    assert of_difference.between_sd < float(alone.set_index("kpi")["parameters_sd"]["cohort_job_share"]) / 2
    assert of_difference.draws == 10


def test_runs_with_other_draws_are_no_pairs(folder: Path, tmp_path: Path) -> None:
    sim.run(folder / "tiny.toml", replications=20, out=tmp_path / "plain")
    with pytest.raises(
        UsageError, match=r"draws of a posterior: cal \(.*\), 2 replications of each draw in more, none in"
    ):
        sim.compare(folder / "more", tmp_path / "plain")


def test_the_commands_tell_both_uncertainties(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = command("run", folder / "tiny.toml", "--replications", 20, "--posterior", folder / "posterior.parquet")
    assert said.exit_code == 0, said.output
    assert "tiny: parameters and chance apart" in said.stdout
    assert "over the draws: 95 % interval of the expected figure" in said.stdout
    assert "1 keys of the config are draws of the calibration cal" in said.stdout
    assert "files: results/tiny (summary.csv, uncertainty.csv, incidence_summary.csv" in said.stdout
    compared = CliRunner().invoke(cli, ["compare", str(folder / "more"), str(folder / "tiny")], prog_name="sim")
    assert "more minus tiny: parameters and chance apart" in compared.stdout
    assert "comparison_uncertainty.csv" in compared.stdout


LATER = f"""
[changes.spring]
date = 2018-02-01
{JOB} = 0.02
"""


def test_a_policy_with_a_date_wins_and_that_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tiny(tmp_path)
    path.write_text(path.read_text("utf-8") + LATER, encoding="utf-8")
    draws_file(tmp_path)
    line = len(path.read_text("utf-8").splitlines())
    holds = "holds from 2018-02-01 on, instead of the draws of posterior.parquet"
    note = f"tiny.toml:{line}: changes.spring.{JOB}: {holds}"
    checked = checked_command("tiny.toml", "--posterior", "posterior.parquet")
    assert checked.stdout.splitlines()[-1] == f"note: {note}"
    ran = command("run", "tiny.toml", "--replications", 4, "--posterior", "posterior.parquet")
    assert ran.stderr == f"note: {note}\n"
    assert note in " ".join(ran.stdout.split())
    arguments = ("--replications", 4, "--posterior", "posterior.parquet", "--out", "other")
    assert "changes.spring" not in command("run", folder / "tiny.toml", *arguments).output


def test_sim_check_says_whether_draws_fit(folder: Path) -> None:
    fitting = checked_command(folder / "tiny.toml", "--posterior", folder / "posterior.parquet")
    assert fitting.exception is None
    assert "draws" not in fitting.stdout
    other = draws_file(folder, "raedy.parquet", key=JOB.replace("ready", "raedy"))
    said = checked_command(folder / "tiny.toml", "--posterior", other)
    assert "its draws do not fit" in str(said.exception)


def test_a_report_and_the_ledger_count_draws_alike(folder: Path, tmp_path: Path) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text(PRICES, encoding="utf-8")
    (tmp_path / "tiny.toml").write_text((folder / "tiny.toml").read_text("utf-8").replace("0.03", "0.05"), "utf-8")
    sim.run(tmp_path / "tiny.toml", replications=20, posterior=folder / "posterior.parquet", out=tmp_path / "run")
    faster, tiny_run = (open_runs(of)[0] for of in (tmp_path / "run", folder / "tiny"))
    ledger = Ledger(faster, tiny_run, prices)
    (told, *_) = judged(faster, tiny_run, prices)
    for a, b in zip(told.figures, ledger.figures, strict=True):
        assert a == pytest.approx(b, nan_ok=True)
    place = ledger.line_names.index(NET)
    ends = [(i.ci95_low[line, 0], i.ci95_high[line, 0]) for i, line in (
        (told.intervals, told.place(NET)), (ledger.intervals, place)
    )]  # fmt: skip
    assert ends[0] == pytest.approx(ends[1])
    assert ends[0][1] > ends[0][0]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--per-draw", "2"], "--per-draw: only with --posterior"),
        (["--posterior", "none.parquet"], "none.parquet: no such file; 'sim calibrate' writes posterior.parquet"),
        (["--posterior", "p.parquet", "--replications", "61"],
         "p.parquet: holds 30 draws, of 2 replications each: at most 60 replications; 61 were asked for "
         "(--per-draw makes it more)"),
        (["--posterior", "p.parquet", "--precision", "timely_share=0.1"],
         "--precision: not with --posterior, where more replications need more draws too"),
        (["--posterior", "group.parquet"],
         "group.parquet: its draws do not fit: tiny.toml has no groups.raedy; did you mean ready?"),
        (["--posterior", "negative.parquet"], "negative.parquet: draw 0 is no valid config of tiny.toml:"),
    ],
)  # fmt: skip
def test_refusals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], text: str) -> None:
    monkeypatch.chdir(tmp_path)
    tiny(tmp_path)
    draws_file(tmp_path, "p.parquet")
    draws_file(tmp_path, "group.parquet", key=JOB.replace("ready", "raedy"))
    draws_file(tmp_path, "negative.parquet", shift=-1.0)
    said = command("run", "tiny.toml", *arguments)
    assert said.exit_code == 2 or said.exception is not None
    shown = said.output + str(said.exception or "")
    assert text in shown
    assert not (tmp_path / "results").exists()


def test_a_run_without_a_posterior_has_no_table_of_uncertainty(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"this run has no posterior, so its parameters are taken as known$"):
        _ = sim.run(folder / "tiny.toml", replications=2).uncertainty
