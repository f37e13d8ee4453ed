"""What a user adds to the folders of configs and experiments changes neither the documentation nor its tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.make_reference import PAGES
from docs.reference.shipped import CONFIGS, EXPERIMENTS, ROOT, SHIPPED_CONFIGS, SHIPPED_EXPERIMENTS

OWN_CONFIG = 'extends = "{base}"\nrun.seed = 7  # ASSUMPTION, and [mine]\n'
OWN_EXPERIMENT = '[experiment]\nbase = "{base}"\n[factors."run.horizon_weeks"]\nvalues = [7]\n'


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    """What is told of each folder."""
    return {CONFIGS: PAGES["figures.md"](), EXPERIMENTS: PAGES["experiments.md"]()}


@pytest.mark.parametrize("path", [*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS], ids=lambda path: path.stem)
def test_what_is_shipped_is_there_and_told_of(path: Path, pages: dict[Path, str]) -> None:
    assert path.is_file()
    assert path.name in pages[path.parent]


def test_own_files_are_not_in_the_documentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `sim new my_centre`, and with an experiment on it; nothing is written into the folders themselves."""
    listed = Path.glob
    own = {CONFIGS: tmp_path / "my_centre.toml", EXPERIMENTS: tmp_path / "mine.toml"}
    for file, text in zip(own.values(), (OWN_CONFIG, OWN_EXPERIMENT), strict=True):
        file.write_text(text.format(base=(CONFIGS / "jki.toml").as_posix()), encoding="utf-8")

    def with_own(folder: Path, pattern: str) -> Iterator[Path]:
        yield from listed(folder, pattern)
        yield from (own[folder],) if folder in own else ()

    monkeypatch.setattr(Path, "glob", with_own)
    assert own[CONFIGS] in CONFIGS.glob("*.toml")
    for name in ("figures.md", "experiments.md"):
        assert PAGES[name]() == (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_no_test_takes_what_lies_in_the_folders_for_shipped() -> None:
    folders = ("CONFIGS.glob", "EXPERIMENTS.glob", '"configs").glob', '"experiments").glob')
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.py")]
    here = Path(__file__)
    assert [f for f in files if f != here and any(text in f.read_text(encoding="utf-8") for text in folders)] == []
