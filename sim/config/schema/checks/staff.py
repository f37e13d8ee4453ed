"""Posts, roles and departments: who does what, where, and how many there are of them."""

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sim.catalogue import COORDINATOR
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.schema.checks.common import Path, Sections, unknown
from sim.config.schema.counts import stock_of
from sim.config.schema.names import PLACES_FOR
from sim.config.schema.posts import changes_over, initial_posts, planned_posts
from sim.config.schema.ranges import MOST_POSTS


def posts(sections: Sections) -> Iterator[Problem]:
    """Every department knows how many coordinators it starts with."""
    for name, department in sections["departments"].items():
        sources = (
            department.coordinators,
            department.citizens_per_coordinator,
            sections["staffing"].citizens_per_coordinator,
        )
        if all(source is None for source in sources):
            yield Problem(
                ("departments", name),
                "needs coordinators, or citizens_per_coordinator here or in [staffing]",
            )
        if department.coordinators is not None and department.citizens_per_coordinator is not None:
            yield Problem(
                ("departments", name, "coordinators"),
                "give either coordinators or citizens_per_coordinator, not both",
            )


def own_lists(sections: Sections) -> Iterator[Problem]:
    """Consultants to whom citizens change over have fewer places than there are citizens, if a target sets posts."""
    if any(posts(sections)) or any(roles_and_departments(sections)):
        return
    stock = stock_of(sections)
    for name, role in sections["roles"].items():
        unstated = any(department.coordinators is None for department in sections["departments"].values())
        places = math.fsum(initial_posts(sections, name)) * (role.list_limit or 0)
        if unstated and stock > 0 and changes_over(sections, role) and places >= stock:
            text = f"have {places:g} places on their lists for {stock} citizens: none is left for the coordinators"
            yield Problem(("roles", name, "posts"), text)


def roles_and_departments(sections: Sections) -> Iterator[Problem]:
    """Roles have names of their own, departments state posts of roles that exist, and no two do the same work."""
    roles = sections["roles"]
    if COORDINATOR in roles:
        yield Problem(("roles", COORDINATOR), "coordinators' posts and hours stand in [staffing]")
    for name, department in sections["departments"].items():
        for role in department.posts:
            path: Path = ("departments", name, "posts", role)
            if role not in roles:
                yield unknown(path, role, roles)
            elif roles[role].shared:
                yield Problem(path, f"the posts of a shared role serve the whole centre: give roles.{role}.posts")
    doing: dict[str, str] = {}
    for name, role in roles.items():
        for i, task in enumerate(role.does):
            if (role.list_limit is None or task in PLACES_FOR) and doing.setdefault(task, name) != name:
                yield Problem(("roles", name, "does", i), f"{task} is done by {doing[task]} already")


def staff_changes(sections: Sections) -> Iterator[Problem]:
    """Changes of staff name departments that exist."""
    for role, place, table in _staff(sections):
        for i, change in enumerate(table.changes):
            path: Path = (*place, "changes", i, "department")
            if change.department is not None and role is not None and table.shared:
                yield Problem(path, "the posts of a shared role serve the whole centre: leave this key out")
            elif change.department is not None and change.department not in sections["departments"]:
                yield unknown(path, change.department, sections["departments"])


def cuts_possible(sections: Sections, later: Sequence[tuple[date, Config]] = ()) -> Iterator[Problem]:
    """A cut takes no more posts than there are."""
    if any(staff_changes(sections)) or any(roles_and_departments(sections)):
        return
    steps = [(day, dict(config)) for day, config in later]
    for role, _, table in _staff(sections):
        most = math.fsum(initial_posts(sections, role))
        most += math.fsum(change.posts for change in table.changes if change.posts > 0)
        if table.changes and most <= MOST_POSTS:
            yield from planned_posts(sections, role, steps)[1]


def _staff(sections: Sections) -> Iterator[tuple[str | None, Path, Any]]:
    """List coordinators (None) and every other role, with the place and the table of each."""
    yield None, ("staffing",), sections["staffing"]
    for name, table in sections["roles"].items():
        yield name, ("roles", name), table
