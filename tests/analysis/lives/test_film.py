"""The changes that an animation plays give, at the end of every week, the counts of the weekly table."""

from collections import Counter

import numpy as np
import pytest

from sim.analysis.lives.film import CONDITIONS, MINUTES_PER_WEEK, Change, What, film, list_number, packed
from sim.catalogue import DESTINATIONS
from sim.engine import simulate
from tests.analysis.lives.traced import CENTRES, centre


class Player:
    """Plays changes as the page does."""

    def __init__(self, changes: list[Change]) -> None:
        self.left, self.place = changes, 0
        self.lists: dict[int, int] = {}
        self.conditions: set[tuple[int, int]] = set()
        self.exits: Counter[int] = Counter()
        self.queues: Counter[int] = Counter()
        self.entries = self.decisions = 0

    def to(self, weeks: float) -> None:
        while self.place < len(self.left) and self.left[self.place].weeks <= weeks:
            self.change(self.left[self.place])
            self.place += 1

    def change(self, one: Change) -> None:
        what, who, value = one[1:]
        if what is What.LIST:
            self.lists[who] = value
        elif what is What.ENTERS:
            self.entries += 1
        elif what is What.LEAVES:
            self.exits[value] += 1
            del self.lists[who]
            assert not any((who, condition) in self.conditions for condition in range(len(CONDITIONS)))
        elif what is What.QUEUE:
            self.queues[who] += 1 if value else -1
            assert self.queues[who] >= 0
        elif what is What.DECIDED:
            self.decisions += 1
        elif what is What.BEGINS:
            assert (who, value) not in self.conditions
            self.conditions.add((who, value))
        elif what is What.ENDS:
            self.conditions.remove((who, value))


@pytest.mark.parametrize("warm_up", [0, 9])
@pytest.mark.parametrize("name", CENTRES)
def test_what_is_played_is_the_weekly_table(name: str, warm_up: int) -> None:
    c = centre(name, warm_up)
    weekly = simulate(c.p, 1, 0, events=False, engine="compiled").tables["weekly"]
    player = Player(film(c.done, c.p, c.posts, c.trace))
    entries, exits = 0, Counter[int]()
    for week in range(1, c.p.horizon + 1):
        player.to(float(week))
        of_week = weekly["week"] == week
        assert len(player.lists) == int(np.sum(weekly["stock"][of_week]))
        there = Counter(list_number(joined.list, len(c.p.posts)) for joined in c.trace.lists if joined.weeks <= week)
        gone = Counter(
            list_number(joined.list, len(c.p.posts))
            for joined in c.trace.lists
            if joined.weeks <= week and joined.change < 0
        )
        assert Counter(player.lists.values()) == Counter({k: n - 2 * gone[k] for k, n in there.items()}) + Counter()
        for condition, column in enumerate(CONDITIONS):
            counted = sum(of == condition for _, of in player.conditions)
            assert counted == int(np.sum(weekly[column][of_week])), (week, column)
        entries += int(np.sum(weekly["entries"][of_week]))
        exits.update({i: int(np.sum(weekly[f"exits_{d}"][of_week])) for i, d in enumerate(DESTINATIONS)})
        assert player.exits == +exits
        assert player.entries == entries
    assert player.decisions == int(np.sum(c.done.tables["citizens"]["decisions"])) > 0


def test_packed_changes_can_be_read_back() -> None:
    c = centre("two_departments")
    changes = film(c.done, c.p, c.posts, c.trace)
    data, numbers, shift, number = packed(changes), [], 0, 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            shift = number = 0
    quads = list(zip(*(numbers[i::4] for i in range(4)), strict=True))
    assert len(quads) == len(changes)
    minutes = np.cumsum([quad[0] for quad in quads])
    assert minutes.tolist() == [int(np.floor(change.weeks * MINUTES_PER_WEEK)) for change in changes]
    assert [quad[1:] for quad in quads] == [(int(change.what), *change[2:]) for change in changes]
