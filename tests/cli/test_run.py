"""`sim run`: what it prints, writes, and refuses."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import sim
from sim.analysis.kpis import KPIS
from sim.analysis.summary import summarise
from sim.cli.main import cli
from sim.errors import SimError
from sim.report.progress import Bar, Lines
from sim.report.terminal import print_kpis
from sim.store.provenance import command_line
from sim.store.read import read
from sim.store.results import SummaryRow
from tests.batch.tiny import data, make, tiny


def sim_run(*arguments: str | Path) -> Result:
    """Run the command in this process, with one worker."""
    return CliRunner().invoke(
        cli, ["run", *map(str, arguments), "--workers", "1"], prog_name="sim", standalone_mode=False
    )


def refusal(*arguments: str | Path) -> tuple[int, str]:
    """Exit code and text of a refused command."""
    error = sim_run(*arguments).exception
    assert isinstance(error, SimError)
    return error.exit_code, str(error)


def test_a_real_command_under_another_hash_seed(tmp_path: Path) -> None:
    config = tiny(tmp_path)
    command = [sys.executable, "-m", "sim", "run", "tiny.toml", "--workers", "1", "--replications", "3"]
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parent.parent)}
    environment["PYTHONHASHSEED"] = "4711" if os.environ.get("PYTHONHASHSEED") == "0" else "0"
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""  # Progress is for terminals, and for runs of minutes.
    title, _, header, *lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert title == "tiny"
    assert header.split("  ")[0].strip() == "key figure"
    assert "95 % interval" in header
    shown = [line for line in lines if line.endswith(" 3") or line.endswith(" 0")]
    assert len(shown) == sum(kpi.headline for kpi in KPIS)
    files = (
        "(summary.csv, incidence_summary.csv, replications.parquet, weekly/, citizens/, schemes/, coordinators/, "
        "incidence/)"
    )
    assert lines[-1] == f"files: results/tiny {files}"
    assert data(tmp_path / "results" / "tiny") == data(make(config, tmp_path / "api", 3))
    manifest = json.loads((tmp_path / "results/tiny/manifest.json").read_text(encoding="utf-8"))
    assert manifest["runs"][0]["command"] == command_line(command)  # As it was called, so that it works if repeated.


def test_the_config_says_how_many_and_which_seed(tmp_path: Path) -> None:
    sim_run(tiny(tmp_path), "--out", tmp_path / "run")
    assert len(read(tmp_path / "run", "replications")) == 7
    sim_run(tiny(tmp_path), "--out", tmp_path / "other", "--seed", "2", "--replications", "2")
    assert data(tmp_path / "other") == data(make(tmp_path / "tiny.toml", tmp_path / "api", 2, seed=2))


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    result = sim_run(tiny(tmp_path), "--out", tmp_path / "run", "--replications", "3", "--dry-run")
    assert result.exception is None
    assert not (tmp_path / "run").exists()
    lines = result.stdout.splitlines()
    assert lines[:2] == ["tiny:", "replications to run: 3"]
    assert [line.split(":")[0] for line in lines[2:5]] == ["time", "memory", "disk"]
    assert lines[5].startswith("estimated from 3 replications of 1 of 1 point, run in ")


def test_several_configs_stand_side_by_side(tmp_path: Path) -> None:
    few = tiny(tmp_path, "few", ("citizens_per_coordinator = 20", "citizens_per_coordinator = 10"))
    result = sim_run(tiny(tmp_path), few, "--out", tmp_path / "both", "--replications", "2", "--all-kpis")
    assert result.exception is None
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    (header,) = [line for line in lines if "key figure" in line]
    assert header.split()[-2:] == ["tiny", "few"]
    labels = [line[1:].split("  ")[0] for line in lines]
    assert [label for label in labels if label in {kpi.label for kpi in KPIS}] == [kpi.label for kpi in KPIS]
    (counts,) = [line.split() for line in lines if line.startswith(" replications")]
    assert counts == ["replications", "2", "2"]
    assert [line.split(" (")[0] for line in lines if line.startswith("files:")] == [
        f"files: {(tmp_path / 'both' / name).as_posix()}" for name in ("tiny", "few")
    ]
    assert read(tmp_path / "both" / "few", "weekly")["variant"].unique().tolist() == ["few"]


@pytest.mark.parametrize(
    ("asked", "written"),
    [("", []), ("weekly", ["weekly"]), ("events, citizens", ["citizens", "events"])],
)
def test_tables(tmp_path: Path, asked: str, written: list[str]) -> None:
    sim_run(tiny(tmp_path), "--out", tmp_path / "run", "--replications", "1", "--tables", asked)
    folders = sorted(path.name for path in (tmp_path / "run").iterdir() if path.is_dir())
    assert folders == sorted(["kpis", *written])


def test_set_overrides_the_file(tmp_path: Path) -> None:
    sim_run(tiny(tmp_path), "--out", tmp_path / "run", "--replications", "1", "--set", "population.stock=24")
    assert read(tmp_path / "run", "weekly").query("week == 0")["stock"].sum() == 24


def test_all_problems_of_all_configs_come_before_any_work(tmp_path: Path) -> None:
    good = tiny(tmp_path)
    bad = tiny(tmp_path, "bad", ("stock = 40", "stok = 40"))
    worse = tiny(tmp_path, "worse", ("net_hours_per_week = 30", "net_hours_per_week = -1"))
    code, text = refusal(good, bad, worse, "--out", tmp_path / "run")
    assert code == 2
    assert text.splitlines() == [
        f"{bad.as_posix()}:8: population.stok: unknown key; did you mean stock?",
        f"{worse.as_posix()}:26: staffing.net_hours_per_week: must be between 0.01 and 168; it is -1",
    ]
    assert not (tmp_path / "run").exists()


def test_a_directory_that_is_taken_stops_all_configs(tmp_path: Path) -> None:
    first, second = tiny(tmp_path), tiny(tmp_path, "second")
    make(second, tmp_path / "run" / "second", 1, seed=9)
    code, text = refusal(first, second, "--out", tmp_path / "run")
    assert (code, text.splitlines()[1]) == (2, "  run.seed: 9 there, 1 now")
    assert not (tmp_path / "run" / "tiny").exists()


def test_two_configs_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = tiny(tmp_path, "Tiny"), tiny(tmp_path / "b")
    assert refusal(first, second) == (
        2,
        f"two configs are called tiny: {first.as_posix()} and {second.as_posix()}; "
        "rename one, or run them apart with --out",
    )
    assert refusal(first, first) == (2, f"{first.as_posix()}: named twice")


def test_unknown_tables(tmp_path: Path) -> None:
    expected = (2, "tables: unknown table 'weakly'; did you mean weekly?")
    assert refusal(tiny(tmp_path), "--tables", "weakly,citizens") == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--replications", "0"], "Invalid value for '--replications': 0 is not in the range x>=1."),
        (["--executor", "dask"], "Invalid value for '--executor': 'dask' is not one of 'processes', 'threads'."),
        (["--engine", "steam"], "Invalid value for '--engine': 'steam' is not one of 'compiled', 'simpy'."),
        ([], "Missing argument 'CONFIG...'."),
    ],
)
def test_mistyped_commands_end_with_2(arguments: list[str], expected: str) -> None:
    configs = ["tiny.toml"] if arguments else []
    command = [sys.executable, "-m", "sim", "run", *configs, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"Error: {expected}"


def test_threads(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        cli, ["run", str(tiny(tmp_path)), "--out", str(tmp_path / "run"), "--workers", "2", "--executor", "threads"]
    )
    assert result.exit_code == 0
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["runs"][0]["executor"], manifest["runs"][0]["workers"]) == ("threads", 2)


def test_simpy_in_threads_is_refused(tmp_path: Path) -> None:
    code, text = refusal(tiny(tmp_path), "--engine", "simpy", "--executor", "threads", "--out", tmp_path / "run")
    assert (code, text.partition(",")[0]) == (2, "executor: threads gain nothing with the simpy engine")
    assert not (tmp_path / "run").exists()


KPI = {kpi.name: kpi for kpi in KPIS}


def row(variant: str, kpi: str, values: list[float]) -> SummaryRow:
    return SummaryRow(variant, kpi, KPI[kpi].unit, *summarise(np.array(values, np.float64)))


def all_rows(variant: str) -> list[SummaryRow]:
    return [row(variant, kpi.name, [0.25, 0.5]) for kpi in KPIS]


@pytest.mark.parametrize(
    ("encoding", "ruled"), [("utf-8", {"\u2500"}), ("cp1252", set("|-+")), ("ascii", set("|-+"))]
)
def test_old_consoles_get_ascii(encoding: str, ruled: set[str]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    print_kpis({"v": all_rows("v")}, stream, everything=True, look={})
    stream.flush()
    rule = stream.buffer.getvalue().decode(encoding).splitlines()[3]
    assert set(rule) - {" "} == ruled


def test_progress_in_a_log_is_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 130.0, 160.0, 200.0, 225.0])
    monkeypatch.setattr("sim.report.progress.time.monotonic", lambda: next(clock))
    stream = io.StringIO()
    lines = Lines(stream)
    lines.begin(1, 40, 100)
    for _ in range(4):
        lines.advance("pilot", 10)
    assert stream.getvalue() == (
        "pilot: 60 of 100 replications, about 0:02:00 left\npilot: 80 of 100 replications, about 0:01:02 left\n"
    )


def test_progress_of_work_that_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 170.0])
    monkeypatch.setattr("sim.report.progress.time.monotonic", lambda: next(clock))
    stream = io.StringIO()
    lines = Lines(stream)
    lines.begin(1, 0, 0)
    lines.more(10)
    lines.more(20)
    lines.advance("study", 10)
    assert stream.getvalue() == "study: 10 of 30 replications, about 0:02:20 left\n"


def test_a_bar_of_work_that_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    stream = io.StringIO()
    with Bar(stream) as bar:
        bar.stopping()  # Ctrl-C before there is anything to do.
        bar.begin(1, 0, 0)
        bar.more(30)
        bar.advance("study", 10)
    assert re.sub(r"\s+", " ", stream.getvalue()).strip().startswith("study (stopping; Ctrl-C again: at once)")
    assert "10/30" in stream.getvalue()


def test_a_number_that_is_hardly_meant_is_asked_about_first(tmp_path: Path) -> None:
    config = tiny(tmp_path, "tiny", ("net_hours_per_week = 30", "net_hours_per_week = 130"))
    result = sim_run(config, "--out", tmp_path / "run", "--replications", "1", "--tables", "")
    (question,) = result.stderr.splitlines()
    assert question.startswith(f"note: {config.as_posix()}:")
    assert question.endswith("staffing.net_hours_per_week: is 130 hours a week meant? Usual is 10 to 45")
    assert (tmp_path / "run" / "summary.csv").is_file()
