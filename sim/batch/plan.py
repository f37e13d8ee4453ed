"""What is left to do: chunks of replications that are not finished yet, or lack a table that is asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.model.parameters import Parameters
from sim.store.parts import KPIS_FOLDER, Chunk, chunks_in, longest
from sim.tables.records import TABLES, TableName

# Measured on the compiled engine with the default tables: 0.15 to 0.26 microseconds a citizen and week, and as
# much as 10,000 of them for a replication of nobody. A chunk is thus 0.3 to 0.7 seconds, far above the few
# milliseconds that it takes to hand it to a worker and to open its files.
_CITIZEN_WEEKS_IN_A_CHUNK = 2_500_000
_CITIZEN_WEEKS_OF_NOBODY = 10_000
_WEEKS_OF_A_NEWCOMER = 26


class Unit(NamedTuple):
    """A piece of work that ends with one part file for each table.

    Attributes
    ----------
    chunk
        The replications whose parts it writes.
    replaces
        A finished, shorter part with the same start, removed when this one is there.
    first_run
        First replication that is simulated; those before it are copied from `replaces`.
    tables
        Tables to write.
    record
        Also write the KPI part (it is there already if only a table was missing).
    """

    chunk: Chunk
    replaces: Chunk | None
    first_run: int
    tables: tuple[TableName, ...]
    record: bool

    @property
    def replications(self) -> int:
        """Number of replications simulated."""
        return self.chunk.stop - self.first_run


def chunk_replications(parameters: Parameters) -> int:
    """Decide how many replications a part file holds: about half a second of work on the compiled engine.

    Follows from the config alone, never from measured time, workers or the number of replications: part files
    have the same bytes everywhere.

    Parameters
    ----------
    parameters
        Of the job centre: its weeks, its stock, and its inflow, who are thought to stay half a year.

    Returns
    -------
    int
        From 1 for a large municipality to 250 for next to nobody.
    """
    weeks = parameters.warm_up + parameters.horizon
    stay = min(weeks / 2, _WEEKS_OF_A_NEWCOMER)
    citizen_weeks = sum((group.stock + group.inflow * stay) * weeks for group in parameters.groups)
    return max(1, round(_CITIZEN_WEEKS_IN_A_CHUNK / (_CITIZEN_WEEKS_OF_NOBODY + citizen_weeks)))


class Finished(NamedTuple):
    """What a run's directory holds: chunks with a KPI part, and of these the ones that each table has."""

    kpis: frozenset[Chunk]
    tables: dict[TableName, frozenset[Chunk]]

    @property
    def done(self) -> int:
        """Number of finished replications."""
        return sum(chunk.stop - chunk.start for chunk in self.kpis)

    @property
    def replications(self) -> int:
        """The end of the last finished chunk (there may be gaps before it)."""
        return max((chunk.stop for chunk in self.kpis), default=0)


def finished(directory: Path) -> Finished:
    """Look up what is finished in a run's directory."""
    kpis = frozenset(chunks_in(directory / KPIS_FOLDER))
    return Finished(kpis, {table: kpis & chunks_in(directory / table) for table in TABLES})


def plan(done: Finished, tables: Sequence[TableName], replications: int, size: int) -> list[Unit]:
    """List the units of work that complete a batch, in order.

    Where chunks begin and end depends on replication numbers alone. A last chunk that was cut short because
    fewer replications were asked for is continued, not run again.

    Parameters
    ----------
    done
        What is finished.
    tables
        Tables that every replication must have.
    replications
        How many there must be.
    size
        Replications in a chunk.
    """
    there = {chunk.start: chunk for chunk in longest(done.kpis)}
    units = []
    for start in range(0, replications, size):
        replaces = there.get(start)
        chunk = Chunk(start, min(start + size, replications))
        if replaces is not None:
            chunk = max(chunk, replaces)  # More are finished than are asked for.
        if chunk in done.kpis:
            missing = tuple(table for table in tables if chunk not in done.tables[table])
            if missing:
                units.append(Unit(chunk, None, start, missing, record=False))
            continue
        complete = replaces is not None and all(replaces in done.tables[table] for table in tables)
        first_run = replaces.stop if replaces is not None and complete else start
        units.append(Unit(chunk, replaces, first_run, tuple(tables), record=True))
    return units
