"""Groups with their hazards, and what the centre offers them."""

from collections.abc import Sequence
from itertools import accumulate

from sim.catalogue import HAZARDS
from sim.engine.compiled import layout
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.model.parameters import Parameters


def groups(steps: Sequence[Parameters], pool: Numbers) -> Array:
    """Groups of citizens, for each time what is in force then."""
    return table(layout.GROUP, (pool.record(g) for p in steps for g in p.groups))


def hazards(steps: Sequence[Parameters], pool: Numbers) -> Array:
    """Hazards, group by group."""
    streams = steps[0].exit_streams
    firsts = [sum(len(levels) for levels in streams[:h]) for h in range(len(HAZARDS))]
    rows = (
        pool.record(h) | {"first_stream": first}
        for p in steps
        for group in p.groups
        for h, first in zip(group.hazards, firsts, strict=True)
    )
    return table(layout.HAZARD, rows)


def programmes(steps: Sequence[Parameters], pool: Numbers) -> Array:
    """Programmes and where their vendors stand."""
    firsts = accumulate((len(programme.vendors) for programme in steps[0].programmes), initial=0)
    place = [*firsts]
    rows = (
        pool.record(programme) | {"first_vendor": first, "vendors": len(programme.vendors)}
        for p in steps
        for programme, first in zip(p.programmes, place, strict=False)
    )
    return table(layout.PROGRAMME, rows)


def vendors(steps: Sequence[Parameters], pool: Numbers) -> Array:
    """Vendors, programme by programme."""
    return table(
        layout.VENDOR, (pool.record(v) for p in steps for programme in p.programmes for v in programme.vendors)
    )


def seats(p: Parameters) -> Array:
    """Vendors' places, all free."""
    return table(layout.SEATS, ({"free": v.places} for programme in p.programmes for v in programme.vendors))
