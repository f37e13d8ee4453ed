"""Differences by group, quarter and year: the weekly tables of two runs, read replication by replication."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis import calendar
from sim.analysis.calendar import Period
from sim.analysis.comparison.moments import Intervals, PairedMoments
from sim.analysis.pairing import in_step
from sim.catalogue import DESTINATIONS, EVERYONE, Destination
from sim.store.run import Run
from sim.tables.decode import known_codes
from sim.tables.records import TableName

Floats = NDArray[np.float64]

TABLE: TableName = "weekly"

_FLOWS = ("entries", *(f"exits_{name}" for name in DESTINATIONS), "meetings_held", "meetings_timely")
_WEEKLY = ("stock", *_FLOWS)


class Measure(NamedTuple):
    """A figure of a group in a period.

    Attributes
    ----------
    name, unit, label, description
        As of a KPI.
    headline
        Shown in the terminal.
    """

    name: str
    unit: str
    label: str
    description: str
    headline: bool


MEASURES: tuple[Measure, ...] = (
    Measure(
        "mean_week_end_stock",
        "citizens",
        "mean stock at week ends",
        "Mean of the stock at the ends of the weeks. The KPI mean_stock is the mean over all moments.",
        True,
    ),
    Measure("end_stock", "citizens", "stock at the end", "Stock at the end of the last week.", False),
    Measure("entries", "citizens", "new citizens", "Citizens who entered.", True),
    *(
        Measure(
            f"exits_{exit.key}", "citizens", f"exits: {exit.label}", f"Exits: {exit.label}.", exit is Destination.JOB
        )
        for exit in Destination
    ),
    Measure("exits", "citizens", "exits: all", "Exits to all destinations.", True),
    Measure("meetings_held", "meetings", "planned meetings held", "Planned meetings begun.", True),
    Measure("meetings_timely", "meetings", "of these in time", "Of these, begun by their due date.", False),
    Measure(
        "timely_of_held_share",
        "share",
        "meetings begun in time, of those held",
        "meetings_timely / meetings_held; no value: none held. The KPI timely_share counts overdue ones too.",
        True,
    ),
)


class PeriodDifferences(NamedTuple):
    """All measures of a variant against the baseline.

    Attributes
    ----------
    variant, baseline
        Names of the runs.
    groups, periods
        Second and first axis of the statistics; the third is `MEASURES`.
    intervals
        The statistics.
    """

    variant: str
    baseline: str
    groups: tuple[str, ...]
    periods: tuple[Period, ...]
    intervals: Intervals


def period_differences(run: Run, baseline: Run) -> PeriodDifferences:
    """Compare two runs in every measure by period and group, over the replications that both have.

    One replication of each is in memory at a time. Groups that only one of the runs has count in "(all)" alone.

    Parameters
    ----------
    run, baseline
        Finished runs whose replications are pairs and that have weekly tables.
    """
    settings = baseline.config["run"]
    periods = calendar.periods(date.fromisoformat(settings["start"]), settings["horizon_weeks"])
    groups = [name for name in baseline.config["groups"] if name in run.config["groups"]]
    sums = _sums(periods, settings["horizon_weeks"])
    moments = PairedMoments((len(periods), len(groups) + 1, len(MEASURES)), run.manifest.per_draw)
    for ours, theirs in in_step(run.replications(TABLE), baseline.replications(TABLE)):
        moments.add(*(_figures(rows, groups, periods, sums) for rows in (ours, theirs)))
    return PeriodDifferences(run.name, baseline.name, (*groups, EVERYONE), periods, moments.intervals())


def notes_on_groups(runs: Sequence[Run], baseline: Run) -> list[str]:
    """Say which groups only one of two runs has."""
    notes = []
    base = baseline.config["groups"]
    for run in runs:
        own = run.config["groups"]
        alone = [
            f"{group} (only in {one.name})"
            for one, groups, others in ((run, own, base), (baseline, base, own))
            for group in groups
            if group not in others
        ]
        if alone:
            notes.append(f"groups that count in {EVERYONE} alone: {', '.join(alone)}")
    return notes


def _sums(periods: Sequence[Period], horizon: int) -> Floats:
    """Weights that sum weeks (1 to H) into periods."""
    weights = np.zeros((len(periods), horizon + 1))
    for row, period in enumerate(periods):
        weights[row, list(period.weeks)] = 1.0
    return weights


def _figures(rows: pa.Table, groups: Sequence[str], periods: Sequence[Period], sums: Floats) -> Floats:
    """All measures of one replication: period x group (the last: all) x measure."""
    cube = _by_week(rows, groups, sums.shape[1])
    stock = cube[:, :, 0]
    counts = np.tensordot(sums, cube, axes=(1, 0))
    ends = stock[[period.weeks[-1] for period in periods]]
    flows = counts[:, :, 1:]
    exits = flows[:, :, 1 : 1 + len(DESTINATIONS)]
    held, timely = flows[:, :, -2], flows[:, :, -1]
    with np.errstate(divide="ignore", invalid="ignore"):
        timely_share = timely / held  # 0 / 0 is NaN: none held.
    means = counts[:, :, 0] / sums.sum(axis=1)[:, None]
    columns = [means, ends, flows[:, :, 0], *np.moveaxis(exits, 2, 0), exits.sum(axis=2), held, timely, timely_share]
    return np.stack(columns, axis=2)


def _by_week(rows: pa.Table, groups: Sequence[str], weeks: int) -> Floats:
    """Columns of the weekly table: week x group (the last: all groups of the run) x column."""
    place = known_codes(rows["group"], groups)
    week = rows["week"].to_numpy()
    values = np.stack([rows[name].to_numpy() for name in _WEEKLY], axis=1).astype(np.float64)
    cube = np.zeros((weeks, len(groups) + 1, len(_WEEKLY)))
    kept = place >= 0
    cube[week[kept], place[kept]] = values[kept]
    np.add.at(cube[:, -1], week, values)
    return cube
