"""What is written down while time passes, and the tables made of it at the end."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from sim.catalogue import STOCK
from sim.engine.codes import ENTRIES, EXITS, FLOWS, HELD, IN, OUT, TIMELY
from sim.engine.reference.state import Citizen, Post, nothing_seen
from sim.engine.seen import SEEN
from sim.engine.steps import rows
from sim.engine.steps.backlog import backlog_hours
from sim.engine.steps.meetings import close_meetings
from sim.model.parameters import Parameters
from sim.tables.column import Column
from sim.tables.records import CITIZENS, COORDINATORS, EVENTS, SCHEMES, WEEKLY, Table, TableName

Row = Sequence[float]


class Recorder:
    """Counts, sums and rows. Before the start date (warm-up) nothing is kept.

    Parameters
    ----------
    p
        Parameters of the centre.
    events
        Keep the event log?
    weekly
        Keep the weekly table?
    """

    def __init__(self, p: Parameters, *, events: bool, weekly: bool) -> None:
        self.p = p
        self.log: list[Row] | None = [] if events else None
        self.weekly = weekly
        self.citizens: list[Citizen] = []
        self.schemes: list[Row] = []
        self.weeks: list[Row] = []
        self.periods: list[Row] = []
        self.flows = [[0] * len(FLOWS) for _ in p.groups]
        self.period = 0
        self.period_from = 0.0

    # What happens -------------------------------------------------------------------------------------

    def event(self, row: Row, now: float) -> None:
        """Write an event into the log: a row in the order of its columns."""
        if self.log is not None and now >= 0.0:
            self.log.append(row)

    def enters(self, c: Citizen) -> None:
        """A citizen comes (the initial stock is no entry)."""
        self.citizens.append(c)
        c.first_department = c.department
        if c.origin != STOCK:
            self.flows[c.group][ENTRIES] += 1

    def leaves(self, c: Citizen, destination: int) -> None:
        """A citizen leaves."""
        self.flows[c.group][EXITS + destination] += 1

    def changes_group(self, c: Citizen, group: int, now: float) -> None:
        """A citizen goes from one group to another."""
        self.schemes.append((c.number, now, c.group, group))
        self.flows[c.group][OUT] += 1
        self.flows[group][IN] += 1

    def meeting(self, c: Citizen, *, timely: bool) -> None:
        """A planned meeting begins."""
        flows = self.flows[c.group]
        flows[HELD] += 1
        flows[TIMELY] += timely

    # The start, the weeks, the end ----------------------------------------------------------------------

    def opens(self, present: Iterable[Citizen], posts: Iterable[Post], now: float) -> None:
        """The start date: those present are the starting citizens; what came before is cut."""
        there = list(present)
        self.citizens = there
        numbers = {c.number for c in there}
        self.schemes = [row for row in self.schemes if row[0] in numbers]
        for c in there:
            c.cohort = True
            c.seen = nothing_seen()
        for k in posts:
            self._close_period(k, now)
        self.periods.clear()
        self.weeks.clear()
        self.flows = [[0] * len(FLOWS) for _ in self.p.groups]
        self.period_from = now
        self._week_row(there, 0, now)

    def week(self, present: Iterable[Citizen], posts: Iterable[Post], week: int, now: float) -> None:
        """The end of a week; of a period too, every so often and at the horizon."""
        self._week_row(present, week, now)
        if week % self.p.period == 0 or week == self.p.horizon:
            for k in posts:
                self._close_period(k, now)
            self.period += 1
            self.period_from = now

    def tables(self, now: float) -> dict[TableName, Table]:
        """All tables, at the horizon."""
        for c in self.citizens:
            if c.stage >= 0:
                close_meetings(c, now)
        tables: dict[TableName, Table] = {
            "citizens": _table(CITIZENS, [self._citizen_row(c, now) for c in self.citizens]),
            "schemes": _table(SCHEMES, self.schemes),
            "coordinators": _table(COORDINATORS, self.periods),
        }
        if self.weekly:
            tables["weekly"] = _table(WEEKLY, self.weeks)
        if self.log is not None:
            tables["events"] = _table(EVENTS, self.log)
        return tables

    def _week_row(self, present: Iterable[Citizen], week: int, now: float) -> None:
        if not self.weekly:
            return
        counts = [[0, *flows, *[0] * (len(WEEKLY) - 2 - rows.FIRST_STATE)] for flows in self.flows]
        for c in present:
            rows.count(counts[c.group], c, now)
        self.weeks += ((week, g, *n) for g, n in enumerate(counts))
        self.flows = [[0] * len(FLOWS) for _ in self.p.groups]

    def _close_period(self, k: Post, now: float) -> None:
        team, backlog = k.team, 0.0
        if not team.parameters.pooled:
            backlog += backlog_hours(k.queue.waiting, self.p.planned_hours)
        if k is team.posts[0]:  # What the team as a whole has waiting is counted once.
            backlog += backlog_hours(team.unassigned.queue.waiting, self.p.planned_hours)
        row = [0.0] * len(COORDINATORS)
        rows.close_period(row, k, team.parameters, team.role, self.period, self.period_from, now, backlog)
        self.periods.append(row)

    def _citizen_row(self, c: Citizen, now: float) -> Row:
        until = now if math.isnan(c.exit_weeks) else c.exit_weeks
        return (
            c.number, c.first_group, c.origin, c.ordinal, c.person, c.spell,
            c.department, c.first_department, c.group,
            c.entry_weeks if c.came_from < 0 else c.scheme_since, c.cohort, c.long_history, c.frailty,
            c.right_scheme, c.flagged, c.entry_weeks, c.arrival_weeks, c.exit_weeks, c.destination,
            until - c.entry_weeks, *(getattr(c.seen, column.name) for column in SEEN),
        )  # fmt: skip


def _table(columns: tuple[Column, ...], filled: list[Row]) -> Table:
    types = {"int32": np.int32, "code": np.int32, "float64": np.float64, "bool": np.bool_}
    turned = list(zip(*filled, strict=True)) if filled else [()] * len(columns)
    return {c.name: np.array(v, types[c.kind]) for c, v in zip(columns, turned, strict=True)}
