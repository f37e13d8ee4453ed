"""Groups: what sums to one, and whom a group hands its citizens on to."""

from collections.abc import Iterator

from sim.catalogue import EVERYONE
from sim.config.schema.base import Problem, shares_at_most_one, shares_sum_to_one
from sim.config.schema.checks.common import Path, Sections, unknown


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
