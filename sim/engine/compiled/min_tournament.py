"""Who has the lowest load: a tournament over a row of posts, in which one change is settled in a few matches.

Knuth, The Art of Computer Programming 3, section 5.4.1 ("tree of winners"). Of equals the first one in the row wins.
"""

import math

from sim.engine.compiled.layout import member_at, winner_at
from sim.engine.compiled.memory import Record, World, inline, jitted


@inline
def _player(w: World, row: Record, node: int) -> int:
    """Who has won at a node: below the matches stand the posts themselves."""
    if node < row.leaves:
        return int(winner_at(w, row.first_winner + node).v)
    return int(min(node - row.leaves, row.posts - 1))


@jitted
def load_changes(w: World, row: Record, place: int, load: float) -> None:
    """Note the load of the post at a place of a row; infinite: it can be given nobody."""
    member_at(w, row.first + place).load = load
    node = (row.leaves + place) >> 1
    while node > 0:
        left, right = _player(w, row, 2 * node), _player(w, row, 2 * node + 1)
        ahead = member_at(w, row.first + left).load <= member_at(w, row.first + right).load
        winner_at(w, row.first_winner + node).v = left if ahead else right
        node >>= 1


@inline
def lowest(w: World, row: Record) -> int:
    """Return the number of the post with the lowest load; -1: all loads are infinite, or there is no post."""
    if row.posts == 0:
        return -1
    best = member_at(w, row.first + winner_at(w, row.first_winner + 1).v)
    return int(best.post) if best.load < math.inf else -1
