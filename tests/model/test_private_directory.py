"""Compiled code is kept and loaded only where nobody else can put any."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.model import kept_code, private_directory

pytestmark = pytest.mark.posix


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where code may be kept, below a directory that is one's own."""
    parent = tmp_path / "chosen"
    monkeypatch.setattr(private_directory, "parents", lambda: iter([parent]))
    return parent / private_directory.NAME


def test_it_is_closed_to_others(chosen: Path) -> None:
    assert private_directory.find() == chosen
    assert chosen.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o722])
def test_one_that_others_can_write_to_is_not_taken(chosen: Path, mode: int) -> None:
    chosen.mkdir(parents=True)
    chosen.chmod(mode)
    assert private_directory.find() is None
    assert chosen.stat().st_mode & 0o777 == mode  # And is left as it is.


def test_one_that_others_can_exchange_is_not_taken(chosen: Path) -> None:
    chosen.parent.mkdir()
    chosen.parent.chmod(0o777)
    assert private_directory.find() is None
    chosen.parent.chmod(0o1777)  # As /tmp: nobody can move what is another's.
    assert private_directory.find() == chosen


def test_a_link_is_followed_before_the_look_so_that_it_cannot_be_changed_after(chosen: Path, tmp_path: Path) -> None:
    chosen.parent.symlink_to(tmp_path / "real")
    (tmp_path / "real").mkdir()
    assert private_directory.find() == tmp_path / "real" / private_directory.NAME
    (tmp_path / "real").chmod(0o777)
    assert private_directory.find() is None


def test_there_is_no_predictable_place_among_temporary_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "numba"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    assert list(private_directory.parents()) == [tmp_path / "numba", tmp_path / "cache"]


def test_where_one_cannot_be_written_the_next_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(private_directory, "parents", lambda: iter([tmp_path / "file", tmp_path / "free"]))
    assert private_directory.find() == tmp_path / "free" / private_directory.NAME
    monkeypatch.setattr(private_directory, "parents", lambda: iter([tmp_path / "file"]))
    assert private_directory.find() is None


@pytest.mark.parametrize(("platform", "variable"), [("win32", "LOCALAPPDATA"), ("linux", "XDG_CACHE_HOME")])
def test_the_users_cache(platform: str, variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert next(private_directory.parents()) == tmp_path


ATTACKER, VICTIM = 54_321, 54_322
"""Two unprivileged users; they need no account."""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A directory in which everybody can put files, as on a shared server."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        shared = Path(name) / "tmp"
        shared.mkdir()
        shared.chmod(0o1777)
        yield shared


@pytest.fixture
def become(shared: Path) -> Iterator[Callable[[int], None]]:
    """Act as another user, as root can; back to root before the shared directory goes."""
    if os.geteuid() != 0:
        pytest.skip("only root can act as two other users")

    def become(user: int) -> None:
        os.seteuid(0)
        os.setegid(user)
        os.seteuid(user)

    yield become
    os.seteuid(0)
    os.setegid(0)


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o1777, 0o700])
@pytest.mark.parametrize("variable", ["NUMBA_CACHE_DIR", "XDG_CACHE_HOME"])
def test_a_tree_that_another_user_has_prepared_is_refused(
    variable: str,
    mode: int,
    become: Callable[[int], None],
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, "/nonexistent")
    monkeypatch.setenv(variable, str(shared / "cache"))
    become(ATTACKER)
    prepared = shared / "cache" / private_directory.NAME
    prepared.mkdir(parents=True)
    kept_code.write(prepared / "loop.code", b"code of the attacker")
    (prepared / "loop.code").chmod(0o666)
    for directory in (prepared, prepared.parent):
        directory.chmod(mode)
    become(VICTIM)
    assert private_directory.find() is None
    become(ATTACKER)
    assert private_directory.find() == prepared if mode in (0o755, 0o700) else private_directory.find() is None


def test_what_another_user_has_linked_to_is_refused(
    become: Callable[[int], None], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attacker's link leads first to the victim's own directory, then to the attacker's."""
    monkeypatch.setattr(private_directory, "parents", lambda: iter([shared / "link"]))
    for user, name in ((VICTIM, "own"), (ATTACKER, "other")):
        become(user)
        (shared / name).mkdir()
    (shared / "link").symlink_to(shared / "own")
    become(VICTIM)
    found = private_directory.find()
    assert found == shared / "own" / private_directory.NAME
    become(ATTACKER)
    (shared / "link").unlink()
    (shared / "link").symlink_to(shared / "other")
    become(VICTIM)
    assert found == shared / "own" / private_directory.NAME  # Still the victim's: no link is on the way to it.
    assert private_directory.find() is None


def test_a_file_that_another_user_has_written_is_refused(become: Callable[[int], None], shared: Path) -> None:
    file = shared / "loop.code"
    become(ATTACKER)
    kept_code.write(file, b"code of the attacker")
    file.chmod(0o644)
    become(VICTIM)
    with pytest.raises(kept_code.DamagedError):
        kept_code.read(file)
    become(ATTACKER)
    assert kept_code.read(file) == b"code of the attacker"
    file.chmod(0o666)  # Now somebody else could have written it.
    with pytest.raises(kept_code.DamagedError):
        kept_code.read(file)
