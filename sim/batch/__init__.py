"""Batches: many replications of a variant, run in chunks on an executor, resumed where they stopped."""
