"""Sensitivity files: the parameters that may be wrong, and the answer that may depend on them."""

from sim.config.sensitivity.loading import Alternative, Sensitivity, load_sensitivity, sensitivity_of

__all__ = ["Alternative", "Sensitivity", "load_sensitivity", "sensitivity_of"]
