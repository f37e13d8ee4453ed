"""What no single key shows: shares that sum to one, names that exist, mechanisms that need each other."""

from collections.abc import Callable, Iterator

from sim.config.schema.base import Problem
from sim.config.schema.checks import groups, mechanisms, money, size, staff
from sim.config.schema.checks.common import Sections
from sim.config.schema.counts import stated_once

_OF_HAZARDS = ("groups", "caseload", "meetings", "discretionary", "internships", "small_jobs", "programmes")
_OF_SIZE = (
    *_OF_HAZARDS, "run", "population", "departments", "staffing", "roles", "clarification", "rehabilitation_team"
)  # fmt: skip

CHECKS: tuple[tuple[tuple[str, ...], Callable[[Sections], Iterator[Problem]]], ...] = (
    (("groups", "population"), stated_once),
    (("groups", "departments"), groups.free_names),
    (("groups",), groups.group_outcomes),
    (("groups",), groups.reassessments),
    (("groups",), groups.screenings),
    (("departments", "staffing"), staff.posts),
    (("departments", "staffing", "roles", "groups", "population", "internships"), staff.own_lists),
    (("groups", "departments"), groups.department_groups),
    (("roles", "departments"), staff.roles_and_departments),
    (("roles", "money"), money.roles_priced),
    (("staffing", "roles", "departments"), staff.staff_changes),
    (("staffing", "roles", "departments", "groups", "population", "internships"), staff.cuts_possible),
    (("programmes", "groups"), mechanisms.programme_groups),
    (("programmes", "clarification"), mechanisms.assessments_needed),
    (("rehabilitation_team", "groups"), mechanisms.groups_of_decisions),
    (
        ("groups", "meetings", "clarification", "rehabilitation_team", "internships", "small_jobs"),
        mechanisms.mechanisms_needed,
    ),
    (("meetings", "departments"), mechanisms.bookings_defined),
    (("meetings", "groups"), mechanisms.window_within_intervals),
    (("meetings", "staffing"), mechanisms.protected_hours),
    (("caseload", "groups", "staffing"), size.reference_caseload),
    (("groups", "money"), money.benefits_priced),
    (_OF_HAZARDS, size.hazards_bounded),
    (_OF_SIZE, size.not_too_large),
)
"""Each check with the sections it reads; it runs if those sections are valid in themselves."""
