"""The world's scalars: parameters that are the same for everybody."""

from typing import Any

from sim.engine.compiled import layout
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.engine.seen import NOTHING_SEEN
from sim.model.parameters import Parameters


def world_fields(p: Parameters, pool: Numbers) -> dict[str, Any]:
    """Scalars of the world, by field."""
    return _of_all(p, pool) | {
        "end": float(p.horizon),
        "group_count": len(p.groups),
        "department_count": len(p.departments),
        "role_count": len(p.roles),
        "team_count": len(p.teams),
        "post_count": len(p.posts),
        "programme_count": len(p.programmes),
        "stream_count": sum(len(levels) for levels in p.exit_streams),
        "epoch_count": len(p.epochs),
        "nothing_seen": tuple(NOTHING_SEEN.values()),
        "free_place": -1,
        "free_chunk": -1,
        "free_blocks": -1,
        "page": -1,
    }


def epochs(p: Parameters, pool: Numbers) -> Array:
    """What is the same for everybody, for each later time."""
    return table(layout.EPOCH, ({"since": e.since} | _of_all(e.parameters, pool) for e in p.epochs))


def _of_all(p: Parameters, pool: Numbers) -> dict[str, Any]:
    return pool.record(p) | {"priorities": p.priorities, "planned_hours": p.planned_hours}
