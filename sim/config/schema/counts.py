"""How many citizens there are and come: as shares of a whole or as counts, a week or a year."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.catalogue import WEEKS_PER_YEAR
from sim.config.schema.base import Problem, shares_sum_to_one
from sim.config.schema.people import Group


def stock_of(sections: Mapping[str, Any]) -> int:
    """Count the citizens at the start."""
    return sum(group_stocks(sections))


def group_stocks(sections: Mapping[str, Any]) -> list[int]:
    """Count each group's citizens at the start: as stated, or by largest remainder of the shares."""
    groups = sections["groups"].values()
    if _counted(sections):
        return [group.stock or 0 for group in groups]
    return largest_remainder(sections["population"].stock or 0, [group.stock_share for group in groups])


def expected_stock(sections: Mapping[str, Any], group: Group) -> float:
    """Citizens of a group at the start, before shares are rounded to whole citizens."""
    if _counted(sections):
        return float(group.stock or 0)
    return float((sections["population"].stock or 0) * group.stock_share)


def entries_a_week(group: Group) -> float:
    """Mean number of new citizens a week."""
    if group.entries_per_year is not None:
        return group.entries_per_year / WEEKS_PER_YEAR
    return group.inflow_per_week


def largest_remainder(total: int, shares: Sequence[float]) -> list[int]:
    """Divide `total` into whole numbers in proportion to `shares` (largest remainders rounded up)."""
    whole = math.fsum(shares)
    if total == 0 or whole <= 0:
        return [0] * len(shares)
    exact = [total * share / whole for share in shares]
    counts = [math.floor(x) for x in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: total - sum(counts)]:
        counts[i] += 1
    return counts


def stated_once(sections: Mapping[str, Any]) -> Iterator[Problem]:
    """The stock and the entries are stated in one way, and stated sums are right."""
    groups, total = sections["groups"], sections["population"].stock
    for name, group in groups.items():
        if group.stock is not None and group.stock_share > 0:
            yield Problem(("groups", name, "stock"), "give either stock or stock_share, not both")
        if group.entries_per_year is not None and group.inflow_per_week > 0:
            text = "give either entries_per_year or inflow_per_week, not both"
            yield Problem(("groups", name, "entries_per_year"), text)
    counts = {name: group.stock for name, group in groups.items() if group.stock is not None}
    if counts:
        first = next(iter(counts))
        for name, group in groups.items():
            if name not in counts and group.stock_share > 0:
                text = f"is a share, and the stock of {first} a count; give every group's stock in the same way"
                yield Problem(("groups", name, "stock_share"), text)
        if total is not None and total != sum(counts.values()):
            listed = " + ".join(f"{name} {count}" for name, count in counts.items())
            text = f"must be the sum of the groups' stock, or left out; {listed} = {sum(counts.values())}"
            yield Problem(("population", "stock"), f"{text}; it is {total}")
    elif total is None:
        yield Problem(("population", "stock"), "missing; give it, or the stock of every group as a count")
    elif total > 0:
        shares = {name: group.stock_share for name, group in groups.items()}
        for found in shares_sum_to_one(("groups",), shares):
            yield Problem(found.path, f"stock_share: {found.text}")


def _counted(sections: Mapping[str, Any]) -> bool:
    return any(group.stock is not None for group in sections["groups"].values())
