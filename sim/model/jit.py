"""Compiling a scalar function, so that the reference engine too calls it at the speed of compiled code."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba import njit
from numba.extending import register_jitable

from sim.model import kept_code

F = TypeVar("F", bound=Callable[..., float])
R = TypeVar("R", bound=Callable[..., object])


def part_options() -> dict[str, Any]:
    """Return Numba's options for the functions of the loop, in which nothing is reference-counted."""
    try:
        from sim.model.link_once import Part
    except (ImportError, AttributeError):  # another Numba: the ordinary way takes longer and gives the same
        return {"_nrt": False}
    return {"_nrt": False, "pipeline_class": Part}


PART: dict[str, Any] = part_options()


def rule(function: R) -> R:
    """Mark a rule of the model: plain Python when Python calls it, compiled into the compiled engine's loop."""
    marked: R = register_jitable(**PART)(function)
    return marked


def step(function: R) -> R:
    """Mark a step that both engines take: plain Python to the one, compiled into the loop of the other."""
    return rule(function)


def compiled(function: F) -> F:
    """Compile a function of numbers; it gives the same bits as plain Python (``NUMBA_DISABLE_JIT=1``).

    The machine code is kept on disk, in a directory of the user's own (`sim.model.kept_code`). Where there is none,
    every process compiles anew (about a second). Functions that a compiled one calls stand in the same file: the
    kept code is renewed when the file changes, and does not see others.
    """
    kept = kept_code.directory("rules")
    if kept is None:
        return cast("F", njit(function))
    settings: Any = numba.config  # Its names are set when it is imported.
    chosen, settings.CACHE_DIR = settings.CACHE_DIR, str(kept)
    try:
        return cast("F", njit(cache=True)(function))
    finally:
        settings.CACHE_DIR = chosen
