"""Key performance indicators of a replication, each with its equation.

Written here once: the tables, the terminal and docs/kpis.md all take name, unit and equation from `KPIS`.
"""

import hashlib
import math

import numpy as np

from sim.analysis.kpis.defined import KPIS as KPIS
from sim.analysis.kpis.equations import total
from sim.analysis.kpis.kpi import Columns, Counted, Floats
from sim.model.parameters import COORDINATOR, Parameters
from sim.tables.column import number
from sim.tables.records import Replication, TableName


def kpi_values(replication: Replication, parameters: Parameters) -> Floats:
    """Compute all key figures of a replication, in the order of `KPIS`; NaN where undefined."""
    citizens, coordinators = (
        {name: np.asarray(v) for name, v in replication.tables[table].items()} for table in KPI_TABLES
    )
    return values_of(citizens, coordinators, float(parameters.horizon))


def values_of(citizens: Columns, coordinators: Columns, horizon: float) -> Floats:
    """Compute all key figures of some citizens and coordinators, in the order of `KPIS`; NaN where undefined."""
    left = np.where(np.isnan(citizens["exit_weeks"]), horizon, citizens["exit_weeks"])
    weeks = left - np.maximum(citizens["arrival_weeks"], 0.0)
    own = coordinators["role"] == COORDINATOR
    posts, others = ({name: v[of] for name, v in coordinators.items()} for of in (own, ~own))
    counted = Counted(citizens, posts, others, citizens["cohort"], weeks, total(weeks), horizon)
    return np.array([kpi.value(counted) for kpi in KPIS])


def kpis(replication: Replication, parameters: Parameters) -> dict[str, float]:
    """Compute all key figures of a replication, by name; NaN where undefined."""
    return dict(zip(KPI_NAMES, kpi_values(replication, parameters).tolist(), strict=True))


COLUMNS = tuple(number(kpi.name, kpi.unit, kpi.description, kpi.label) for kpi in KPIS)
"""The key figures as columns."""
HIGHEST: Floats = np.array([1.0 if kpi.unit == "share" else math.inf for kpi in KPIS])
"""The highest value that each key figure can have; the lowest is 0."""
KPI_NAMES: tuple[str, ...] = tuple(kpi.name for kpi in KPIS)
"""Names of the key figures, in the same order."""
KPI_TABLES: tuple[TableName, ...] = ("citizens", "coordinators")
"""Tables of a replication from which all key figures follow."""
KPIS_VERSION = 4
"""Moved on purpose when an equation changes: kept results are then computed again from their tables."""
KPIS_IDENTITY = "sim.kpis"
"""Key of the metadata that says which key figures a file holds."""


def kpis_now() -> str:
    """Identity of the key figures that this version computes: the version of the equations, and their names."""
    names = hashlib.sha256(" ".join(KPI_NAMES).encode("ascii")).hexdigest()[:8]
    return f"{KPIS_VERSION}-{names}"
