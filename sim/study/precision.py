"""``--precision``: replications are added until intervals are as narrow as asked (see docs/comparison.md)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import LESS_OFTEN, SKEWED
from sim.analysis.kpis import HIGHEST, KPI_NAMES, KPIS
from sim.analysis.rounding import series_of_differences
from sim.analysis.stopping import MAXIMUM, MINIMUM, NO_SPREAD, half_width, never_varies, next_look
from sim.analysis.summary import summarise
from sim.batch.plan import finished
from sim.batch.prepare import Batch
from sim.batch.run import Progress, run_batches
from sim.batch.workers.base import Workers
from sim.config.numbers import check_numbers
from sim.errors import RunFailed, UsageError
from sim.store.run import open_runs

Values = Mapping[str, Mapping[str, NDArray[np.float64]]]
"""By name and KPI: one value a replication."""
Looked = Mapping[str, tuple[Batch, str]]
"""What is looked at, by the name that messages give it: a batch, and which of its variants."""

_UNITS = {kpi.name: kpi.unit for kpi in KPIS}


class Goal(NamedTuple):
    """How narrow the 95 % intervals are to be.

    Attributes
    ----------
    half_widths
        Largest half-width by KPI, in the KPI's unit (a share: 0.005 is half a percentage point).
    minimum, maximum
        Replications at the first look, and those that are not exceeded.
    """

    half_widths: Mapping[str, float]
    minimum: int = MINIMUM
    maximum: int = MAXIMUM


def parse_precision(texts: Sequence[str]) -> dict[str, float]:
    """Read ``KPI=HALFWIDTH`` texts.

    Raises
    ------
    UsageError
        If one is not of that form, or names a KPI twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        kpi, equals, number = (part.strip() for part in text.partition("="))
        if not equals or not kpi:
            raise UsageError(f"--precision {text}: must be KPI=HALFWIDTH, such as cohort_job_share=0.005")
        if kpi in found:
            raise UsageError(f"--precision {text}: {kpi} is given twice")
        try:
            found[kpi] = float(number)
        except ValueError:
            raise UsageError(f"--precision {text}: the half-width must be a number, such as 0.005") from None
    return found


def make_goal(half_widths: Mapping[str, float], minimum: int | None = None, maximum: int | None = None) -> Goal:
    """Check what is asked.

    Raises
    ------
    UsageError
        If there is no such KPI, a half-width is not above 0, or the numbers of replications do not fit.
    """
    for kpi, width in half_widths.items():
        if kpi not in _UNITS:
            near = get_close_matches(kpi, _UNITS, n=1)
            hint = f"did you mean {near[0]}?" if near else "docs/kpis.md lists all"
            raise UsageError(f"precision: no KPI {kpi}; {hint}")
        if not (width > 0 and math.isfinite(width)):
            raise UsageError(f"precision: {kpi}: the half-width must be above 0; it is {width:g}")
        if _UNITS[kpi] == "share" and width >= 1:
            raise UsageError(
                f"precision: {kpi}: is a share, so the half-width must be below 1; it is {width:g} "
                "(half a percentage point is 0.005)"
            )
    check_numbers(**{"min-replications": minimum, "max-replications": maximum})
    goal = Goal(half_widths, MINIMUM if minimum is None else minimum, MAXIMUM if maximum is None else maximum)
    if goal.maximum < goal.minimum:
        raise UsageError(
            f"max-replications: must be at least min-replications, {goal.minimum}; it is {goal.maximum}"
        )
    return goal


def goal_of(
    texts: Sequence[str], minimum: int | None, maximum: int | None, replications: int | None = None
) -> Goal | None:
    """Read the options of a command; None if no precision is asked for.

    Raises
    ------
    UsageError
        If they cannot be used.
    """
    if texts:
        if replications is not None:
            raise UsageError(
                "--replications: not with --precision, which finds their number; use --max-replications"
            )
        return make_goal(parse_precision(texts), minimum, maximum)
    for option, value in (("--min-replications", minimum), ("--max-replications", maximum)):
        if value is not None:
            raise UsageError(f"{option}: only with --precision")
    return None


class Growing:
    """Batches that have equally many replications, looked at together until all intervals are narrow enough.

    The numbers at which it looks follow from the replications before each look alone: workers, interruptions
    and what else a command runs do not change them. Replications that were there already are all kept, and the
    intervals over all of them are narrow enough too.

    Parameters
    ----------
    looked
        One variant, whose means are looked at; or several, whose differences from the baseline are.
    goal
        What is asked.
    baseline
        Name of the baseline.
    """

    def __init__(self, looked: Looked, goal: Goal, baseline: str | None = None) -> None:
        self._looked, self._goal, self._baseline = looked, goal, baseline
        self._look = goal.minimum

    def stage(self) -> list[Batch]:
        """Give the batches with the replications of the next look, or with those finished if these are more."""
        batches = {batch.job.directory: batch for batch, _ in self._looked.values()}
        return [batch._replace(replications=max(self._look, _most(batch))) for batch in batches.values()]

    def enough(self) -> bool:
        """Look at what is finished: True if it is enough, False if `stage` must be run.

        Raises
        ------
        RunFailed
            If a KPI is undefined in every replication.
        """
        values, there = self._values()
        while self._look <= there:
            ahead = self._next(values)
            if ahead == self._look:
                if ahead == there or ahead >= self._goal.maximum:
                    return True
                ahead = there
            self._look = ahead
        return False

    def report(self) -> list[str]:
        """Say how wide the interval of each KPI is, and where it is wider than asked."""
        values, there = self._values()
        return [
            _line(name, kpi, column, self._goal, self._highest(kpi))
            for name, kpi, column in self._series(values, there)
        ]

    def _values(self) -> tuple[Values, int]:
        """Read the KPIs of each batch, and how many replications all have."""
        kpis = list(self._goal.half_widths)
        opened = {
            (directory, run.variant): run
            for directory in {batch.job.directory for batch, _ in self._looked.values()}
            for run in open_runs(directory)
        }
        values = {
            name: opened[batch.job.directory, variant].values(kpis)[1]
            for name, (batch, variant) in self._looked.items()
        }
        return values, min(len(column) for columns in values.values() for column in columns.values())

    def _next(self, values: Values) -> int:
        ahead = self._look
        for name, kpi, column in self._series(values, self._look):
            if len(column) >= NO_SPREAD and np.isnan(column).all():
                raise RunFailed(f"precision: {kpi} of {name} is undefined in all {len(column)} replications")
            ahead = max(
                ahead, next_look(column, self._goal.half_widths[kpi], self._goal.maximum, self._highest(kpi))
            )
        return ahead

    def _series(self, values: Values, count: int) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
        """Name, KPI and values of everything looked at, over the first replications."""
        for kpi in self._goal.half_widths:
            columns = {name: of_run[kpi][:count] for name, of_run in values.items()}
            if self._baseline is None:
                yield from ((name, kpi, column) for name, column in columns.items())
                continue
            base = columns.pop(self._baseline)
            yield from (
                (f"{name} minus {self._baseline}", kpi, series_of_differences(column, base))
                for name, column in columns.items()
            )

    def _highest(self, kpi: str) -> float | None:
        """Highest value of what is looked at; None: a difference."""
        return HIGHEST[KPI_NAMES.index(kpi)].item() if self._baseline is None else None


def _most(batch: Batch) -> int:
    """The most replications that any planned point of a batch has."""
    done = finished(batch.job.directory)
    return max((done.end(block) for block in set(batch.manifest.places().values())), default=0)


def run_precisely(growing: Sequence[Growing], executor: Workers, progress: Progress, command: str) -> list[str]:
    """Run batches, look, and run on, until all are precise enough or have the most replications allowed.

    Parameters
    ----------
    growing
        Each looks for itself.
    executor, progress, command
        As of `sim.batch.run.run_batches`, which raises what this does.

    Returns
    -------
    list of str
        A line for each KPI looked at: its half-width, and whether it is as narrow as asked.
    """
    waiting = list(growing)
    while waiting:
        batches = [batch for one in waiting for batch in one.stage()]
        run_batches(batches, executor, executor.count, progress, command)
        waiting = [one for one in waiting if not one.enough()]
    return [line for one in growing for line in one.report()]


def run_asked(
    batches: Sequence[Batch], goal: Goal | None, executor: Workers, progress: Progress, command: str
) -> list[str]:
    """Run batches as their configs say, or each until its means are as precise as the goal."""
    if goal is None:
        run_batches(batches, executor, executor.count, progress, command)
        return []
    growing = [Growing({batch.job.name: (batch, batch.job.name)}, goal) for batch in batches]
    return run_precisely(growing, executor, progress, command)


def _line(name: str, kpi: str, values: NDArray[np.float64], goal: Goal, highest: float | None) -> str:
    asked, replications = goal.half_widths[kpi], len(values)
    if never_varies(values):
        return (
            f"no precision to tell: {kpi} of {name}: the same in all {replications:,} replications, "
            "so nothing shows how far its mean may be off"
        )
    found = half_width(values, highest)
    width = f"{kpi} of {name}: half-width {found:.3g}, asked {asked:g}, with {replications:,} replications"
    if found > asked:
        return f"not as precise as asked: {width}, the most allowed; --max-replications allows more"
    doubt = f"; {SKEWED}: {LESS_OFTEN}" if summarise(values, highest).interval_note == SKEWED else ""
    return f"precise enough: {width}{doubt}"
