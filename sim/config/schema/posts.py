"""Posts of every role: how many each department starts with, and which are added and cut when."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sim.catalogue import Task
from sim.config.schema.base import Problem
from sim.config.schema.counts import expected_stock, largest_remainder
from sim.config.schema.distributions import Distribution
from sim.config.schema.staff import Department, Role, StaffChange

SMALLEST_POST = 0.1
"""Of a full-time post; a smaller remainder is no job and is left out."""


Sections = Mapping[str, Any]
"""Sections of a valid config, by name."""
_AT_ONCE = Distribution(constant=0.0)


class PlannedPost(NamedTuple):
    """A post: of a department (by its number), full-time or part of it, added and cut at a date or not."""

    department: int
    full_time_share: float
    added: date | None
    hiring_delay_weeks: Distribution
    cut: date | None


def planned_posts(
    sections: Sections, role: str | None = None, later: Sequence[tuple[date, Sections]] = ()
) -> tuple[list[PlannedPost], list[Problem]]:
    """List all posts of a role, the initial ones first, then those added, by date; and what is wrong with changes.

    A target of citizens per coordinator gives posts = citizens on the department's coordinators' lists / target,
    the last one part-time; where citizens change over to consultants, as many as these have places are not on them.
    Changes on one date are one step, whatever their order in the file: posts are added, then cut. A cut takes the
    posts of the department that were added last, part-time posts only when no full-time post is left: so it is
    exact, and a post added and cut on one date changes nothing. Where a policy with a date states other posts than
    before, a department gets exactly those: what is missing is added after `hiring_delay_weeks`, what is too much
    is cut, before the other changes of that date.

    Parameters
    ----------
    sections
        Of a valid config, by name.
    role
        Name of the role; None: coordinators. Posts of a shared role are all of department 0.
    later
        From which date on which sections are in force, in order.
    """
    table = sections["staffing"] if role is None else sections["roles"][role]
    shared = role is not None and table.shared
    names = ["the centre"] if shared else list(sections["departments"])
    shares = [1.0] if shared else [d.stock_share for d in sections["departments"].values()]
    place: tuple[str | int, ...] = ("staffing",) if role is None else ("roles", role)
    posts = [
        PlannedPost(department, share, None, _AT_ONCE, None)
        for department, count in enumerate(initial_posts(sections, role))
        for share in full_and_part(count)
    ]
    wrong: list[Problem] = []
    steps: dict[date, dict[int, list[tuple[int, StaffChange, float]]]] = {}
    for i, change in sorted(enumerate(table.changes), key=lambda item: _in_step(item[1], names)):
        parts = _spread(change.posts, shares)
        if change.department is not None:
            parts = [change.posts if name == change.department else 0.0 for name in names]
        for department, amount in enumerate(parts):
            if amount != 0:
                step = steps.setdefault(change.date, {})
                step.setdefault(department, []).append((i, change, amount))
    stated = _stated_later(sections, role, later)
    for day in sorted({*steps, *stated}):
        for department, count, delay in stated.get(day, ()):
            _bring_to(posts, department, count, day, delay)
        for department, changes in steps.get(day, {}).items():
            wrong += _take_step(posts, names[department], department, place, day, changes)
    return posts, wrong


def _stated_later(
    sections: Sections, role: str | None, later: Sequence[tuple[date, Sections]]
) -> dict[date, list[tuple[int, float, Distribution]]]:
    """By date: departments whose stated posts differ from those before, how many, and the delay in hiring."""
    found: dict[date, list[tuple[int, float, Distribution]]] = {}
    before = initial_posts(sections, role)
    for day, then in later:
        table, after = then["staffing"] if role is None else then["roles"][role], initial_posts(then, role)
        found[day] = [
            (department, new, table.hiring_delay_weeks)
            for department, (old, new) in enumerate(zip(before, after, strict=True))
            if new != old
        ]
        before = after
    return found


def _bring_to(posts: list[PlannedPost], department: int, count: float, day: date, delay: Distribution) -> None:
    """Add or cut until a department has as many posts as are stated: full-time ones, and perhaps a part-time one."""
    there = [i for i, post in enumerate(posts) if post.department == department and post.cut is None]
    wanted = full_and_part(count)
    for i in there:
        if posts[i].full_time_share in wanted:
            wanted.remove(posts[i].full_time_share)
        else:
            posts[i] = posts[i]._replace(cut=day)
    posts += [PlannedPost(department, share, day, delay, None) for share in wanted]


def initial_posts(sections: Sections, role: str | None = None) -> list[float]:
    """Count the full-time posts of each department at the start; of a shared role those of the centre.

    Coordinators' follow from a target or are stated. Another role's are stated by department, or are the
    department's part of the centre's; parts that are too small for a post go together to the department with the
    largest weight.
    """
    if role is None:
        stock = _on_own_lists(sections)
        return [_posts(sections, d, stock[name]) for name, d in sections["departments"].items()]
    table, departments = sections["roles"][role], list(sections["departments"].values())
    if table.shared:
        return [table.posts]
    weights = [d.stock_share for d in departments]
    whole = math.fsum(weights)
    parts = [table.posts * weight / whole if whole > 0 else 0.0 for weight in weights]
    unstated = [i for i, d in enumerate(departments) if role not in d.posts]
    lost = {i: parts[i] - math.fsum(full_and_part(parts[i])) for i in unstated}
    small = {i: part for i, part in lost.items() if part > 1e-9}
    for i, part in small.items():
        parts[i] -= part
    if small:
        parts[max(unstated, key=lambda i: weights[i])] += math.fsum(small.values())
    return [d.posts.get(role, part) for d, part in zip(departments, parts, strict=True)]


def full_and_part(full_time: float) -> list[float]:
    """Full-time posts and, for what remains, one part-time post."""
    whole = math.floor(full_time + 1e-9)
    rest = full_time - whole
    return [1.0] * whole + ([rest] if rest >= SMALLEST_POST else [])


def _in_step(change: StaffChange, names: Sequence[str]) -> tuple[date, int, float, str]:
    """Order in which changes are taken: by date, and within a date by what they say, never by the file."""
    place = names.index(change.department) if change.department in names else -1
    return change.date, place, change.posts, repr(change.hiring_delay_weeks)


def _take_step(
    posts: list[PlannedPost],
    name: str,
    department: int,
    place: tuple[str | int, ...],
    day: date,
    changes: Sequence[tuple[int, StaffChange, float]],
) -> Iterator[Problem]:
    """Add or cut the posts of a department on one date."""
    added = [(change, amount) for _, change, amount in changes if amount > 0]
    cut = -round(sum(amount for _, _, amount in changes if amount < 0))
    key: tuple[str | int, ...] = (*place, "changes", max(i for i, _, _ in changes), "posts")
    posts += [
        PlannedPost(department, share, day, change.hiring_delay_weeks, None)
        for change, amount in added
        for share in full_and_part(amount)
    ]
    left = float(cut)
    there = [i for i in reversed(range(len(posts))) if posts[i].department == department and posts[i].cut is None]
    for i in sorted(there, key=lambda i: posts[i].full_time_share < 1.0) if cut else ():
        if posts[i].full_time_share <= left + 1e-9:
            left -= posts[i].full_time_share
            posts[i] = posts[i]._replace(cut=day)
    if left > 1e-9:
        most = cut - left
        yield Problem(key, f"cuts {cut} posts of {name} on {day}, where {most:g} can be cut")


def changes_over(sections: Sections, role: Role) -> bool:
    """Whether citizens change over to the lists of a role."""
    internships = sections["internships"]
    places = role.list_limit is not None and Task.PLACEMENT.key in role.does
    return places and internships is not None and internships.citizen_moves


def _on_own_lists(sections: Sections) -> dict[str, float]:
    """Citizens on each department's coordinators' lists at the start: all less those who have changed over."""
    stock = _expected_stock(sections)
    for name, role in sections["roles"].items():
        if changes_over(sections, role):
            posts = initial_posts(sections, name)
            whole = math.fsum(stock.values())
            parts = (
                [math.fsum(posts) * s / whole if whole > 0 else 0.0 for s in stock.values()]
                if role.shared
                else posts
            )
            for department, there in zip(stock, parts, strict=True):
                stock[department] -= there * role.list_limit
    return stock


def _expected_stock(sections: Mapping[str, Any]) -> dict[str, float]:
    """Citizens each department is expected to start with: every group divided among those who serve it."""
    departments = sections["departments"]
    stock = dict.fromkeys(departments, 0.0)
    for group_name, group in sections["groups"].items():
        weights = {n: d.stock_share for n, d in departments.items() if not d.groups or group_name in d.groups}
        whole = math.fsum(weights.values())
        for name, weight in weights.items():
            if whole > 0:
                stock[name] += expected_stock(sections, group) * weight / whole
    return stock


def _posts(sections: Mapping[str, Any], department: Department, stock: float) -> float:
    if department.coordinators is not None:
        return department.coordinators
    target = department.citizens_per_coordinator or sections["staffing"].citizens_per_coordinator
    return max(0.0, stock) / target if target is not None else 0.0


def _spread(amount: float, shares: Sequence[float]) -> list[float]:
    """Whole posts by largest remainder; the part-time rest to the department that then lacks most of its share."""
    wanted, weight = abs(amount), math.fsum(shares)
    if weight <= 0:
        return [0.0] * len(shares)
    whole = math.floor(wanted + 1e-9)
    parts = [float(n) for n in largest_remainder(whole, shares)]
    lacking = [wanted * share / weight - part for share, part in zip(shares, parts, strict=True)]
    parts[lacking.index(max(lacking))] += wanted - whole
    return [math.copysign(part, amount) for part in parts]
