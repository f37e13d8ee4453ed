"""Key figures of everybody, each group and each department, from the tables of a run that are kept.

A citizen is of the group at entry and of the department at the exit or the horizon, as in the table of citizens.
Coordinators are of a department and of no group: what is made of them alone, or of citizens per coordinator, is
undefined for a group.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from sim.analysis.comparison.moments import Intervals, PairedMoments
from sim.analysis.draws import with_draws
from sim.analysis.kpis import HIGHEST, KPI_TABLES, KPIS, values_of
from sim.analysis.kpis.kpi import Columns, Floats
from sim.analysis.pairing import in_step, tables_command
from sim.analysis.subgroups import Part, common_parts
from sim.analysis.summary import STATISTICS, summarise_many
from sim.catalogue import COORDINATOR, EVERYONE
from sim.errors import UsageError
from sim.model.names import Names
from sim.store.run import Run
from sim.tables.arrow import Metadata, table_of
from sim.tables.column import text
from sim.tables.decode import decode_table

KEYS = (
    text("kpi", "Name of the KPI."),
    text("unit", "Unit of the KPI; of all figures of the row but the counts."),
    text("group", "Group at entry; (all): all together."),
    text("department", "Department at exit or horizon; (all): all together."),
)
"""Columns that say of what and of whom a figure is told."""
COLUMNS = (text("variant", "Name of the config."), *KEYS, *STATISTICS)


class PartDifferences(NamedTuple):
    """All key figures of a variant against the baseline.

    Attributes
    ----------
    variant, baseline
        Names of the runs.
    parts
        First axis of the statistics: everybody, and the groups and departments that both have. The other is `KPIS`.
    intervals
        The statistics.
    """

    variant: str
    baseline: str
    parts: tuple[Part, ...]
    intervals: Intervals


def kpis_by_part(run: Run, parts: Sequence[Part]) -> Iterator[tuple[int, Floats]]:
    """Give number and key figures (part x KPI) of every replication, one in memory at a time.

    Raises
    ------
    UsageError
        If the run does not keep the tables, or they are damaged.
    """
    missing = [table for table in KPI_TABLES if table not in run.tables]
    if missing:
        raise UsageError(
            f"{run.shown}: key figures by group and department need the tables {', '.join(KPI_TABLES)}; "
            f"there is no {' and no '.join(missing)}\nto add it: {tables_command(run, ','.join(KPI_TABLES))}"
        )
    names = Names(
        tuple(run.config["groups"]), tuple(run.config["departments"]), (), roles=(COORDINATOR, *run.config["roles"])
    )
    horizon = float(run.config["run"]["horizon_weeks"])
    for rows in zip(*(run.replications(table) for table in KPI_TABLES), strict=True):
        (number, _), _ = rows
        citizens, coordinators = (
            {name: np.asarray(v) for name, v in decode_table(table, of_table, names).items()}
            for table, (_, of_table) in zip(KPI_TABLES, rows, strict=True)
        )
        yield number, np.stack([_of_part(part, citizens, coordinators, names, horizon) for part in parts])


def part_differences(run: Run, baseline: Run) -> PartDifferences:
    """Compare two runs in every key figure of every part that both have, over the replications that both have.

    Raises
    ------
    UsageError
        If one of them does not keep the tables, or they are damaged.
    """
    parts = common_parts(run, baseline)
    moments = PairedMoments((len(parts), len(KPIS)), run.manifest.per_draw)
    for ours, theirs in in_step(kpis_by_part(run, parts), kpis_by_part(baseline, parts)):
        moments.add(ours, theirs)
    return PartDifferences(run.name, baseline.name, parts, moments.intervals())


def summary_by_part(run: Run, metadata: Metadata) -> pa.Table:
    """Make a table of a run: one row for each KPI and part, over the replications.

    Raises
    ------
    UsageError
        If the run does not keep the tables, or they are damaged.
    """
    parts = common_parts(run)
    values = np.stack([figures for _, figures in kpis_by_part(run, parts)], axis=1)
    statistics = summarise_many(values, HIGHEST)
    if run.manifest.posterior is not None:
        statistics = with_draws(statistics, values, HIGHEST, run.manifest.per_draw)
    cells = (
        (run.variant, kpi.name, kpi.unit, *part, *statistics[p][k])
        for k, kpi in enumerate(KPIS)
        for p, part in enumerate(parts)
    )
    return table_of(COLUMNS, cells, metadata)


def _of_part(part: Part, citizens: Columns, coordinators: Columns, names: Names, horizon: float) -> Floats:
    inside, posts = np.ones(len(citizens["group"]), np.bool_), np.ones(len(coordinators["department"]), np.bool_)
    if part.group != EVERYONE:
        inside &= citizens["group"] == names.groups.index(part.group)
        posts[:] = False
    if part.department != EVERYONE:
        department = names.departments.index(part.department)
        inside &= citizens["department"] == department
        posts &= coordinators["department"] == department
    ours, theirs = (
        {name: v[kept] for name, v in of.items()} for of, kept in ((citizens, inside), (coordinators, posts))
    )
    return values_of(ours, theirs, horizon)
