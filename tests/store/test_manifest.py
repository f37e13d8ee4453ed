"""The manifest is read back as it was written; what is none, or of an older version, is refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import sim
from sim.errors import UsageError
from sim.store.manifest import Block, Manifest, Registered
from sim.store.run import open_manifest, open_runs
from tests.batch.sweeping import experiment, sweep
from tests.batch.tiny import data, make, tiny

POINTS = (Registered("a=1", "hash 1"), Registered("a=2", "hash 2"))
MANIFEST = Manifest(
    name="blåbær",
    holds="sweep",
    definition={"experiment": {"baseline": None}, "factors": {"a": {"values": [1, 2.5, True]}}},
    seed=7,
    rules=1,
    tables=("weekly", "citizens"),
    blocks=(Block.of(POINTS, 5), Block((Registered("a=3", "hash 3", planned=False),), 1, "0123456789abcdef")),
    replications=9,
    runs=({"command": "sim sweep a.toml", "finished": None},),
    files=("manifest.json", "kpis/part-0000-00000000-00000004.parquet"),
)


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    assert Manifest.read(tmp_path) == MANIFEST
    first = (tmp_path / "manifest.json").read_bytes()
    assert "blåbær".encode() in first
    open_manifest(tmp_path).write(tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == first


def test_there_may_be_none(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path) is None
    with pytest.raises(UsageError) as refused:
        open_manifest(tmp_path)
    assert str(refused.value) == f"{tmp_path.as_posix()}: holds no run: there is no manifest.json"


def test_commands_are_added_one_after_the_other() -> None:
    second = MANIFEST.begun({"command": "sim sweep b.toml"})
    assert second.runs == (*MANIFEST.runs, {"command": "sim sweep b.toml", "finished": None})
    ended = second.ended("2018-01-01", 12, ("manifest.json",))
    assert ended.runs == (*MANIFEST.runs, {"command": "sim sweep b.toml", "finished": "2018-01-01"})
    assert replace(ended, runs=MANIFEST.runs) == replace(MANIFEST, replications=12, files=("manifest.json",))


def test_places_are_those_of_planned_points() -> None:
    again = replace(MANIFEST, blocks=(*MANIFEST.blocks, Block.of([Registered("a=3", "hash 3")], 5)))
    assert MANIFEST.places() == {"a=1": 0, "a=2": 0}
    assert again.places() == {"a=1": 0, "a=2": 0, "a=3": 2}


def test_the_digest_of_a_block_tells_its_points_apart() -> None:
    other_config = (POINTS[0], Registered("a=2", "hash 3"))
    blocks = [Block.of(points, 5) for points in (POINTS, POINTS[::-1], POINTS[:1], other_config)]
    assert len({block.digest for block in blocks}) == 4
    assert Block.of(POINTS, 6).digest == blocks[0].digest


@pytest.mark.parametrize("missing", ["blocks", "rules", "format"])
def test_a_manifest_that_lacks_something(tmp_path: Path, missing: str) -> None:
    MANIFEST.write(tmp_path)
    path = tmp_path / "manifest.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    del values[missing]
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        Manifest.read(tmp_path)
    assert str(refused.value) == (f"{path.as_posix()}: not a manifest of this version of sim; choose another --out")


def test_a_directory_of_version_0_1_0_is_refused_whatever_is_done_with_it(tmp_path: Path) -> None:
    directory = make(tiny(tmp_path), tmp_path / "run", 1)
    old = {"format": 1, "variant": "tiny", "config": {}, "config_hash": "0", "code": "0.1.0+0123456789ab"}
    (directory / "manifest.json").write_text(json.dumps(old), encoding="utf-8")
    before = data(directory)
    attempts = (
        lambda: make(tmp_path / "tiny.toml", directory, 2),
        lambda: sweep(experiment(tmp_path), directory, 2),
        lambda: open_runs(directory),
        lambda: sim.compare(directory, directory),
    )
    for attempt in attempts:
        with pytest.raises(UsageError) as refused:
            attempt()
        assert str(refused.value) == (
            f"{directory.as_posix()}: was made by version 0.1.0 of sim, whose results this version does not read; "
            "run it again into another --out, or remove that folder"
        )
    assert data(directory) == before
