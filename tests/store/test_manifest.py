"""The manifest is read back as it was written; what is none, or of an older version, is refused."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import sim
from sim.errors import UsageError
from sim.store.digest import values_digest
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
    files={"kpis/part-0000-00000000-00000004.parquet": "00ff"},
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
    second = MANIFEST.begun({"command": "sim sweep b.toml"}, {})
    assert second.runs == (*MANIFEST.runs, {"command": "sim sweep b.toml", "finished": None})
    assert second.files == {}
    ended = second.ended("2018-01-01", 12, {"summary.csv": "ff00"})
    assert ended.runs == (*MANIFEST.runs, {"command": "sim sweep b.toml", "finished": "2018-01-01"})
    assert replace(ended, runs=MANIFEST.runs) == replace(MANIFEST, replications=12, files={"summary.csv": "ff00"})


def test_places_are_those_of_planned_points() -> None:
    again = replace(MANIFEST, blocks=(*MANIFEST.blocks, Block.of([Registered("a=3", "hash 3")], 5)))
    assert MANIFEST.places() == {"a=1": 0, "a=2": 0}
    assert again.places() == {"a=1": 0, "a=2": 0, "a=3": 2}


def test_the_digest_of_a_block_tells_its_points_apart() -> None:
    other_config = (POINTS[0], Registered("a=2", "hash 3"))
    blocks = [Block.of(points, 5) for points in (POINTS, POINTS[::-1], POINTS[:1], other_config)]
    assert len({block.digest for block in blocks}) == 4
    assert Block.of(POINTS, 6).digest == blocks[0].digest


def written() -> dict[str, Any]:
    """The values as they stand in the file."""
    with TemporaryDirectory() as folder:
        MANIFEST.write(Path(folder))
        return stored(Path(folder))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value stands that is no list or table."""
    if isinstance(value, (dict, list)) and value:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, key))
    else:
        yield path


def stored(directory: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    return values


def refusal(directory: Path, values: Any) -> str:
    """What is said of a manifest with these values."""
    (directory / "manifest.json").write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        Manifest.read(directory)
    return str(refused.value).replace(directory.as_posix(), "DIR")


DAMAGED = "DIR/manifest.json: is damaged; the sim run that made it makes it again, anything else needs another --out"
OTHER = "DIR/manifest.json: not a manifest of this version of sim; choose another --out"


def test_whatever_value_is_changed_or_lost_is_noticed(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    places = list(leaves(stored(tmp_path)))
    assert len(places) == 31
    for *above, last in places:
        for change in ("another", "lost"):
            values = written()
            inner: Any = values
            for key in above:
                inner = inner[key]
            if change == "lost":
                del inner[last]
            else:
                inner[last] = "another" if inner[last] != "another" else 1
            assert refusal(tmp_path, values) == DAMAGED, (change, *above, last)


def test_the_order_of_values_counts(tmp_path: Path) -> None:
    values = written()
    values["definition"] = dict(reversed(values["definition"].items()))
    assert refusal(tmp_path, values) == DAMAGED


def forged(**changes: Any) -> dict[str, Any]:
    """Values with a digest that is right."""
    values = {**written(), **changes}
    del values["digest"]
    return {**values, "digest": values_digest(values)}


@pytest.mark.parametrize(
    "values",
    [
        forged(blocks=3),
        forged(blocks=[[["a=1"], 5, "0"]]),
        forged(replications="many"),
        forged(format=4),
        forged(files=["summary.csv"]),
        forged(holds="run"),
        forged(holds="something"),
        {"format": 4},
        [],
    ],
)
def test_what_no_program_of_this_version_has_written(tmp_path: Path, values: Any) -> None:
    assert refusal(tmp_path, values) == OTHER


@pytest.mark.parametrize(
    "content", ["", "[" * 100_000, '{"seed": NaN, "digest": ""}', "1" * 10_000, '{"seed": 1e999}']
)
def test_what_holds_no_values(tmp_path: Path, content: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        Manifest.read(tmp_path)
    assert str(refused.value).replace(tmp_path.as_posix(), "DIR") in (DAMAGED, OTHER)


@pytest.mark.parametrize(
    ("commands", "remedy"),
    [
        ([], "run it again into this directory"),
        (["sim.run (Python)"], "run it again into this directory"),
        (["sim run a.toml", "sim compare a b --precision x=1"], "to make it again: sim run a.toml"),
        (["sim run a.toml", "sim run a.toml --replications 9"], "to make it again: sim run a.toml --replications 9"),
        (["/p/python -m sim run a.toml", "sim.run (Python)"], "to make it again: /p/python -m sim run a.toml"),
        (["'/my p/bin/sim' sweep a.toml"], "to make it again: '/my p/bin/sim' sweep a.toml"),
        (["sim compare a.toml b.toml"], "to make it again: sim compare a.toml b.toml"),
    ],
)
def test_what_makes_a_file_again(commands: list[str], remedy: str) -> None:
    assert replace(MANIFEST, runs=tuple({"command": command} for command in commands)).remedy == remedy


@pytest.mark.parametrize("number", [1, 2])
def test_a_directory_of_an_earlier_version_is_refused_whatever_is_done_with_it(tmp_path: Path, number: int) -> None:
    directory = make(tiny(tmp_path), tmp_path / "run", 1)
    old = {"format": number, "variant": "tiny", "config": {}, "config_hash": "0", "code": "0.1.0+0123456789ab"}
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
            f"{directory.as_posix()}: was made by an earlier version of sim, whose results this version does not "
            "read; run it again into another --out, or remove that folder"
        )
    assert data(directory) == before
