"""Files that a disk has damaged are found and made again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.analysis.kpis import KPIS_IDENTITY
from sim.batch.prepare import prepare
from sim.batch.run import run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.config.experiment import load_experiment
from sim.errors import UsageError
from sim.store.check import metadata_of, remove_damaged
from sim.store.manifest import Manifest
from sim.store.parts import row_groups
from sim.store.read import read
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, sweep
from tests.batch.test_failures import Noting
from tests.batch.tiny import data, flip, make, small_blocks, tiny


@pytest.fixture(autouse=True)
def chunks_of_five() -> Iterator[None]:
    """As in the directories that are damaged here."""
    with small_blocks():
        yield


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("config"))


@pytest.fixture(scope="module")
def twelve(config: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return data(make(config, tmp_path_factory.mktemp("twelve") / "run", 12))


@pytest.fixture
def directory(twelve: dict[str, str], config: Path, tmp_path: Path) -> Path:
    return make(config, tmp_path / "run", 12)


def again(config: Path, directory: Path) -> list[str]:
    """Run into the directory once more; give what the user is told."""
    loaded, progress = load(config, {"run.replications": 12}), Noting()
    batch = prepare(loaded.name, loaded.config, directory)
    with open_workers(1) as workers:
        run_batches([batch], workers, 1, progress, "sim run tiny.toml")
    return progress.notes


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def empty(_: bytes) -> bytes:
    return b""


def zeros(content: bytes) -> bytes:
    return bytes(len(content))


FIRST, LAST = "part-0000-00000000-00000004.parquet", "part-0000-00000010-00000011.parquet"


@pytest.mark.parametrize("folder", ["kpis", "weekly", "citizens"])
@pytest.mark.parametrize("damage", [cut, empty, zeros])
def test_a_part_that_is_not_whole(
    config: Path, directory: Path, twelve: dict[str, str], folder: str, damage: Callable[[bytes], bytes]
) -> None:
    path = directory / folder / FIRST
    path.write_bytes(damage(path.read_bytes()))
    assert again(config, directory) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve
    assert again(config, directory) == []


@pytest.mark.parametrize("name", [f"kpis/{FIRST}", f"weekly/{LAST}"])
def test_a_changed_byte_where_it_is_looked_for(
    config: Path, directory: Path, twelve: dict[str, str], name: str
) -> None:
    flip(directory / name)
    assert again(config, directory) == [f"{(directory / name).as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve


def test_a_changed_byte_elsewhere_is_found_when_it_is_read(config: Path, directory: Path) -> None:
    path = directory / "weekly" / FIRST
    flip(path)
    assert again(config, directory) == []
    with pytest.raises(OSError, match="could not verify page integrity, CRC"):
        list(row_groups(path))
    with pytest.raises(UsageError) as refused:
        read(directory, "weekly")
    assert str(refused.value) == (
        f"{(directory / 'weekly').as_posix()}: cannot be read; is it damaged? Repeat the command of its run, which "
        "makes it again"
    )


def test_a_part_under_another_s_name(config: Path, directory: Path, twelve: dict[str, str]) -> None:
    names = [f"{folder}/{part}" for folder in ("kpis", "weekly") for part in (FIRST, FIRST.replace("04", "03"))]
    for wrong, right in ((names[0], f"kpis/{LAST}"), (names[2], f"weekly/{LAST}")):
        (directory / wrong).write_bytes((directory / right).read_bytes())
    assert len(again(config, directory)) == 2
    assert data(directory) == twelve


def test_a_part_of_another_run(config: Path, directory: Path, twelve: dict[str, str], tmp_path: Path) -> None:
    other = make(config, tmp_path / "other", 12, seed=2)
    (directory / "kpis" / FIRST).write_bytes((other / "kpis" / FIRST).read_bytes())
    assert again(config, directory) == [f"{(directory / 'kpis' / FIRST).as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve


MADE_AGAIN = (
    "was lost or damaged and is made again, since the parts say that they are of this config and seed; when and how "
    "they were made is no longer known"
)


@pytest.mark.parametrize("damage", [cut, empty, None])
def test_a_manifest_that_is_lost_or_damaged(
    config: Path, directory: Path, twelve: dict[str, str], damage: Callable[[bytes], bytes] | None
) -> None:
    path = directory / "manifest.json"
    content = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage(content))
    assert again(config, directory) == [f"{path.as_posix()}: {MADE_AGAIN}"]
    assert data(directory) == twelve
    assert again(config, directory) == []


def test_a_lost_manifest_of_another_run(config: Path, directory: Path) -> None:
    path = directory / "manifest.json"
    path.write_bytes(b"")
    with pytest.raises(UsageError) as refused:
        make(config, directory, 12, seed=2)
    assert str(refused.value) == f"{path.as_posix()}: cannot be read; choose another --out"


@pytest.fixture(scope="module", params=[1, 3], ids=["a block each", "blocks of three"])
def swept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of four points with seven replications each."""
    folder = tmp_path_factory.mktemp("sweep")
    return sweep(experiment(folder), folder / f"run-{request.param}", points=request.param)


def sweep_again(directory: Path) -> list[str]:
    """Run into the directory of the sweep once more; give what the user is told."""
    progress = Noting()
    batch = prepare_sweep(load_experiment(directory.parent / "small.toml"), directory)
    with open_workers(1) as workers:
        run_batches([batch], workers, 1, progress, "sim sweep small.toml")
    return progress.notes


SECOND = FIRST.replace("part-0000", "part-0001")


@pytest.mark.parametrize("name", [f"kpis/{SECOND}", f"citizens/{FIRST}"])
@pytest.mark.parametrize("damage", [cut, empty, zeros, None])
def test_a_part_of_a_sweep_that_is_not_whole(
    swept: Path, name: str, damage: Callable[[bytes], bytes] | None
) -> None:
    before, path = data(swept), swept / name
    content = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage(content))
    expected = [] if damage is None else [f"{path.as_posix()}: damaged, so it is made again"]
    assert sweep_again(swept) == expected
    assert data(swept) == before
    assert sweep_again(swept) == []


def test_a_changed_byte_in_the_key_figures_of_a_sweep(swept: Path) -> None:
    before, path = data(swept), swept / "kpis" / FIRST
    flip(path)
    assert sweep_again(swept) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(swept) == before


@pytest.mark.parametrize("folder", ["kpis", "citizens"])
def test_a_part_of_other_points(swept: Path, folder: str) -> None:
    before, path = data(swept), swept / folder / FIRST
    path.write_bytes((swept / folder / SECOND).read_bytes())
    assert sweep_again(swept) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(swept) == before


@pytest.mark.parametrize("lacking", [1, 4])
def test_key_figures_that_lack_rows(swept: Path, lacking: int) -> None:
    """Some, or as many as a point has."""
    before, path = data(swept), swept / "kpis" / FIRST
    with pq.ParquetFile(path) as file:
        rows = file.read()
    pq.write_table(rows.slice(lacking), path)
    assert sweep_again(swept) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(swept) == before


@pytest.mark.parametrize(
    "name", ["plan.parquet", "plan.csv", "replications.parquet", "summary.parquet", "summary.csv"]
)
@pytest.mark.parametrize("damage", [cut, empty])
def test_a_file_over_all_points_is_made_again(swept: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    before, path = data(swept), swept / name
    path.write_bytes(damage(path.read_bytes()))
    assert sweep_again(swept) == []
    assert data(swept) == before


def test_sound_parts_are_left_alone(directory: Path) -> None:
    manifest, metadata = Manifest.read(directory), metadata_of(directory / "kpis" / FIRST)
    assert manifest is not None
    assert metadata is not None
    del metadata[KPIS_IDENTITY]  # Only the KPIs' own parts say this.
    assert remove_damaged(directory, ["weekly", "citizens", "coordinators"], manifest.blocks, [metadata]) == []
