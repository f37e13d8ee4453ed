"""What is left to do: chunks of replications that are not finished yet, or lack a table that is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.analysis.kpis import KPI_TABLES, KPIS_IDENTITY
from sim.batch.variant import Variant, facts_of
from sim.model.parameters import Parameters
from sim.store.check import columns_of, metadata_of
from sim.store.manifest import Block, Registered
from sim.store.parts import KPIS_FOLDER, Chunk, chunks_in, longest
from sim.tables.arrow import Metadata
from sim.tables.encode import file_columns
from sim.tables.records import TABLES, TableName

# Measured on the compiled engine with the default tables: 0.15 to 0.26 microseconds a citizen and week, and as
# much as 10,000 of them for a replication of nobody. A chunk is thus 0.3 to 0.7 seconds, far above the few
# milliseconds that it takes to hand it to a worker and to open its files.
_CITIZEN_WEEKS_IN_A_CHUNK = 2_500_000
_CITIZEN_WEEKS_OF_NOBODY = 10_000
_WEEKS_OF_A_NEWCOMER = 26


class ChunkTask(NamedTuple):
    """A piece of work that ends with one part file for each table.

    Attributes
    ----------
    chunk
        The block and the replications whose parts it writes.
    variants
        The points of the block that are planned, each with its place among all points of the block.
    names
        Names of all points of the block.
    replaces
        A finished, shorter part with the same start, removed when this one is there.
    first_run
        First replication that is simulated; those before it are copied from `replaces`.
    tables
        Tables to write.
    record
        Also write the KPI part (it is there already if only a table was missing).
    digest
        Of the block.
    refill
        Nothing is simulated: the KPIs are computed again from the tables that are kept.
    renews
        Everything is simulated again, though there is a KPI part: its key figures are outdated, and the tables from
        which they follow are not kept.
    """

    chunk: Chunk
    variants: tuple[tuple[int, Variant], ...]
    names: tuple[str, ...]
    replaces: Chunk | None
    first_run: int
    tables: tuple[TableName, ...]
    record: bool
    digest: str
    refill: bool = False
    renews: bool = False

    @property
    def metadata(self) -> Metadata:
        """What every part of the block says of its points."""
        return {"sim.points": self.digest}

    def to_send(self) -> "ChunkTask":
        """The same, with only those draws of a posterior that its replications need."""
        # All of the chunk: if the part that it continues cannot be read, the worker begins at its start.
        numbers = range(self.chunk.start, self.chunk.stop)
        return self._replace(variants=tuple((place, one.to_send(numbers)) for place, one in self.variants))

    @property
    def replications(self) -> int:
        """Number of replications simulated, all points together."""
        return 0 if self.refill else (self.chunk.stop - self.first_run) * len(self.variants)


def work_share(parameters: Parameters) -> float:
    """Share of a chunk, about half a second of work on the compiled engine, that one replication makes.

    Follows from the config alone, never from measured time, workers or the number of replications: part files
    have the same bytes everywhere.

    Parameters
    ----------
    parameters
        Of the job centre: its weeks, its stock, and its inflow, who are thought to stay half a year.
    """
    weeks = parameters.warm_up + parameters.horizon
    stay = min(weeks / 2, _WEEKS_OF_A_NEWCOMER)
    citizen_weeks = sum((group.stock + group.inflow * stay) * weeks for group in parameters.groups)
    return (_CITIZEN_WEEKS_OF_NOBODY + citizen_weeks) / _CITIZEN_WEEKS_IN_A_CHUNK


def blocks_of(variants: Sequence[Variant], replications: int) -> list[Block]:
    """Put points into blocks so that all replications of a block are about a chunk's worth of work, or more.

    A point whose own replications fill a chunk has a block to itself, and as many chunks as it takes: from one
    replication each for a large municipality to 250 for next to nobody.
    """
    blocks: list[Block] = []
    points: list[Registered] = []
    share = 0.0
    for i, variant in enumerate(variants):
        points.append(Registered(variant.name, variant.config_hash))
        share += work_share(variant.parameters)
        if share * replications >= 1.0 or i + 1 == len(variants):
            blocks.append(Block.of(points, max(1, round(1.0 / share))))
            points, share = [], 0.0
    return blocks


class Finished(NamedTuple):
    """What a directory holds: chunks with a KPI part, and of these the ones that each table has.

    Attributes
    ----------
    kpis, tables
        Chunks.
    outdated
        Of `kpis`: those whose key figures are not the ones that this version computes. (A table whose columns are
        not the present ones does not count as there at all.)
    """

    kpis: frozenset[Chunk]
    tables: dict[TableName, frozenset[Chunk]]
    outdated: frozenset[Chunk] = frozenset()

    def end(self, block: int) -> int:
        """The end of the last finished chunk of a block (there may be gaps before it)."""
        return max((chunk.stop for chunk in self.kpis if chunk.block == block), default=0)

    def done(self, points: Mapping[int, int]) -> int:
        """Number of finished replications, all points together; `points` of each block count."""
        return sum((chunk.stop - chunk.start) * points.get(chunk.block, 0) for chunk in longest(self.kpis))


def finished(directory: Path, kpis_now: str | None = None) -> Finished:
    """Look up what is finished in a directory; with the identity of the KPIs, also what is outdated."""
    kpis = frozenset(chunks_in(directory / KPIS_FOLDER))
    tables = {table: kpis & chunks_in(directory / table) for table in TABLES}
    if kpis_now is None:
        return Finished(kpis, tables)
    folder = directory / KPIS_FOLDER
    told = {chunk: metadata_of(folder / chunk.file_name) for chunk in kpis}
    outdated = frozenset(chunk for chunk, of in told.items() if of and of.get(KPIS_IDENTITY) != kpis_now)
    current = {
        table: frozenset(c for c in chunks if _is_current(directory, table, c)) for table, chunks in tables.items()
    }
    return Finished(kpis, current, outdated)


def _is_current(directory: Path, table: TableName, chunk: Chunk) -> bool:
    """Whether a part has the columns and rows of this version; one that cannot be read is looked at elsewhere."""
    file = directory / table / chunk.file_name
    there = columns_of(file)
    if there is None:
        return True
    as_now = facts_of(table).items() <= (metadata_of(file) or {}).items()
    return as_now and there == [column.name for column in file_columns(table)]


def plan(
    done: Finished,
    tables: Sequence[TableName],
    replications: int,
    blocks: Sequence[Block],
    variants: Mapping[str, Variant],
) -> list[ChunkTask]:
    """List the chunks that complete a batch, in order.

    Where chunks begin and end depends on replication numbers alone. A last chunk that was cut short because
    fewer replications were asked for is continued, not run again.

    Parameters
    ----------
    done
        What is finished.
    tables
        Tables that every replication must have.
    replications
        How many there must be of each point; those of a block that has more stay.
    blocks
        Of the manifest.
    variants
        The points that are planned, by name.
    """
    return [
        task
        for number, block in enumerate(blocks)
        for task in _of_block(done, tables, max(replications, done.end(number)), number, block, variants)
    ]


def planned_points(block: Block, variants: Mapping[str, Variant]) -> tuple[tuple[int, Variant], ...]:
    """List the points of a block that are planned, each with its place in it."""
    return tuple(
        (place, variants[point.name])
        for place, point in enumerate(block.points)
        if point.planned and point.name in variants
    )


def _of_block(
    done: Finished,
    tables: Sequence[TableName],
    replications: int,
    number: int,
    block: Block,
    variants: Mapping[str, Variant],
) -> Iterator[ChunkTask]:
    points = planned_points(block, variants)
    if not points:
        return
    there = {chunk.start: chunk for chunk in longest(done.kpis) if chunk.block == number}
    size = block.chunk_replications
    for start in range(0, replications, size):
        replaces = there.get(start)
        chunk = Chunk(number, start, min(start + size, replications))
        if replaces is not None:
            chunk = max(chunk, replaces)  # More are finished than are asked for.
        task = ChunkTask(chunk, points, block.names, None, start, tuple(tables), True, block.digest)
        if chunk in done.kpis:
            again = chunk in done.outdated and not _can_refill(done, chunk)
            missing = tuple(table for table in tables if again or chunk not in done.tables[table])
            if missing or again:
                yield task._replace(tables=missing, record=again, renews=again)
            if chunk in done.outdated and not again:
                yield task._replace(tables=(), refill=True)
            continue
        complete = replaces is not None and all(replaces in done.tables[table] for table in tables)
        complete = complete and replaces not in done.outdated
        yield task._replace(
            replaces=replaces, first_run=replaces.stop if replaces is not None and complete else start
        )


def _can_refill(done: Finished, chunk: Chunk) -> bool:
    """Whether the tables from which KPIs follow are kept for a chunk."""
    return all(chunk in done.tables[table] for table in KPI_TABLES)
