"""What studies show in a report: sensitivity, calibration, validation."""
