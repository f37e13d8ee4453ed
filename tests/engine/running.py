"""Running small configs and reading their tables."""

import math
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from numpy.typing import NDArray

from sim.catalogue import ACTIVITIES
from sim.config import load
from sim.config.schema import Config
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.names import Names
from sim.model.parameters import Parameters
from sim.tables.records import Replication, TableName

CONFIGS = Path(__file__).parents[2] / "configs"
SHIPPED = ("50_per_worker", "130_per_worker", "200_per_worker")

Columns = Mapping[str, NDArray[Any]]


class Happened(NamedTuple):
    """A row of the event log."""

    citizen: int
    activity: str
    weeks: float
    resource: str
    value: float
    group: int = -1
    department: int = -1
    working_hours: float = math.nan
    calendar_hours: float = math.nan


def table(run: Replication, name: TableName) -> Columns:
    """A table of a replication."""
    return cast("Columns", run.tables[name])


def config(text: str, overrides: Mapping[str, Any] | None = None) -> Config:
    """A config from its text; ``extends`` reaches the shipped configs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.toml"
        file.write_text(text.replace("CONFIGS", CONFIGS.as_posix()), encoding="utf-8")
        return load(file, overrides).config


def shipped(name: str, overrides: Mapping[str, Any] | None = None) -> Parameters:
    """Parameters of a shipped config."""
    return build(load(CONFIGS / f"{name}.toml", overrides).config)


class Centre:
    """A config in one replication: its parameters, tables and event log."""

    def __init__(
        self,
        text: str | Parameters,
        seed: int = 1,
        replication: int = 0,
        overrides: Mapping[str, Any] | None = None,
        engine: str = "simpy",
    ) -> None:
        self.parameters = text if not isinstance(text, str) else build(config(text, overrides))
        self.run = simulate(self.parameters, seed, replication, events=True, engine=engine)
        self.citizens = table(self.run, "citizens")
        self.weekly = table(self.run, "weekly")
        self.coordinators = table(self.run, "coordinators")
        self.log = happened(self.run, self.parameters.names)

    def times(self, activity: str, citizen: int | None = None, resource: str | None = None) -> list[float]:
        """When an activity happened (to a citizen, by a resource)."""
        return [
            e.weeks
            for e in self.log
            if e.activity == activity
            and (citizen is None or e.citizen == citizen)
            and (resource is None or e.resource == resource)
        ]

    def rows(self, *activities: str) -> list[Happened]:
        """All events of some kinds, in the order of the log."""
        return [e for e in self.log if e.activity in activities]


def happened(run: Replication, names: Names) -> list[Happened]:
    """The event log with its names."""
    e = table(run, "events")
    order = ("citizen", "activity", "weeks", "resource", "value", *Happened._fields[5:])
    return [
        Happened(c, ACTIVITIES[a], w, names.resources[r] if r >= 0 else "", *rest)
        for c, a, w, r, *rest in zip(*(e[column].tolist() for column in order), strict=True)
    ]
