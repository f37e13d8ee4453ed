"""What of a replication figures are compared with, beside its key figures: shares within weeks, and stocks."""

from typing import NamedTuple

import numpy as np

from sim.analysis.incidence.one import share_within
from sim.analysis.incidence.table import Cell
from sim.catalogue import EVERYONE, Reached
from sim.model.parameters import Parameters
from sim.tables.records import Replication, TableName


class ShareWithin(NamedTuple):
    """A share that has reached one of some events within so many weeks.

    Attributes
    ----------
    events
        Names; several are ways out.
    weeks
        Any number.
    since
        From when they count.
    group, department
        Of whom; `EVERYONE`: of all.
    """

    events: tuple[str, ...]
    weeks: float
    since: str
    group: str
    department: str

    @property
    def tables(self) -> tuple[TableName, ...]:
        """Tables that it needs beside those that are always made."""
        return ()

    @property
    def name(self) -> str:
        """Name of its column."""
        return f"{self.since}:{'+'.join(self.events)}:{self.weeks:g}:{self.group}:{self.department}"

    @property
    def label(self) -> str:
        """What tables call it."""
        whom = [name for name in (self.group, self.department) if name != EVERYONE]
        reached = " or ".join(Reached[event.upper()].label for event in self.events)
        return f"{', '.join([*whom, reached])} within {self.weeks:g} weeks of {self.since}"

    def value(self, done: Replication, parameters: Parameters) -> float:
        """Compute it; NaN: undefined."""
        names = parameters.names
        cell = Cell(names.groups_and_all.index(self.group), names.departments_and_all.index(self.department))
        events = [Reached[event.upper()] for event in self.events]
        horizon = float(parameters.horizon)
        return share_within(done.tables["citizens"], cell, horizon, self.since, events, self.weeks)


class MeanStock(NamedTuple):
    """Citizens at the ends of some weeks, on average.

    Attributes
    ----------
    groups
        To which they belong then; none: all.
    first_week, last_week
        Of the weeks, both included.
    times
        By which it is multiplied.
    """

    groups: tuple[str, ...]
    first_week: int
    last_week: int
    times: float

    @property
    def tables(self) -> tuple[TableName, ...]:
        """Tables that it needs beside those that are always made."""
        return ("weekly",)

    @property
    def name(self) -> str:
        """Name of its column."""
        return f"stock:{'+'.join(self.groups) or EVERYONE}:{self.first_week}-{self.last_week}:{self.times:g}"

    @property
    def label(self) -> str:
        """What tables call it."""
        return f"stock: {', '.join(self.groups) or 'all'}"

    def value(self, done: Replication, parameters: Parameters) -> float:
        """Compute it."""
        weekly, names = done.tables["weekly"], parameters.names.groups
        week, group, stock = (np.asarray(weekly[name], np.int64) for name in ("week", "group", "stock"))
        chosen = (week >= self.first_week) & (week <= self.last_week)
        if self.groups:
            chosen &= np.isin(group, [names.index(name) for name in self.groups])
        return self.times * float(stock[chosen].sum()) / (self.last_week - self.first_week + 1)


Asked = ShareWithin | MeanStock
"""What may be asked for."""
