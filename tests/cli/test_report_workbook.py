"""`sim report --xlsx`: the workbook, and every refusal with its text and exit code."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest

import sim
from sim.errors import UsageError
from sim.report.workbook import require_xlsxwriter
from tests.batch.tiny import make, tiny


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    make(tiny(folder), folder / "tiny")
    make(tiny(folder, "other", ("conversation_hours = 1", "conversation_hours = 2")), folder / "other")
    return folder


def report(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sim", "report", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_workbook_of_two_runs(runs: Path) -> None:
    done = report(runs, "other", "tiny", "--xlsx", "both.xlsx", "--language", "da")
    assert (done.returncode, done.stdout, done.stderr) == (0, "workbook: both.xlsx\n", "")
    read = openpyxl.load_workbook(runs / "both.xlsx")
    assert read.sheetnames[:2] == ["Forside", "Nøgletal"]
    assert read["Forside"]["A1"].value == "Hvad sker der med other i stedet for tiny?"


def test_the_baseline_may_be_named(runs: Path) -> None:
    assert report(runs, "tiny", "--baseline", "other", "--xlsx", "named.xlsx").returncode == 0
    again = sim.write_workbook(runs / "tiny", runs / "other", out=runs / "python.xlsx")
    # Only the last two sheets differ: they name directories, and lines of the configs if these are in sight.
    ours, theirs = (
        [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in openpyxl.load_workbook(path)][:-2]
        for path in (runs / "named.xlsx", again)
    )
    assert ours == theirs


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (
            ("tiny", "--xlsx", "book.xls"),
            "book.xls: the name of a workbook must end in .xlsx, or no program opens it",
        ),
        (
            ("nowhere", "--xlsx", "a.xlsx"),
            "nowhere: no such directory; name the directory of a run, such as results/50_per_worker",
        ),
        (
            ("tiny.toml", "--xlsx", "a.xlsx"),
            "tiny.toml: a report is made of finished runs; run it first: sim run tiny.toml",
        ),
        (
            ("tiny", "--money", "tiny.toml", "--xlsx", "a.xlsx"),
            "--money: prices are for a ledger, which needs a second run to compare with",
        ),
    ],
)
def test_refusals(runs: Path, words: tuple[str, ...], text: str) -> None:
    done = report(runs, *words)
    assert (done.returncode, done.stderr, done.stdout) == (2, f"{text}\n", "")
    assert not (runs / "a.xlsx").exists()


def test_the_missing_library_is_named_with_its_command() -> None:
    with patch("sim.report.workbook.find_spec", return_value=None), pytest.raises(UsageError) as error:
        require_xlsxwriter()
    assert str(error.value) == (
        'a workbook needs XlsxWriter, not installed here: python -m pip install "jobcentre-sim[report]"'
    )
