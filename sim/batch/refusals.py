"""Why a directory is refused: it holds something else, and this is what differs."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.errors import UsageError
from sim.model.version import RULES_VERSION
from sim.store.manifest import Manifest


def refuse_other(there: Manifest, now: Manifest, directory: Path) -> None:
    """Refuse a directory that holds a run of another config, seed or version of the rules, or a sweep."""
    found: list[str] = []
    if there.holds != now.holds:
        raise UsageError(f"{directory.as_posix()}: holds the sweep {there.name}, not a run; choose another --out")
    if there.name != now.name:
        found.append(f"name of the config: {there.name} there, {now.name} now")
    if there.blocks[0].points[0].config_hash != now.blocks[0].points[0].config_hash:
        found += config_differences(there.definition, now.definition)
    if there.draws != now.draws:
        found.append(f"draws of a posterior: {there.draws_shown} there, {now.draws_shown} now")
    found += seed_and_rules(there, now)
    refuse(directory, found)


def seed_and_rules(there: Manifest, now: Manifest) -> list[str]:
    """Say where the seed or the version of the rules differ."""
    found = [] if there.seed == now.seed else [f"run.seed: {there.seed} there, {now.seed} now"]
    return found + other_rules(there)


def other_rules(there: Manifest) -> list[str]:
    """Say where a directory was made by another version of the rules."""
    if there.rules == RULES_VERSION:
        return []
    return [f"version of the rules: {there.rules} there, {RULES_VERSION} now: the same config gives other results"]


def refuse(directory: Path, found: Sequence[str]) -> None:
    """Refuse a directory that holds something else, if anything was found."""
    if found:
        lines = "\n".join(f"  {line}" for line in found)
        raise UsageError(
            f"{directory.as_posix()}: holds a run of something else, so nothing was run:\n{lines}\n"
            "Choose another --out, or remove that folder to start again."
        )


def config_differences(there: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """List the keys of a config that differ, in so far as results depend on them."""
    found = [
        f"{key}: {old} there, {new} now"
        for key, old, new in _differences(there, now)
        if key not in ("run.replications", "run.seed") and key.split(".")[0] != "money"
    ]
    return found or ["order of the groups or other named tables"]


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Dotted keys whose values differ, with both values as text; what is switched off counts as absent."""
    before, after = dict(_leaves(old, ())), dict(_leaves(new, ()))
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield key, _shown(before, key), _shown(after, key)


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    else:
        yield ".".join(path), value


def _shown(leaves: Mapping[str, Any], key: str) -> str:
    value = leaves.get(key)
    return "absent" if value is None else str(value)
