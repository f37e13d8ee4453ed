"""What the user is told of the compiled loop, and which sources it depends on."""

import os
from pathlib import Path

import pytest

from sim.engine.compiled import cache


def test_what_is_said_before_the_loop_is_compiled(tmp_path: Path) -> None:
    assert cache.compiling(tmp_path) == (
        f"Compiling the engine for this computer: about 20 seconds, once. The result is kept in {tmp_path}."
    )
    assert cache.compiling(None) == (
        "Compiling the engine for this computer: about 20 seconds. There is no directory of your own to keep "
        "the result, so every process compiles again; set NUMBA_CACHE_DIR to a directory that only you can write to."
    )


def test_what_is_said_when_it_cannot_be_kept(tmp_path: Path) -> None:
    assert cache.keeping_failed(tmp_path, OSError(28, "No space left on device")) == (
        f"The compiled engine could not be kept in {tmp_path}: No space left on device. The run goes on, but every "
        "process compiles again; make room there, or set NUMBA_CACHE_DIR to a directory that only you can write to."
    )


@pytest.mark.parametrize("changed", ["catalogue.py", "tables/column.py", "model/rule.py", "engine/compiled/x.py"])
def test_an_edited_source_gives_another_directory(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "sim"
    for folder in ("tables", "model", "engine/compiled"):
        (package / folder).mkdir(parents=True, exist_ok=True)
    rule = package / changed
    rule.write_text("A = 1\n", encoding="utf-8")
    monkeypatch.setattr(cache, "__file__", os.fspath(package / "engine" / "compiled" / "cache.py"))
    before = cache.sources_hash()
    assert cache.sources_hash() == before
    rule.write_text("A = 2\n", encoding="utf-8")
    assert cache.sources_hash() != before
