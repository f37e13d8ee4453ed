"""Calibration: from priors and published figures to draws of the parameters."""
