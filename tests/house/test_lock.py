"""The locked versions are those that pyproject.toml allows, each with its hashes."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED = sorted(
    asked
    for asked in {
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(asked for extra in ("cluster", "report", "calibrate", "sensitivity", "test") for asked in EXTRAS[extra]),
    }
    if Requirement(asked).name != PROJECT["project"]["name"]  # The extras of this package itself.
)


def locked() -> dict[str, list[tuple[str, int]]]:
    """Versions of each library, one for each range of Pythons, with their number of hashes."""
    entries: dict[str, list[tuple[str, int]]] = {}
    text = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    for name, version, hashes in re.findall(r"^([\w.-]+)==([^\s;]+)([^\n]*(?:\n    --hash=\S+.*)*)", text, re.M):
        entries.setdefault(canonicalize_name(name), []).append((version, hashes.count("--hash=sha256:")))
    return entries


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_locked_at_an_allowed_version(asked: str) -> None:
    requirement = Requirement(asked)
    versions = locked()[canonicalize_name(requirement.name)]
    assert [version for version, _ in versions if version not in requirement.specifier] == []


def test_every_locked_library_has_hashes() -> None:
    assert len(locked()) > len(ASKED)
    assert [name for name, versions in locked().items() if any(count == 0 for _, count in versions)] == []
