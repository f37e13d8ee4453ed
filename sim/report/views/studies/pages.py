"""The pages of whatever studies a directory holds."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sim.report.language import Language
from sim.report.views.studies.calibration import calibration_pages
from sim.report.views.studies.sensitivity import sensitivity_pages
from sim.report.views.studies.study import StudyPages
from sim.report.views.studies.validation import validation_pages
from sim.study.calibrate.reading import read_calibration, read_validation
from sim.study.kinds import Kind, kinds_of
from sim.study.sensitivity.reading import read_sensitivity

_PAGES: Mapping[Kind, Callable[[Language, Path], StudyPages]] = {
    "sensitivity": lambda language, path: sensitivity_pages(language, read_sensitivity(path)),
    "calibration": lambda language, path: calibration_pages(language, read_calibration(path)),
    "validation": lambda language, path: validation_pages(language, read_validation(path)),
}


def pages_of(language: Language, directory: Path) -> list[StudyPages]:
    """Make the pages of a directory, one set for each study in it; none: it holds no study.

    Raises
    ------
    UsageError
        If a file of theirs is missing or damaged.
    """
    return [_PAGES[kind](language, directory) for kind in kinds_of(directory)]
