"""A replication of a finished run once more, from the manifest alone, with all that it does not keep."""

from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.analysis.kpis import KPI_NAMES
from sim.batch.variant import replicate
from sim.config.canonical import from_canonical
from sim.engine import get_ready, trace
from sim.errors import UsageError
from sim.model.assembly import build
from sim.model.parameters import Parameters
from sim.model.version import RULES_VERSION
from sim.store.run import Run, open_runs
from sim.tables.records import Replication
from sim.tables.trace import Trace


class Again(NamedTuple):
    """A replication that was simulated again.

    Attributes
    ----------
    run
        Whose replication it is.
    parameters, done
        What it was made of, and its tables with the event log.
    differs
        Key figures that are not those which the run has stored; none: it is the same replication.
    """

    run: Run
    parameters: Parameters
    done: Replication
    differs: tuple[str, ...]

    @property
    def note(self) -> str | None:
        """What must be said if it is not the same replication; None: nothing."""
        if not self.differs:
            return None
        made = self.run.manifest.rules
        why = "" if made == RULES_VERSION else f" (version {made} of the rules; this one has {RULES_VERSION})"
        return (
            f"{self.run.shown}: was made by another version of the program{why}: replication {self.done.number}, "
            f"simulated again, has other key figures ({_listed(self.differs)}); what follows is this version's"
        )


def open_run(directory: Path, point: str | None = None) -> Run:
    """Open a finished run, or a point of a finished sweep.

    Raises
    ------
    UsageError
        If there is none, or of a sweep the point is missing or does not exist.
    """
    runs = open_runs(directory)
    names = [run.variant for run in runs]
    shown = directory.as_posix()
    if point is None and len(runs) > 1:
        raise UsageError(f"{shown}: is a sweep; name one of its points with --point: {_listed(names)}")
    if point is not None and point not in names:
        near = get_close_matches(point, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {_listed(names)}"
        raise UsageError(f"{shown}: --point {point}: there is no such point; {hint}")
    return runs[0] if point is None else runs[names.index(point)]


def check_replication(run: Run, replication: int) -> None:
    """Refuse a replication that the run does not have.

    Raises
    ------
    UsageError
        Says which there are.
    """
    there = len(run.values([])[0])
    if not 0 <= replication < there:
        raise UsageError(f"{run.shown}: --replication {replication}: there is no such one; it has 0 to {there - 1}")


def again(run: Run, replication: int, parameters: Parameters | None = None) -> Again:
    """Simulate a replication of a run again with its event log, and compare its key figures with the stored ones.

    Parameters
    ----------
    run
        See `open_run`.
    replication
        One that the run has.
    parameters
        From `parameters_of`, where several replications are simulated; None: they are made.

    Raises
    ------
    UsageError
        If the run has no such replication.
    """
    check_replication(run, replication)
    p = parameters_of(run) if parameters is None else parameters
    get_ready("compiled")
    done, figures = replicate(p, run.manifest.seed, replication, tables=("events", "weekly"))
    stored = run.values(KPI_NAMES)[1]
    there = {name: values[replication] for name, values in stored.items() if not np.isnan(values).all()}
    now = dict(zip(KPI_NAMES, figures, strict=True))
    differs = tuple(name for name, value in there.items() if not _same(value, now[name]))
    return Again(run, p, done, differs)


def parameters_of(run: Run) -> Parameters:
    """Make the parameters of a run from its manifest."""
    return build(from_canonical(run.config))


def traced(made: Again, until: float | None = None) -> Trace:
    """Trace who waited where, with the reference engine, and check that its events are the same.

    Parameters
    ----------
    made
        The replication.
    until
        Weeks from the start that are enough; None: all.

    Raises
    ------
    AssertionError
        If the engines disagree: a mistake in one of them.
    """
    p = made.parameters
    horizon = p.horizon if until is None else min(p.horizon, int(until) + 1)
    done, found = trace(p._replace(horizon=horizon), made.run.manifest.seed, made.done.number)
    for name, column in done.tables["events"].items():
        there = made.done.tables["events"][name][: len(column)]
        if not np.array_equal(column, there, equal_nan=column.dtype.kind == "f"):
            raise AssertionError(f"the engines disagree in column {name} of the event log")
    return found


def _same(a: float, b: float) -> bool:
    return bool(a == b or (np.isnan(a) and np.isnan(b)))


def _listed(names: tuple[str, ...] | list[str], most: int = 8) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
