"""Before any work: check that a config belongs into its directory."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from sim.batch.plan import chunk_replications, finished
from sim.batch.unit import Job
from sim.config import canonical, config_hash
from sim.config.schema import Config
from sim.errors import UsageError
from sim.model.assembly import build
from sim.store.check import metadata_of
from sim.store.manifest import FILE_NAME, Manifest, UnreadableManifest
from sim.store.parts import KPIS_FOLDER, chunks_in
from sim.store.provenance import code_version
from sim.tables.records import TABLES, TableName

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
    notes
        What the user should know of the directory.
    """

    job: Job
    replications: int
    tables: tuple[TableName, ...]
    manifest: Manifest
    notes: tuple[str, ...] = ()


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
    values, digest, code, seed = canonical(config), config_hash(config), code_version(), config.run.seed
    parameters = build(config)
    asked = check_tables(tables)
    job = Job(
        variant=name,
        directory=directory,
        parameters=parameters,
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
        chunk_replications=chunk_replications(parameters),
    )
    return join(Batch(job, config.run.replications, asked, manifest))


def join(batch: Batch) -> Batch:
    """Join a batch to what its directory holds now: more replications, more tables, earlier runs.

    Raises
    ------
    UsageError
        If the directory holds anything else.
    """
    directory, manifest = batch.job.directory, batch.manifest
    there = _manifest_there(directory)
    notes: tuple[str, ...] = ()
    if isinstance(there, _Lost):
        there = _made_again(batch, there)
        notes = (
            f"{(directory / FILE_NAME).as_posix()}: was lost or damaged and is made again, since the parts say that "
            "they are of this config and seed; when and how they were made is no longer known",
        )
    tables = batch.tables
    if there is not None:
        _refuse_other(there, manifest, directory)
        tables = tuple(table for table in TABLES if table in {*batch.tables, *there.tables})
        manifest = replace(there, config=manifest.config, tables=tables)
    return Batch(batch.job, max(batch.replications, finished(directory).replications), tables, manifest, notes)


class _Lost(NamedTuple):
    """There are results but no manifest, or one that cannot be read."""

    refusal: UsageError


def _manifest_there(directory: Path) -> Manifest | _Lost | None:
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory.as_posix()}: is a file, not a folder; choose another --out")
    try:
        manifest = Manifest.read(directory)
    except UnreadableManifest as refusal:
        return _Lost(refusal)
    if manifest is None and any((directory / folder).exists() for folder in (KPIS_FOLDER, *TABLES)):
        return _Lost(
            UsageError(
                f"{directory.as_posix()}: holds results without a manifest, so nobody knows of what; "
                "choose another --out, or remove that folder"
            )
        )
    return manifest


def _made_again(batch: Batch, lost: _Lost) -> Manifest:
    """Make the manifest of a directory all of whose parts say that they are of this batch; earlier runs are lost."""
    directory, size = batch.job.directory, batch.manifest.chunk_replications
    chunks = sorted(chunks_in(directory / KPIS_FOLDER))
    if not chunks or any(chunk.start % size or chunk.stop - chunk.start > size for chunk in chunks):
        raise lost.refusal
    folders = (KPIS_FOLDER, *(table for table in TABLES if (directory / table).exists()))
    parts = [directory / folder / chunk.file_name for folder in folders for chunk in chunks_in(directory / folder)]
    told = [of for of in map(metadata_of, parts) if of is not None]  # What cannot be read will be made again.
    if not told or any(batch.job.metadata.items() - of.items() for of in told):
        raise lost.refusal
    return replace(batch.manifest, tables=check_tables(folders[1:]))


def _refuse_other(there: Manifest, now: Manifest, directory: Path) -> None:
    found: list[str] = []
    if there.variant != now.variant:
        found.append(f"name of the config: {there.variant} there, {now.variant} now")
    if there.config_hash != now.config_hash:
        differences = [
            f"{key}: {old} there, {new} now"
            for key, old, new in _differences(there.config, now.config)
            if key not in ("run.replications", "run.seed") and key.split(".")[0] != "money"
        ]
        found += differences or ["order of the groups or other named tables"]
    if there.seed != now.seed:
        found.append(f"run.seed: {there.seed} there, {now.seed} now")
    if there.code != now.code:
        found.append(f"version of sim: {there.code} there, {now.code} now")
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
