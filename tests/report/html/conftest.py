"""Pages made once: the pair of runs in both languages, a small sweep, and studies that are made up."""

from pathlib import Path

import pytest

import sim
from tests.report.conftest import CONFIGS
from tests.report.made_up import calibration, sensitivity, validation

EXPERIMENT = """\
[experiment]
question = "Which caseload, and how often to meet?"
base = "{base}"
replications = 3
tables = ["citizens", "schemes", "coordinators", "weekly"]
seed = 20180101
baseline = "citizens=130+interval_weeks=13"

[factors."changes.trial.staffing.citizens_per_coordinator"]
label = "citizens"
values = [50, 130, 200]

[factors."changes.trial.groups.activity_ready.meetings.interval_weeks"]
values = [13, 26]
"""


@pytest.fixture(scope="session")
def pages(directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of 50 against 130 in English and in Danish."""
    folder = tmp_path_factory.mktemp("pages")
    return {
        code: sim.write_report(*directories.values(), language=code, out=folder / f"report_{code}.html")
        for code in ("en", "da")
    }


@pytest.fixture(scope="session")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    base = (CONFIGS / "130_per_worker.toml").as_posix()
    (folder / "small.toml").write_text(EXPERIMENT.format(base=base), encoding="utf-8")
    sim.sweep(folder / "small.toml", out=folder / "small")
    return folder / "small"


@pytest.fixture(scope="session")
def sweep_page(sweep: Path) -> Path:
    return sim.write_report(sweep, out=sweep.parent / "sweep.html")


@pytest.fixture(scope="session")
def studies_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies")
    found = sensitivity(folder / "sens"), validation(calibration(folder / "cal"))
    return sim.write_report(*found, language="da", out=folder / "studies.html")
