"""A pipe, a folder or a part of an impossible number among the results is told or made again, without a wait."""

import os
import shutil
from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.store.run import open_manifest
from tests.batch.tiny import data, make, tiny

pytestmark = pytest.mark.posix
PART = "part-0000-00000000-00000000.parquet"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run in `run`."""
    folder = tmp_path_factory.mktemp("whole")
    make(tiny(folder), folder / "run", 1)
    return folder


@pytest.mark.parametrize("name", ["summary.csv", "replications.parquet", f"kpis/{PART}", f"weekly/{PART}"])
def test_a_pipe_in_place_of_a_file_is_made_again(whole: Path, tmp_path: Path, name: str) -> None:
    directory = tmp_path / "run"
    shutil.copytree(whole / "run", directory)
    (directory / name).unlink()
    os.mkfifo(directory / name)
    make(tiny(whole), directory, 1)
    assert (directory / name).is_file()
    assert data(directory) == data(whole / "run")


def test_a_pipe_in_place_of_the_manifest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.json")
    with pytest.raises(UsageError) as refused:
        open_manifest(tmp_path)
    shown = f"{tmp_path.as_posix()}/manifest.json"
    assert str(refused.value) == f"{shown}: cannot be read: is a pipe, not a file"


def test_a_folder_in_place_of_a_part(whole: Path, tmp_path: Path) -> None:
    directory = tmp_path / "run"
    shutil.copytree(whole / "run", directory)
    (directory / "weekly" / PART).unlink()
    (directory / "weekly" / PART).mkdir()
    with pytest.raises(UsageError) as refused:
        make(tiny(whole), directory, 1)
    shown = f"{directory.as_posix()}/weekly/{PART}"
    assert str(refused.value) == f"{shown}: is damaged and cannot be removed: is a directory"


@pytest.mark.parametrize("number", ["01000000", "99999999999", "9" * 30])
def test_a_part_of_an_impossible_number_is_none(whole: Path, tmp_path: Path, number: str) -> None:
    directory = tmp_path / "run"
    shutil.copytree(whole / "run", directory)
    extra = directory / "kpis" / f"part-0000-00000000-{number}.parquet"
    shutil.copy(directory / "kpis" / PART, extra)
    make(tiny(whole), directory, 1)
    assert data(directory) == data(whole / "run")
