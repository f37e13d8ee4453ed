"""The examples in the docstrings of the Python functions, run as they stand on a small job centre."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from tests.batch.tiny import tiny

MODULES = ("sim.api.run", "sim.api.compare", "sim.study.evaluate")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "configs").mkdir()
    for citizens in (50, 130):
        # A job centre of 40 in the place of the shipped one; 130 are more than it has.
        change = ("citizens_per_coordinator = 20", f"citizens_per_coordinator = {citizens // 5}")
        tiny(tmp_path / "configs", f"{citizens}_per_worker", change)
    found = doctest.testmod(import_module(name), optionflags=doctest.FAIL_FAST | doctest.NORMALIZE_WHITESPACE)
    assert found.failed == 0
    assert found.attempted >= 5
