"""Pages of studies in Danish: sensitivity, calibration, validation, and departments as the arms of a trial."""

from collections.abc import Mapping

from sim.report.danish.studies.calibration import CALIBRATION
from sim.report.danish.studies.departments import DEPARTMENTS
from sim.report.danish.studies.sensitivity import SENSITIVITY
from sim.report.danish.studies.validation import VALIDATION

STUDIES: Mapping[str, str] = {**DEPARTMENTS, **SENSITIVITY, **CALIBRATION, **VALIDATION}
"""Every text and its Danish."""
