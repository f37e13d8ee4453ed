"""Calibration files: priors of parameters, and the published figures that they shall reproduce."""

from sim.config.calibration.loading import Calibration, Figure, calibration_of, load_calibration
from sim.config.calibration.parameters import Centre, Parameter

__all__ = ["Calibration", "Centre", "Figure", "Parameter", "calibration_of", "load_calibration"]
