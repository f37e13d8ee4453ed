"""Compiling a scalar function, so that the reference engine too calls it at the speed of compiled code."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit
from numba.extending import register_jitable

from sim.model.kept_code import KeptCode, keep

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

    The machine code is kept (`sim.model.kept_code`). Where it cannot be, every process compiles anew (about a
    second). Functions that a compiled one calls stand in the same file: the kept code is renewed when the file
    changes, and does not see others.
    """
    dispatcher: Any = njit(function)
    if dispatcher is not function:  # as it is with NUMBA_DISABLE_JIT=1
        keep(dispatcher, KeptCode(function, lambda: _file_hash(function)))
    return cast("F", dispatcher)


def _file_hash(function: Callable[..., object]) -> str:
    return hashlib.blake2b(Path(function.__code__.co_filename).read_bytes(), digest_size=10).hexdigest()
