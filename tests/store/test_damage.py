"""Files that a disk has damaged are found and made again."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sim
from sim.batch.prepare import prepare
from sim.batch.run import run_batches
from sim.batch.workers.opening import open_workers
from sim.config import load
from sim.config.experiment import load_experiment
from sim.errors import UsageError
from sim.store.digest import file_digest
from sim.store.read import read
from sim.store.run import open_manifest, open_runs
from sim.study.sweep import prepare_sweep
from tests.batch.sweeping import experiment, sweep
from tests.batch.test_failures import Noting
from tests.batch.tiny import data, flip, make, small_blocks, tiny
from tests.store.damage import Whole, study, whole


@pytest.fixture(autouse=True)
def chunks_of_five() -> Iterator[None]:
    """As in the directories that are damaged here."""
    with small_blocks():
        yield


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("config"))


@pytest.fixture(scope="module")
def sound(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(config, tmp_path_factory.mktemp("twelve") / "run", 12)


@pytest.fixture(scope="module")
def twelve(sound: Path) -> dict[str, str]:
    return data(sound)


@pytest.fixture
def directory(sound: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound, tmp_path / "run")


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


FIRST, MIDDLE, LAST = (
    f"part-0000-{chunk}.parquet" for chunk in ("00000000-00000004", "00000005-00000009", "00000010-00000011")
)
FOLDERS = ("citizens", "coordinators", "kpis", "weekly")


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


def test_a_changed_bit_in_the_middle_is_told_by_all_who_read_and_mended_by_the_command_that_they_name(
    config: Path, directory: Path, twelve: dict[str, str]
) -> None:
    path = directory / "weekly" / MIDDLE
    flip(path)
    refusal = f"{path.as_posix()}: is damaged; to make it again: sim run tiny.toml"
    other = directory / ".." / "other"
    shutil.copytree(directory, other)
    make(config, other, 12)
    for attempt in (lambda: read(directory, "weekly"), lambda: sim.compare(directory, other)):
        with pytest.raises(UsageError) as refused:
            attempt()
        assert str(refused.value) == refusal
    assert again(config, directory) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve
    assert again(config, directory) == []
    assert not sim.compare(directory, other).notes


def test_a_part_that_is_missing_is_told_by_all_who_read(
    directory: Path, config: Path, twelve: dict[str, str]
) -> None:
    """Also where it is missing in every table, so that no two of them differ."""
    for folder in ("kpis", "weekly", "citizens", "coordinators"):
        (directory / folder / MIDDLE).unlink()
    shown = directory.as_posix()
    for table in ("weekly", "citizens"):
        with pytest.raises(UsageError) as refused:
            read(directory, table)
        expected = f"{shown}/{table}/{MIDDLE}: is missing; to make it again: sim run tiny.toml"
        assert str(refused.value) == expected
    (run,) = open_runs(directory)
    with pytest.raises(UsageError, match=r"weekly/part-0000-00000005-00000009\.parquet: is missing; to make"):
        list(run.replications("weekly"))
    missing = [f"{shown}/{folder}/{MIDDLE}: missing, so it is made again" for folder in FOLDERS]
    assert again(config, directory) == missing
    assert data(directory) == twelve


def test_another_name_of_a_column_is_told(directory: Path, config: Path, twelve: dict[str, str]) -> None:
    """It would stand for key figures that nobody could compute."""
    path = directory / "replications.parquet"
    rows = pq.read_table(path)
    names = [f"{name}s" if name == "timely_share" else name for name in rows.column_names]
    pq.write_table(rows.rename_columns(names), path)
    (run,) = open_runs(directory)
    with pytest.raises(UsageError) as refused:
        run.values(["timely_share"])
    assert str(refused.value) == f"{path.as_posix()}: is damaged; to make it again: sim run tiny.toml"
    assert again(config, directory) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve


def test_many_damaged_files_are_counted(directory: Path, config: Path) -> None:
    names = [f"{folder}/{part}" for folder in FOLDERS for part in (FIRST, MIDDLE, LAST)]
    files = [*names, "replications.parquet", "summary.csv", "summary.parquet"]
    for name in files:
        (directory / name).write_bytes(b"")
    with patch("sim.store.check.MOST_NAMED", 12):
        notes = again(config, directory)
    assert notes[:-1] == [
        f"{(directory / name).as_posix()}: damaged, so it is made again" for name in sorted(files)[:12]
    ]
    assert notes[-1] == "3 more files are damaged or missing, so they are made again"


FORGED = (
    ("weekly/", "the table weekly lacks replications; to make it again: sim run tiny.toml"),
    ("", "weekly lacks replications; to make it again: sim run tiny.toml"),
)


@pytest.mark.parametrize(("folder", "expected"), FORGED)
def test_replications_are_counted_whatever_the_manifest_says(directory: Path, folder: str, expected: str) -> None:
    """One whose digest is right, and which knows nothing of a part."""
    manifest = open_manifest(directory)
    gone = LAST if folder else FIRST
    files = {n: d for n, d in manifest.files.items() if not (n.startswith(folder) and n.endswith(gone))}
    replace(manifest, files=files).write(directory)
    (run,) = open_runs(directory)
    with pytest.raises(UsageError) as refused:
        list(run.replications("weekly"))
    assert str(refused.value) == f"{directory.as_posix()}: {expected}"


def test_results_that_lack_a_replication_whatever_the_manifest_says(directory: Path) -> None:
    path, manifest = directory / "replications.parquet", open_manifest(directory)
    pq.write_table(pq.read_table(path).slice(1), path)
    replace(manifest, files={**manifest.files, path.name: file_digest(path)}).write(directory)
    (run,) = open_runs(directory)
    with pytest.raises(UsageError) as refused:
        run.finished_replications()
    assert str(refused.value) == (
        f"{directory.as_posix()}: replications.parquet lacks replications; to make it again: sim run tiny.toml"
    )


def test_another_config_whatever_the_manifest_says(directory: Path) -> None:
    manifest = open_manifest(directory)
    population = {**manifest.definition["population"], "stock": 41}
    replace(manifest, definition={**manifest.definition, "population": population}).write(directory)
    with pytest.raises(UsageError) as refused:
        open_runs(directory)[0].config  # noqa: B018
    assert str(refused.value) == (
        f"{directory.as_posix()}: the config stored there is not the one that its results were made of"
    )


def killed(directory: Path) -> None:
    """Leave a directory as a command that was killed leaves it: the digests of its parts are not known."""
    manifest = open_manifest(directory)
    replace(manifest, files={}, runs=({**manifest.runs[0], "finished": None},)).write(directory)


@pytest.mark.parametrize("folder", ["kpis", "weekly"])
@pytest.mark.parametrize("change", ["byte", "name", "row", "type"])
def test_parts_whose_digest_is_not_known_are_read_through(
    config: Path, directory: Path, twelve: dict[str, str], folder: str, change: str
) -> None:
    killed(directory)
    path = directory / folder / MIDDLE
    with pq.ParquetFile(path) as file:
        rows = file.read()
    if change == "byte":
        flip(path)
    elif change == "row":
        pq.write_table(pa.concat_tables([rows.slice(1), rows[:1]]), path)
    else:
        name, kind = rows.column_names[2], pa.int64() if folder == "weekly" else pa.float32()
        column = rows[name].cast(kind) if change == "type" else rows[name]
        pq.write_table(rows.set_column(2, f"{name}s" if change == "name" else name, column), path)
    assert again(config, directory) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve


def test_sound_parts_whose_digest_is_not_known_are_kept(config: Path, directory: Path) -> None:
    def changed() -> list[int]:
        return [(directory / folder / MIDDLE).stat().st_mtime_ns for folder in FOLDERS]

    killed(directory)
    before = changed()
    assert again(config, directory) == []
    assert changed() == before


def test_a_part_under_another_s_name(config: Path, directory: Path, twelve: dict[str, str]) -> None:
    names = [f"{folder}/{part}" for folder in ("kpis", "weekly") for part in (FIRST, FIRST.replace("04", "03"))]
    for wrong, right in ((names[0], f"kpis/{LAST}"), (names[2], f"weekly/{LAST}")):
        (directory / wrong).write_bytes((directory / right).read_bytes())
    assert len(again(config, directory)) == 2
    assert data(directory) == twelve


@pytest.mark.parametrize("doubled", [False, True])
def test_a_part_under_a_name_that_there_was_not(
    config: Path, directory: Path, twelve: dict[str, str], doubled: bool
) -> None:
    """It does not stand for replications that nobody has asked for."""
    right, wrong = directory / "kpis" / LAST, directory / "kpis" / LAST.replace("11.parquet", "16.parquet")
    wrong.write_bytes(right.read_bytes())
    if not doubled:
        right.unlink()
    assert again(config, directory) == [f"{wrong.as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve


def test_a_part_of_another_run(config: Path, directory: Path, twelve: dict[str, str], tmp_path: Path) -> None:
    other = make(config, tmp_path / "other", 12, seed=2)
    (directory / "kpis" / FIRST).write_bytes((other / "kpis" / FIRST).read_bytes())
    assert again(config, directory) == [f"{(directory / 'kpis' / FIRST).as_posix()}: damaged, so it is made again"]
    assert data(directory) == twelve


REFUSED = "is damaged; the sim run that made it makes it again, anything else needs another --out"
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


@pytest.mark.parametrize(
    ("digit", "other"), [('"seed": 1,', '"seed": 2,'), ('"replications": 12', '"replications": 13')]
)
def test_a_manifest_with_a_changed_digit(
    config: Path, directory: Path, twelve: dict[str, str], digit: str, other: str
) -> None:
    path = directory / "manifest.json"
    text = path.read_text(encoding="utf-8")
    assert digit in text
    path.write_text(text.replace(digit, other), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        open_runs(directory)
    assert str(refused.value) == f"{path.as_posix()}: {REFUSED}"
    assert again(config, directory) == [f"{path.as_posix()}: {MADE_AGAIN}"]
    assert data(directory) == twelve


@pytest.mark.parametrize("damage", [cut, empty, None])
def test_a_lost_manifest_is_told_by_who_reads(directory: Path, damage: Callable[[bytes], bytes] | None) -> None:
    path = directory / "manifest.json"
    content = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage(content))
    with pytest.raises(UsageError) as refused:
        sim.compare(directory, directory)
    assert str(refused.value) == f"{path.as_posix()}: {REFUSED}"


def test_a_lost_manifest_of_another_run(config: Path, directory: Path) -> None:
    path = directory / "manifest.json"
    path.write_bytes(b"")
    with pytest.raises(UsageError) as refused:
        make(config, directory, 12, seed=2)
    assert str(refused.value) == f"{path.as_posix()}: {REFUSED}"


@pytest.fixture(
    scope="module",
    params=[pytest.param(1, id="a block each", marks=pytest.mark.long), pytest.param(3, id="blocks of three")],
)
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
@pytest.mark.parametrize("damage", [cut, None, *(pytest.param(d, marks=pytest.mark.long) for d in (empty, zeros))])
def test_a_part_of_a_sweep_that_is_not_whole(
    swept: Path, name: str, damage: Callable[[bytes], bytes] | None
) -> None:
    before, path = data(swept), swept / name
    content = path.read_bytes()
    path.unlink()
    if damage is not None:
        path.write_bytes(damage(content))
    what = "missing" if damage is None else "damaged"
    expected = [f"{path.as_posix()}: {what}, so it is made again"]
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
@pytest.mark.parametrize("damage", [cut, pytest.param(empty, marks=pytest.mark.long)])
def test_a_file_over_all_points_is_made_again(swept: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    before, path = data(swept), swept / name
    path.write_bytes(damage(path.read_bytes()))
    assert sweep_again(swept) == [f"{path.as_posix()}: damaged, so it is made again"]
    assert data(swept) == before


def test_a_sweep_whose_manifest_is_lost_is_not_compared_with_another_baseline(swept: Path, tmp_path: Path) -> None:
    """Its manifest knows the baseline of the experiment; the last point would turn the signs."""
    stated = "citizens_per_coordinator=20+hours=full"
    assert sim.compare(swept).baseline.variant == stated != open_runs(swept)[-1].variant
    for content in (None, b"", b"{}", (swept / "manifest.json").read_bytes().replace(b"=full", b"=half")):
        shutil.rmtree(tmp_path / "sweep", ignore_errors=True)
        shutil.copytree(swept, tmp_path / "sweep")
        path = tmp_path / "sweep" / "manifest.json"
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(
            UsageError, match=f"^{path.as_posix()}: (is damaged; the sim run that made|not a manifest)"
        ):
            sim.compare(tmp_path / "sweep")


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return whole(tmp_path_factory.mktemp("whole"))


def test_some_damages(there: Whole, tmp_path: Path) -> None:
    assert_none_is_silent(there, tmp_path, range(4))


@pytest.mark.long
@pytest.mark.parametrize("shard", range(60))
def test_three_thousand_damages(there: Whole, tmp_path: Path, shard: int) -> None:
    assert_none_is_silent(there, tmp_path, range(50 * shard, 50 * (shard + 1)))


def assert_none_is_silent(there: Whole, folder: Path, numbers: range) -> None:
    """Show how many were found when they were read, changed nothing, were mended and refused."""
    found = [study(there, folder, number) for number in numbers]
    print(Counter(one[1:] for one in found))
    assert [one for one in found if "silent" in one] == []
