"""Files are whole or absent; the manifest tells how they were made."""

import json
import platform
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from unittest.mock import ANY

import pytest

import sim
from sim.config import canonical, config_hash, load
from sim.errors import RunFailed
from sim.model.version import RULES_VERSION
from sim.store.files import atomic, remove_leftovers, write_text
from sim.store.provenance import code_version, command_line
from tests.batch.tiny import data, make, tiny


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.txt"
    with atomic(path) as file:
        file.write(b"half")
        assert not path.exists()
        file.write(b" and half")
    assert path.read_bytes() == b"half and half"


def test_an_error_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old\n")

    def interrupted() -> None:
        with atomic(path) as file:
            file.write(b"ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.txt", b"old\n")]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "weekly").write_text("", encoding="utf-8")
    path = tmp_path / "weekly" / "part"
    with pytest.raises(RunFailed) as failed:
        write_text(path, "x")
    assert str(failed.value) == f"{path.as_posix()}: cannot be written: file exists"


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path, target: Path) -> None:
        raise PermissionError(13, "Access is denied", str(self))

    monkeypatch.setattr(Path, "replace", locked)
    path = tmp_path / "summary.csv"
    with pytest.raises(RunFailed) as failed:
        write_text(path, "x")
    expected = f"{path.as_posix()}: cannot be written: permission denied (is it open in another program?)"
    assert str(failed.value) == expected
    assert list(tmp_path.iterdir()) == []


def test_only_temporary_files_are_leftovers(tmp_path: Path) -> None:
    for name in (".part.parquet.7.tmp", ".gitignore", "notes.tmp", "part.parquet"):
        (tmp_path / name).write_text("", encoding="utf-8")
    remove_leftovers(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".gitignore", "notes.tmp", "part.parquet"]


def test_manifest(tmp_path: Path) -> None:
    path = tiny(tmp_path)
    directory = make(path, tmp_path / "run", 3, tables=("weekly",))
    make(path, directory, 6, tables=("weekly",), workers=1)
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    config = load(path, {"run.replications": 6, "run.seed": 1}).config
    runs = manifest.pop("runs")
    digest = sha256(f"tiny={config_hash(config)}".encode()).hexdigest()[:16]
    assert manifest == {
        "format": 3,
        "basis": {},
        "name": "tiny",
        "holds": "run",
        "definition": canonical(config),
        "seed": 1,
        "rules": RULES_VERSION,
        "tables": ["weekly"],
        "blocks": [[[["tiny", config_hash(config), True]], 5, digest]],
        "replications": 6,
        "csv": "en",
        "files": {name: sha256((directory / name).read_bytes()).hexdigest() for name in data(directory)},
        "digest": ANY,
    }
    assert [run["replications"] for run in runs] == [3, 6]
    for run in runs:
        assert (run["command"], run["engine"], run["workers"]) == ("sim run tiny.toml", "compiled", 1)
        assert (run["python"], run["platform"]) == (platform.python_version(), platform.platform())
        libraries = ["numpy", "pandas", "pyarrow", "scipy", "simpy", "numba", "llvmlite", "pydantic"]
        assert list(run["libraries"]) == libraries
        assert datetime.fromisoformat(run["started"]) <= datetime.fromisoformat(run["finished"])


def test_the_code_version_is_that_of_the_package() -> None:
    version, _, fingerprint = code_version().partition("+")
    pyproject = Path(sim.__file__).parent.parent / "pyproject.toml"
    assert f'\nversion = "{version}"\n' in pyproject.read_text(encoding="utf-8")
    assert len(bytes.fromhex(fingerprint)) == 6


def test_the_code_version_follows_all_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def package(rule: bytes, text: bytes) -> str:
        for name, content in {"model/rule.py": rule, "analysis/kpis.py": b"", "report/text.py": text}.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(content)
        return code_version.__wrapped__()  # What is kept for the rest of the process stays.

    monkeypatch.setattr("sim.store.provenance._PACKAGE", tmp_path)
    first = package(b"x = 1\n", b"")
    assert package(b"x = 1\r\n", b"") == first
    assert package(b"x = 1\n", b"another text") != first
    assert package(b"x = 2\n", b"") != first


def test_a_command_can_be_copied_back() -> None:
    assert command_line(["sim", "run", "my config.toml"]) == "sim run 'my config.toml'"
