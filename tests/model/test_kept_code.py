"""Compiled code is kept and loaded only where nobody else can put any."""

import os
from pathlib import Path

import pytest

from sim.model import kept_code

pytestmark = pytest.mark.posix


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only candidate, below a directory that is one's own."""
    place = tmp_path / "chosen"
    monkeypatch.setattr(kept_code, "candidates", lambda: iter([place]))
    return place


def test_it_is_closed_to_others(chosen: Path) -> None:
    assert kept_code.directory("loop") == chosen / "loop"
    assert (chosen / "loop").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o722])
def test_one_that_others_can_write_to_is_not_taken(chosen: Path, mode: int) -> None:
    (chosen / "loop").mkdir(parents=True)
    (chosen / "loop").chmod(mode)
    assert kept_code.directory("loop") is None
    assert (chosen / "loop").stat().st_mode & 0o777 == mode  # And is left as it is.


def test_one_that_others_can_exchange_is_not_taken(chosen: Path) -> None:
    chosen.mkdir()
    chosen.chmod(0o777)
    assert kept_code.directory("loop") is None
    chosen.chmod(0o1777)  # As /tmp: nobody can move what is another's.
    assert kept_code.directory("loop") == chosen / "loop"


def test_one_that_another_user_has_prepared_is_not_taken(chosen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept_code.directory("loop") is not None
    somebody_else = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody_else)
    assert kept_code.directory("loop") is None


def test_a_link_to_what_is_not_ones_own_is_not_taken(chosen: Path, tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    chosen.symlink_to(open_to_all)
    assert kept_code.directory("loop") is None


def test_there_is_no_predictable_place_among_temporary_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    assert list(kept_code.candidates()) == [tmp_path / "numba", tmp_path / "cache" / "jobcentre-sim"]
