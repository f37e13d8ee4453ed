"""Both engines on the same replication: equal to the last bit, or a picture of where they part."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.engine import simulate
from sim.model.parameters import FIRST_POST, Parameters
from sim.tables.records import TABLES, Replication, TableName

AROUND = 5
"""Events shown before and after the first that differs."""


def assert_equal(p: Parameters, seed: int, replication: int) -> Replication:
    """Run a replication on both engines; returns it if all tables are equal bit for bit."""
    reference = simulate(p, seed, replication, events=True, engine="simpy")
    compiled = simulate(p, seed, replication, events=True, engine="compiled")
    differing = list(differences(reference, compiled))
    if differing:
        raise AssertionError("\n".join([*differing, *surroundings(p, reference, compiled)]))
    return reference


def differences(reference: Replication, compiled: Replication) -> Iterator[str]:
    """One line for each column that is not the same bytes."""
    assert list(reference.tables) == list(compiled.tables)
    for name in reference.tables:
        for column in TABLES[name]:
            a, b = reference.tables[name][column.name], compiled.tables[name][column.name]
            if a.dtype != b.dtype or a.tobytes() != b.tobytes():
                shapes = f"{a.dtype} x {len(a)} (simpy), {b.dtype} x {len(b)} (compiled)"
                yield f"{name}.{column.name}: {shapes}{_first(a, b)}"


def surroundings(p: Parameters, reference: Replication, compiled: Replication) -> Iterator[str]:
    """The events of both engines around the first that differs, and what both know of whom it concerns."""
    a, b = _events(p, reference), _events(p, compiled)
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if at == len(a) == len(b):
        yield f"all {at} events are equal"
        return
    yield f"first differing event: number {at}"
    for i in range(max(0, at - AROUND), at + AROUND):
        for engine, events in (("simpy", a), ("compiled", b)):
            yield f"{'>' if i == at else ' '} {i} {engine:8} {events[i] if i < len(events) else 'no event'}"
    for engine, run in (("simpy", reference), ("compiled", compiled)):
        yield from (f"  {engine:8} {line}" for line in _state(run, at))


def _state(r: Replication, at: int) -> Iterator[str]:
    """The week before an event, and the rows of the citizen and of the coordinator whom it concerns."""
    e = r.tables["events"]
    if at >= len(e["weeks"]):
        return
    week, citizen, post = int(e["weeks"][at]), e["citizen"][at], e["resource"][at] - FIRST_POST
    k = r.tables["coordinators"]
    begun = np.asarray(k["from_weeks"], np.float64) <= week
    yield from _rows_where(r, "weekly", r.tables["weekly"]["week"] == week)
    yield from _rows_where(r, "citizens", r.tables["citizens"]["citizen"] == citizen)
    yield from _rows_where(r, "coordinators", (k["coordinator"] == post) & begun)


def _rows_where(r: Replication, table: TableName, wanted: NDArray[np.bool_]) -> Iterator[str]:
    for i in np.flatnonzero(wanted).tolist():
        yield f"{table}: " + ", ".join(f"{name} {values[i]}" for name, values in r.tables[table].items())


def _events(p: Parameters, r: Replication) -> list[str]:
    e = r.tables["events"]
    return [
        f"{float(weeks)!r} weeks, citizen {citizen}, {p.names.activities[activity]}, "
        f"resource {resource}, {float(value)!r}"
        for citizen, activity, weeks, resource, value in zip(
            *(e[name] for name in ("citizen", "activity", "weeks", "resource", "value")), strict=True
        )
    ]


def _first(a: NDArray[np.generic], b: NDArray[np.generic]) -> str:
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if x.tobytes() != y.tobytes():
            return f"; first in row {i}: {x!r}, {y!r}"
    return ""


def rows(r: Replication, table: TableName) -> int:
    """Rows of a table."""
    return len(next(iter(r.tables[table].values())))
