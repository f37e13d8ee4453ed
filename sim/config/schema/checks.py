"""What no single key shows: shares that sum to one, names that exist, mechanisms that need each other."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from sim.catalogue import COORDINATOR, EVERYONE
from sim.config.schema import Config
from sim.config.schema.base import Problem, shares_at_most_one, shares_sum_to_one
from sim.config.schema.counts import stated_once, stock_of
from sim.config.schema.hazards import highest_factors
from sim.config.schema.names import PLACES_FOR
from sim.config.schema.posts import changes_over, initial_posts, planned_posts
from sim.config.schema.ranges import MOST_CITIZENS, MOST_EVENTS, MOST_MOMENTS, MOST_POSTS, MOST_TIMES
from sim.config.schema.size import moments_a_week, size_of

Path = tuple[str | int, ...]
Sections = Mapping[str, Any]
"""Validated sections of a config by name (a section with errors of its own is left out)."""


def free_names(sections: Sections) -> Iterator[Problem]:
    """No group or department is called as tables call all of them."""
    for kind in ("groups", "departments"):
        if EVERYONE in sections[kind]:
            yield Problem((kind, EVERYONE), f"is what tables call all {kind} together; choose another name")


def group_outcomes(sections: Sections) -> Iterator[Problem]:
    """Shares of what follows a stay sum to one, those of right schemes to one at most."""
    for name, group in sections["groups"].items():
        need = group.clarification
        if need is not None:
            for key in ("right_scheme_stock", "right_scheme_inflow"):
                yield from shares_at_most_one(("groups", name, "clarification", key), getattr(need, key))
        if group.stay is not None:
            yield from shares_sum_to_one(("groups", name, "stay", "outcomes"), group.stay.outcomes)


_ALIKE = ("meetings", "contacts", "clarification", "internships")


def reassessments(sections: Sections) -> Iterator[Problem]:
    """Who is reassessed goes on as before: to a group of the same benefit and mechanisms, without a stay."""
    groups = sections["groups"]
    for name, group in groups.items():
        if group.reassessed is None:
            continue
        path: Path = ("groups", name, "reassessed")
        yield from shares_sum_to_one((*path, "to"), group.reassessed.to)
        if group.meetings is None:
            yield Problem(path, f"happens at meetings: groups.{name} needs a table meetings")
        if group.stay is not None:
            yield Problem(path, "a group with a stay is left at its end, not at a meeting")
        for other, share in group.reassessed.to.items():
            place, new = (*path, "to", other), groups.get(other)
            if new is None:
                yield unknown(place, other, groups)
            elif share == 0:
                continue  # So that what a group inherits can be switched off.
            elif other == name:
                yield Problem(place, "is the group itself; 0 switches off a share that it inherits")
            elif new.benefit != group.benefit:
                text = f"{new.benefit}, not {group.benefit}: that is a change of scheme"
                yield Problem(place, f"the benefit of that group is {text}")
            elif new.stay is not None:
                yield Problem(place, "that group has a stay: to begin one is a change of scheme")
            else:
                for table in _ALIKE:
                    if (getattr(group, table) is None) != (getattr(new, table) is None):
                        yield Problem(place, f"one of groups.{name} and groups.{other} has no table {table}")


def screenings(sections: Sections) -> Iterator[Problem]:
    """Who is flagged begins in another group of the same benefit."""
    groups = sections["groups"]
    for name, group in groups.items():
        if group.screening is None:
            continue
        path: Path = ("groups", name, "screening", "flagged_group")
        other = group.screening.flagged_group
        if other not in groups:
            yield unknown(path, other, groups)
        elif other == name:
            yield Problem(path, "is the group itself")
        elif groups[other].benefit != group.benefit:
            yield Problem(path, f"the benefit of that group is {groups[other].benefit}, not {group.benefit}")


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


def department_groups(sections: Sections) -> Iterator[Problem]:
    """Departments name groups that exist, and every group is served somewhere."""
    groups, departments = sections["groups"], sections["departments"]
    for name, department in departments.items():
        for i, group in enumerate(department.groups):
            if group not in groups:
                yield unknown(("departments", name, "groups", i), group, groups)
    for group in groups:
        if not any((not d.groups or group in d.groups) and d.stock_share > 0 for d in departments.values()):
            yield Problem(("groups", group), "no department with a stock_share above 0 serves this group")


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


def programme_groups(sections: Sections) -> Iterator[Problem]:
    """Programmes name groups that exist."""
    for name, programme in sections["programmes"].items():
        for i, group in enumerate(programme.groups):
            if group not in sections["groups"]:
                yield unknown(("programmes", name, "groups", i), group, sections["groups"])


def assessments_needed(sections: Sections) -> Iterator[Problem]:
    """Assessments save work where there are cases."""
    if sections["clarification"] is None:
        for name, programme in sections["programmes"].items():
            if programme.assessed_packages > 0:
                yield Problem(("programmes", name, "assessed_packages"), "needs a table [clarification]")


def groups_of_decisions(sections: Sections) -> Iterator[Problem]:
    """The groups that the team's decisions lead to exist."""
    team = sections["rehabilitation_team"]
    for key in ("resource_course_group", "fleksjob_group"):
        name = None if team is None else getattr(team, key)
        if name is not None and name not in sections["groups"]:
            yield unknown(("rehabilitation_team", key), name, sections["groups"])
    if team is not None and team.fleksjob_group is None and team.fleksjob_at_once_share > 0:
        yield Problem(("rehabilitation_team", "fleksjob_at_once_share"), "needs fleksjob_group beside it")


def mechanisms_needed(sections: Sections) -> Iterator[Problem]:
    """A group's table needs the centre's table of the same mechanism."""
    needed = {
        "meetings": ("meetings",),
        "clarification": ("clarification", "rehabilitation_team"),
        "internships": ("internships",),
        "small_jobs": ("small_jobs",),
    }
    for name, group in sections["groups"].items():
        for mechanism, tables in needed.items():
            if getattr(group, mechanism) is not None:
                for table in tables:
                    if sections[table] is None:
                        yield Problem(("groups", name, mechanism), f"needs a table [{table}]")


def bookings_defined(sections: Sections) -> Iterator[Problem]:
    """The chosen way of booking is described."""
    meetings = sections["meetings"]
    if meetings is None:
        return
    chosen = {("meetings", "booking"): meetings.booking}
    for name, department in sections["departments"].items():
        if department.booking is not None:
            chosen["departments", name, "booking"] = department.booking  # type: ignore[index]
    for path, booking in chosen.items():
        if getattr(meetings.bookings, booking) is None:
            yield Problem(path, f"{booking!r} needs a table [meetings.bookings.{booking}]")


def window_within_intervals(sections: Sections) -> Iterator[Problem]:
    """A meeting cannot be held nearly an interval early: then there would be one after another without a pause."""
    meetings = sections["meetings"]
    if meetings is None:
        return
    for name, group in sections["groups"].items():
        if group.meetings is None or meetings.window_weeks <= group.meetings.interval_weeks.mean / 2:
            continue
        mean = group.meetings.interval_weeks.mean
        text = f"must be at most half of groups.{name}.meetings.interval_weeks, which is {mean:g} on average"
        yield Problem(("meetings", "window_weeks"), f"{text}; it is {meetings.window_weeks:g}")


def protected_hours(sections: Sections) -> Iterator[Problem]:
    """Meetings planned from the calendar and protected clarification together fit into the hours."""
    meetings, staffing = sections["meetings"], sections["staffing"]
    if meetings is None or meetings.time_pressure is None or meetings.time_pressure.calendar is None:
        return
    share = meetings.time_pressure.calendar.meeting_hours_share
    if share + staffing.protected_clarification_share > 1 + 1e-9:
        yield Problem(
            ("staffing", "protected_clarification_share"),
            f"{staffing.protected_clarification_share:g} and meetings.time_pressure.calendar."
            f"meeting_hours_share {share:g} sum to more than 1: the fixed load exceeds all hours",
        )


def reference_caseload(sections: Sections) -> Iterator[Problem]:
    """A response in powers of caseload / reference needs a reference above 0."""
    if sections["caseload"].reference > 0:
        return
    staffing = sections["staffing"]
    needs = [
        f"groups.{name}.exits.{destination}.caseload.power"
        for name, group in sections["groups"].items()
        for destination, way_out in group.exits.items()
        if way_out.caseload is not None and way_out.caseload.power is not None
    ]
    for name, strain in (("absence", staffing.absence), ("turnover", staffing.turnover)):
        if strain is not None and strain.caseload_elasticity > 0:
            needs.append(f"staffing.{name}.caseload_elasticity")
    if needs:
        yield Problem(("caseload", "reference"), f"must be above 0, for {needs[0]} divides by it; it is 0")


def hazards_bounded(sections: Sections) -> Iterator[Problem]:
    """No exit hazard can come so high, by all that multiplies it, that a citizen's moments would never end."""
    if sections["caseload"].reference == 0:
        return  # Told by another check where it matters.
    for name, group in sections["groups"].items():
        for destination, way_out in group.exits.items():
            factors = {"long_history_factor": max(1.0, way_out.long_history_factor)}
            factors |= highest_factors(sections, group, destination, way_out)
            moments, times = moments_a_week(sections, group, destination), math.prod(factors.values())
            if moments <= MOST_MOMENTS and times <= MOST_TIMES:
                continue
            by = " x ".join(f"{key} {value:.3g}" for key, value in factors.items() if value != 1)
            come = f"hazard_per_week {way_out.hazard_per_week:g} x {by} = {moments:.3g}; at most {MOST_MOMENTS}"
            if moments <= MOST_MOMENTS:
                come = f"the factors on it are {by} = {times:.3g}; at most {MOST_TIMES:.0e}"
            yield Problem(("groups", name, "exits", destination), f"the hazard can come too high: {come}")


def not_too_large(sections: Sections) -> Iterator[Problem]:
    """Posts, and the citizens and events of a replication, are no more than a run can ever hold."""
    if sections["caseload"].reference == 0 or any(hazards_bounded(sections)):
        return
    if any(roles_and_departments(sections)):
        return
    size = size_of(sections)
    for count, most, noun, key in (
        (size.posts, MOST_POSTS, "posts of coordinators", "staffing"),
        (size.others, MOST_POSTS, "posts of other roles", "roles"),
        (size.citizens, MOST_CITIZENS, f"citizens in {size.weeks} weeks", "groups"),
        (size.events, MOST_EVENTS, f"events in {size.weeks} weeks, all as often as it can be", "groups"),
    ):
        if count > most:
            yield Problem((key,), f"too large: a replication may have {count:.3g} {noun}; at most {most:.0e}")
            return


def benefits_priced(sections: Sections) -> Iterator[Problem]:
    """Every group's benefit has a price, if there is a table [money]."""
    money = sections["money"]
    if money is None:
        return
    for name, group in sections["groups"].items():
        if group.benefit not in money.benefits:
            near = get_close_matches(group.benefit, list(money.benefits), n=1)
            hint = f" (or is {near[0]} meant?)" if near else ""
            yield Problem(
                ("groups", name, "benefit"),
                f"{group.benefit!r} has no price: add a table [money.benefits.{group.benefit}]{hint}",
            )


def roles_priced(sections: Sections) -> Iterator[Problem]:
    """Every role's posts have a price, if there is a table [money]."""
    money = sections["money"]
    if money is None:
        return
    prices = money.staff.roles_kr_per_year
    for name in sections["roles"]:
        if name not in prices:
            yield Problem(("money", "staff", "roles_kr_per_year"), f"has no price of a post of {name}")


_OF_HAZARDS = ("groups", "caseload", "meetings", "discretionary", "internships", "small_jobs", "programmes")
_OF_SIZE = (
    *_OF_HAZARDS, "run", "population", "departments", "staffing", "roles", "clarification", "rehabilitation_team"
)  # fmt: skip

CHECKS: tuple[tuple[tuple[str, ...], Callable[[Sections], Iterator[Problem]]], ...] = (
    (("groups", "population"), stated_once),
    (("groups", "departments"), free_names),
    (("groups",), group_outcomes),
    (("groups",), reassessments),
    (("groups",), screenings),
    (("departments", "staffing"), posts),
    (("departments", "staffing", "roles", "groups", "population", "internships"), own_lists),
    (("groups", "departments"), department_groups),
    (("roles", "departments"), roles_and_departments),
    (("roles", "money"), roles_priced),
    (("staffing", "roles", "departments"), staff_changes),
    (("staffing", "roles", "departments", "groups", "population", "internships"), cuts_possible),
    (("programmes", "groups"), programme_groups),
    (("programmes", "clarification"), assessments_needed),
    (("rehabilitation_team", "groups"), groups_of_decisions),
    (
        ("groups", "meetings", "clarification", "rehabilitation_team", "internships", "small_jobs"),
        mechanisms_needed,
    ),
    (("meetings", "departments"), bookings_defined),
    (("meetings", "groups"), window_within_intervals),
    (("meetings", "staffing"), protected_hours),
    (("caseload", "groups", "staffing"), reference_caseload),
    (("groups", "money"), benefits_priced),
    (_OF_HAZARDS, hazards_bounded),
    (_OF_SIZE, not_too_large),
)
"""Each check with the sections it reads; it runs if those sections are valid in themselves."""


def unknown(path: tuple[str | int, ...], name: str, known: Mapping[str, Any]) -> Problem:
    """Make the problem of a name that should be one of `known`, with the most similar spelling."""
    near = get_close_matches(name, list(known), n=1)
    hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(known)
    return Problem(path, f"{name!r} does not exist; {hint}")
