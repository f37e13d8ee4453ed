"""What is written down while time passes, and the tables made of it at the end."""

import math
from collections.abc import Iterable

import numpy as np

from sim.catalogue import STOCK, Activity
from sim.engine.codes import ABSENT, BUSY, ENTRIES, EXITS, FLOWS, HELD, IN, OFF, OUT, PREPARING, SUBMITTED, TIMELY
from sim.engine.reference.state import Citizen, Coordinator, nothing_seen
from sim.engine.seen import SEEN
from sim.model.offers import INTERN, PLACING, READY, SEARCHING
from sim.model.parameters import Parameters
from sim.model.work import CONTACT, MEETING, TASK_KINDS
from sim.tables.column import Column
from sim.tables.records import CITIZENS, COORDINATORS, EVENTS, WEEKLY, Table, TableName

Row = tuple[float, ...]


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
        self.weeks: list[Row] = []
        self.periods: list[Row] = []
        self.flows = [[0] * len(FLOWS) for _ in p.groups]
        self.period = 0
        self.period_from = 0.0

    # What happens -------------------------------------------------------------------------------------

    def event(self, did: Activity, citizen: int, now: float, resource: int, value: float) -> None:
        """Write an event into the log."""
        if self.log is not None and now >= 0.0:
            self.log.append((citizen, did, now, resource, value))

    def enters(self, c: Citizen) -> None:
        """A citizen comes (the initial stock is no entry)."""
        self.citizens.append(c)
        c.needed = c.needs
        if c.origin != STOCK:
            self.flows[c.group][ENTRIES] += 1

    def leaves(self, c: Citizen, destination: int) -> None:
        """A citizen leaves."""
        self.flows[c.group][EXITS + destination] += 1

    def changes_scheme(self, c: Citizen, group: int) -> None:
        """A citizen goes from one group to another."""
        self.flows[c.group][OUT] += 1
        self.flows[group][IN] += 1

    def meeting(self, c: Citizen, wait: float, length: float, *, timely: bool) -> None:
        """A planned meeting begins."""
        seen, flows = c.seen, self.flows[c.group]
        seen.meetings_due += 1
        seen.meetings_held += 1
        seen.meetings_timely += timely
        seen.meeting_wait_weeks += wait
        seen.meeting_length += length
        flows[HELD] += 1
        flows[TIMELY] += timely

    def closes_meetings(self, c: Citizen, now: float) -> None:
        """At the end of a stage or of time: a planned meeting that is overdue was due and not held."""
        if c.due < now:
            c.seen.meetings_due += 1

    @staticmethod
    def first(known: float, now: float) -> float:
        """Time at which something happened first."""
        return now if math.isnan(known) else known

    def list_changes(self, k: Coordinator, now: float) -> None:
        """Account for the list as it was until now."""
        k.list_area += len(k.citizens) * (now - k.list_since)
        k.list_since = now

    def changes_state(self, k: Coordinator, now: float, doing: int, task_kind: int = 0) -> None:
        """Account for what the coordinator did until now, and note what comes next."""
        weeks = now - k.doing_since
        if k.doing != OFF:
            k.employed_weeks += weeks
        if k.doing == ABSENT:
            k.absent_weeks += weeks
        elif k.doing == BUSY:
            k.hours[k.task_kind] += weeks * k.hours_per_week
        k.doing, k.task_kind, k.doing_since = doing, task_kind, now

    # The start, the weeks, the end ----------------------------------------------------------------------

    def opens(self, present: Iterable[Citizen], coordinators: Iterable[Coordinator], now: float) -> None:
        """The start date: those present are the starting citizens; what came before is cut."""
        there = list(present)
        self.citizens = there
        for c in there:
            c.cohort = True
            c.seen = nothing_seen()
        for k in coordinators:
            self._close_period(k, now)
        self.periods.clear()
        self.weeks.clear()
        self.flows = [[0] * len(FLOWS) for _ in self.p.groups]
        self.period_from = now
        self._week_row(there, 0, now)

    def week(self, present: Iterable[Citizen], coordinators: Iterable[Coordinator], week: int, now: float) -> None:
        """The end of a week; of a period too, every so often and at the horizon."""
        self._week_row(present, week, now)
        if week % self.p.period == 0 or week == self.p.horizon:
            for k in coordinators:
                self._close_period(k, now)
            self.period += 1
            self.period_from = now

    def tables(self, now: float) -> dict[TableName, Table]:
        """All tables, at the horizon."""
        for c in self.citizens:
            if c.stage >= 0:
                self.closes_meetings(c, now)
        tables: dict[TableName, Table] = {
            "citizens": _table(CITIZENS, [self._citizen_row(c, now) for c in self.citizens]),
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
        counts = [[0] * 10 for _ in self.p.groups]
        for c in present:
            n = counts[c.group]
            n[0] += 1
            if MEETING in c.tasks:
                n[1] += 1
                n[2] += c.due < now
            n[3] += CONTACT in c.tasks
            n[4] += c.case == PREPARING
            n[5] += c.case == SUBMITTED
            n[6] += c.internship == READY
            n[7] += c.internship in (PLACING, SEARCHING)
            n[8] += c.internship == INTERN
            n[9] += c.small_job
        for g, (flows, n) in enumerate(zip(self.flows, counts, strict=True)):
            programme = sum(1 for c in present if c.group == g and c.programme >= 0) if self.p.programmes else 0
            self.weeks.append((week, g, n[0], *flows, *n[1:], programme))
            flows[:] = [0] * len(FLOWS)

    def _close_period(self, k: Coordinator, now: float) -> None:
        self.list_changes(k, now)
        self.changes_state(k, now, k.doing, k.task_kind)
        weeks = now - self.period_from
        backlog = 0.0
        for kind in range(TASK_KINDS):
            backlog += k.queue.waiting[kind] * self.p.planned_hours[kind]
        self.periods.append(
            (
                k.number,
                k.department.number,
                self.period,
                self.period_from,
                now,
                k.full_time_share,
                k.list_area / weeks if weeks > 0 else 0.0,
                k.employed_weeks,
                k.absent_weeks,
                (k.employed_weeks - k.absent_weeks) * k.hours_per_week,
                *k.hours,
                backlog,
                k.resignations,
            )
        )
        k.list_area = k.employed_weeks = k.absent_weeks = 0.0
        k.hours = [0.0] * TASK_KINDS
        k.resignations = 0

    def _citizen_row(self, c: Citizen, now: float) -> Row:
        until = now if math.isnan(c.exit) else c.exit
        return (
            c.number, c.first_group, c.origin, c.ordinal, c.coordinator.department.number, c.group,
            c.entry if c.came_from < 0 else c.scheme_since, c.cohort, c.long_history, c.frailty, c.needed,
            c.entry, c.exit, c.destination, until - c.entry,
            *(getattr(c.seen, column.name) for column in SEEN),
        )  # fmt: skip


def _table(columns: tuple[Column, ...], rows: list[Row]) -> Table:
    types = {"int32": np.int32, "code": np.int32, "float64": np.float64, "bool": np.bool_}
    turned = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return {c.name: np.array(v, types[c.kind]) for c, v in zip(columns, turned, strict=True)}
