"""The file of inputs of the social investment model, as .csv and as .xlsx."""

import sys
from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.analysis.ledger.som import Part, Why, inputs
from sim.errors import UsageError
from sim.report.som import HEADINGS, PARTS, PAYERS, UNITS, WHYS, check_som, write_som
from tests.analysis.ledger.small import make_runs


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("som"))


def test_both_forms_hold_the_same(runs: Path, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")
    pytest.importorskip("xlsxwriter", reason="xlsxwriter writes the workbook")
    ledger = sim.ledger(runs / "pilot", runs / "base", som=tmp_path / "som.csv")
    write_som(ledger, tmp_path / "som.xlsx")
    csv = pd.read_csv(tmp_path / "som.csv", sep=";", decimal=",", encoding="utf-8-sig")
    xlsx = pd.read_excel(tmp_path / "som.xlsx", sheet_name="SØM")
    assert tuple(csv.columns) == tuple(xlsx.columns) == HEADINGS
    pd.testing.assert_frame_equal(csv, xlsx, check_dtype=False)
    made = inputs(ledger)
    told = csv[csv["del"] != "oplysninger"]
    assert told["del"].tolist() == [PARTS[row.part] for row in made]
    assert told["i alt"].to_numpy() == pytest.approx([row.total for row in made], abs=0.005, nan_ok=True)
    participants = told[told["del"] == PARTS[Part.PARTICIPANTS]]
    assert participants["i alt"].item() == pytest.approx(ledger.treated.persons)
    assert "på kontanthjælp" in set(told["post"])


def test_the_same_ledger_gives_the_same_bytes(runs: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="xlsxwriter writes the workbook")
    ledger = sim.ledger(runs / "pilot", runs / "base")
    for name in ("a.xlsx", "b.xlsx"):
        write_som(ledger, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_every_word_has_its_danish() -> None:
    assert set(PARTS) == set(Part)
    assert set(WHYS) == set(Why)
    assert all((*PARTS.values(), *WHYS.values(), *UNITS.values()))
    assert PAYERS == {"municipality": "kommune", "region": "region", "state": "stat", "": ""}


def test_what_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError) as error:
        check_som(Path("out/som.ods"))
    assert str(error.value) == "--som: out/som.ods: must end with .csv or .xlsx"
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError) as error:
        check_som(Path("som.xlsx"))
    assert str(error.value) == (
        '--som: an .xlsx file needs xlsxwriter, of the extra "report": python -m pip install "jobcentre-sim[report]"'
    )
    check_som(Path("SOM.CSV"))
