"""Functions that are compiled into the loop: as parts, or the ordinary way where Numba cannot have parts."""

import sys
from typing import Any

import numba
import pytest

from sim.model import jit, link_once

_njit: Any = numba.njit


@pytest.fixture
def fresh_trial() -> Any:
    link_once.works.cache_clear()
    yield
    link_once.works.cache_clear()


def one_third(x: float) -> float:
    return x / 3.0


def through_a_part(x: float) -> tuple[float, str]:
    """Give what a part returns to an ordinary function, and how the part was compiled."""
    part = _njit(one_third, no_cpython_wrapper=True, no_cfunc_wrapper=True, **jit.PART)
    value = _njit(lambda x: 2.0 * part(x))(x)
    (compiled,) = part.overloads.values()
    return value, type(compiled.library).__name__


def test_the_installed_numba_can_have_parts() -> None:
    assert link_once.works()
    assert through_a_part(0.7) == (2.0 * (0.7 / 3.0), "PartLibrary")


@pytest.mark.usefixtures("fresh_trial")
@pytest.mark.parametrize("error", [AttributeError, TypeError, AssertionError])
def test_where_the_trial_fails_functions_are_compiled_the_ordinary_way(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(link_once.PartLibrary, "finalize", fail)
    assert not link_once.works()
    assert through_a_part(0.7) == (2.0 * (0.7 / 3.0), "JITCodeLibrary")


def test_a_numba_without_the_inner_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert jit.part_options() == {"_nrt": False, "pipeline_class": link_once.Part}
    monkeypatch.setitem(sys.modules, "sim.model.link_once", None)
    assert jit.part_options() == {"_nrt": False}
