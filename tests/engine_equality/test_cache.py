"""Where compiled code is kept, and what the user is told."""

import os
from pathlib import Path

import pytest

from sim.engine.compiled import cache
from sim.model import kept_code


def test_the_chosen_directory_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    kept = cache.find()
    assert kept.directory == tmp_path / "chosen" / f"loop-{cache.sources_hash()}"
    assert kept.directory.is_dir()
    assert not kept.compiled
    assert cache.announcement(kept) == (
        "Compiling the engine for this computer: about 20 seconds, once. "
        f"The result is kept in {kept.directory}."
    )  # fmt: skip


def test_code_that_lies_there_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    directory = cache.find().directory
    assert directory is not None
    (directory / "loop.nbi").touch()
    assert cache.find().compiled


def test_the_next_directory_where_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(kept_code, "candidates", lambda: iter([tmp_path / "file", tmp_path / "free"]))
    assert cache.find().directory == tmp_path / "free" / f"loop-{cache.sources_hash()}"


def test_nowhere_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(kept_code, "candidates", lambda: iter([tmp_path / "file"]))
    kept = cache.find()
    assert kept == cache.Kept(None, False)
    assert cache.announcement(kept) == (
        "Compiling the engine for this computer: about 20 seconds. There is no directory of your own to keep "
        "the result, so every process compiles again; set NUMBA_CACHE_DIR to one that only you can write to."
    )


@pytest.mark.parametrize(
    ("platform", "variable", "below"),
    [("win32", "LOCALAPPDATA", "jobcentre-sim"), ("linux", "XDG_CACHE_HOME", "jobcentre-sim")],
)
def test_the_users_cache(
    platform: str, variable: str, below: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert next(kept_code.candidates()) == tmp_path / below


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
