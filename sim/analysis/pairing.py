"""Which runs are compared, what they are called, and whether their replications are pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import UsageError
from sim.store.manifest import FILE_NAME, Manifest
from sim.store.parts import KPIS_FOLDER
from sim.store.run import Run
from sim.tables.records import TableName

T = TypeVar("T")


def directories_of(path: Path) -> list[Path]:
    """List the runs that a directory stands for: itself, or those in it, in the order of the sweep's plan.

    Raises
    ------
    UsageError
        If there is no run, or a sweep's plan is damaged.
    """
    shown = path.as_posix()
    if path.is_file():
        first = f"; a config is run first: sim run {shown}" if path.suffix == ".toml" else ""
        raise UsageError(f"{shown}: is a file; name the directory of a run, such as results/50_per_worker{first}")
    if not path.is_dir():
        raise UsageError(f"{shown}: no such directory; name the directory of a run, such as results/50_per_worker")
    if (path / FILE_NAME).exists() or (path / KPIS_FOLDER).exists():
        return [path]
    found = [child for child in sorted(path.iterdir()) if (child / FILE_NAME).exists()]
    if not found:
        raise UsageError(f"{shown}: holds no run: neither a {FILE_NAME} nor folders that have one")
    return found


def runs_metadata(runs: Sequence[Run], baseline: Run) -> dict[str, str]:
    """Say in a file of which runs it is: names, hashes of configs, seed, version of the rules."""
    hashes = (f"{run.name}={run.config_hash}" for run in (*runs, baseline))
    return {
        "sim.baseline": baseline.name,
        "sim.config_hashes": " ".join(hashes),
        "sim.seed": str(baseline.manifest.seed),
        "sim.rules": str(baseline.manifest.rules),
    }


def planned_baseline(path: Path) -> str | None:
    """Name of the baseline that a sweep's experiment states; None: `path` is no sweep, or it states none."""
    manifest = Manifest.read(path)
    if manifest is None or manifest.holds != "sweep":
        return None
    stated: str | None = manifest.definition["experiment"]["baseline"]
    return stated


def name_runs(runs: Sequence[Run]) -> list[Run]:
    """Name each run by its variant; by its directory's name, or path, where that names two.

    Raises
    ------
    UsageError
        If there are fewer than two, or one twice.
    """
    places = [(run.directory.resolve(), run.variant) for run in runs]
    twice = next((run for i, run in enumerate(runs) if places[i] in places[:i]), None)
    if twice is not None:
        raise UsageError(f"{twice.shown}: named twice; a run has no differences from itself")
    if not runs:
        raise UsageError("nothing to compare; name two runs, or the directory of a sweep")
    if len(runs) == 1:
        only = runs[0].shown
        raise UsageError(f"{only}: one run only; name a second to compare it with, or the directory of a sweep")
    choices = (
        [run.variant for run in runs],
        [_joined(directory.name, run) for (directory, _), run in zip(places, runs, strict=True)],
        [_joined(run.directory.as_posix(), run) for run in runs],
    )
    told_apart = (names for names in choices if len({name.casefold() for name in names}) == len(names))
    names = next(told_apart, [run.shown for run in runs])
    return [replace(run, name=name) for run, name in zip(runs, names, strict=True)]


def _joined(directory: str, run: Run) -> str:
    return directory if run.manifest.holds == "run" else f"{directory}/{run.variant}"


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
        is_its_directory = run.manifest.holds == "run" and Path(wanted).resolve() == run.directory.resolve()
        if wanted == run.variant or is_its_directory:
            return run
    near = get_close_matches(wanted, named, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {listed(list(named))}"
    raise UsageError(f"baseline: no run is called {wanted}; {hint}")


_SHARED = ("seed", "start", "horizon_weeks", "warm_up_weeks", "version of the rules", "draws of a posterior")


def check_pairs(run: Run, baseline: Run) -> None:
    """Check that replication r of both runs has the same random numbers over the same time.

    Raises
    ------
    UsageError
        If seed, start date, horizon, warm-up or the version of the rules differ; names both values of each.
    """
    found = [
        f"  {what}: {_value(run, what)} in {run.name}, {_value(baseline, what)} in {baseline.name}"
        for what in (
            "seed",
            "start",
            "horizon_weeks",
            "warm_up_weeks",
            "version of the rules",
            "draws of a posterior",
        )
        if _value(run, what) != _value(baseline, what)
    ]
    if found:
        names = f"{run.shown} and {baseline.shown}"
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
    there = run.finished_replications()
    if last.get("finished") is not None and there >= last.get("replications", 0) and there > 0:
        return
    command = last.get("command", "")
    typed = command in run.manifest.typed("run", "sweep", "compare")
    how = f"finish it: {command}" if typed else "finish it: run it again into this directory"
    raise UsageError(f"{run.shown}: this run is not finished, so it cannot be compared\n{how}")


def tables_command(run: Run, table: str) -> str:
    """Give the command that adds a table to a run."""
    commands = run.manifest.typed("run", "sweep")
    if not commands:
        return f"run it again into this directory with the table {table}"
    # Of two --tables the last counts.
    return f"{commands[-1]} --tables {table}"


def lacking(runs: Sequence[Run], table: str) -> list[Run]:
    """List the runs without a table."""
    return [run for run in runs if table not in run.tables]


def notes_on_tables(told: Mapping[TableName, str], without: Mapping[TableName, Sequence[Run]]) -> list[str]:
    """Say which runs have no table, what is therefore not compared, and how to add it.

    Parameters
    ----------
    told
        What each table tells.
    without
        By table: the runs that lack it. Tables that the same runs lack stand in one note.
    """
    lacks = {tuple(run.name for run in runs): runs for runs in without.values() if runs}
    notes = []
    for names, runs in lacks.items():
        tables = [table for table, of in without.items() if tuple(run.name for run in of) == names]
        what = " and ".join(told[table] for table in tables)
        commands = dict.fromkeys(f"to add {_it(tables)}: {tables_command(run, ','.join(tables))}" for run in runs)
        have = "has" if len(runs) == 1 else "have"
        text = f"no differences {what}: {listed(names)} {have} no {' and no '.join(tables)} table"
        notes.append("\n".join([text, *commands]))
    return notes


def _it(tables: Sequence[str]) -> str:
    return "it" if len(tables) == 1 else "them"


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
    if what == "version of the rules":
        return run.manifest.rules
    if what == "draws of a posterior":
        return run.manifest.draws_shown
    return run.manifest.seed if what == "seed" else run.config["run"][what]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Write names one after the other, but not too many."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
