"""Which runs are compared, what they are called, and whether their replications are pairs."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.errors import UsageError
from sim.store.check import readable
from sim.store.manifest import FILE_NAME, Manifest
from sim.store.plan import PLAN
from sim.store.points import POINTS_FOLDER
from sim.store.results import REPLICATIONS
from sim.store.sweep_manifest import SweepManifest

T = TypeVar("T")


class Run(NamedTuple):
    """A run that is compared.

    Attributes
    ----------
    directory
        Where it is.
    name
        What the tables call it: its variant, or its directory where two runs have the same variant.
    manifest
        Of the directory.
    """

    directory: Path
    name: str
    manifest: Manifest


def directories_of(path: Path) -> list[Path]:
    """List the runs that a directory stands for: itself, or those in it, in the order of the sweep's plan.

    Raises
    ------
    UsageError
        If there is no run, or a sweep's plan is damaged.
    """
    shown = path.as_posix()
    if not path.is_dir():
        raise UsageError(f"{shown}: no such directory; name the directory of a run, such as results/50_per_worker")
    points = path / POINTS_FOLDER
    if points.is_dir():
        path = points
    elif (path / FILE_NAME).exists():
        return [path]
    found = {child.name: child for child in sorted(path.iterdir()) if (child / FILE_NAME).exists()}
    if not found:
        raise UsageError(f"{shown}: holds no run: neither a {FILE_NAME} nor folders that have one")
    plan = next((folder / PLAN for folder in (path, path.parent) if (folder / PLAN).exists()), None)
    planned = _planned(plan) if plan else []
    missing = [name for name in planned if name not in found]
    if missing:
        raise UsageError(f"{shown}: the sweep is not finished: no run of {listed(missing)}; repeat its sim sweep")
    return [found[name] for name in planned or found]  # Points that are no longer planned are left out.


def _planned(plan: Path) -> list[str]:
    with readable(plan):
        names: list[str] = pq.read_table(plan, columns=["variant"], page_checksum_verification=True)[0].to_pylist()
    return names


def planned_baseline(path: Path) -> str | None:
    """Name of the baseline that a sweep's experiment states; None: `path` is no sweep, or it states none."""
    if not (path / POINTS_FOLDER).is_dir():
        return None
    manifest = SweepManifest.read(path)
    stated: str | None = manifest.definition["experiment"]["baseline"] if manifest else None
    return stated


def name_runs(directories: Sequence[Path], manifests: Sequence[Manifest]) -> list[Run]:
    """Name each run by its variant; by its directory's name, or path, where that names two.

    Raises
    ------
    UsageError
        If there are fewer than two, or one twice.
    """
    paths = [directory.resolve() for directory in directories]
    twice = next((d for i, d in enumerate(directories) if paths[i] in paths[:i]), None)
    if twice is not None:
        raise UsageError(f"{twice.as_posix()}: named twice; a run has no differences from itself")
    if not directories:
        raise UsageError("nothing to compare; name two runs, or the directory of a sweep")
    if len(directories) == 1:
        only = directories[0].as_posix()
        raise UsageError(f"{only}: one run only; name a second to compare it with, or the directory of a sweep")
    choices = (
        [manifest.variant for manifest in manifests],
        [path.name for path in paths],
        [directory.as_posix() for directory in directories],
    )
    names = next(names for names in choices if len({name.casefold() for name in names}) == len(names))
    return [Run(*run) for run in zip(directories, names, manifests, strict=True)]


def choose_baseline(runs: Sequence[Run], wanted: str | None) -> Run:
    """Find the baseline: the last run, or the one of the name or directory wanted.

    Raises
    ------
    UsageError
        If no run is called so; says which may be meant.
    """
    if wanted is None:
        return runs[-1]
    named = {run.name: run for run in runs}
    if wanted in named:
        return named[wanted]
    for run in runs:
        if wanted == run.manifest.variant or Path(wanted).resolve() == run.directory.resolve():
            return run
    near = get_close_matches(wanted, named, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {listed(list(named))}"
    raise UsageError(f"baseline: no run is called {wanted}; {hint}")


def check_pairs(run: Run, baseline: Run) -> None:
    """Check that replication r of both runs has the same random numbers over the same time.

    Raises
    ------
    UsageError
        If seed, start date, horizon, warm-up or code differ; names both values of each.
    """
    found = [
        f"  {what}: {_value(run, what)} in {run.name}, {_value(baseline, what)} in {baseline.name}"
        for what in ("seed", "start", "horizon_weeks", "warm_up_weeks", "version of sim")
        if _value(run, what) != _value(baseline, what)
    ]
    if found:
        names = f"{run.directory.as_posix()} and {baseline.directory.as_posix()}"
        lines = "\n".join(found)
        raise UsageError(
            f"{names}: their replications are no pairs, so nothing was compared:\n{lines}\n"
            "Run one of them again with what the other has, into a directory of its own (--out)."
        )


def check_finished(run: Run) -> None:
    """Check that a run's results are there and over all replications that were asked for.

    Raises
    ------
    UsageError
        If not; gives the command that finishes it.
    """
    last = run.manifest.runs[-1] if run.manifest.runs else {}
    file = run.directory / REPLICATIONS
    asked = last.get("replications", 0)
    there = 0
    if file.exists():
        with readable(file):
            there = pq.read_metadata(file).num_rows
    if last.get("finished") is not None and there >= asked and there > 0:
        return
    command = last.get("command", "")
    how = f"finish it: {command}" if command.startswith("sim ") else "finish it: run it again into this directory"
    raise UsageError(f"{run.directory.as_posix()}: this run is not finished, so it cannot be compared\n{how}")


def tables_command(run: Run, table: str) -> str:
    """Give the command that adds a table to a run."""
    commands = [of["command"] for of in run.manifest.runs if of["command"].startswith(("sim run ", "sim sweep "))]
    if not commands:
        return f"run it again into this directory with the table {table}"
    # Of two --tables the last counts.
    return f"{commands[-1]} --tables {table}"


def read_values(directory: Path, columns: Sequence[str]) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
    """Read KPIs of all replications of a run.

    Returns
    -------
    tuple
        The replications' numbers, and by KPI its values (NaN: undefined), in order of the numbers.

    Raises
    ------
    UsageError
        If the file is damaged.
    """
    file = directory / REPLICATIONS
    with readable(file):
        table = pq.read_table(file, columns=["replication", *columns], page_checksum_verification=True)
    table = table.sort_by("replication")
    numbers = np.asarray(table["replication"].to_numpy(), np.int64)
    return numbers, {name: np.asarray(table[name].to_numpy(), np.float64) for name in columns}


def in_step(ours: Iterator[tuple[int, T]], theirs: Iterator[tuple[int, T]]) -> Iterator[tuple[T, T]]:
    """Give what two runs have of every replication that both have; each comes in order of the numbers."""
    a, b = next(ours, None), next(theirs, None)
    while a is not None and b is not None:
        if a[0] == b[0]:
            yield a[1], b[1]
        behind = min(a[0], b[0])
        a = next(ours, None) if a[0] == behind else a
        b = next(theirs, None) if b[0] == behind else b


def _value(run: Run, what: str) -> Any:
    if what == "version of sim":
        return run.manifest.code
    return run.manifest.seed if what == "seed" else run.manifest.config["run"][what]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Write names one after the other, but not too many."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
