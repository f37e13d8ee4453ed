"""One run over its weeks: arrays by replication, read once from its tables."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.centre import POST_COLUMNS, WEEKLY_COLUMNS, Centre, centre
from sim.analysis.course.people import CITIZEN_COLUMNS, SCHEME_COLUMNS, People, people
from sim.errors import UsageError
from sim.store.run import Run
from sim.tables.records import TableName

Floats = NDArray[np.float64]

TABLES: dict[TableName, tuple[str, ...]] = {
    "citizens": tuple(dict.fromkeys(CITIZEN_COLUMNS)),
    "schemes": SCHEME_COLUMNS,
    "weekly": WEEKLY_COLUMNS,
    "coordinators": POST_COLUMNS,
}
"""Tables that the course of a run is made of, and their columns."""


class Course(NamedTuple):
    """What happens in a run; the first axis of every array is the replication.

    Attributes
    ----------
    schemes
        Names of the benefit schemes.
    roles
        Names of the roles, coordinators first.
    periods
        Ends of the periods of `caseload`, in weeks since the start.
    number, reached, gone, present, ways, by_group, by_department
        As in `sim.analysis.course.people.People`.
    weekly, timely, caseload, hours, available, posts, backlog_weeks
        As in `sim.analysis.course.centre.Centre`.
    """

    schemes: tuple[str, ...]
    roles: tuple[str, ...]
    periods: Floats
    number: Floats
    reached: Floats
    gone: Floats
    present: Floats
    ways: Floats
    by_group: Floats
    by_department: Floats
    weekly: Floats
    timely: Floats
    caseload: Floats
    hours: Floats
    available: Floats
    posts: Floats
    backlog_weeks: Floats

    @property
    def horizon(self) -> int:
        """Observed weeks."""
        return int(self.reached.shape[-1]) - 1


def course(run: Run, replications: int | None = None, schemes: Sequence[str] = ()) -> Course:
    """Read the course of a run.

    Parameters
    ----------
    run
        With the tables of `TABLES`.
    replications
        Only the first so many; None: all.
    schemes
        Benefit schemes by which people are told of, at least all of the run's; empty: those.

    Raises
    ------
    UsageError
        If the run lacks a table, or one is damaged.
    """
    missing = [table for table in TABLES if table not in run.tables]
    if missing:
        raise UsageError(f"{run.shown}: this run has no table {' and no '.join(missing)}")
    settings = run.config["run"]
    horizon, length = settings["horizon_weeks"], settings["coordinator_period_weeks"]
    periods = np.array([*range(length, horizon, length), horizon], np.float64)
    names = [group["benefit"] for group in run.config["groups"].values()]
    schemes = tuple(schemes or schemes_of(run))
    roles = ("coordinator", *run.config["roles"])
    departments = len(run.config["departments"])
    of_groups = np.array([schemes.index(name) for name in names])
    tables = [run.arrays(table, columns) for table, columns in TABLES.items()]
    persons: list[People] = []
    centres: list[Centre] = []
    for (number, citizens), (_, changes), (_, weekly), (_, posts) in zip(*tables, strict=True):
        if number == replications:
            break
        persons.append(people(citizens, changes, of_groups, len(schemes), departments, horizon))
        centres.append(centre(weekly, posts, periods, len(roles), horizon))
    return Course(
        schemes, roles, periods, *(_stacked(values) for values in zip(*persons, strict=True)),
        *(_stacked(values) for values in zip(*centres, strict=True)),
    )  # fmt: skip


def schemes_of(run: Run) -> tuple[str, ...]:
    """Name the benefit schemes of a run's groups, in their order."""
    return tuple(dict.fromkeys(group["benefit"] for group in run.config["groups"].values()))


def _stacked(values: Sequence[float | Floats]) -> Floats:
    return np.stack([np.asarray(value, np.float64) for value in values])
