"""The incidence table of a replication: shares by group, department, event and weeks, from its citizens.

The time of the starting citizens counts from the start of the observed weeks, not from their entry: nobody counts
for having stayed until he could be seen, so late entry needs no correction. Who leaves without having reached an
event never will: leaving competes. Who is still there at the horizon is lost from sight (censored).

A share within some weeks is told if at least one of them began so long before the horizon. This depends on nobody's
fate: a share that were left out where the last one followed is lost would be told for those alone who are not.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.incidence.estimator import LOST, Codes, Floats, in_order, of_ordered
from sim.catalogue import INFLOW, Destination, Reached, Since
from sim.model.names import Names
from sim.model.parameters import Parameters
from sim.tables.records import Replication, Table, TableName

TABLE: TableName = "incidence"
WITHIN_WEEKS = (13, 23, 26, 52, 104)
"""After so many weeks the shares are told: a quarter, half a year, one and two, and the 23 of published figures."""
INCIDENCE_VERSION = "2"
"""Moved on purpose when the table's rows come to mean something else: kept ones are then made again."""
INCIDENCE_IDENTITY = "sim.incidence"
"""Key of the metadata that says of which version a table's rows are."""

FIRST: Mapping[Reached, str] = {
    Reached.RESOURCE_COURSE: "resource_course_weeks",
    Reached.AWARDED: "fleksjob_award_weeks",
    Reached.RECOGNISED: "recognised_weeks",
    Reached.SUBMITTED: "submitted_weeks",
    Reached.DECIDED: "decided_weeks",
    Reached.READY: "ready_weeks",
    Reached.INTERNSHIP: "internship_start_weeks",
    Reached.SMALL_JOB: "small_job_weeks",
    Reached.PROGRAMME: "programme_weeks",
}
"""Column of the citizens table that tells when each was reached; all others are ways out."""
_EXITS: Mapping[Reached, tuple[int, ...]] = {
    **{
        event: (int(Destination[event.name]),)
        for event in Reached
        if event not in FIRST and event is not Reached.LEFT
    },
    Reached.LEFT: tuple(map(int, Destination)),
}
"""Events that are ways out, and the codes of the destinations."""
PAIRS = tuple((since, event) for since in Since for event in Reached if since.key != event.key)
"""What the table tells: since when, and of what."""

_OUTCOMES = (
    Reached.JOB,
    Reached.EDUCATION,
    Reached.FLEKSJOB,
    Reached.PENSION,
    Reached.LEFT,
    Reached.RESOURCE_COURSE,
    Reached.AWARDED,
    Reached.DECIDED,
    Reached.INTERNSHIP,
    Reached.SMALL_JOB,
)
HEADLINE = (
    *((since, event) for since in (Since.START, Since.ENTRY) for event in _OUTCOMES),
    (Since.RECOGNISED, Reached.DECIDED),
    (Since.READY, Reached.INTERNSHIP),
)
"""Of these, what is shown first."""


class Cell(NamedTuple):
    """Some citizens whose figures stand together; codes, of which 0 is all together."""

    group: int
    department: int


class _Wait(NamedTuple):
    """What can end the time of citizens.

    Attributes
    ----------
    events
        What is told of, and by which causes it is reached.
    kinds
        Number of causes that are told of.
    order
        Citizens whose time counts, by how long they are followed.
    weeks, causes
        How long each citizen is followed, and which cause ends it.
    """

    events: Mapping[Reached, tuple[int, ...]]
    kinds: int
    order: Codes
    weeks: Floats
    causes: Codes


def cells_of(names: Names) -> tuple[Cell, ...]:
    """List everybody, every group, and every department: the order of the table's rows."""
    groups, departments = range(1, len(names.groups_and_all)), range(1, len(names.departments_and_all))
    return (Cell(0, 0), *(Cell(group, 0) for group in groups), *(Cell(0, department) for department in departments))


def rows_of(names: Names) -> int:
    """Count the rows of the table of one replication."""
    return len(cells_of(names)) * len(PAIRS) * len(WITHIN_WEEKS)


def incidence_table(replication: Replication, parameters: Parameters) -> Table:
    """Compute the incidence table of a replication.

    Parameters
    ----------
    replication
        With its citizens.
    parameters
        Of the job centre.

    Returns
    -------
    mapping
        Arrays by column, as `sim.tables.records.INCIDENCE` says.
    """
    citizens = replication.tables["citizens"]
    cells = cells_of(parameters.names)
    members = [members_of(citizens, cell) for cell in cells]
    # Groups or departments of which there is one are everybody again.
    computed = [c for c, cell in enumerate(members) if c == 0 or not cell.all()]
    numbers = np.zeros((len(cells), len(PAIRS)), np.int32)
    shares = np.full((len(cells), len(PAIRS), len(WITHIN_WEEKS)), np.nan)
    for since, origin in origins(citizens).items():
        for wait in _waits(since, origin, citizens, float(parameters.horizon)):
            at = [PAIRS.index((since, event)) for event in wait.events]
            for c in computed:
                ours = wait.order[members[c][wait.order]]
                found = of_ordered(wait.weeks[ours], wait.causes[ours], WITHIN_WEEKS, wait.kinds)
                longest = parameters.horizon - origin[ours].min(initial=np.inf)
                found[:, np.array(WITHIN_WEEKS) > longest] = np.nan
                numbers[c, at] = len(ours)
                shares[c, at] = [found[list(causes)].sum(axis=0) for causes in wait.events.values()]
    for c in set(range(len(cells))).difference(computed):
        numbers[c], shares[c] = numbers[0], shares[0]
    return _rows(cells, numbers, shares)


def members_of(citizens: Table, cell: Cell) -> NDArray[np.bool_]:
    """Whom a cell is of."""
    inside = np.ones(len(citizens["group"]), np.bool_)
    if cell.group:
        inside &= citizens["group"] == cell.group - 1
    if cell.department:
        inside &= citizens["department"] == cell.department - 1
    return inside


def origins(citizens: Table) -> dict[Since, Floats]:
    """When each citizen's time begins to count; NaN: it does not."""
    arrival = _floats(citizens, "arrival_weeks")
    cohort = np.asarray(citizens["cohort"], np.bool_)
    return {
        Since.START: np.where(cohort, 0.0, np.nan),
        Since.ENTRY: np.where(cohort | (citizens["origin"] != INFLOW), np.nan, arrival),
        Since.ARRIVAL: np.where(cohort, np.nan, arrival),
        Since.RECOGNISED: _floats(citizens, FIRST[Reached.RECOGNISED]),
        Since.READY: _floats(citizens, FIRST[Reached.READY]),
    }


def _waits(since: Since, origin: Floats, citizens: Table, horizon: float) -> Iterator[_Wait]:
    """List the waits for all events since a moment: for the ways out together, for the others one by one."""
    left = _floats(citizens, "exit_weeks")
    present = np.isnan(left)
    last = np.where(present, horizon, left)
    to = np.where(present, LOST, np.asarray(citizens["destination"], np.int64))
    yield _wait(_EXITS, len(Destination), last - origin, to)
    gone = np.where(present, LOST, 1)
    for event, column in FIRST.items():
        if (since, event) in PAIRS:
            reached = _floats(citizens, column)
            unknown = np.isnan(reached)
            weeks = np.where(unknown, last, reached) - origin
            yield _wait({event: (0,)}, 1, weeks, np.where(unknown, gone, 0))


def _wait(events: Mapping[Reached, tuple[int, ...]], kinds: int, weeks: Floats, causes: Codes) -> _Wait:
    """Make a wait of those who had not reached its end before."""
    counts = np.flatnonzero(weeks >= 0.0)  # Not true of NaN.
    return _Wait(events, kinds, counts[in_order(weeks[counts], causes[counts])], weeks, causes)


def _floats(citizens: Table, column: str) -> Floats:
    return np.asarray(citizens[column], np.float64)


def _rows(cells: Sequence[Cell], numbers: NDArray[np.int32], shares: Floats) -> Table:
    """Make columns of what is known by cell, pair and weeks."""
    c, p, w = (axis.ravel() for axis in np.indices(shares.shape))
    of_cells, of_pairs = np.array(cells, np.int32), np.array(PAIRS, np.int32)
    return {
        "group": of_cells[c, 0],
        "department": of_cells[c, 1],
        "since": of_pairs[p, 0],
        "event": of_pairs[p, 1],
        "within_weeks": np.array(WITHIN_WEEKS, np.int32)[w],
        "citizens": numbers[c, p],
        "share": shares.ravel(),
    }
