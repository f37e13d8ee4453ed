"""Experiment files: variants, factors, and the points they make, each with a valid config."""

from sim.config.experiment.factors import Cell, FactorColumn
from sim.config.experiment.loading import Experiment, Point, experiment_of, load_experiment

__all__ = ["Cell", "Experiment", "FactorColumn", "Point", "experiment_of", "load_experiment"]
