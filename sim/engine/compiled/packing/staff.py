"""Teams, posts, their rows of loads, and their queues of work."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.engine.codes import OFF
from sim.engine.compiled import layout
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.model.parameters import Parameters


def teams(p: Parameters, pool: Numbers) -> Array:
    """How each team works, and where its posts stand among the members."""
    rows = []
    first = 0
    for i, team in enumerate(p.teams):
        posts = sum(post.team == i for post in p.posts)
        unassigned = len(p.posts) + i
        rows.append(pool.record(team) | {"first_post": first, "posts": posts, "unassigned": unassigned})
        first += posts
    return table(layout.TEAM, rows)


class Rows(NamedTuple):
    """Posts side by side, team by team.

    Attributes
    ----------
    rows
        Where each team's posts lie, and its tournament (see `sim.engine.compiled.min_tournament`).
    members
        The posts' numbers, each with its load: infinite where nobody can be given a citizen.
    winners
        Results of all matches.
    places
        Place in its row of each post, by number.
    """

    rows: Array
    members: Array
    winners: Array
    places: list[int]


def rows_of_posts(p: Parameters) -> Rows:
    """Line up the posts of every team, and play the tournaments; nobody is there before the first moment."""
    rows: list[dict[str, int]] = []
    members: list[dict[str, float]] = []
    winners: list[int] = []
    places: dict[int, int] = {}
    for number in range(len(p.teams)):
        own = [i for i, post in enumerate(p.posts) if post.team == number]
        tournament = _tournament([math.inf] * len(own))
        leaves = len(tournament)
        rows.append({"first": len(members), "posts": len(own), "first_winner": len(winners), "leaves": leaves})
        members += [{"post": i, "load": math.inf} for i in own]
        winners += tournament
        places |= {i: place for place, i in enumerate(own)}
    return Rows(
        table(layout.ROW, rows),
        table(layout.MEMBER, members),
        table(layout.LINK, ({"v": winner} for winner in winners)),
        [places[i] for i in range(len(places))],
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


def posts(p: Parameters, pool: Numbers, places: Sequence[int]) -> Array:
    """The posts, and after them every team's list of those who wait for somebody."""
    rows: list[dict[str, Any]] = []
    now = 0.0 - p.warm_up
    for i, post in enumerate(p.posts):
        role = p.roles[p.teams[post.team].role]
        rows.append(
            pool.record(post)
            | {
                "number": i,
                "place": places[i],
                "hours_per_week": role.hours_per_week * post.full_time_share,
                "queue": _queue(p, i, post.team),
                "credit_since": now,
                "doing_since": now,
                "list_since": now,
                "doing": OFF,
            }
        )
    for t in range(len(p.teams)):
        rows.append({"number": -1, "team": t, "queue": _queue(p, len(p.posts) + t, t)})
    never = {"next_absence": math.inf, "next_resignation": math.inf}
    blank = {"first": -1, "last": -1, "learning_until": -math.inf} | never
    return table(layout.POST, (blank | row for row in rows))


def _queue(p: Parameters, own: int, team: int) -> int:
    """Queue of a list: the own one, or that of the team's list of those who wait, which all share."""
    return len(p.posts) + team if p.teams[team].pooled else own


def queues(p: Parameters) -> Array:
    """The posts' queues, and those of the teams' lists of citizens who wait for somebody."""
    owners = [*(post.team for post in p.posts), *range(len(p.teams))]
    return table(layout.QUEUE, ({"team": t, "left_behind": not p.teams[t].pooled} for t in owners))
