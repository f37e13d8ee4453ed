"""The world's scalars: parameters that are the same for everybody."""

from typing import Any

from sim.engine.compiled.packing.records import Numbers
from sim.engine.seen import NOTHING_SEEN
from sim.model.parameters import Parameters


def world_fields(p: Parameters, pool: Numbers) -> dict[str, Any]:
    """Scalars of the world, by field."""
    return pool.record(p) | {
        "end": float(p.horizon),
        "group_count": len(p.groups),
        "department_count": len(p.departments),
        "role_count": len(p.roles),
        "team_count": len(p.teams),
        "post_count": len(p.posts),
        "programme_count": len(p.programmes),
        "stream_count": sum(len(levels) for levels in p.exit_streams),
        "priorities": p.priorities,
        "planned_hours": p.planned_hours,
        "nothing_seen": tuple(NOTHING_SEEN.values()),
        "free_place": -1,
        "free_chunk": -1,
        "free_blocks": -1,
        "page": -1,
    }
