"""The mathematics of calibration: screening, emulator, likelihood, chains, what is identified, scores."""
