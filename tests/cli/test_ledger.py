"""`sim ledger`: what it prints, writes, and refuses."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import cli
from sim.errors import UsageError
from sim.file_names import file_names
from tests.analysis.ledger.small import make_runs

OVERVIEW = "business case, each minus base, million kr"
DETAIL = "{} minus base, 1,000 kr, price level 2018, 6 pairs of replications"
LEDGER = ("ledger", "business_case", "by_person")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs `base`, `pilot`, and `other`, which is the base with one more post in the other department."""
    folder = make_runs(tmp_path_factory.mktemp("ledger"))
    other = 'extends = "base.toml"\ndepartments.two.coordinators = 2\n'
    (folder / "other.toml").write_text(other, encoding="utf-8")
    sim.run(folder / "other.toml", out=folder / "other")
    return folder


@pytest.fixture(autouse=True)
def _here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def lines_of(*arguments: str | Path) -> list[str]:
    result = CliRunner().invoke(cli, ["ledger", *map(str, arguments)], prog_name="sim", standalone_mode=False)
    assert result.exception is None, result.exception
    return [line.rstrip() for line in result.stdout.splitlines()]


def refusal(*arguments: str) -> str:
    error = CliRunner().invoke(cli, list(arguments), prog_name="sim", standalone_mode=False).exception
    assert isinstance(error, UsageError)
    assert error.exit_code == 2
    return str(error)


def files(*suffixes: str) -> str:
    stems = [f"{stem}{suffix}" for suffix in suffixes for stem in LEDGER]
    return ", ".join(f"{stem}.{ending}" for stem in stems for ending in ("csv", "parquet"))


def test_one_run_shows_the_detail_too(tmp_path: Path) -> None:
    lines = lines_of("pilot", "--baseline", "base", "--out", tmp_path)
    assert lines[0] == OVERVIEW
    assert lines[2].split("  ")[0] == " variant"
    assert DETAIL.format("pilot") in lines
    assert any(line.startswith(" evaluation: budget: evaluation ") for line in lines)
    assert any(line.startswith(" benefits: cash_benefit ") for line in lines)
    assert any(line.startswith(" probability of breaking even by the end of 2020 ") for line in lines)
    assert len([line for line in lines if line.startswith("note: observed in part: 2020")]) == 1
    assert lines[-1] == f"files: {tmp_path.as_posix()} ({files('')})"
    made = sim.ledger("pilot", "base")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "ledger.parquet"), made.lines)
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "business_case.csv"), made.business_case, check_dtype=False)


def test_danish_files(tmp_path: Path) -> None:
    lines_of("pilot", "--baseline", "base", "--out", tmp_path, "--csv", "da")
    read = pd.read_csv(tmp_path / "ledger.csv", sep=";", decimal=",", encoding="utf-8-sig")
    pd.testing.assert_frame_equal(read, sim.ledger("pilot", "base").lines, check_dtype=False)


def test_several_runs_stand_beside_each_other() -> None:
    lines = lines_of("pilot", "other", "--baseline", "base")
    assert lines[0] == OVERVIEW
    assert [line.split()[0] for line in lines[4:6]] == ["pilot", "other"]
    assert not any("price level 2018, 6 pairs" in line for line in lines)
    assert [line[:52] for line in lines if line.startswith("note: ")] == [
        "note: observed in part: 2020 (25.7 of 52.3 weeks); o",
        "note: other still costs more in the last quarter: a ",
    ]
    place = r"files: results/ledger/pilot_other_vs_base-[0-9a-f]{8} "
    assert re.fullmatch(place + re.escape(f"({files('_pilot', '_other')})"), lines[-1])


def test_runs_of_one_name_have_files_of_their_own(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are called by their paths; nothing is written outside of the folder, and nothing twice."""
    for copy in ("p/pilot", "q/pilot", "here"):
        shutil.copytree(folder / "pilot", tmp_path / copy)
    shutil.copytree(folder / "base", tmp_path / "base")
    monkeypatch.chdir(tmp_path / "here")
    before = set(tmp_path.rglob("*"))
    lines_of("../p/pilot", "../q/pilot", "--baseline", "../base")
    made = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    (place,) = {path.parent for path in made}
    assert place.parent == tmp_path / "here" / "results" / "ledger"
    runs = [Path(path.name).stem.split("_")[-1] for path in sorted(made) if path.name.startswith("ledger_")]
    assert sorted(runs) == sorted(2 * file_names(["../p/pilot", "../q/pilot"]))
    assert len(made) == 12
    for name, suffix in zip(("../p/pilot", "../q/pilot"), file_names(["../p/pilot", "../q/pilot"]), strict=True):
        for stem in LEDGER:
            assert set(pd.read_csv(place / f"{stem}_{suffix}.csv")["variant"]) == {name}


def test_files_are_there_before_anything_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        assert len(list(tmp_path.iterdir())) == 6
        raise BrokenPipeError

    monkeypatch.setattr("sim.report.terminal.print_ledgers", closed)
    result = CliRunner().invoke(cli, ["ledger", "pilot", "base", "--out", str(tmp_path)], standalone_mode=False)
    assert isinstance(result.exception, BrokenPipeError)


def test_inputs_of_the_social_investment_model(tmp_path: Path) -> None:
    lines = lines_of("pilot", "--baseline", "base", "--out", tmp_path, "--som", tmp_path / "som.csv", "--csv", "en")
    assert lines[-1] == f"inputs of the social investment model: {(tmp_path / 'som.csv').as_posix()}"
    read = pd.read_csv(tmp_path / "som.csv")
    treated = sim.ledger("pilot", "base").treated.persons
    assert read.loc[read["del"] == "deltagere", "i alt"].item() == pytest.approx(treated, abs=1e-9)
    assert refusal("ledger", "pilot", "other", "--baseline", "base", "--som", "som.csv") == (
        "--som: the file holds one variant against its baseline; there are 2"
    )
    assert refusal("ledger", "pilot", "--baseline", "base", "--som", "som.txt") == (
        "--som: som.txt: must end with .csv or .xlsx"
    )


def test_several_runs_in_detail() -> None:
    lines = lines_of("pilot", "other", "--baseline", "base", "--detail")
    assert [line for line in lines if "price level 2018, 6 pairs" in line] == [
        DETAIL.format("pilot"),
        DETAIL.format("other"),
    ]


def test_the_baseline_is_the_last_or_the_one_named() -> None:
    expected = lines_of("pilot", "other", "--baseline", "base")
    assert lines_of("pilot", "other", "base") == expected
    assert lines_of("base", "pilot", "other", "--baseline", "base") == expected
    assert lines_of("base", "pilot", "other", "--baseline", "./base") == expected


def test_what_is_refused() -> None:
    assert refusal("ledger", "pilot", "--baseline", "bass") == (
        "bass: no such directory; name the directory of a run, such as results/50_per_worker"
    )
    assert refusal("ledger", "pilot", "other", "--baseline", "bass") == (
        "baseline: no run is called bass; there are pilot, other"
    )
    assert refusal("ledger", "pilot.toml", "--baseline", "base") == (
        "pilot.toml: a ledger is made of finished runs; run it first: sim run pilot.toml"
    )
    assert refusal("ledger", "pilot").startswith("pilot: one run only; name a second to compare it with")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["a", "b", "--ledger"], "--ledger: the ledger has a command of its own: sim ledger a --baseline b"),
        (
            ["a", "b", "c", "--ledger", "--money", "p.toml"],
            "--money: the ledger has a command of its own: sim ledger a b --baseline c --money p.toml",
        ),
        (["sweep", "--ledger"], "--ledger: the ledger has a command of its own: sim ledger sweep"),
    ],
)
def test_the_option_of_the_comparison_is_a_command_now(arguments: list[str], expected: str) -> None:
    assert refusal("compare", *arguments) == expected
