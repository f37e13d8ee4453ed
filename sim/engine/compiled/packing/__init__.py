"""Parameters as arrays of records: made once for all replications of a config."""

from typing import Any, NamedTuple

import numpy as np

from sim.catalogue import INFLOW, ORIGINS, POOL, STOCK
from sim.engine.compiled import layout
from sim.engine.compiled.packing import people, staff
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.engine.compiled.packing.world import epochs, world_fields
from sim.engine.compiled.queues import HEAPS
from sim.model.parameters import Parameters, team_names
from sim.model.streams import person_key


class Pack(NamedTuple):
    """A config ready for the loop.

    Attributes
    ----------
    world
        Scalars of the world, by field.
    arrays
        Arrays of known size as they are when a replication begins, keys of streams apart.
    """

    world: dict[str, Any]
    arrays: dict[str, Array]


def pack(p: Parameters) -> Pack:
    """Lay out parameters as the loop reads them: what can change at a date stands there once for each time."""
    steps = [p, *(epoch.parameters for epoch in p.epochs)]
    pool, rows = Numbers(), staff.rows_of_posts(p)
    world = world_fields(p, pool)
    arrays = {
        "groups": people.groups(steps, pool),
        "sources": np.zeros(len(p.groups), layout.SOURCE),
        "epochs": epochs(p, pool),
        "hazards": people.hazards(steps, pool),
        "needs": table(layout.NEED, (pool.record(need) for q in steps for need in q.needs)),
        "streams": table(
            layout.STREAM,
            (
                {"time": time, "height": height, "hazard": h, "level": level}
                for h, levels in enumerate(p.exit_streams)
                for level, (time, height) in enumerate(levels)
            ),
        ),
        "serves": table(layout.FLAG, ({"v": v} for d in p.departments for v in d.serves)),
        "admits": table(
            layout.FLAG, ({"v": v} for q in steps for programme in q.programmes for v in programme.admits)
        ),
        "departments": table(layout.DEPARTMENT, (pool.record(d) for q in steps for d in q.departments)),
        "roles": table(layout.ROLE, (pool.record(role) for q in steps for role in q.roles)),
        "teams": staff.teams(p, pool),
        "does": table(layout.FLAG, ({"v": v} for team in p.teams for v in team.does)),
        "others": table(layout.LINK, ({"v": v} for department in p.others for v in department)),
        "rows": rows.rows,
        "members": rows.members,
        "winners": rows.winners,
        "posts": staff.posts(p, pool, rows.places),
        "programmes": people.programmes(steps, pool),
        "vendors": people.vendors(steps, pool),
        "seats": people.seats(p),
        "by_group": np.zeros((len(p.posts) + len(p.teams)) * len(p.groups), layout.WHOLE),
        "taken": np.zeros(len(p.departments) * len(p.groups), layout.TAKEN),
        "queues": staff.queues(p),
        "heaps": np.zeros(HEAPS * (len(p.posts) + len(p.teams)), layout.HEAP),
        "lines": table(layout.LINE, ({"first": -1, "last": -1} for _ in range(_lines(p)))),
        "flows": np.zeros(len(p.groups), layout.FLOW),
    }
    arrays["numbers"] = np.array(pool.numbers, np.float64).view(layout.NUMBER)
    arrays["distributions"] = np.array(pool.distributions, layout.DISTRIBUTION)
    return Pack(world, arrays)


def with_keys(packed: Pack, p: Parameters, seed: int) -> dict[str, Array]:
    """Return copies of the arrays that a replication changes, with the stream keys of a seed."""
    arrays = {name: array.copy() for name, array in packed.arrays.items()}
    for g, group in enumerate(p.groups):
        for origin in (STOCK, INFLOW):
            arrays["sources"]["key"][g, origin] = person_key(seed, "citizen", group.name, ORIGINS[origin])
        arrays["sources"]["source"][g] = person_key(seed, "inflow", group.name)
    names = p.names.departments
    for d, name in enumerate(names):
        for g, group in enumerate(p.groups):
            arrays["taken"]["key"][d * len(p.groups) + g] = person_key(
                seed, "citizen", group.name, ORIGINS[POOL], name
            )
    keyed = team_names(p)
    for t, name in enumerate(keyed):
        arrays["teams"]["key"][t] = person_key(seed, "department", name)
    for k, post in enumerate(p.posts):
        arrays["posts"]["key"][k] = person_key(seed, p.names.roles[p.teams[post.team].role], keyed[post.team])
    return arrays


def _lines(p: Parameters) -> int:
    return 1 + len(p.teams) + len(p.programmes)
