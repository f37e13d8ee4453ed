"""Departments as the arms of a trial: shares by department, gaps between them, and the page of a trial."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.course.arms import TOLD, Arms, arms
from sim.catalogue import Reached
from sim.report.language import DANISH, ENGLISH
from sim.report.views.departments import departments, treated
from sim.report.views.panels import Strips
from sim.report.views.picture import Dots
from sim.report.views.shown import Shown, shown
from sim.store.run import Run, open_runs
from tests.report.conftest import CONFIGS

REPLICATIONS = 4
COLUMNS: dict[Reached, Callable[[pd.DataFrame], "pd.Series[bool]"]] = {
    Reached.JOB: lambda of: of.destination == "job",
    Reached.PENSION: lambda of: of.destination == "pension",
    Reached.INTERNSHIP: lambda of: of.internship_start_weeks.notna(),
    Reached.AWARDED: lambda of: of.fleksjob_award_weeks.notna(),
    Reached.RESOURCE_COURSE: lambda of: of.resource_course_weeks.notna(),
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    folder = tmp_path_factory.mktemp("trial")
    found = []
    for name in ("trial", "trial_none"):
        sim.run(CONFIGS / f"{name}.toml", replications=REPLICATIONS, out=folder / name)
        found += open_runs(folder / name)
    return found[0], found[1]


@pytest.fixture(scope="module")
def of(runs: tuple[Run, Run]) -> Shown:
    return shown(ENGLISH, [runs[0]], runs[1])


def test_shares_are_those_of_the_table_of_citizens(runs: tuple[Run, Run]) -> None:
    """As docs/trial.md computes them."""
    citizens = pd.read_parquet(Path(runs[0].directory) / "citizens")
    starting = citizens[citizens.cohort]
    found = arms(runs[0], REPLICATIONS)
    by = [starting.replication, starting.first_department]
    for event, has in COLUMNS.items():
        expected = has(starting).groupby(by, observed=True).mean().unstack()[["trial", "ordinary"]]
        assert np.array_equal(found.shares[:, :, TOLD.index(event)], expected.to_numpy())
    meetings = citizens.groupby([citizens.replication, citizens.first_department], observed=True)
    timely = meetings.meetings_timely.sum() / meetings.meetings_due.sum()
    assert np.array_equal(found.shares[:, :, -1], timely.unstack()[["trial", "ordinary"]].to_numpy())


def test_a_gap_is_to_all_others_together() -> None:
    reached, of = np.array([[[5.0], [1.0], [3.0]]]), np.array([[[10.0], [10.0], [30.0]]])
    assert Arms(reached, of).gaps(0)[0, 0] == 0.5 - 4 / 40
    assert Arms(reached, of).gaps(2)[0, 0] == 0.1 - 6 / 20


def test_the_trial_department_is_the_one_that_differs(of: Shown) -> None:
    assert of.baseline is not None
    assert treated(of.variants[0], of.baseline, ["trial", "ordinary"]) == 0
    assert treated(of.variants[0], of.variants[0], ["trial", "ordinary"]) is None


def test_the_page_of_a_trial(of: Shown, runs: tuple[Run, Run]) -> None:
    (section,) = departments(of)
    side, within, one = section.pictures
    assert [panel.title for panel in side.panels if isinstance(panel, Strips)] == ["trial", "trial none"]
    assert within.name == "by_departments_a"
    gaps = arms(runs[0], REPLICATIONS).gaps(0)
    more = int((gaps[:, 0] > 0).sum())
    (jobs, *_) = [dot for panel in one.panels if isinstance(panel, Dots) for dot in panel.dots]
    assert jobs.label == "Job"
    assert jobs.value == pytest.approx(100 * gaps[:, 0].mean(), abs=1e-12)
    assert jobs.interval == f"{25 * more} of 100"
    assert f"in {more} of 4 runs more of **Trial** have a job" in section.lead[0]


def test_one_run_alone_shows_its_departments_without_effects(runs: tuple[Run, Run]) -> None:
    (section,) = departments(shown(DANISH, [runs[0]], None))
    assert [picture.name for picture in section.pictures] == ["departments"]
    assert section.lead == ()


def test_one_department_needs_no_page(pair: tuple[Run, Run]) -> None:
    assert departments(shown(ENGLISH, [pair[0]], pair[1])) == []
