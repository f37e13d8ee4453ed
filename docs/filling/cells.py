"""Finished runs by name, and numbers with their intervals as they stand in a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.analysis.intervals import t_interval
from sim.analysis.kpis import KPIS
from sim.analysis.ledger.ledger import Ledger
from sim.api.result import Result
from sim.report.view import unit_text

KPI_BY_NAME = {kpi.name: kpi for kpi in KPIS}
Rows = Iterator[Sequence[str]]
Written = tuple[Sequence[str], Rows]


def label(kpi: str) -> str:
    """Label and unit of a key figure; citizens need no unit."""
    of = KPI_BY_NAME[kpi]
    return of.label if of.unit == "citizens" else f"{of.label}, {unit_text(of.unit)}"


class Runs:
    """Finished runs in a directory; a point of a sweep is ``SWEEP/POINT``.

    Attributes
    ----------
    ledgers
        Ledgers made so far, by run, baseline and prices: several tables of a page are about the same.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.ledgers: dict[tuple[str, str, str], Ledger] = {}

    def __getitem__(self, name: str) -> Result:
        """A run by its name."""
        sweep, _, point = name.partition("/")
        return Result(self.directory / sweep, variant=point or None)


def shown(name: str) -> str:
    """How a run is called in a heading: a point of a sweep by its last word."""
    return name.rpartition("=")[2] or name


def number(value: float, decimals: int, *, sign: bool = False) -> str:
    """A number as it stands in a table; no minus before a zero."""
    if np.isnan(value):
        return "-"
    if np.isinf(value):
        return "not by then"
    rounded = round(value, decimals) + 0.0
    return f"{rounded:{'+' if sign and rounded else ''},.{decimals}f}"


def interval(estimate: Sequence[float], decimals: int, *, sign: bool = False) -> str:
    """A mean with its 95 % interval, of the three numbers; alone where there is none."""
    mean, low, high = estimate
    told = number(mean, decimals, sign=sign)
    if np.isnan(low):
        return told
    return f"{told} ({number(low, decimals, sign=sign)} to {number(high, decimals, sign=sign)})"


def of_values(values: "np.ndarray[Any, Any]", decimals: int, *, sign: bool = False) -> str:
    """Mean of one value a replication, with its t interval."""
    mean, variance = np.array([values.mean()]), np.array([values.var(ddof=1)])
    low, high = t_interval(mean, variance, len(values))
    return interval((float(mean[0]), float(low[0]), float(high[0])), decimals, sign=sign)
