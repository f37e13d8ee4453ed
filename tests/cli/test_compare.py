"""`sim compare`: what it prints, writes, and refuses."""

import io
import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sim
from sim.analysis.attention.after import NOT_CALIBRATED
from sim.analysis.comparison.differences import HEADLINE
from sim.analysis.incidence.table import PAIRS
from sim.analysis.kpis import KPIS
from sim.analysis.periods import MEASURES
from sim.catalogue import EVERYONE, Since
from sim.cli.main import cli
from sim.errors import SimError, UsageError
from sim.report.compared import cells
from sim.report.comparison import BY, compared
from sim.report.terminal import print_comparison
from tests.batch.tiny import data, make, tiny

HURRIED = ("net_hours_per_week = 30", "net_hours_per_week = 4")
FILES = (
    "(comparison.csv, comparison.parquet, comparison_by_period.csv, comparison_by_period.parquet, "
    "comparison_incidence.csv, comparison_incidence.parquet)"
)
PAIRED = "difference: hurried minus calm, paired by replication: both have the same citizens with the same luck"
HEADLINES = [kpi.label for kpi in KPIS if kpi.headline]


def compare(*arguments: str | Path) -> Result:
    """Run the command in this process, with one worker."""
    words = ["compare", *map(str, arguments), "--workers", "1"]
    return CliRunner().invoke(cli, words, prog_name="sim", standalone_mode=False)


def lines_of(result: Result) -> list[str]:
    assert result.exception is None
    return [line.rstrip() for line in result.stdout.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs of 8 replications: `hurried` (4 hours a week) and `calm` (30)."""
    folder = tmp_path_factory.mktemp("compare")
    make(tiny(folder, "hurried", HURRIED), folder / "results" / "hurried", 8)
    make(tiny(folder, "calm"), folder / "results" / "calm", 8)
    return folder


@pytest.fixture
def runs(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Path, Path]:
    monkeypatch.chdir(tmp_path)
    return folder / "results" / "hurried", folder / "results" / "calm"


def test_a_real_command(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sim", "compare", "results/hurried", "results/calm", "--out", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parent.parent)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    title, _, header, _, *lines = [line.strip() for line in done.stdout.splitlines()]
    assert title == "hurried minus calm, 8 pairs of replications"
    assert header.split("  ")[0] == "key figure"
    words = "hurried calm difference 95 % interval larger p correlation saved"
    assert " ".join(header.split()[3:]) == words
    assert [line.split("  ")[0] for line in lines[: len(HEADLINES)]] == HEADLINES
    (timely,) = [line.split("  ") for line in lines if line.startswith("meetings held in time")]
    assert [cell.strip() for cell in timely if cell][4].endswith(" pp")
    tests = sum(
        not math.isnan(row.paired.p_value)
        for row in sim.compare(folder / "results" / "hurried", folder / "results" / "calm").rows
        if row.kpi in HEADLINE
    )
    at = lines.index("what to look at:")
    assert lines[-2] == NOT_CALIBRATED
    assert [*lines[lines.index(PAIRED) : at], lines[-1]] == [
        PAIRED,
        "95 % interval: holds the expected difference in 95 of 100 such comparisons; more replications narrow it; "
        "pp: percentage points",
        "larger: share of the replications in which hurried is larger than calm, ties counted half; "
        "whether larger is better depends on the figure",
        "p: how probable so large a difference is by chance alone, if the two were alike; below 0.05 is hardly "
        f"chance (paired t test, Holm-adjusted for the {tests} differences tested)",
        "correlation: 1 where hurried and calm rise and fall together from replication to replication, "
        "0 where they do not",
        "saved: replications saved by pairing, of each variant: so many more would be needed for an interval as "
        "narrow as this if the two did not share their luck; below 0: pairing cost some",
        "skewed: some replications are far from the rest; the interval holds the true value less often than 95 "
        "times in 100; more replications help",
        "with fewer than 20 replications nobody can see how skewed a figure is: an interval may hold the true value "
        "less often than it says",
        "",
        f"files: {tmp_path.as_posix()} {FILES}",
    ]


def test_the_default_directory(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Its name tells which runs only if each is where its name says."""
    (tmp_path / "results").mkdir()
    here = [shutil.copytree(run, Path("results") / run.name) for run in runs]
    assert lines_of(compare(*here))[-1] == f"files: results/compare/hurried_vs_calm {FILES}"
    assert lines_of(compare(*here, "--baseline", "hurried"))[-1].startswith(
        "files: results/compare/calm_vs_hurried "
    )
    elsewhere = r"files: results/compare/hurried_vs_calm-[0-9a-f]{8} "
    assert re.fullmatch(elsewhere + re.escape(FILES), lines_of(compare(*runs))[-1])
    sim.compare(*runs, out=tmp_path / "api")
    assert data(tmp_path / "api") == data(tmp_path / "results" / "compare" / "hurried_vs_calm")


def test_all_kpis(runs: tuple[Path, Path]) -> None:
    shown = [line.strip().split("  ")[0] for line in lines_of(compare(*runs, "--all-kpis"))]
    assert [label for label in shown if label in {kpi.label for kpi in KPIS}] == [kpi.label for kpi in KPIS]


@pytest.mark.parametrize(
    ("view", "keys", "what"),
    [
        ("year", ["2018"], "by year, all groups"),
        ("quarter", ["2018Q1"], "by quarter, all groups"),
        ("group", ["ready", "sick", "(all)"], "by group, all weeks"),
    ],
)
def test_views(runs: tuple[Path, Path], view: str, keys: list[str], what: str) -> None:
    title, *lines = lines_of(compare(*runs, "--by", view))
    assert title == f"hurried minus calm, {what}, 8 pairs of replications"
    shown = [key for line in lines for key in keys if f" {key} " in line]
    assert shown == keys * sum(measure.headline for measure in MEASURES)
    assert f" {view} " in lines[1]
    assert " each interval is for its figure alone; nothing is adjusted for how many are shown" in lines
    assert len(lines_of(compare(*runs, "--by", view, "--all-kpis"))) > len(lines) + 1


def test_by_department(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """The key figures of each department, then of all; and a file of all groups and departments."""
    title, *lines = lines_of(compare(*runs, "--by", "department", "--out", tmp_path))
    assert title == "hurried minus calm, by department, 8 pairs of replications"
    shown = [key for line in lines for key in ("centre", EVERYONE) if f" {key} " in line]
    assert shown == ["centre", EVERYONE] * sum(kpi.headline for kpi in KPIS)
    assert "comparison_by_part.csv, comparison_by_part.parquet" in lines[-1]
    make(runs[0].parent.parent / "hurried.toml", tmp_path / "bare", 8, tables=("citizens",))
    refused = compare(tmp_path / "bare", runs[1], "--by", "department", "--out", tmp_path / "none")
    assert isinstance(refused.exception, UsageError)
    assert not (tmp_path / "none").exists()


def test_incidence(tmp_path: Path) -> None:
    """What can be known and was seen, or with --all-kpis all that can be known."""
    long = ("horizon_weeks = 12", "horizon_weeks = 24")
    runs = [make(tiny(tmp_path, name, long), tmp_path / name, 3) for name in ("one", "two")]
    title, *lines = lines_of(compare(*runs, "--by", "incidence", "--out", tmp_path / "out"))
    assert title == "one minus two, incidence, all citizens, 3 pairs of replications"
    shown = [line.strip().split("  ")[0] for line in lines[3:]]
    assert shown[:2] == ["job, since the start (starting citizens)", "23 weeks"]
    assert [label for label in shown if ", since " in label] == [
        f"{event}, since {since}"
        for since in ("the start (starting citizens)", "entry (new citizens)")
        for event in ("job", "left, to anything")
    ]
    everything = lines_of(compare(*runs, "--by", "incidence", "--all-kpis", "--out", tmp_path / "out"))
    told = [line.strip().split("  ")[0] for line in everything]
    assert [label for label in told if ", since " in label] == [
        f"{event.label}, since {since.label}"
        for since, event in PAIRS
        if since in (Since.START, Since.ENTRY, Since.ARRIVAL)
    ]


def test_a_horizon_too_short_for_any_share_is_told(runs: tuple[Path, Path]) -> None:
    lines = lines_of(compare(*runs, "--by", "incidence"))
    assert lines[0] == "note: incidence: nobody is followed for 13 weeks, so there is nothing to show"


def test_without_weekly_tables_the_key_figures_are_shown(runs: tuple[Path, Path], tmp_path: Path) -> None:
    make(runs[0].parent.parent / "hurried.toml", tmp_path / "bare", 8, tables=())
    for view in sorted({*BY} - {"department"}):
        lines = lines_of(compare(tmp_path / "bare", runs[1], "--by", view))
        assert (
            "note: no differences by group, quarter and year and of incidence: hurried has no weekly and "
            "no incidence table"
        ) in lines
        assert "to add them: sim run tiny.toml --tables weekly,incidence" in lines
        assert lines[-1].endswith(" (comparison.csv, comparison.parquet)")


@pytest.fixture
def sweep(runs: tuple[Path, Path], tmp_path: Path) -> Path:
    folder = tmp_path / "results" / "hours"
    for hours in (4, 8, 16, 20, 30):
        config = tiny(tmp_path, f"hours_{hours:02}", (HURRIED[0], f"net_hours_per_week = {hours}"))
        make(config, folder / config.stem, 4)
    return folder


def test_a_sweep_stands_below_each_other(sweep: Path) -> None:
    title, *lines = lines_of(compare(sweep))
    assert title == "minus hours_30"
    names = ["hours_04", "hours_08", "hours_16", "hours_20"]
    shown = [name for line in lines for name in names if f" {name} " in line]
    assert shown == names * len(HEADLINES)
    assert lines[-1] == f"files: results/compare/hours_vs_hours_30 {FILES}"
    tables = [line for line in lines_of(compare(sweep, "--by", "year")) if " minus hours_30, by" in line]
    assert tables == [f"{name} minus hours_30, by year, all groups, 4 pairs of replications" for name in names]


def test_a_few_variants_stand_side_by_side(sweep: Path) -> None:
    points = [sweep / f"hours_{hours}" for hours in ("04", "08", "30")]
    title, _, header, *lines = lines_of(compare(*points))
    assert title == "minus hours_30: difference (95 % interval)"
    assert header.split("  ")[-1].strip() == "hours_08 minus hours_30"
    assert re.fullmatch(r"files: \S+/hours_04_hours_08_vs_hours_30-[0-9a-f]{8} " + re.escape(FILES), lines[-1])
    (legend,) = [line for line in lines if line.startswith(" *: ")]
    assert legend.startswith(" *: p below 0.05; p: how probable so large a difference is by chance alone, ")
    (timely,) = [line for line in lines if line.startswith(" meetings held in time")]
    assert "pp* (" in timely


def test_configs_with_precision(folder: Path, runs: tuple[Path, Path]) -> None:
    arguments = ["--precision", "timely_share=0.05", "--min-replications", "10", "--max-replications", "90"]
    lines = lines_of(compare(folder / "hurried.toml", folder / "calm.toml", *arguments))
    assert lines[0].startswith("hurried minus calm, ")
    assert lines[lines.index("what to look at:") - 1].startswith(
        "note: precise enough: timely_share of hurried minus calm: half-width 0.0"
    )
    assert sorted(path.name for path in Path("results").iterdir()) == ["calm", "compare", "hurried"]


def test_run_with_precision(folder: Path, runs: tuple[Path, Path]) -> None:
    words = ["run", str(folder / "calm.toml"), str(folder / "hurried.toml"), "--workers", "1"]
    words += ["--precision", "mean_stock=0.6", "--precision", "timely_share=0.02", "--min-replications", "10"]
    lines = lines_of(CliRunner().invoke(cli, words, prog_name="sim", standalone_mode=False))
    ends = [line for line in lines if line.startswith("precise enough: ")]
    assert [end.split(": half-width")[0] for end in ends] == [
        f"precise enough: {kpi} of {name}" for name in ("calm", "hurried") for kpi in ("mean_stock", "timely_share")
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--baseline", "clam"], "baseline: no run is called clam; did you mean calm?"),
        (["--precision", "caseload"], "--precision caseload: must be KPI=HALFWIDTH, such as cohort_job_share=0.005"),
        (["--max-replications", "5"], "--max-replications: only with --precision"),
    ],
)
def test_refusals(runs: tuple[Path, Path], arguments: list[str], expected: str) -> None:
    error = compare(*runs, *arguments).exception
    assert isinstance(error, SimError)
    assert (error.exit_code, str(error)) == (2, expected)
    assert not Path("results").exists()


def test_all_problems_of_all_configs(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bad = tiny(tmp_path, "bad", ("stock = 40", "stok = 40"))
    worse = tiny(tmp_path, "worse", ("net_hours_per_week = 30", "net_hours_per_week = -1"))
    error = compare(bad, worse).exception
    assert isinstance(error, SimError)
    assert str(error).splitlines() == [
        f"{bad.as_posix()}:8: population.stok: unknown key; did you mean stock?",
        f"{worse.as_posix()}:26: staffing.net_hours_per_week: must be between 0.01 and 168; it is -1",
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("view", BY)
def test_old_consoles_get_ascii(runs: tuple[Path, Path], encoding: str, view: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    print_comparison(sim.compare(*runs), stream, by=view, everything=True)
    stream.flush()
    assert stream.buffer.getvalue().isascii()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_narrow_terminal_shows_whole_figures(
    runs: tuple[Path, Path], sweep: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    for comparison in (sim.compare(*runs), sim.compare(sweep)):
        for view in BY:
            stream = Terminal()
            print_comparison(comparison, stream, by=view, everything=False)
            shown = stream.getvalue()
            assert max(len(line) for line in shown.splitlines()) <= 80
            assert "\u2026" not in shown
            if view == "kpi":
                stock = [cells(compared(row)) for row in comparison.rows if row.kpi == "mean_stock"]
                assert all(str(cell) in shown for row in stock for cell in row)
    stream = Terminal()
    print_comparison(sim.compare(*runs), stream, by="kpi", everything=False)
    lines = [line.rstrip() for line in stream.getvalue().splitlines()]
    assert lines[:2] == ["hurried minus calm, 8 pairs of replications", "A: hurried, B: calm"]
    assert "significance, and what pairing gained" in lines


def test_help_names_the_direction() -> None:
    text = " ".join(CliRunner().invoke(cli, ["compare", "--help"], prog_name="sim").stdout.split())
    assert "sim compare A B` shows A minus B." in text
    assert "The last is the baseline B, or of a sweep the one that its experiment states." in text
