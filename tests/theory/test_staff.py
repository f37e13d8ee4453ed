"""Absence and vacancy as alternating renewal: the long-run share of time is rate x length / (1 + rate x length)."""

from sim.catalogue import WEEKS_PER_YEAR, Activity
from sim.tables.records import Replication
from tests.engine.running import table
from tests.theory.support import Case


def absent_share(run: Replication) -> dict[str, float]:
    """Share of the coordinators' time, and spells."""
    k = table(run, "coordinators")
    weeks = (k["to_weeks"] - k["from_weeks"]).sum()
    spells = int((table(run, "events")["activity"] == Activity.ABSENCE_STARTS).sum())
    return {"size": spells, "share": float(k["absent_weeks"].sum() / weeks)}


def test_absence() -> None:
    """Twice the rate at twice the reference caseload; 2,800 spells a replication find a deviation of 3 %."""
    case = Case("absence", 6, absent_share, events=True)
    load = 2 * 5 / WEEKS_PER_YEAR * 2.0
    case.agrees("share", load / (1 + load))
    case.rejects("share", load / 2 / (1 + load / 2))  # the rate of the reference caseload
    case.rejects("share", 1.5 * load / (1 + 1.5 * load))  # the highest rate, every moment accepted


def filled_share(run: Replication) -> dict[str, float]:
    """Share of the time in which posts are filled."""
    k = table(run, "coordinators")
    weeks = (k["to_weeks"] - k["from_weeks"]).sum()
    return {"size": int(k["resignations"].sum()), "share": float(k["employed_weeks"].sum() / weeks)}


def test_vacancy() -> None:
    """1,200 resignations a replication find a deviation of 2 %."""
    case = Case("vacancy", 6, filled_share)
    load = 2 / WEEKS_PER_YEAR * 8.0
    case.agrees("share", 1 / (1 + load))
    case.rejects("share", 1 - load)
