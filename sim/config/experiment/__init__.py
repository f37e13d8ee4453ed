"""Experiment files: variants, factors, and the points they make, each with a valid config."""

from sim.config.experiment.factors import Cell, FactorColumn
from sim.config.experiment.loading import Experiment, Point, load_experiment

__all__ = ["Cell", "Experiment", "FactorColumn", "Point", "load_experiment"]
