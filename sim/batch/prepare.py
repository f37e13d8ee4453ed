"""Before any work: check that a config belongs into its directory."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from sim.batch.plan import CHUNK_REPLICATIONS, finished
from sim.batch.unit import Job
from sim.config import canonical, config_hash
from sim.config.schema import Config
from sim.engine.records import TABLES, TableName
from sim.errors import UsageError
from sim.model.assembly import build
from sim.store.manifest import Manifest
from sim.store.parts import KPIS_FOLDER
from sim.store.provenance import code_version

DEFAULT_TABLES: tuple[TableName, ...] = ("weekly", "citizens", "coordinators")


class Batch(NamedTuple):
    """A variant's replications that are to be in a directory.

    Attributes
    ----------
    job
        What every replication shares.
    replications
        How many there will be: those asked for, or more if more are finished already.
    tables
        Tables to be there: those asked for and those there already.
    manifest
        Of the directory, without the run that is about to begin.
    """

    job: Job
    replications: int
    tables: tuple[TableName, ...]
    manifest: Manifest


def check_tables(names: Sequence[str]) -> tuple[TableName, ...]:
    """Put names of tables into the standard order.

    Raises
    ------
    UsageError
        If there is no table of a name; says which may be meant.
    """
    for name in names:
        if name not in TABLES:
            near = get_close_matches(name, TABLES, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(TABLES)}"
            raise UsageError(f"tables: unknown table {name!r}; {hint}")
    return tuple(table for table in TABLES if table in names)


def prepare(
    name: str,
    config: Config,
    directory: Path,
    *,
    tables: Sequence[str] = DEFAULT_TABLES,
    engine: str = "compiled",
) -> Batch:
    """Check that a config can be run into a directory, and say what will be there; nothing is written.

    Parameters
    ----------
    name
        Of the variant.
    config
        Its replications and seed are those of the batch.
    directory
        New, or of an earlier run of the same config and seed, which is resumed or extended.
    tables
        Tables to write beside the KPIs.
    engine
        "compiled" or "simpy": the same results.

    Raises
    ------
    UsageError
        If the directory holds anything else, or a table does not exist.
    """
    asked = check_tables(tables)
    values, digest, code = canonical(config), config_hash(config), code_version()
    seed = config.run.seed
    there = _manifest_there(directory)
    if there is not None:
        _refuse_other(there, directory, name, values, digest, seed, code)
        asked = tuple(table for table in TABLES if table in {*asked, *there.tables})
    job = Job(
        variant=name,
        directory=directory,
        parameters=build(config),
        seed=seed,
        engine=engine,
        start=config.run.start,
        metadata={
            "sim.variant": name,
            "sim.config_hash": digest,
            "sim.seed": str(seed),
            "sim.code": code,
        },
    )
    manifest = Manifest(
        variant=name,
        config=values,
        config_hash=digest,
        seed=seed,
        code=code,
        tables=asked,
        chunk_replications=there.chunk_replications if there else CHUNK_REPLICATIONS,
        replications=there.replications if there else 0,
        runs=there.runs if there else (),
        files=there.files if there else (),
    )
    replications = max(config.run.replications, finished(directory).replications)
    return Batch(job, replications, asked, manifest)


def _manifest_there(directory: Path) -> Manifest | None:
    shown = directory.as_posix()
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{shown}: is a file, not a folder; choose another --out")
    manifest = Manifest.read(directory)
    if manifest is None and any((directory / folder).exists() for folder in (KPIS_FOLDER, *TABLES)):
        raise UsageError(
            f"{shown}: holds results without a manifest, so nobody knows of what; "
            "choose another --out, or remove that folder"
        )
    return manifest


def _refuse_other(
    there: Manifest,
    directory: Path,
    name: str,
    values: dict[str, Any],
    digest: str,
    seed: int,
    code: str,
) -> None:
    found: list[str] = []
    if there.variant != name:
        found.append(f"name of the config: {there.variant} there, {name} now")
    if there.config_hash != digest:
        differences = [
            f"{key}: {old} there, {new} now"
            for key, old, new in _differences(there.config, values)
            if key not in ("run.replications", "run.seed") and key.split(".")[0] != "money"
        ]
        found += differences or ["order of the groups or other named tables"]
    if there.seed != seed:
        found.append(f"run.seed: {there.seed} there, {seed} now")
    if there.code != code:
        found.append(f"version of sim: {there.code} there, {code} now")
    if found:
        lines = "\n".join(f"  {line}" for line in found)
        raise UsageError(
            f"{directory.as_posix()}: holds a run of something else, so nothing was run:\n{lines}\n"
            "Choose another --out, or remove that folder to start again."
        )


def _differences(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
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


def _shown(leaves: dict[str, Any], key: str) -> str:
    value = leaves.get(key)
    if value is None:
        return "absent"
    return str(value)
