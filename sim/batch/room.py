"""Memory: what a worker needs for one replication, and what this machine has."""

import os
from collections.abc import Sequence
from pathlib import Path

from sim.analysis.incidence.table import rows_of
from sim.batch.prepare import Batch
from sim.errors import UsageError
from sim.model.parameters import Parameters
from sim.tables.records import TABLES

_OF_A_PROCESS = 350e6
"""Bytes of Python with its libraries."""
_COPIES = 4
"""Of the tables of a replication: as arrays, as they are collected for a row group, as Arrow, and compressed."""
_OF_AN_OBJECT = 12_000
"""Bytes of a citizen of the simpy engine, with the processes that wait."""
_CGROUP = Path("/sys/fs/cgroup/memory.max")


def needed(p: Parameters, *, events: bool, engine: str) -> float:
    """Bytes that a worker needs for a replication: the engine's records of it, its tables, and the program."""
    from sim.engine.compiled.world import first_guess, room

    citizens = first_guess(p)["citizens"]
    wide = {name: 8.0 * len(columns) for name, columns in TABLES.items()}
    tables = wide["citizens"] * citizens + wide["weekly"] * (p.horizon + 1) * len(p.groups)
    tables += wide["schemes"] * first_guess(p)["schemes"]
    tables += wide["coordinators"] * (p.horizon // p.period + 2) * len(p.posts)
    tables += wide["incidence"] * rows_of(p.names)
    tables += wide["events"] * first_guess(p)["log"] if events else 0.0
    records = room(p, events=events) if engine == "compiled" else _OF_AN_OBJECT * citizens
    return _OF_A_PROCESS + records + _COPIES * tables


def largest(batches: Sequence[Batch]) -> float:
    """Bytes that a worker needs for the largest replication of some batches."""
    return max(
        needed(variant.parameters, events="events" in batch.tables, engine=batch.job.engine)
        for batch in batches
        for variant in batch.variants
    )


def of_this_machine() -> float | None:
    """Bytes of memory that this process may use: the machine's, or what its container is given; None: not known."""
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return None
    there = float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE")
    try:
        given = _CGROUP.read_text(encoding="ascii").strip()
    except OSError:
        return there
    return min(there, float(given)) if given.isdigit() else there


def refuse_too_large(batches: Sequence[Batch], workers: int) -> None:
    """Refuse what this machine has no memory for.

    Raises
    ------
    UsageError
        With what is needed, what there is, and how many workers there is room for.
    """
    there, one = of_this_machine(), largest(batches)
    if there is None or one * workers <= there:
        return
    amounts = (
        f"needs about {one / 1e9:,.1f} GB of memory for each of {workers} workers; there are {there / 1e9:,.1f} GB"
    )
    fitting = int(there // one)
    if fitting:
        raise UsageError(f"{amounts}: use --workers {fitting}")
    raise UsageError(
        f"a replication needs about {one / 1e9:,.1f} GB of memory; there are {there / 1e9:,.1f} GB. "
        "A smaller stock or inflow, fewer weeks, or other machines (--scheduler) need less here"
    )
