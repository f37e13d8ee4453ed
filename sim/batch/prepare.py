"""Before any work: check that configs belong into a directory, and say what will be there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from sim.analysis.kpis import kpis_now
from sim.batch.chunk import Job
from sim.batch.drawn import Drawn
from sim.batch.plan import ChunkTask, blocks_of, finished, plan, planned_points
from sim.batch.refusals import refuse_other
from sim.batch.resolved import resolve
from sim.batch.variant import Variant
from sim.catalogue import DEFAULT_TABLES
from sim.config.schema import Config
from sim.errors import UsageError
from sim.model.version import RULES_VERSION
from sim.safe_text import is_utf8
from sim.store.check import metadata_of
from sim.store.csv_file import check_form, form_of
from sim.store.manifest import FILE_NAME, Block, Manifest, UnreadableManifest
from sim.store.parts import KPIS_FOLDER, chunks_among, chunks_in
from sim.store.results import SUMMARY_CSV
from sim.tables.records import TABLES, TableName

POSTERIOR = "sim.posterior_draws"
"""Key of the metadata that says which draws, and how many replications of each, a file's replications have."""


class Batch(NamedTuple):
    """The replications of one variant, or of all points of a sweep, that are to be in a directory.

    Attributes
    ----------
    job
        What every replication shares.
    variants
        The config, or the points in the order of the plan.
    replications
        Of each: those asked for, or more if more are finished already.
    tables
        Tables to be there: those asked for and those there already.
    manifest
        Of the directory, without the command that is about to begin.
    notes
        What the user should know of the directory.
    plan
        Of a sweep (see `sim.store.plan`).
    csv
        Form of the CSV files (see `sim.store.csv_file`); None: that of the files which are there, or the default.
    """

    job: Job
    variants: tuple[Variant, ...]
    replications: int
    tables: tuple[TableName, ...]
    manifest: Manifest
    notes: tuple[str, ...] = ()
    plan: pa.Table | None = None
    csv: str | None = None

    @property
    def by_name(self) -> dict[str, Variant]:
        """The variants by name."""
        return {variant.name: variant for variant in self.variants}

    def tasks(self) -> list[ChunkTask]:
        """List what is left to do, from what the directory holds now."""
        done = finished(self.job.directory, kpis_now())
        return plan(done, self.tables, self.replications, self.manifest.blocks, self.by_name)

    def wanted(self) -> int:
        """Count the replications that are to be there, all points together."""
        done = finished(self.job.directory)
        return sum(
            points * max(self.replications, done.end(block)) for block, points in self._points_of_blocks().items()
        )

    def done(self) -> int:
        """Count the finished replications, all points together."""
        return finished(self.job.directory).done(self._points_of_blocks())

    def block_metadata(self) -> list[dict[str, str]]:
        """List what the parts of each block say of the run that they belong to."""
        return [{**self.job.metadata, "sim.points": block.digest} for block in self.manifest.blocks]

    def _points_of_blocks(self) -> dict[int, int]:
        variants = self.by_name
        return {i: len(planned_points(block, variants)) for i, block in enumerate(self.manifest.blocks)}


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
    csv: str | None = None,
    basis: Mapping[str, str] | None = None,
    drawn: Drawn | None = None,
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
    csv
        Form of the CSV files (see `Batch`).
    basis
        What the config's files say of its keys (see `Manifest`); None: what the directory's manifest says.
    drawn
        The config with the draws of a posterior, which then give each replication its parameters.

    Raises
    ------
    UsageError
        If the directory holds anything else, a table or form does not exist, or there are too few draws.
    """
    resolved = resolve(name, config, drawn)
    facts = {"sim.config_hash": resolved.variant.config_hash}
    if drawn is not None:
        drawn.check(config.run.replications)
        facts[POSTERIOR] = f"{drawn.posterior.digest} {drawn.per_draw}"
    job = make_job(name, directory, config.run.seed, engine, facts)
    asked = check_tables(tables)
    manifest = Manifest(
        name=name,
        holds="run",
        definition=resolved.values,
        seed=config.run.seed,
        rules=RULES_VERSION,
        tables=asked,
        blocks=tuple(blocks_of([resolved.variant], config.run.replications)),
        basis=dict(basis or {}),
        posterior=None if drawn is None else drawn.about,
    )
    return join(Batch(job, (resolved.variant,), config.run.replications, asked, manifest, csv=check_form(csv)))


def make_job(name: str, directory: Path, seed: int, engine: str, metadata: Mapping[str, str]) -> Job:
    """Say what every chunk of a batch shares.

    Raises
    ------
    UsageError
        If the directory's name is not UTF-8 text, which the readers and writers of tables need.
    """
    if not is_utf8(str(directory)):
        raise UsageError(f"{directory.as_posix()}: the name of the folder is not UTF-8 text; choose another --out")
    facts = {"sim.name": name, **metadata, "sim.seed": str(seed), "sim.rules": str(RULES_VERSION)}
    return Job(name, directory, seed, engine, facts)


def join(batch: Batch) -> Batch:
    """Join a batch to what its directory holds now: more replications, more tables, new points, earlier commands.

    Raises
    ------
    UsageError
        If the directory holds anything else.
    """
    directory, manifest = batch.job.directory, batch.manifest
    there = manifest_there(directory)
    notes: tuple[str, ...] = ()
    if isinstance(there, Lost):
        there = _made_again(batch, there)
        notes = (
            f"{(directory / FILE_NAME).as_posix()}: was lost or damaged and is made again, since the parts say that "
            "they are of this config and seed; when and how they were made is no longer known",
        )
    if there is None:
        return batch._replace(notes=notes)
    if batch.plan is None:
        refuse_other(there, manifest, directory)
    tables = tuple(table for table in TABLES if table in {*batch.tables, *there.tables})
    blocks = _extended(there.blocks, batch)
    basis = manifest.basis or there.basis
    manifest = replace(there, definition=manifest.definition, tables=tables, blocks=blocks, basis=basis)
    # A run that has more replications than are asked for keeps them. The name of a part that the manifest does not
    # know may be wrong: it counts when the part has been read.
    known = chunks_among(there.files, KPIS_FOLDER) if batch.plan is None else ()
    most = max((chunk.stop for chunk in known), default=0)
    return batch._replace(replications=max(batch.replications, most), tables=tables, manifest=manifest, notes=notes)


def _extended(blocks: Sequence[Block], batch: Batch) -> tuple[Block, ...]:
    """Keep every planned point where it is; drop those no longer planned, put new ones into blocks of their own.

    A point that is planned again after it was dropped goes on in its block if it was alone there: a block of several
    may have grown without it.
    """
    variants = batch.by_name
    kept: list[Block] = []
    known: set[str] = set()
    for block in blocks:
        points = []
        for point in block.points:
            variant = variants.get(point.name)
            same = variant is not None and variant.config_hash == point.config_hash
            planned = same and (point.planned or len(block.points) == 1)
            known |= {point.name} if planned else set()
            points.append(point._replace(planned=planned))
        kept.append(block._replace(points=tuple(points)))
    new = [variant for variant in batch.variants if variant.name not in known]
    return (*kept, *blocks_of(new, batch.replications))


class Lost(NamedTuple):
    """There are results but no manifest, or one that cannot be read."""

    refusal: UsageError


def manifest_there(directory: Path) -> Manifest | Lost | None:
    """Look for the manifest of a directory; None: there is nothing.

    Raises
    ------
    UsageError
        If the directory is a file, or holds a manifest of something else.
    """
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory.as_posix()}: is a file, not a folder; choose another --out")
    try:
        manifest = Manifest.read(directory)
    except UnreadableManifest as refusal:
        return Lost(refusal)
    if manifest is None and any((directory / folder).exists() for folder in (KPIS_FOLDER, *TABLES)):
        return Lost(
            UsageError(
                f"{directory.as_posix()}: holds results without a manifest, so nobody knows of what; "
                "choose another --out, or remove that folder"
            )
        )
    return manifest


def _made_again(batch: Batch, lost: Lost) -> Manifest:
    """Make the manifest of a run all of whose parts say that they are of this config; earlier commands are lost.

    That of a sweep is not made again: which point was where, and with which config, is no longer known.
    """
    directory, (block, *others) = batch.job.directory, batch.manifest.blocks
    size = block.chunk_replications
    chunks = sorted(chunks_in(directory / KPIS_FOLDER))
    if batch.plan is not None or others or not chunks:
        raise lost.refusal
    if any(chunk.block or chunk.start % size or chunk.stop - chunk.start > size for chunk in chunks):
        raise lost.refusal
    folders = (KPIS_FOLDER, *(table for table in TABLES if (directory / table).exists()))
    parts = [directory / folder / chunk.file_name for folder in folders for chunk in chunks_in(directory / folder)]
    told = [of for of in map(metadata_of, parts) if of is not None]  # What cannot be read will be made again.
    if not told or any(batch.block_metadata()[0].items() - of.items() for of in told):
        raise lost.refusal
    return replace(batch.manifest, tables=check_tables(folders[1:]), csv=form_of(directory / SUMMARY_CSV))
