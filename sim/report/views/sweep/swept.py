"""A sweep read for a report: what varies, the points, and the key figures that differ."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.kpis import KPI_NAMES
from sim.report.language import Language
from sim.report.sweep import short_cell
from sim.report.views.differences import PEOPLE, Told
from sim.report.views.people import PER
from sim.report.views.sweep.command import command_of
from sim.report.views.sweep_money import NET_COST, priced
from sim.store.manifest import Manifest
from sim.store.plan import read_plan
from sim.store.run import Run

Floats = NDArray[np.float64]


Value = float | int | bool | str | None

MEASURES = (
    *PEOPLE,
    Told("cohort_internship_share", "Internship", PER),
    Told("timely_share", "Meetings in time, %", 100.0),
    Told("busy_share", "Caseworkers' hours in use, %", 100.0),
    Told("extra_meetings_per_year", "Extra meetings per citizen and year", 1.0),
    Told("clarifications_per_100_years", "Cases decided per 100 citizen-years", 1.0),
)
"""What a sweep is told by; people per 1,000 starting citizens."""


class Factor(NamedTuple):
    """What varies.

    Attributes
    ----------
    name, label
        Key or name in the plan, and what it is called.
    numeric
        Whether its values are numbers.
    levels
        Its values, numbers rising, others in the order of the plan.
    """

    name: str
    label: str
    numeric: bool
    levels: tuple[Value, ...]


class Point(NamedTuple):
    """A simulated point: its run, the level of each factor, its values by key figure, and the command that makes it."""

    run: Run
    cells: tuple[Value, ...]
    values: Mapping[str, Floats]
    command: str


class Swept(NamedTuple):
    """A sweep as it is shown.

    Attributes
    ----------
    language, question
        As of a report.
    factors, points
        What varies, and what was simulated.
    baseline
        Place of the point that the others are compared with; None: none is stated.
    told
        Key figures that are shown: those that are defined, and differ somewhere; net cost last, where there is one.
    money
        What is to be known of the net cost, or why there is none.
    """

    language: Language
    question: str
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    baseline: int | None
    told: tuple[Told, ...]
    money: str

    @property
    def replications(self) -> int:
        """Runs of each point; the fewest, if they differ."""
        return min(len(point.values[KPI_NAMES[0]]) for point in self.points)


def swept(
    language: Language,
    directory: Path,
    runs: Sequence[Run],
    baseline: Run | None,
    question: str | None,
    money: Path | None = None,
) -> Swept:
    """Read a sweep for a report.

    Parameters
    ----------
    language
        In which it is told.
    directory
        Of the sweep.
    runs
        Its points, in the order of the plan.
    baseline
        One of them; None: none.
    question
        Instead of the experiment's.
    money
        A file of prices instead of the points' own.

    Raises
    ------
    UsageError
        If a file of prices is given and the points cannot be priced by it.
    """
    manifest = runs[0].manifest
    plan = read_plan(directory, manifest)
    names = plan.column_names[2:-2]
    columns = [plan[name].to_pylist() for name in names]
    cells = {variant: tuple(c[i] for c in columns) for i, variant in enumerate(plan["variant"].to_pylist())}
    factors = tuple(_factor(language, manifest, name, plan[name]) for name in names)
    paid = priced(language, runs, baseline, money)
    points = []
    for i, run in enumerate(runs):
        _, found = run.values(KPI_NAMES)
        values = {**found, NET_COST.kpi: paid.values[i]} if paid.values else found
        points.append(Point(run, cells[run.variant], values, command_of(manifest, names, cells[run.variant], run)))
    place = next((i for i, run in enumerate(runs) if baseline is not None and run.variant == baseline.variant), None)
    stated: str = manifest.definition["experiment"]["question"]
    asked = question or stated or language.say("What happens in {name}?", name=manifest.name.replace("_", " "))
    told = (*_told(points), NET_COST) if paid.values else _told(points)
    return Swept(language, asked, factors, tuple(points), place, told, paid.note)


def _told(points: Sequence[Point]) -> tuple[Told, ...]:
    found = []
    for told in MEASURES:
        means = [_mean(point.values[told.kpi]) for point in points]
        known = [mean for mean in means if not math.isnan(mean)]
        if known and told.scale * (max(known) - min(known)) > 1e-9:
            found.append(told)
    return tuple(found)


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def _factor(language: Language, manifest: Manifest, name: str, column: pa.ChunkedArray) -> Factor:
    values = column.to_pylist()
    numeric = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    levels = sorted(set(values)) if numeric else list(dict.fromkeys(values))
    definition = manifest.definition["factors"].get(name) or {}
    label = definition.get("label") or ("variant" if name == "base_variant" else name.rpartition(".")[2])
    known = {"citizens_per_coordinator": "citizens per caseworker", "variant": "variant"}
    shown = language.say(known[label]) if label in known else label.replace("_", " ")
    return Factor(name, shown, numeric, tuple(levels))


def level_text(language: Language, value: Value) -> str:
    """Write a level of a factor."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        decimals = next((d for d in range(4) if abs(value - round(value, d)) < 1e-9), 3)
        return language.number(float(value), decimals)
    return short_cell(value)


def point_text(of: Swept, point: Point) -> str:
    """Name a point by its levels."""
    cells = zip(of.factors, point.cells, strict=True)
    return ", ".join(f"{factor.label} {level_text(of.language, value)}" for factor, value in cells)
