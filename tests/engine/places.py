"""What must hold of places and lines at the end of every week, in the state of the reference engine.

The log does not tell when a place is given back, so these identities look at the centre itself. The compiled engine
gives the same events and lists (`tests/engine_equality`).
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from sim.catalogue import Task
from sim.engine import reference
from sim.engine.codes import NO_CASE, PREPARING
from sim.engine.reference.centre import Centre, Process
from sim.engine.reference.state import Citizen, Team
from sim.model.offers import INTERN, PLACING, READY, SEARCHING
from sim.model.parameters import COORDINATOR


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """Check the state of every run meanwhile, week by week; counts what there was to check."""
    seen: Counter[str] = Counter()
    weeks = reference.weeks

    def checked(jc: Centre) -> Process:
        for event in weeks(jc):
            yield event
            check(jc, seen)

    with patch.object(reference, "weeks", checked):
        yield seen


def check(jc: Centre, seen: Counter[str]) -> None:
    """Every identity of this module."""
    for c in jc.present.values():
        for role, k in c.places.items():
            assert k in k.team.posts
            assert k.team.parameters.role == role
            assert works_for(k.team, c), (jc.now, c.number, k.number)
            seen["places"] += 1
        for role, (team, _) in c.waits_for.items():
            assert role not in c.places
            assert [at for at in team.waiting if at == (c, c.stage)] == [(c, c.stage)]
            assert wants_place(team, c), (jc.now, c.number, team.number)
            seen["in line"] += 1
        elsewhere = c.on_list_of.team.parameters.role != COORDINATOR
        assert elsewhere == (c.home is not None) == (c.on_list_of in c.places.values())
    lists(jc)
    lines(jc)
    programmes(jc, seen)


def works_for(team: Team, c: Citizen) -> bool:
    """Whether a citizen has a reason to hold a place on one of the team's lists."""
    does = team.parameters.does
    case = does[Task.CLARIFICATION] and c.case != NO_CASE
    under_way = does[Task.PLACEMENT] and c.internship in (PLACING, SEARCHING, INTERN)
    return team.parameters.lists and (case or under_way)


def wants_place(team: Team, c: Citizen) -> bool:
    """Whether a citizen has a reason to wait for one: nothing but the place holds up a package or placement work."""
    does = team.parameters.does
    case = c.case == PREPARING and c.packages_left > 0 and Task.CLARIFICATION not in c.tasks
    ready = c.internship == READY and Task.HANDOVER not in c.tasks and Task.PLACEMENT not in c.tasks
    return (does[Task.CLARIFICATION] and case) or (does[Task.PLACEMENT] and ready)


def lists(jc: Centre) -> None:
    """Who is counted on a list is on it."""
    on_list = Counter(c.on_list_of for c in jc.present.values())
    placed = Counter(k for c in jc.present.values() for k in c.places.values())
    for team in jc.teams:
        for k in (team.unassigned, *team.posts):
            assert len(k.citizens) == on_list[k]
            assert k.load == (on_list[k] if team.parameters.role == COORDINATOR else placed[k])
        assert team.citizens == sum(on_list[k] for k in (team.unassigned, *team.posts))


def lines(jc: Centre) -> None:
    """Nobody waits while there is room, or where all posts are closed."""
    for team in jc.teams:
        role = team.parameters.role
        waiting = [c for c, stage in team.waiting if c.stage == stage and c.waits_for.get(role, (None,))[0] is team]
        assert not waiting or (team.open > 0 and not any(k.has_room for k in team.posts)), (jc.now, team.number)


def programmes(jc: Centre, seen: Counter[str]) -> None:
    """Places in programmes are taken by those who are in them; nobody waits while there is one."""
    for course in jc.courses:
        inside = [c for c in jc.present.values() if c.programme == course.number]
        for vendor, free in enumerate(course.free):
            assert free + sum(c.vendor == vendor for c in inside) == course.parameters.vendors[vendor].places
        waiting = [c for c, stage, _ in course.waiting if c.stage == stage]
        assert all(c.programme_wanted == course.number for c in waiting)
        assert sum(c.programme_wanted == course.number for c in jc.present.values()) == len(waiting)
        assert not waiting or max(course.free, default=0) <= 0
        seen["in programmes"] += len(inside)
