"""Keys without effect: whatever their value, not one event changes, because nothing in this config reads them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from sim.catalogue import Task
from sim.config.schema import Config
from sim.config.schema.exits import CaseloadResponse
from sim.config.toml.key_lines import KeyPath

_OF_GROUPS = ("meetings", "clarification", "internships", "small_jobs")
"""Mechanisms with a table of the centre and a table of each group that has them."""


class Unused(NamedTuple):
    """A key or a table without effect, and why."""

    path: KeyPath
    why: str


def unused_keys(config: Config) -> Iterator[Unused]:
    """List keys without effect, whether a file states them or not.

    Only what holds for certain is listed, and no description of an alternative that a variant may choose, such as a
    way of booking or the priority of a task.

    Parameters
    ----------
    config
        A checked config.
    """
    for rule in _RULES:
        yield from rule(config)


def _mechanisms(config: Config) -> Iterator[Unused]:
    tables: list[tuple[str, KeyPath]] = [(name, (name,)) for name in _OF_GROUPS]
    tables += [
        ("clarification", ("rehabilitation_team",)),
        ("clarification", ("staffing", "protected_clarification_share")),
        ("contacts", ("contacts", "handled_elsewhere_share")),
    ]
    for name, path in tables:
        if all(getattr(group, name) is None for group in config.groups.values()):
            yield Unused(path, f"no group has a table [groups.NAME.{name}]")


def _posts(config: Config) -> Iterator[Unused]:
    departments = config.departments.values()
    if all(d.coordinators is not None or d.citizens_per_coordinator is not None for d in departments):
        yield Unused(("staffing", "citizens_per_coordinator"), "every department states its own posts or target")
    end = config.run.start + timedelta(weeks=config.run.horizon_weeks)
    for i, change in enumerate(config.staffing.changes):
        if change.date >= end:
            why = f"its date, {change.date}, is not before the end of the run, {end}"
            yield Unused(("staffing", "changes", i), why)
    for name, department in config.departments.items():
        if department.fill_to is None:
            yield Unused(("departments", name, "fill_from"), "there is no fill_to")


def _roles(config: Config) -> Iterator[Unused]:
    departments = config.departments.values()
    for name, role in config.roles.items():
        if not role.shared and all(name in d.posts for d in departments):
            yield Unused(("roles", name, "posts"), "every department states its own")
    internships = config.internships
    if internships is not None and not any(Task.PLACEMENT.key in role.does for role in config.roles.values()):
        for key in ("citizen_moves", "handover_hours"):
            yield Unused(("internships", key), "coordinators do placement work themselves: no role does it")


def _caseload(config: Config) -> Iterator[Unused]:
    strains = {"absence": config.staffing.absence, "turnover": config.staffing.turnover}
    for name, strain in strains.items():
        if strain is not None and strain.caseload_elasticity == 0:
            yield Unused(("staffing", name, "max_factor"), "its caseload_elasticity is 0")
    if any(_responds(way_out.caseload) for group in config.groups.values() for way_out in group.exits.values()):
        return
    why = "no exit depends on the caseload"
    yield Unused(("caseload", "measured"), why)
    if all(strain is None or strain.caseload_elasticity == 0 for strain in strains.values()):
        yield Unused(("caseload", "reference"), f"{why}, nor do absence and turnover")


def _responds(response: CaseloadResponse | None) -> bool:
    return response is not None and (response.power is None or response.power.elasticity != 0)


_RULES: tuple[Callable[[Config], Iterator[Unused]], ...] = (_mechanisms, _posts, _roles, _caseload)
