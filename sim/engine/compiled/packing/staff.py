"""Departments, posts, their rows of loads, and their queues of work."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.engine.codes import OFF
from sim.engine.compiled import layout
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.model.parameters import Parameters


def departments(p: Parameters, pool: Numbers) -> Array:
    """Whom each department serves and how it works, and where its posts stand among the members."""
    rows = []
    first = 0
    for i, d in enumerate(p.departments):
        posts = sum(post.department == i for post in p.posts)
        rows.append(pool.record(d) | {"first_post": first, "posts": posts, "unassigned": len(p.posts) + i})
        first += posts
    return table(layout.DEPARTMENT, rows)


class Rows(NamedTuple):
    """Posts side by side: each department's coordinators, then each department's consultants.

    Attributes
    ----------
    rows
        Where each row of posts lies, and its tournament (see `sim.engine.compiled.min_tournament`).
    members
        The posts' numbers, each with its load: infinite where nobody can be given a citizen.
    winners
        Results of all matches.
    coordinator_places, consultant_places
        Place in its row of each coordinator and of each consultant, by number.
    """

    rows: Array
    members: Array
    winners: Array
    coordinator_places: list[int]
    consultant_places: list[int]


def rows_of_posts(p: Parameters) -> Rows:
    """Line up the posts of every department, and play the tournaments."""
    rows: list[dict[str, int]] = []
    members: list[dict[str, float]] = []
    winners: list[int] = []
    places: list[dict[int, int]] = []
    coordinators = [(post.department, math.inf) for post in p.posts]  # Nobody is there before the first moment.
    full = p.internships.list_limit
    consultants = [(v.department, 0.0 if full * v.full_time_share > 0.0 else math.inf) for v in p.consultants]
    for posts in (coordinators, consultants):
        place_of: dict[int, int] = {}
        for d in range(len(p.departments)):
            own = [number for number, (department, _) in enumerate(posts) if department == d]
            loads = [posts[number][1] for number in own]
            tournament = _tournament(loads)
            leaves = len(tournament)
            rows.append({"first": len(members), "posts": len(own), "first_winner": len(winners), "leaves": leaves})
            members += [{"post": number, "load": load} for number, load in zip(own, loads, strict=True)]
            winners += tournament
            place_of |= {number: place for place, number in enumerate(own)}
        places.append(place_of)
    return Rows(
        table(layout.ROW, rows),
        table(layout.MEMBER, members),
        table(layout.LINK, ({"v": winner} for winner in winners)),
        *([place_of[number] for number in range(len(place_of))] for place_of in places),
    )


def _tournament(loads: list[float]) -> list[int]:
    """Winners by node, node 1 the final; as many nodes as there are leaves, two or the next power of two."""
    leaves = 2
    while leaves < len(loads):
        leaves *= 2
    winners = [0] * leaves + [min(place, len(loads) - 1) for place in range(leaves)]
    if loads:
        for node in range(leaves - 1, 0, -1):
            left, right = winners[2 * node], winners[2 * node + 1]
            winners[node] = left if loads[left] <= loads[right] else right
    return winners[:leaves]


def coordinators(p: Parameters, pool: Numbers, places: Sequence[int]) -> Array:
    """The posts, and after them every department's list of those who wait for a coordinator."""
    rows: list[dict[str, Any]] = []
    now = 0.0 - p.warm_up
    for i, post in enumerate(p.posts):
        rows.append(
            pool.record(post)
            | {
                "number": i,
                "place": places[i],
                "hours_per_week": p.staff.hours_per_week * post.full_time_share,
                "queue": _queue(p, i, post.department),
                "credit_since": now,
                "doing_since": now,
                "list_since": now,
                "doing": OFF,
            }
        )
    for d in range(len(p.departments)):
        rows.append({"number": -1, "department": d, "queue": _queue(p, len(p.posts) + d, d)})
    blank = {"first": -1, "last": -1, "learning_until": -math.inf}
    return table(layout.COORDINATOR, (blank | row for row in rows))


def _queue(p: Parameters, own: int, department: int) -> int:
    """Queue of a list: the own one, or that of the department's list of those who wait, which all share."""
    return len(p.posts) + department if p.departments[department].pooled else own


def queues(p: Parameters) -> Array:
    """The posts' queues, and those of the departments' lists of citizens who wait for a coordinator."""
    owners = [*(post.department for post in p.posts), *range(len(p.departments))]
    return table(
        layout.QUEUE,
        (
            {
                "department": d,
                "left_behind": not p.departments[d].pooled,
            }
            for d in owners
        ),
    )


def consultants(p: Parameters, pool: Numbers, places: Sequence[int]) -> Array:
    """Company consultants, each with a place in the department's row of loads."""
    return table(
        layout.CONSULTANT,
        (
            pool.record(v)
            | {
                "place": places[i],
                "hours_per_week": p.internships.consultant_hours_per_week * v.full_time_share,
                "list_limit": p.internships.list_limit * v.full_time_share,
            }
            for i, v in enumerate(p.consultants)
        ),
    )
