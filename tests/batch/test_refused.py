"""A directory that holds something else is refused before any work, with words that say why."""

import os
from pathlib import Path

import pytest

from sim.config import load
from sim.errors import UsageError
from sim.model.version import RULES_VERSION
from sim.store.manifest import Manifest
from tests.batch.tiny import TINY, data, make, tiny


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run in `run`."""
    folder = tmp_path_factory.mktemp("base")
    make(tiny(folder), folder / "run", 1)
    return folder


CHANGES = {
    "staffing.citizens_per_coordinator: 20.0 there, 50.0 now": (
        "citizens_per_coordinator = 20",
        "citizens_per_coordinator = 50",
    ),
    "groups.ready.elapsed_weeks.gamma.mean: 20.0 there, 25.0 now": ("mean = 20", "mean = 25"),
    "staffing.administration_share: 0.0 there, 0.1 now": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nadministration_share = 0.1",
    ),
    "run.start: 2018-01-01 there, 2019-01-01 now": ("2018-01-01", "2019-01-01"),
    "groups.sick.exits.other.caseload.power.elasticity: absent there, 0.2 now": (
        "exits.other = { hazard_per_week = 0.03 }",
        "exits.other = { hazard_per_week = 0.03, caseload.power.elasticity = 0.2 }",
    ),
}


@pytest.mark.parametrize("expected", CHANGES)
def test_another_config(base: Path, tmp_path: Path, expected: str) -> None:
    before = data(base / "run")
    changed = tiny(tmp_path, change=CHANGES[expected])
    with pytest.raises(UsageError) as refused:
        make(changed, base / "run", 1)
    assert str(refused.value) == (
        f"{(base / 'run').as_posix()}: holds a run of something else, so nothing was run:\n  {expected}\n"
        "Choose another --out, or remove that folder to start again."
    )
    assert refused.value.exit_code == 2
    assert data(base / "run") == before


def test_another_order_of_groups(base: Path, tmp_path: Path) -> None:
    head, ready, rest = TINY.partition("[groups.ready]")
    ready_table, sick, tail = (ready + rest).partition("[groups.sick]")
    sick_table, staffing, end = (sick + tail).partition("[staffing]")
    path = tmp_path / "tiny.toml"
    path.write_text(head + sick_table + ready_table + staffing + end, encoding="utf-8")
    assert "\n  order of the groups or other named tables\n" in reasons(path, base / "run")


def reasons(config: Path, directory: Path, seed: int = 1) -> str:
    with pytest.raises(UsageError) as refused:
        make(config, directory, 1, seed=seed)
    return str(refused.value)


def test_another_seed(base: Path) -> None:
    assert "\n  run.seed: 1 there, 2 now\n" in reasons(base / "tiny.toml", base / "run", seed=2)


def test_another_name(base: Path, tmp_path: Path) -> None:
    message = reasons(tiny(tmp_path, "pilot"), base / "run")
    assert "\n  name of the config: tiny there, pilot now\n" in message


def test_another_version_of_the_rules(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.batch.refusals.RULES_VERSION", RULES_VERSION + 1)
    message = reasons(base / "tiny.toml", base / "run")
    versions = f"{RULES_VERSION} there, {RULES_VERSION + 1} now"
    assert f"\n  version of the rules: {versions}: the same config gives other results\n" in message


def test_more_replications_in_the_config_are_no_other_config(base: Path, tmp_path: Path) -> None:
    config = tiny(tmp_path, change=("replications = 7", "replications = 9"))
    assert load(config).config.run.replications == 9
    directory = make(tiny(tmp_path / ".."), tmp_path / "run", 1)
    make(config, directory, 2)
    manifest = Manifest.read(directory)
    assert manifest is not None
    assert manifest.replications == 2


def test_results_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "run" / "weekly").mkdir(parents=True)
    assert reasons(tiny(tmp_path), tmp_path / "run") == (
        f"{(tmp_path / 'run').as_posix()}: holds results without a manifest, so nobody knows of what; "
        "choose another --out, or remove that folder"
    )


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("", encoding="utf-8")
    expected = f"{(tmp_path / 'run').as_posix()}: is a file, not a folder; choose another --out"
    assert reasons(tiny(tmp_path), tmp_path / "run") == expected


DAMAGED = "is damaged; the sim run that made it makes it again, anything else needs another --out"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"format": 3', DAMAGED),
        ('{"format": 3}', DAMAGED),
        ('{"format": 4}', "not a manifest of this version of sim; choose another --out"),
        ("[]", "not a manifest of this version of sim; choose another --out"),
    ],
)
def test_a_manifest_that_is_none(tmp_path: Path, content: str, expected: str) -> None:
    (tmp_path / "run").mkdir()
    path = tmp_path / "run" / "manifest.json"
    path.write_text(content, encoding="utf-8")
    assert reasons(tiny(tmp_path), tmp_path / "run") == f"{path.as_posix()}: {expected}"
    assert path.read_text(encoding="utf-8") == content


@pytest.mark.posix
def test_a_folder_whose_name_is_not_utf8(base: Path, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"d\xe6r")
    with pytest.raises(UsageError) as refused:
        make(tiny(base), folder, 1)
    shown = f"{tmp_path.as_posix()}/d\\udce6r"
    assert str(refused.value) == f"{shown}: the name of the folder is not UTF-8 text; choose another --out"
    assert not folder.exists()
