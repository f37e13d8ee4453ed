"""Steps of latent traits: the right scheme, and whether somebody is ready for an internship."""

import math

from sim.engine.steps import Record
from sim.model.jit import step

NO_NEED = -1
"""The right scheme of those who belong where they are; else it is the code of the decision."""


@step
def belongs_here(c: Record) -> None:
    """The citizen belongs in no other scheme, or has come into one."""
    c.need = NO_NEED
    c.need_from = math.inf
    c.again_from = -math.inf


@step
def need_is_there(c: Record, scheme: int) -> None:
    """The citizen belongs in another scheme at entry."""
    c.need = scheme
    c.right_scheme = scheme
    c.need_from = -math.inf


@step
def need_will_arise(c: Record, scheme: int, at: float) -> None:
    """The citizen will belong in another scheme from a moment on."""
    c.need = scheme
    c.need_from = at
