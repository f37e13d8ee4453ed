"""Pages of a validation: figures beside their intervals by group, counts, scores."""

from pathlib import Path

from sim.report.language import DANISH, ENGLISH
from sim.report.view import Number
from sim.report.views.panels import Strips
from sim.report.views.studies.validation import validation_pages
from sim.study.calibrate.reading import read_validation
from tests.report.made_up import OBSERVED, VALIDATED, WAITING, validation


def test_before_anyone_has_looked(tmp_path: Path) -> None:
    found = read_validation(validation(tmp_path))
    assert repr(found.rows[:4]) == repr(VALIDATED)  # NaN is not equal to itself.
    pages = validation_pages(ENGLISH, found)
    assert pages.sub == "5 figures of made up. 100 draws of the parameters, 2 replications of each."
    assert pages.answer == (
        "**1 of 2** published figures that were not calibrated to lie in the 95 % interval of what the model lets "
        "expect, 1 in the 50 % interval.",
        "Figures kept back and looked up by nobody here: 1. What stands here of them is a forecast.",
    )
    (picture,) = pages.sections[0].pictures
    assert [panel.title for panel in picture.panels if isinstance(panel, Strips)] == [
        "Kept back until the forecast stood",
        "Published, and not calibrated to",
        "Calibrated to: agreement is no evidence",
        "Follows from the inputs",
    ]
    first, second, *_ = picture.panels
    assert isinstance(first, Strips)
    assert isinstance(second, Strips)
    assert [mark.key for mark in first.strips[0].marks] == ["could_be", "now"]
    assert (first.strips[0].text, first.strips[0].aside) == ("6.0 to 14.0", "forecast, 95 %")
    assert [mark.key for mark in second.strips[0].marks] == ["could_be", "now", "published"]
    assert second.strips[1].aside == "outside the 95 % interval"
    assert WAITING.inside == ""


def test_when_observed_forecasts_are_scored(tmp_path: Path) -> None:
    pages = validation_pages(ENGLISH, read_validation(validation(tmp_path, OBSERVED)))
    assert pages.answer[1:] == (
        "**2 of 2** figures that were kept back lie in the 95 % interval of the forecast, 1 in the 50 % interval.",
        "The model's forecast was better than both naive ones for 1 of 2.",
    )
    _, scores = pages.sections[0].pictures
    (panel,) = scores.panels
    assert isinstance(panel, Strips)
    assert [strip.aside for strip in panel.strips] == ["best: the model", "best: same as control"]
    assert [mark.value for mark in panel.strips[0].marks] == [1.0, 2.0, 3.0]
    (counts,) = pages.sections[0].tables
    kept = counts.rows[0]
    assert kept == ("Kept back", Number(2, 0), Number(2, 0), Number(1, 0), Number(2, 0), Number(2, 0))


def test_in_danish(tmp_path: Path) -> None:
    pages = validation_pages(DANISH, read_validation(validation(tmp_path, OBSERVED)))
    assert pages.answer[2] == "Modellens forudsigelse var bedre end begge de naive for 1 af 2."
