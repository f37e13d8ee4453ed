"""The compiled engine: the reference engine's events, bit for bit, from an event loop compiled with Numba."""

from sim.engine.compiled.world import run

__all__ = ["run"]
