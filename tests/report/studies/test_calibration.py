"""Pages of a calibration: what was learnt, densities, published figures, what is tied together."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from sim.config.calibration.priors import Prior
from sim.errors import UsageError
from sim.report.language import DANISH, ENGLISH
from sim.report.views.panels import Cloud, Densities, Strips
from sim.report.views.picture import Picture
from sim.report.views.studies.calibration import calibration_pages
from sim.report.views.studies.densities import density
from sim.report.views.studies.study import StudyPages
from sim.study.calibrate.reading import CalibrationFound, read_calibration
from tests.report.made_up import PRIORS, TARGET_ROWS, calibration, scores


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> CalibrationFound:
    return read_calibration(calibration(tmp_path_factory.mktemp("calibration")))


@pytest.fixture(scope="module")
def pages(found: CalibrationFound) -> StudyPages:
    return calibration_pages(ENGLISH, found)


def pictures(pages: StudyPages) -> dict[str, Picture]:
    return {picture.name: picture for section in pages.sections for picture in section.pictures}


def correlation() -> float:
    """Of the first two parameters' scores."""
    first, second, _ = scores().T
    return float(np.asarray(np.corrcoef(first, second))[0, 1])


def test_what_was_written_is_read(found: CalibrationFound) -> None:
    assert found.targets == TARGET_ROWS
    assert found.name == "made_up"
    assert np.abs(found.scores - scores()).max() < 1e-4
    assert found.identified.correlations[0, 1] == pytest.approx(correlation(), abs=1e-12)


def test_the_answer_counts_and_names(pages: StudyPages) -> None:
    assert pages.answer == (
        "The published figures teach something of **1 of 3 parameters** (learnt: 1, partly: 0). The other 2 are as "
        "uncertain as before, and results made with the draws carry that.",
        "**Not reached**: exits: job + exits: education. A prior excludes what would agree, or the model cannot "
        "give it.",
        "The emulators are off by more than chance for exits: job + exits: education: more points help.",
    )


def test_short_chains_are_told(tmp_path: Path) -> None:
    pages = calibration_pages(ENGLISH, read_calibration(calibration(tmp_path, steps=2000)))
    assert pages.answer[-1].startswith("The chains are too short for their autocorrelation")
    (chains, *_) = pages.sections[-1].facts
    assert "which is 40 times their longest autocorrelation (50 steps): worth 800" in chains.text


def test_the_best_known_come_first(pages: StudyPages) -> None:
    panel = pictures(pages)["learnt"].panels[0]
    assert isinstance(panel, Strips)
    assert panel.strips[0].label == "Hazard of a job"
    assert panel.strips[0].aside == "learnt"
    lefts = [strip.marks[0].value for strip in panel.strips]
    assert lefts == sorted(lefts)
    first = pictures(pages)["before_and_now"].panels[0]
    assert isinstance(first, Densities)
    assert first.title == "Hazard of a job, a week"


def test_a_published_figure_has_the_error_that_is_allowed_to_it(pages: StudyPages) -> None:
    panel = pictures(pages)["targets"].panels[0]
    assert isinstance(panel, Strips)
    published, before, now = panel.strips[0].marks
    # Rounding 0.1 points; sampling 0.3 and discrepancy 0.4 together 0.5 points, times 1.96.
    assert (published.value, published.low, published.high) == pytest.approx((10.0, 8.92, 11.08), abs=1e-4)
    assert (before.low, before.high) == pytest.approx((5.0, 18.0), abs=1e-9)
    assert (now.value, now.low, now.high) == pytest.approx((9.0, 8.0, 10.0), abs=1e-9)
    assert panel.strips[0].xticks[0][0] == 0.0


def test_what_is_tied_together_is_told_and_drawn(pages: StudyPages) -> None:
    section = next(one for one in pages.sections if one.anchor == "tied")
    assert section.lead[0] == (
        "**Hazard of a job** and **window of a meeting** are tied together: more of one goes with more of the "
        f"other (correlation +{correlation():.2f})."
    )
    panel = section.pictures[0].panels[0]
    assert isinstance(panel, Cloud)
    assert (panel.xlabel, panel.ylabel) == ("Hazard of a job, a week", "Window of a meeting, weeks")
    assert len(panel.x) == 200


def test_shipped_labels_have_their_danish_and_ones_own_stay(found: CalibrationFound) -> None:
    rows = pictures(calibration_pages(DANISH, found))["learnt"].table.rows
    assert [row[0] for row in rows] == ["Rate til job", "Vindue for en samtale", "My own share"]


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(sorted(PRIORS)), st.floats(-1.5, 1.5), st.floats(0.2, 1.0), st.integers(0, 99))
def test_densities_are_densities(name: str, middle: float, spread: float, seed: int) -> None:
    """Both have nearly all their mass in the range that is drawn, wherever the draws are."""
    drawn = middle + spread * np.random.default_rng(seed).standard_normal(400)
    found = density(Prior.model_validate(PRIORS[name]), drawn)
    ends = ndtr([min(-2.6, drawn.min()), max(2.6, drawn.max())])
    assert np.trapezoid(found.prior, found.x) == pytest.approx(ends[1] - ends[0], abs=2e-3)
    assert 0.97 < np.trapezoid(found.posterior, found.x) < 1.005
    assert found.posterior.min() >= 0.0


def test_where_nothing_was_learnt_the_posterior_is_the_prior() -> None:
    drawn = np.random.default_rng(1).standard_normal(5_000)
    for prior in PRIORS.values():
        found = density(Prior.model_validate(prior), drawn)
        assert np.abs(found.posterior / found.prior - 1.0).max() < 0.2


def test_files_of_two_calibrations_are_refused(tmp_path: Path) -> None:
    first, second = calibration(tmp_path / "a"), calibration(tmp_path / "b")
    from sim.store.posterior import read_posterior, write_posterior

    drawn = read_posterior(first / "posterior.parquet")
    about = {**drawn.about, "parameters": {"other": [drawn.keys[0]]}}
    write_posterior(second / "posterior.parquet", drawn.keys, ["", "", ""], drawn.values, about)
    with pytest.raises(UsageError) as refused:
        read_calibration(second)
    assert str(refused.value) == (
        f"{second.as_posix()}: posterior.parquet and parameters.parquet are of different calibrations; "
        "calibrate again"
    )
