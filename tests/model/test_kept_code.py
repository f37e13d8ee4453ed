"""Compiled code is kept whole, and what is damaged is never loaded."""

import os
import time
from pathlib import Path
from typing import Any

import numba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import kept_code, private_directory
from sim.model.kept_code import DamagedError, KeptCode, keep

_njit: Any = numba.njit
CONTENT = bytes(range(256)) * 4


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(private_directory, "parents", lambda: iter([tmp_path]))
    return tmp_path / private_directory.NAME


def half(x: float) -> float:
    return 0.5 * x


class Compiled:
    """A function that is kept, and what was said while it was compiled."""

    def __init__(self, sources: str = "1") -> None:
        self.compiled_in: list[Path | None] = []
        self.failed: list[OSError] = []
        self.call: Any = keep(
            _njit(half),
            KeptCode(
                half,
                lambda: sources,
                compiling=self.compiled_in.append,
                keeping_failed=lambda _, error: self.failed.append(error),
            ),
        )


def test_it_is_compiled_once(place: Path) -> None:
    first, second = Compiled(), Compiled()
    assert (first.call(3.0), second.call(3.0)) == (1.5, 1.5)
    assert (first.compiled_in, second.compiled_in) == ([place], [])
    (file,) = place.iterdir()
    assert file.name.startswith("test_kept_code-half-")


def test_other_sources_or_other_types_are_other_code(place: Path) -> None:
    function = Compiled()
    function.call(3.0)
    function.call(3)
    other = Compiled("2")
    other.call(3.0)
    assert (len(function.compiled_in), len(other.compiled_in), len(list(place.iterdir()))) == (2, 1, 3)


@pytest.mark.parametrize("damage", ["flipped", "truncated", "emptied", "exchanged"])
def test_damaged_code_is_deleted_compiled_again_and_told(
    damage: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    function = Compiled()
    function.call(3.0)
    (file,) = place.iterdir()
    whole = file.read_bytes()
    if damage == "exchanged":  # with that of another type
        function.call(3)
        (other,) = set(place.iterdir()) - {file}
        file.write_bytes(other.read_bytes())
        other.unlink()
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        file.write_bytes({"flipped": flipped, "truncated": whole[:middle], "emptied": b""}[damage])
    again = Compiled()
    assert again.call(3.0) == 1.5
    assert again.compiled_in == [place]
    assert capsys.readouterr().err == f"{file} was damaged. It is deleted, and its function is compiled again.\n"
    after = Compiled()
    after.call(3.0)
    assert after.compiled_in == []


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_no_change_of_any_byte_is_read(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.getbasetemp() / "any.code"
    kept_code.write(file, CONTENT)
    whole = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        whole[at] ^= data.draw(st.integers(1, 255))
    else:
        del whole[at:]
    file.write_bytes(whole)
    with pytest.raises(DamagedError):
        kept_code.read(file)


def test_what_was_written_is_read_and_what_is_not_there_is_none(tmp_path: Path) -> None:
    kept_code.write(tmp_path / "a.code", CONTENT)
    assert kept_code.read(tmp_path / "a.code") == CONTENT
    assert kept_code.read(tmp_path / "b.code") is None


def test_without_a_place_it_is_compiled_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_directory, "parents", lambda: iter([]))
    function = Compiled()
    assert function.call(3.0) == 1.5
    assert (function.compiled_in, function.failed) == ([None], [])


def test_without_room_the_run_goes_on_and_nothing_is_left(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    function = Compiled()
    assert function.call(3.0) == 1.5
    assert [error.strerror for error in function.failed] == ["No space left on device"]
    assert list(place.iterdir()) == []


def test_what_is_left_over_is_deleted(place: Path) -> None:
    private_directory.find()
    now = time.time()
    for name, days in (("a.tmp", 0.9), ("b.tmp", 1.1), ("c.code", 89.0), ("d.code", 91.0), ("e.txt", 999.0)):
        (place / name).touch()
        os.utime(place / name, (now, now - days * 86_400.0))
    kept_code.tidy(place)
    assert {file.name for file in place.iterdir()} == {"a.tmp", "c.code", "e.txt"}


def test_code_that_is_used_is_young(tmp_path: Path) -> None:
    file = tmp_path / "a.code"
    kept_code.write(file, CONTENT)
    os.utime(file, (0.0, 0.0))
    kept_code.read(file)
    assert time.time() - file.stat().st_mtime < 86_400.0


def test_a_closed_stderr_does_not_write_to_stdout(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    kept_code.tell("text")
    assert capsys.readouterr().out == ""
