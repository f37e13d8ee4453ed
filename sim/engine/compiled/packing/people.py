"""Groups with their hazards, and what the centre offers them."""

from itertools import accumulate

from sim.catalogue import HAZARDS
from sim.engine.compiled import layout
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.model.parameters import Parameters


def groups(p: Parameters, pool: Numbers) -> Array:
    """Groups of citizens."""
    return table(layout.GROUP, map(pool.record, p.groups))


def hazards(p: Parameters, pool: Numbers) -> Array:
    """Hazards, group by group."""
    firsts = [sum(len(levels) for levels in p.exit_streams[:h]) for h in range(len(HAZARDS))]
    rows = (
        pool.record(h) | {"first_stream": first}
        for group in p.groups
        for h, first in zip(group.hazards, firsts, strict=True)
    )
    return table(layout.HAZARD, rows)


def programmes(p: Parameters, pool: Numbers) -> Array:
    """Programmes and where their vendors stand."""
    firsts = accumulate((len(programme.vendors) for programme in p.programmes), initial=0)
    rows = (
        pool.record(programme) | {"first_vendor": first, "vendors": len(programme.vendors)}
        for programme, first in zip(p.programmes, firsts, strict=False)
    )
    return table(layout.PROGRAMME, rows)


def vendors(p: Parameters, pool: Numbers) -> Array:
    """Vendors, programme by programme."""
    rows = (pool.record(v) | {"free": v.places} for programme in p.programmes for v in programme.vendors)
    return table(layout.VENDOR, rows)
