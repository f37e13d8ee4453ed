"""A comparison or a ledger that was written leads back to its runs, in a report and in a workbook alike."""

import shutil
from pathlib import Path

import pytest

import sim
from sim.api.report import _opened
from sim.errors import UsageError
from sim.study.compared_runs import runs_compared
from sim.study.prepare_report import prepare_report
from tests.analysis.ledger.small import make_runs


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module", params=["compare", "ledger"])
def written(request: pytest.FixtureRequest, runs: Path) -> Path:
    place = runs / str(request.param) / "base_vs_pilot"
    if request.param == "compare":
        sim.compare(runs / "pilot", runs / "base", baseline="pilot", out=place)
    else:
        sim.ledger(runs / "base", runs / "pilot").write(place)
    return place


def test_its_runs_and_its_baseline_are_found(runs: Path, written: Path) -> None:
    found = runs_compared(written)
    assert found is not None
    assert sorted(run.variant for run in found[0]) == ["base", "pilot"]
    assert found[1] == "pilot"
    assert _opened(written)[1] == "pilot"
    reported = prepare_report([written])
    assert reported.comparison is not None
    assert [run.variant for run in reported.runs] == ["base", "pilot"]
    assert prepare_report([written], "base").runs[-1].variant == "base"
    assert runs_compared(runs / "base") is None


def test_a_comparison_far_from_its_runs_says_so(written: Path, tmp_path: Path) -> None:
    away = tmp_path / "compare" / "elsewhere"
    shutil.copytree(written, away)
    with pytest.raises(UsageError, match="name the runs themselves"):
        prepare_report([away])
