"""`sim sweep`: what it prints, writes, and refuses."""

import os
import re
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

import sim
from sim.analysis.kpis import KPIS
from sim.cli.main import cli
from sim.errors import SimError
from tests.batch.sweeping import experiment, sweep
from tests.batch.tiny import data


def sim_sweep(*arguments: str | Path) -> Result:
    """Run the command in this process, with one worker."""
    return CliRunner().invoke(
        cli, ["sweep", *map(str, arguments), "--workers", "1"], prog_name="sim", standalone_mode=False
    )


def test_a_real_command(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    command = [sys.executable, "-m", "sim", "sweep", path.name, "--workers", "1", "--replications", "3"]
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parent.parent)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert lines[0] == "small: mean ± half the 95 % interval"
    assert lines[-1] == "files: results/small (summary.csv, replications.parquet, plan.csv, citizens/)"
    rows = [line.split()[:2] for line in lines if re.match(r" +\*? ?[12]0 ", line)]
    blocks = len([line for line in lines if "citizens_per_coordinator" in line])
    assert [" ".join(row) for row in rows] == ["10 full", "10 half", "* 20", "20 half"] * blocks
    assert data(tmp_path / "results" / "small") == data(sweep(path, tmp_path / "api", 3, points=4))


def test_many_points_show_their_extremes(tmp_path: Path) -> None:
    path = experiment(tmp_path, ("[10, 20]", str(list(range(10, 22)))))
    out = sim_sweep(path, "--out", tmp_path / "run", "--replications", "2").stdout
    title, _, header, _, *rows = [line.strip() for line in out.splitlines()]
    assert title == "small: lowest and highest mean (± half the 95 % interval) of 24 points; all in summary.csv"
    assert header.split() == ["key", "figure", "unit", "lowest", "at", "highest", "at"]
    (caseload,) = [row for row in rows if row.startswith("all citizens per full-time coordinator")]
    lowest, highest = re.findall(r"citizens_per_coordinator=(\d+)\+", caseload)
    assert (lowest, highest) == ("10", "21")
    # Every headline KPI has a row, or is said to be the same in every point.
    labels = [re.sub(r"^the same in every point: (.*?) [\d.]+ .*$", r"\1", row.split("  ")[0]) for row in rows]
    undefined = " ".join(out.split()).partition("undefined in every point: ")[2]
    labels += [kpi.label for kpi in KPIS if kpi.headline and kpi.label in undefined]
    headline = [kpi.label for kpi in KPIS if kpi.headline]
    assert sorted(label for label in labels if label in headline) == sorted(headline)
    assert "the same in every point: extra meetings held 0.0 per citizen-year, not seen in 2" in rows


def test_undefined_figures_are_named(tmp_path: Path) -> None:
    path = experiment(tmp_path)
    base = tmp_path / "tiny.toml"
    text = base.read_text(encoding="utf-8").replace("meetings = { interval_weeks = 4 }\n", "")
    base.write_text(text, encoding="utf-8")
    words = " ".join(sim_sweep(path, "--out", tmp_path / "run", "--replications", "2").stdout.split())
    # Nobody is met, and there is no other role.
    undefined = {
        "timely_share", "meeting_length", "meeting_wait_weeks", "weeks_recognised_to_submitted",
        "weeks_submitted_to_decided", "weeks_ready_to_place", "others_list", "others_busy_share",
    }  # fmt: skip
    assert f"undefined in every point: {', '.join(kpi.label for kpi in KPIS if kpi.name in undefined)}" in words


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    path = experiment(tmp_path, ("replications = 7", 'replications = 7\nquestion = "How many?"'))
    before = sorted(tmp_path.rglob("*"))
    result = sim_sweep(path, "--out", tmp_path / "run", "--dry-run")
    assert result.exception is None
    assert sorted(tmp_path.rglob("*")) == before
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[:2] == ["How many?", "small: 4 points x 7 replications"]
    assert lines[3].split() == ["number", "point", "citizens_per_coordinator", "hours"]
    assert lines[5].split() == ["1", "citizens_per_coordinator=10+hours=full", "10", "full"]
    assert lines[7].split() == ["3", "citizens_per_coordinator=20+hours=full", "(baseline)", "20", "full"]
    number = r"[\d.,]+ (?:s|min|h \d+ min|kB|MB)"
    expected = [
        "replications to run: 28",
        rf"time: about {number} with 1 worker \({number} to {number}\)",
        rf"memory: about {number} for each worker, {number} in all",
        rf"disk: about {number} \({number} to {number}\)",
        rf"estimated from 28 replications of 4 of 4 points, run in {number} just now by one process. In "
        "brackets: 95 % intervals, which know of differences between points and between replications, but not of "
        "what else the computer does. Starting the workers comes to it.",
    ]
    for line, pattern in zip(lines[-5:], expected, strict=True):
        assert re.fullmatch(pattern, line), line
    sim_sweep(path, "--out", tmp_path / "run", "--replications", "5")
    again = sim_sweep(path, "--out", tmp_path / "run", "--dry-run").stdout
    assert "replications to run: 8 (20 of 28 are finished already)" in again
    done = sim_sweep(path, "--out", tmp_path / "run", "--replications", "5", "--dry-run").stdout
    assert "replications to run: 0 (20 of 20 are finished already)" in done
    assert "time:" not in done


def test_a_long_plan_is_abbreviated(tmp_path: Path) -> None:
    path = experiment(tmp_path, ("[10, 20]", str(list(range(5, 25)))))
    lines = sim_sweep(path, "--out", tmp_path / "run", "--dry-run").stdout.splitlines()
    rows = [line.split() for line in lines[4 : lines.index(next(x for x in lines if x.startswith("replications")))]]
    numbers = [row[0] for row in rows if row and row[0][0].isdigit()]
    assert numbers == [*map(str, range(1, 11)), "38", "39", "40"]
    assert ["...", "(27", "more)"] in rows


def test_what_is_not_in_the_plan_is_told(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "run"), "--replications", "1", "--tables", "")
    assert "in the plan" not in sim_sweep(experiment(tmp_path), *out).stdout
    result = sim_sweep(experiment(tmp_path, ("[10, 20]", "[20]")), *out)
    assert result.stdout.splitlines()[-1] == (
        "no longer in the plan, and left out: citizens_per_coordinator=10+hours=full, "
        "citizens_per_coordinator=10+hours=half"
    )
    assert not (tmp_path / "run/citizens").exists()


def test_refusals(tmp_path: Path) -> None:
    path = experiment(tmp_path)

    def refusal(*arguments: str) -> tuple[int, str]:
        error = sim_sweep(path, "--out", tmp_path / "run", *arguments).exception
        assert isinstance(error, SimError)
        assert not (tmp_path / "run").exists()
        return error.exit_code, str(error)

    assert refusal("--tables", "citizen") == (2, "tables: unknown table 'citizen'; did you mean citizens?")
    path.write_text(path.read_text(encoding="utf-8").replace("[10, 20]", "[20, -10]"), encoding="utf-8")
    place = f"{path.as_posix()}:8: staffing.citizens_per_coordinator"
    assert refusal("--dry-run") == (2, f"{place}: must be above 0; it is -10")
